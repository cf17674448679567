"""A file while the centre does not answer: how old the kiosk's knowledge is, above all else, and then the file."""

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.services.last_known import LastKnown
from kiosk.ui.buttons import Button
from kiosk.ui.language import Translator, isolate
from kiosk.ui.panel import Mark, Panel
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.theme import CHOICE, SMALL, TEXT, Ink, Theme
from kiosk.ui.whereabouts import build_whereabouts


def build_last_known(
    page: QVBoxLayout, found: LastKnown, theme: Theme, _: Translator, again_wanted: SignalInstance
) -> None:
    """Nothing is offered below that would need to know how the file stands by now."""
    page.addWidget(_age(found, theme, _, again_wanted))
    build_whereabouts(page, found.whereabouts, theme, _)


def _age(found: LastKnown, theme: Theme, _: Translator, again_wanted: SignalInstance) -> QWidget:
    panel = Panel(theme, Ink.CREAM, Ink.OCHRE)
    line = QHBoxLayout()
    line.setSpacing(theme.px(24))
    line.addWidget(Mark(theme, "", "clock", Ink.OCHRE), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(Paragraph(age_words(found, _), theme, CHOICE), 1)
    panel.inside.addLayout(line)
    cut = _("The town hall cannot be reached from here just now. Since then, something may have changed.")
    panel.inside.addWidget(Paragraph(cut, theme, TEXT))
    why = _("To add papers or to complain, wait until the town hall answers: it alone knows how your file stands.")
    panel.inside.addWidget(Paragraph(why, theme, SMALL, Ink.MUTE))
    again = Button("ask-again", _("Try again"), theme)
    again.clicked.connect(again_wanted)
    panel.inside.addWidget(again)
    return panel


def age_words(found: LastKnown, _: Translator) -> str:
    """As people say it: an hour today, yesterday and an hour, a date and an hour."""
    time = isolate(_.time(found.known_at))
    match found.days_ago:
        case 0:
            return _("What we knew at {time}").format(time=time)
        case 1:
            return _("What we knew yesterday at {time}").format(time=time)
        case _older:
            date = isolate(_.date(found.known_at.date()))
            return _("What we knew on {date} at {time}").format(date=date, time=time)
