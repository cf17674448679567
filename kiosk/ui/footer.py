"""The way back and the one way on: back at the start of the line, on at its end, the lowest of them all."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from kiosk.ui.buttons import Button, Look
from kiosk.ui.comfort import TextSize
from kiosk.ui.language import Translator
from kiosk.ui.theme import GAP, MARGIN, STRONG, Ink, Theme


class Footer(QWidget):
    """Drawn again whenever the screen above says something changed; as high as two lines, whatever its words."""

    back = Signal()
    restart = Signal()
    go = Signal()

    def __init__(self, theme: Theme, _: Translator, can_go_back: bool, go_label: str, ready: bool) -> None:
        """Its words grow to 150 %. Large ones, and those of a screen that lies, stand one below the other."""
        super().__init__()
        self._theme = theme
        own = theme.at_most(TextSize.LARGE)
        stacked = theme.wide or theme.comfort.is_large
        way = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        line = QBoxLayout(way, self)
        side, above = (0, 0) if theme.wide else (theme.px(MARGIN), theme.px(20))
        line.setContentsMargins(side, above, side, theme.px(18))
        line.setSpacing(theme.px(GAP))
        if can_go_back:
            ways = QBoxLayout(way) if theme.wide else QHBoxLayout()
            ways.setSpacing(theme.px(GAP))
            for name, words, meaning in (("back", _("Back"), self.back), ("restart", _("Start over"), self.restart)):
                button = Button(name, words, own, kind=STRONG)
                button.clicked.connect(meaning)
                ways.addWidget(button)
            line.addLayout(ways)
        if go_label:
            onward = Button("go", go_label, own, Look.GO, rows=1 if stacked and not theme.wide else 2)
            onward.setEnabled(ready)
            onward.clicked.connect(self.go)
            line.addWidget(onward, 1)
        else:
            line.addStretch(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color(Ink.PAPER))
        if not self._theme.wide:
            painter.fillRect(0, 0, self.width(), self._theme.px(2), self._theme.color(Ink.LINE))
        painter.end()
        event.accept()
