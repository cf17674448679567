"""A scanned page, small, with what is wrong marked where it is; and the bar that follows the lamp."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from civic.remark import Remark
from kiosk.ui.icons import paint_icon
from kiosk.ui.paragraph import rounded
from kiosk.ui.theme import Ink, Theme

_TALL, _WIDE = 310, 232
_BRICK = QColor("#a8321e")
"""What is marked lies on white paper, whatever the theme."""
_BAND = 46
"""How wide the hatched strip is that stands for what is missing."""
_BEYOND = {
    Remark.CUT_LEFT: (1, 0, 0, 0),
    Remark.CUT_TOP: (0, 1, 0, 0),
    Remark.CUT_RIGHT: (0, 0, 1, 0),
    Remark.CUT_BOTTOM: (0, 0, 0, 1),
}
"""On which side of the page that strip lies: left, top, right, bottom."""


class PagePicture(QWidget):
    """The page as it was scanned. A remark is a shape and a place, not only a colour."""

    def __init__(self, picture: bytes, remark: Remark | None, theme: Theme, name: str) -> None:
        super().__init__()
        page = QPixmap()
        page.loadFromData(picture)
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        self._page = page.scaled(QSize(theme.px(_WIDE), theme.px(_TALL)), keep, smooth)
        self._band = theme.px(_BAND)
        edge = theme.px(3)
        beyond = _BEYOND.get(remark, (0, 0, 0, 0)) if remark else (0, 0, 0, 0)
        self._left, self._top, right, bottom = (edge + side * self._band for side in beyond)
        self.setFixedSize(self._left + self._page.width() + right, self._top + self._page.height() + bottom)
        self._remark = remark
        self._theme = theme
        self.setAccessibleName(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = self._theme.px(3)
        box = QRectF(self._left, self._top, self._page.width(), self._page.height())
        painter.drawPixmap(box.topLeft(), self._page)
        rounded(painter, QRectF(self.rect()), self._theme.px(4), QColor(0, 0, 0, 0), self._theme.color(Ink.LINE), edge)
        if self._remark is not None:
            self._mark(painter, box)
        painter.end()
        event.accept()

    def _mark(self, painter: QPainter, box: QRectF) -> None:
        band = self._band
        match self._remark:
            case Remark.CUT_TOP:
                self._hatch(painter, QRectF(box.left(), box.top() - band, box.width(), band))
            case Remark.CUT_BOTTOM:
                self._hatch(painter, QRectF(box.left(), box.bottom(), box.width(), band))
            case Remark.CUT_LEFT:
                self._hatch(painter, QRectF(box.left() - band, box.top(), band, box.height()))
            case Remark.CUT_RIGHT:
                self._hatch(painter, QRectF(box.right(), box.top(), band, box.height()))
            case _other:
                self._alert(painter, box)

    def _hatch(self, painter: QPainter, band: QRectF) -> None:
        """Slanting stripes over what is not there, and the line of the cut."""
        px = self._theme.px
        stripe, pale = QColor("#efd3ce"), QColor("white")
        painter.save()
        painter.setClipRect(band)
        painter.fillRect(band, pale)
        painter.setPen(QPen(stripe, px(12)))
        reach = band.height() + band.width()
        at = -band.height()
        while at < reach:
            start = QPointF(band.left() + at, band.bottom() + px(8))
            painter.drawLine(start, start + QPointF(band.height() + px(16), -band.height() - px(16)))
            at += px(30)
        painter.restore()
        painter.setPen(QPen(_BRICK, px(4), Qt.PenStyle.DashLine))
        cut = {
            Remark.CUT_TOP: (band.bottomLeft(), band.bottomRight()),
            Remark.CUT_BOTTOM: (band.topLeft(), band.topRight()),
            Remark.CUT_LEFT: (band.topRight(), band.bottomRight()),
            Remark.CUT_RIGHT: (band.topLeft(), band.bottomLeft()),
        }
        if self._remark in cut:
            painter.drawLine(*cut[self._remark])

    def _alert(self, painter: QPainter, box: QRectF) -> None:
        """The whole page is meant: a dashed frame, and a sign in its middle."""
        px = self._theme.px
        painter.setPen(QPen(_BRICK, px(4), Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(px(8), px(8), -px(8), -px(8)))
        side = min(px(92), box.width() / 2)
        disc = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
        rounded(painter, disc, side / 2, QColor("white"), _BRICK, px(4))
        inset = side * 0.24
        paint_icon(painter, "alert", disc.adjusted(inset, inset, -inset, -inset), _BRICK)


class LampBar(QWidget):
    """How far the lamp is over the paper, in the direction people read."""

    def __init__(self, share: float, theme: Theme, name: str) -> None:
        super().__init__()
        self._share = share
        self._theme = theme
        self.setFixedHeight(theme.px(22))
        self.setAccessibleName(name)

    def show_share(self, share: float) -> None:
        self._share = share
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        whole = QRectF(self.rect())
        color = self._theme.color
        rounded(painter, whole, whole.height() / 2, color(Ink.PAPER), color(Ink.LINE), self._theme.px(3))
        done = QRectF(whole)
        done.setWidth(max(whole.height(), whole.width() * self._share))
        if self._theme.language.right_to_left:
            done.moveRight(whole.right())
        rounded(painter, done, whole.height() / 2, color(Ink.TEAL), None, 0)
        painter.end()
        event.accept()
