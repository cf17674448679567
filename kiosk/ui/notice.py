"""One sentence over the top of whatever is shown, for a moment: something happened that changes nothing here."""

from PySide6.QtCore import QPointF, QRect, QRectF, QTimer
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.ui.icons import paint_icon
from kiosk.ui.paragraph import Lines, rounded
from kiosk.ui.theme import EDGE, MARGIN, RADIUS, STRONG, Ink, Theme

_READ_MS = 9_000
_SIDE, _ICON, _GAP = 32, 60, 24
"""Design pixels: round the words, of the sign before them, and between the two."""


class Notice(QWidget):
    """Belongs to the window for good; a touch on it, or time, takes it away."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._theme: Theme | None = None
        self._sentence = self._sign = ""
        self._time = QTimer(self, interval=_READ_MS, singleShot=True)
        self._time.timeout.connect(self.hide)
        self.hide()

    def say(self, sentence: str, sign: str, theme: Theme, page: QRect) -> None:
        """With that picture, over the top of `page`, which is where in the window the screen is, in pixels."""
        self._sentence, self._sign, self._theme = sentence, sign, theme
        self.setAccessibleName(sentence)
        px = theme.px
        width = page.width() - 2 * px(MARGIN)
        words = self._lines(theme, width)
        height = max(px(_ICON), int(words.height)) + 2 * px(26)
        self.setGeometry(page.left() + px(MARGIN), page.top() + px(20), width, height)
        self.raise_()
        self.show()
        self.update()
        self._time.start()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.hide()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        event.accept()
        if self._theme is None:
            return
        px, color, rtl = self._theme.px, self._theme.color, self._theme.language.right_to_left
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), px(RADIUS), color(Ink.CREAM), color(Ink.OCHRE), px(EDGE))
        side = px(_ICON)
        left = self.width() - px(_SIDE) - side if rtl else px(_SIDE)
        disc = QRectF(left, (self.height() - side) / 2, side, side)
        rounded(painter, disc, side / 2, color(Ink.OCHRE), None, 0)
        inset = side * 0.2
        paint_icon(painter, self._sign, disc.adjusted(inset, inset, -inset, -inset), color(Ink.NIGHT))
        words = self._lines(self._theme, self.width())
        start = px(_SIDE) if rtl else px(_SIDE + _ICON + _GAP)
        words.paint(painter, QPointF(start, (self.height() - words.height) / 2), color(Ink.INK))
        painter.end()

    def _lines(self, theme: Theme, width: int) -> Lines:
        return Lines(self._sentence, theme, STRONG, width - theme.px(2 * _SIDE + _ICON + _GAP))
