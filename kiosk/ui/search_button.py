"""What looks like a place to write in, and opens one."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent

from kiosk.ui.buttons import Look, Touchable
from kiosk.ui.icons import paint_icon
from kiosk.ui.paragraph import Lines
from kiosk.ui.theme import TEXT, TOUCH, Ink, Theme

_INSIDE, _ICON = 34, 52


class SearchButton(Touchable):
    """A glass, and the words that say what it finds."""

    def __init__(self, words: str, theme: Theme) -> None:
        super().__init__("search", words, theme, Look.PLAIN)

    def heightForWidth(self, width: int) -> int:
        return max(self.theme.px(TOUCH), int(self._lines(width).height) + 2 * self.theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_box(painter)
        px, rtl = self.theme.px, self.theme.language.right_to_left
        side = self.theme.beside(_ICON)
        left = self.width() - px(_INSIDE) - side if rtl else px(_INSIDE)
        box = QRectF(left, (self.height() - side) / 2, side, side)
        paint_icon(painter, "search", box, self.theme.color(Ink.DEEP))
        lines = self._lines(self.width())
        start = px(_INSIDE) if rtl else px(_INSIDE) + side + px(24)
        lines.paint(painter, QPointF(start, (self.height() - lines.height) / 2), self.theme.color(Ink.MUTE))
        painter.end()
        event.accept()

    def _lines(self, width: int) -> Lines:
        room = width - self.theme.px(2 * _INSIDE + 24) - self.theme.beside(_ICON)
        return Lines(self.words, self.theme, TEXT, room)
