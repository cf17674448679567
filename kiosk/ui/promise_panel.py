"""What the town hall owes: a date, by law or as its own goal, or what starts the delay."""

from civic.deadline import DeadlineKind
from kiosk.services.receipt import Promised
from kiosk.ui.language import Translator, isolate
from kiosk.ui.panel import Panel
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.theme import DIGITS, SMALL, TEXT, Ink, Theme


class PromisePanel(Panel):
    """Says the same before the citizen confirms and after."""

    def __init__(self, promised: Promised, theme: Theme, _: Translator) -> None:
        super().__init__(theme, Ink.MIST, None)
        if promised.due_on is None:
            text = _.count(
                "The delay of {n} day starts when all the papers are there.",
                "The delay of {n} days starts when all the papers are there.",
                promised.days,
            )
            self.inside.addWidget(Paragraph(text, theme, TEXT))
            return
        legal = promised.kind is DeadlineKind.LEGAL
        title = _("Answer by") if legal else _("The town's own goal: answer by")
        self.inside.addWidget(Paragraph(title, theme, SMALL, Ink.MUTE))
        self.inside.addWidget(Paragraph(isolate(_.date(promised.due_on)), theme, DIGITS, Ink.DEEP))
        if legal:
            self.inside.addWidget(Paragraph(promised.basis[theme.language], theme, SMALL))
        if promised.needs_agent:
            sure = _("This date holds once an agent has confirmed that your file is complete.")
            self.inside.addWidget(Paragraph(sure, theme, SMALL))
