"""A paper the person does not have: why it is asked and where to get it, then whether it will come, or why not."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civic.catalog import Requirement
from civic.excuse import Excuse, excuse_sentence
from kiosk.ui.buttons import Button, Look
from kiosk.ui.language import Translator
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.theme import SMALL, STRONG, TEXT, Ink, Theme


class AbsentPaper(QWidget):
    """With `asking`, the reasons to choose from; without, what helps to get the paper."""

    settled = Signal(object)
    """None: they will bring it. An Excuse: why they cannot."""
    cannot = Signal()
    """They cannot bring it, and have still to say why."""
    found = Signal()
    """They have it after all."""

    def __init__(self, requirement: Requirement, asking: bool, theme: Theme, _: Translator) -> None:
        super().__init__()
        self._theme = theme
        self._ = _
        self._page = QVBoxLayout(self)
        self._page.setContentsMargins(0, 0, 0, 0)
        self._page.setSpacing(theme.px(14))
        if asking:
            self._ask_why()
        else:
            self._tell(requirement)

    def _tell(self, requirement: Requirement) -> None:
        _, language = self._, self._theme.language
        if requirement.why is not None:
            self._explain(_("Why it is asked"), requirement.why[language])
        if requirement.where is not None:
            self._explain(_("Where to get it"), requirement.where[language])
        self._add("will-bring", _("I will bring it"), Look.NOW).clicked.connect(lambda: self.settled.emit(None))
        self._add("cannot-bring", _("I cannot bring it…")).clicked.connect(self.cannot)
        self._add("have-it", _("I have it after all")).clicked.connect(self.found)

    def _ask_why(self) -> None:
        _ = self._
        self._page.addWidget(Paragraph(_("Why can you not bring it?"), self._theme, STRONG))
        more = _("An agent will read it, and look for another way with you.")
        self._page.addWidget(Paragraph(more, self._theme, SMALL, Ink.MUTE))
        for excuse in Excuse:
            button = self._add(f"excuse-{excuse.value}", excuse_sentence(excuse, _))
            button.clicked.connect(partial(self.settled.emit, excuse))
        self._add("have-it", _("I have it after all")).clicked.connect(self.found)

    def _explain(self, title: str, text: str) -> None:
        self._page.addWidget(Paragraph(title, self._theme, SMALL, Ink.MUTE), 0, Qt.AlignmentFlag.AlignBottom)
        self._page.addWidget(Paragraph(text, self._theme, TEXT))

    def _add(self, name: str, words: str, look: Look = Look.PLAIN) -> Button:
        button = Button(name, words, self._theme, look)
        self._page.addWidget(button)
        return button
