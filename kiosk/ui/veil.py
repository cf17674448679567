"""What lies over the whole screen until it is answered: a question that cannot wait, on the ground it hides."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.ui.buttons import Button, Look
from kiosk.ui.language import Translator, with_unit
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.theme import TEXT, TITLE, Ink, Theme

_CENTRE = Qt.AlignmentFlag.AlignHCenter


class Veil(QWidget):
    """A title and a sentence in the middle; the answers go into `answers`."""

    def __init__(self, window: QWidget, theme: Theme, title: str, sentence: str) -> None:
        super().__init__(window)
        self._theme = theme
        self.setGeometry(window.rect())
        column = QVBoxLayout(self)
        margin = theme.px(120)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.px(40))
        column.addStretch(1)
        column.addWidget(Paragraph(title, theme, TITLE, Ink.INK, _CENTRE))
        self.sentence = Paragraph(sentence, theme, TEXT, Ink.INK, _CENTRE)
        column.addWidget(self.sentence)
        self.answers = QVBoxLayout()
        self.answers.setSpacing(theme.px(26))
        column.addLayout(self.answers)
        column.addStretch(1)

    def stay(self) -> None:
        """The answer that changes nothing: who pressed “back” gets it."""
        raise NotImplementedError

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground = QColor(self._theme.color(Ink.SAND))
        ground.setAlpha(245)
        painter.fillRect(self.rect(), ground)
        painter.end()
        event.accept()


class StillHere(Veil):
    """Comes when nobody has touched the screen for a while, counting down to the wipe."""

    def __init__(self, window: QWidget, theme: Theme, _: Translator, seconds: int) -> None:
        super().__init__(window, theme, _("Are you still there?"), _seconds_left(_, seconds))
        self._ = _
        self.answers.addWidget(Button("still-here", _("I am still here"), theme, Look.NOW))

    def stay(self) -> None:
        """Any touch was the answer already."""

    def show_seconds(self, seconds: int) -> None:
        self.sentence.say(_seconds_left(self._, seconds))


class InTheMiddle(Veil):
    """Comes when a receipt is shown in the middle of a request: what was said is never lost without a word."""

    def __init__(self, window: QWidget, theme: Theme, _: Translator) -> None:
        title = _("You are in the middle of a request")
        super().__init__(window, theme, title, _("Finish it first, or start over to see the other file."))
        self.go_on = Button("keep-visit", _("Go on with my request"), theme, Look.GO)
        self.leave = Button("leave-visit", _("Start over and see the file"), theme)
        for answer in (self.go_on, self.leave):
            self.answers.addWidget(answer)

    def stay(self) -> None:
        self.go_on.click()


def _seconds_left(_: Translator, seconds: int) -> str:
    words = _.count(
        "Without a touch, everything is wiped in {n} second.",
        "Without a touch, everything is wiped in {n} seconds.",
        seconds,
    )
    return with_unit(words, seconds)
