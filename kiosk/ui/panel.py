"""A rounded panel that holds other widgets, and the round mark beside a line of a list."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from kiosk.ui.icons import paint_icon
from kiosk.ui.paragraph import rounded
from kiosk.ui.theme import EDGE, RADIUS, STRONG, Ink, Theme

_IN_LINE = 80
"""A mark larger than that is a picture of its own."""


class Panel(QWidget):
    """Put widgets in `inside`."""

    def __init__(self, theme: Theme, fill: Ink = Ink.PAPER, edge: Ink | None = Ink.LINE) -> None:
        super().__init__()
        self._theme = theme
        self._fill = fill
        self._edge = edge
        self.inside = QVBoxLayout(self)
        side = theme.px(32)
        self.inside.setContentsMargins(side, theme.px(26), side, theme.px(26))
        self.inside.setSpacing(theme.px(12))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, edge = self._theme, None if self._edge is None else self._theme.color(self._edge)
        box = QRectF(self.rect())
        rounded(painter, box, theme.px(RADIUS), theme.color(self._fill), edge, theme.px(EDGE))
        painter.end()
        event.accept()


def paint_mark(painter: QPainter, box: QRectF, theme: Theme, text: str, icon: str, fill: Ink) -> None:
    """A disc with an icon or a number in it: the state of one line, in shape as well as colour."""
    plain = fill is Ink.PAPER
    edge = theme.color(Ink.LINE) if plain else None
    rounded(painter, box, box.width() / 2, theme.color(fill), edge, theme.px(EDGE))
    ink = theme.color(Ink.MUTE if plain else Ink.NIGHT if fill is Ink.OCHRE else Ink.ON)
    inset = box.width() * 0.22
    if icon:
        paint_icon(painter, icon, box.adjusted(inset, inset, -inset, -inset), ink)
        return
    painter.setPen(ink)
    painter.setFont(theme.font(STRONG))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class Mark(QWidget):
    """`paint_mark` as a widget, `size` design pixels wide; one that stands in a line of text grows with it."""

    def __init__(self, theme: Theme, text: str = "", icon: str = "", fill: Ink = Ink.PAPER, size: int = 60) -> None:
        super().__init__()
        self._theme = theme
        self._text = text
        self._icon = icon
        self._fill = fill
        side = theme.beside(size) if size <= _IN_LINE else theme.px(size)
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_mark(painter, QRectF(self.rect()), self._theme, self._text, self._icon, self._fill)
        painter.end()
        event.accept()
