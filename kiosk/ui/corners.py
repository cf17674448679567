"""Four large corners that lead through the screens without a look: the one before, once more, the next, choose."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.ui.comfort import TextSize
from kiosk.ui.icons import paint_icon
from kiosk.ui.language import Translator
from kiosk.ui.paragraph import Lines, rounded
from kiosk.ui.theme import EDGE, MARGIN, RADIUS, SMALL, STRONG, Ink, Theme

_WIDE, _TALL, _ICON, _EDGE, _INSIDE = 0.44, 0.34, 150, 34, 26
"""Of a corner: its share of the width and of the height; its picture and its radius in design pixels; then white."""
_ZONES = {"before": (0, 0, "up"), "again": (1, 0, "again"), "next": (0, 1, "down"), "choose": (1, 1, "choose")}
"""Left or right, above or below, and the picture. The same in every language: a hand learns them once."""


class Corners(QWidget):
    """Over everything, while somebody wants it: what lies below is heard, and no finger reaches it by mistake."""

    touched = Signal(str)
    """One of the corners: `before`, `again`, `next`, `choose`."""

    def __init__(self, window: QWidget, theme: Theme, _: Translator) -> None:
        super().__init__(window)
        self.setObjectName("corners")
        self._theme = theme
        self._down = False
        self._how = _(
            "Four corners lead you. Top left: before. Bottom left: next. Bottom right: choose. Top right: again. "
            "To end it, keep a finger on the glass."
        )
        self.setAccessibleName(self._how)
        self._words = {"before": _("Before"), "again": _("Again"), "next": _("Next"), "choose": _("Choose")}
        self.setGeometry(window.rect())
        self.show()

    def zone(self, name: str) -> QRect:
        """For who sits, all four lie in the lower half of a tall screen."""
        right, below, _icon = _ZONES[name]
        top = self.height() // 2 if self._theme.low else 0
        high = self.height() - top
        wide, tall = int(self.width() * _WIDE), int(high * _TALL)
        return QRect(right * (self.width() - wide), top + below * (high - tall), wide, tall)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._down = True
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()
        down, self._down = self._down, False
        for name in _ZONES:
            if down and self.zone(name).contains(event.position().toPoint()):
                self.touched.emit(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, px = self._theme, self._theme.px
        for name, (right, below, icon) in _ZONES.items():
            box = QRectF(self.zone(name))
            out = px(_EDGE)
            shape = box.adjusted(-out * (not right), -out * (not below), out * right, out * below)
            rounded(painter, shape, out, theme.color(Ink.TEAL), theme.color(Ink.ON), px(2 * EDGE))
            side = px(_ICON)
            words = Lines(self._words[name], theme, STRONG, box.width(), Qt.AlignmentFlag.AlignHCenter)
            top = box.center().y() - (side + words.height) / 2
            sign = QRectF(box.center().x() - side / 2, top, side, side)
            paint_icon(painter, icon, sign, theme.color(Ink.ON))
            words.paint(painter, QPointF(box.left(), sign.bottom()), theme.color(Ink.ON))
        self._paint_how(painter)
        painter.end()
        event.accept()

    def _paint_how(self, painter: QPainter) -> None:
        """Between the corners, for whoever helps."""
        theme, px = self._theme, self._theme.px
        margin, inside = px(MARGIN), px(_INSIDE)
        lines = Lines(self._how, theme.at_most(TextSize.LARGER), SMALL, self.width() - 2 * (margin + inside))
        top = (self.zone("before").bottom() + self.zone("next").top() - lines.height) / 2
        box = QRectF(margin, top - inside, self.width() - 2 * margin, lines.height + 2 * inside)
        rounded(painter, box, px(RADIUS), theme.color(Ink.CREAM), theme.color(Ink.OCHRE), px(EDGE))
        lines.paint(painter, QPointF(margin + inside, top), theme.color(Ink.INK))
