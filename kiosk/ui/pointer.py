"""The frame that two switches move: thicker than any other, dark and bright, so that it is seen on every ground."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.ui.icons import paint_icon
from kiosk.ui.paragraph import rounded
from kiosk.ui.spot import Spot
from kiosk.ui.theme import RADIUS, Ink, Theme

_THICK, _EDGE, _DISC = 13, 4, 104
"""Of the frame, of its dark edges, and of the sign that leads out of what it lies round; in design pixels."""


class Pointer(Spot):
    """Round one thing, or round a line that can be gone into; with an arrow back: choosing leaves it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("pointer")
        self.leads_out = False

    def lie_round(self, widgets: Sequence[QWidget], theme: Theme, *, leads_out: bool) -> None:
        self.leads_out = leads_out
        self.follow(widgets, theme)

    def paintEvent(self, event: QPaintEvent) -> None:
        event.accept()
        if self._theme is None:
            return
        px, color = self._theme.px, self._theme.color
        painter = QPainter(self)
        thick, edge = px(_THICK), px(_EDGE)
        box = QRectF(self.rect())
        for inset, width, ink in ((0, thick, Ink.INK), (edge, thick - 2 * edge, Ink.OCHRE)):
            ring = box.adjusted(inset, inset, -inset, -inset)
            rounded(painter, ring, px(RADIUS), QColor(0, 0, 0, 0), color(ink), width)
        if self.leads_out:
            side = min(px(_DISC), self.height())
            disc = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
            rounded(painter, disc, side / 2, color(Ink.OCHRE), color(Ink.INK), edge)
            free = side * 0.24
            paint_icon(painter, "out", disc.adjusted(free, free, -free, -free), color(Ink.NIGHT))
        painter.end()
