"""A rounded panel that holds other widgets, and the round mark beside a line of a list."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from kiosk.ui.icons import paint_icon
from kiosk.ui.paragraph import rounded
from kiosk.ui.theme import EDGE, RADIUS, STRONG, Ink, Theme


class Panel(QWidget):
    """Put widgets in `inside`."""

    def __init__(self, theme: Theme, fill: QColor = Ink.PAPER, edge: QColor | None = Ink.LINE) -> None:
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
        rounded(painter, QRectF(self.rect()), self._theme.px(RADIUS), self._fill, self._edge, self._theme.px(EDGE))
        painter.end()
        event.accept()


def paint_mark(painter: QPainter, box: QRectF, theme: Theme, text: str, icon: str, fill: QColor) -> None:
    """A disc with an icon or a number in it: the state of one line, in shape as well as colour."""
    plain = fill == Ink.PAPER
    rounded(painter, box, box.width() / 2, fill, Ink.LINE if plain else None, theme.px(EDGE))
    inset = box.width() * 0.22
    if icon:
        paint_icon(painter, icon, box.adjusted(inset, inset, -inset, -inset), QColor("white"))
        return
    painter.setPen(Ink.MUTE if plain else QColor("white"))
    painter.setFont(theme.font(STRONG))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class Mark(QWidget):
    """`paint_mark` as a widget, `size` design pixels wide."""

    def __init__(self, theme: Theme, text: str = "", icon: str = "", fill: QColor = Ink.PAPER, size: int = 60) -> None:
        super().__init__()
        self._theme = theme
        self._text = text
        self._icon = icon
        self._fill = fill
        self.setFixedSize(theme.px(size), theme.px(size))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_mark(painter, QRectF(self.rect()), self._theme, self._text, self._icon, self._fill)
        painter.end()
        event.accept()
