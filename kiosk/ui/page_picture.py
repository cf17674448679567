"""A scanned page, small, with what is wrong marked where it is; and the bar that follows the lamp."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from kiosk.page.remark import Remark
from kiosk.ui.icons import paint_icon
from kiosk.ui.paragraph import rounded
from kiosk.ui.theme import Ink, Theme

_TALL, _WIDE = 340, 252
_BAND = 0.16
"""The share of the page that is hatched where it is cut."""


class PagePicture(QWidget):
    """The page as it was scanned. A remark is a shape and a place, not only a colour."""

    def __init__(self, picture: bytes, remark: Remark | None, theme: Theme, name: str) -> None:
        super().__init__()
        page = QPixmap()
        page.loadFromData(picture)
        room = QSize(theme.px(_WIDE), theme.px(_TALL))
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        self._page = page.scaled(room, keep, smooth)
        self._remark = remark
        self._theme = theme
        edge = 2 * theme.px(3)
        self.setFixedSize(self._page.width() + edge, self._page.height() + edge)
        self.setAccessibleName(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = self._theme.px(3)
        box = QRectF(edge, edge, self._page.width(), self._page.height())
        painter.drawPixmap(box.topLeft(), self._page)
        rounded(painter, QRectF(self.rect()), self._theme.px(4), QColor(0, 0, 0, 0), Ink.LINE, edge)
        if self._remark is not None:
            self._mark(painter, box)
        painter.end()
        event.accept()

    def _mark(self, painter: QPainter, box: QRectF) -> None:
        wide, tall = box.width() * _BAND, box.height() * _BAND
        match self._remark:
            case Remark.CUT_TOP:
                self._hatch(painter, box.adjusted(0, 0, 0, tall - box.height()))
            case Remark.CUT_BOTTOM:
                self._hatch(painter, box.adjusted(0, box.height() - tall, 0, 0))
            case Remark.CUT_LEFT:
                self._hatch(painter, box.adjusted(0, 0, wide - box.width(), 0))
            case Remark.CUT_RIGHT:
                self._hatch(painter, box.adjusted(box.width() - wide, 0, 0, 0))
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
        painter.setPen(QPen(Ink.BRICK, px(4), Qt.PenStyle.DashLine))
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
        painter.setPen(QPen(Ink.BRICK, px(4), Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(px(8), px(8), -px(8), -px(8)))
        side = min(px(92), box.width() / 2)
        disc = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
        rounded(painter, disc, side / 2, QColor("white"), Ink.BRICK, px(4))
        inset = side * 0.24
        paint_icon(painter, "alert", disc.adjusted(inset, inset, -inset, -inset), Ink.BRICK)


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
        rounded(painter, whole, whole.height() / 2, Ink.PAPER, Ink.LINE, self._theme.px(3))
        done = QRectF(whole)
        done.setWidth(max(whole.height(), whole.width() * self._share))
        if self._theme.language.right_to_left:
            done.moveRight(whole.right())
        rounded(painter, done, whole.height() / 2, Ink.TEAL, None, 0)
        painter.end()
        event.accept()
