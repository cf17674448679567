"""The bottom of every screen: back at the start of the line, the one way on at its end."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kiosk.ui.buttons import Button, Look
from kiosk.ui.language import Translator
from kiosk.ui.theme import GAP, MARGIN, STRONG, Ink, Theme


class Footer(QWidget):
    """Drawn again whenever the screen above says something changed."""

    back = Signal()
    restart = Signal()
    go = Signal()

    def __init__(self, theme: Theme, _: Translator, can_go_back: bool, go_label: str, ready: bool) -> None:
        super().__init__()
        self._theme = theme
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(MARGIN), theme.px(30), theme.px(MARGIN), theme.px(34))
        line.setSpacing(theme.px(GAP))
        if can_go_back:
            for name, words, meaning in (("back", _("Back"), self.back), ("restart", _("Start over"), self.restart)):
                button = Button(name, words, theme, kind=STRONG)
                button.clicked.connect(meaning)
                line.addWidget(button)
        if go_label:
            onward = Button("go", go_label, theme, Look.GO)
            onward.setEnabled(ready)
            onward.clicked.connect(self.go)
            line.addWidget(onward, 1)
        else:
            line.addStretch(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color(Ink.PAPER))
        painter.fillRect(0, 0, self.width(), self._theme.px(2), self._theme.color(Ink.LINE))
        painter.end()
        event.accept()
