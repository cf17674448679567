"""The map one touches to say where: a touch sets the pin, another moves it, two buttons go nearer and back."""

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent

from civic.town import Point, TownMap
from kiosk.ui.buttons import Look, Touchable
from kiosk.ui.finger_scroll import TurnButton
from kiosk.ui.language import Translator
from kiosk.ui.map_drawing import Sight, paint_map, paint_pin
from kiosk.ui.theme import EDGE, RADIUS, TOUCH, Ink, Theme

_TALLEST, _LYING, _LOW = 900, 660, 520
"""In design pixels: on a screen that stands, on one that lies, and where all one touches is in the lower half."""
_STEP = 24
"""An arrow moves the pin by this part of what is seen."""
_WAYS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


class TownMapView(Touchable):
    """North is up and east is right in every language. With keys: Enter takes the pin, the arrows move it, Enter
    lets it go."""

    pinned = Signal(object)
    """A Point of the town."""

    def __init__(self, town: TownMap, pin: Point | None, theme: Theme, _: Translator) -> None:
        super().__init__("map", _("Map of the town"), theme, Look.PLAIN)
        self._sight = Sight(town, QSizeF(1, 1))
        self._pin = pin if pin is not None and town.holds(pin) else None
        self._touched: QPointF | None = None
        self._closer = TurnButton("zoom-in", _("Nearer"), "plus", theme)
        self._wider = TurnButton("zoom-out", _("Further away"), "minus", theme)
        self.buttons = (self._closer, self._wider)
        """They lie on the map, unless somebody puts them elsewhere."""
        for button, factor in zip(self.buttons, (2, 0.5), strict=True):
            button.setParent(self)
            button.clicked.connect(lambda *, by=factor: self._zoom(by))
        self.clicked.connect(self._take)
        self._tallest = theme.px(_LYING if theme.wide else _LOW if theme.low else _TALLEST)
        if theme.wide or theme.low:
            self.setFixedWidth(int(self._tallest * town.aspect))
        self._offer()

    @property
    def steered(self) -> bool:
        """Whether the arrows move the pin just now."""
        return self.property("steered") is True

    def heightForWidth(self, width: int) -> int:
        return min(self._tallest, int(width / self._sight.town.aspect))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._sight = self._sight.sized(QSizeF(self.size()))
        side, edge = self.theme.px(TOUCH), self.theme.px(20)
        left = edge if self.theme.language.right_to_left else self.width() - edge - side
        for nth, button in enumerate(reversed(self._lying)):
            button.setGeometry(left, self.height() - (edge + side) * (nth + 1), side, side)
        super().resizeEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._touched = event.position()
        super().mouseReleaseEvent(event)
        self._touched = None

    def _take(self) -> None:
        """A touch marks what lies under it; but a button at its end is no ground. Enter takes the pin or lets it go."""
        if self._touched is not None:
            at = self._touched.toPoint()
            if not any(button.geometry().contains(at) for button in self._lying):
                self._put(self._sight.under(self._touched))
        elif self.steered:
            self._steer(False)
        else:
            self._put(self._pin or self._sight.under(QPointF(self.width() / 2, self.height() / 2)))
            self._steer(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = _WAYS.get(Qt.Key(event.key()))
        if not self.steered or way is None or self._pin is None:
            super().keyPressEvent(event)
            return
        at, step = self._sight.at(self._pin), self.width() / _STEP
        self._put(self._sight.under(at + QPointF(way[0] * step, way[1] * step)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, box = self.theme, QRectF(self.rect())
        radius, edge = theme.px(RADIUS), theme.px(7 if self._marked else EDGE)
        window = QPainterPath()
        window.addRoundedRect(box, radius, radius)
        painter.save()
        painter.setClipPath(window)
        covered = [QRectF(button.geometry()) for button in self._lying]
        paint_map(painter, self._sight, theme, covered)
        if self._pin is not None:
            paint_pin(painter, self._sight.at(self._pin), theme)
        painter.restore()
        painter.setPen(QPen(theme.color(Ink.BRICK if self.steered else Ink.TEAL if self._marked else Ink.LINE), edge))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        half = edge / 2
        painter.drawRoundedRect(box.adjusted(half, half, -half, -half), radius, radius)
        painter.end()
        event.accept()

    @property
    def _lying(self) -> list[TurnButton]:
        return [button for button in self.buttons if button.parentWidget() is self]

    @property
    def _marked(self) -> bool:
        return self.hasFocus() and self.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)

    def _put(self, point: Point | None) -> None:
        """Outside the map there is nothing to mark. Seen from near, the map follows the pin."""
        if point is None:
            return
        self._pin = point
        if self._sight.wider:
            self._sight = self._sight.zoomed(self._sight.zoom, point)
        self.update()
        self.pinned.emit(point)

    def _steer(self, steered: bool) -> None:
        self.setProperty("steered", steered)
        self.update()

    def _zoom(self, by: float) -> None:
        self._sight = self._sight.zoomed(round(self._sight.zoom * by), self._pin)
        self._offer()
        self.update()

    def _offer(self) -> None:
        self._closer.setEnabled(self._sight.closer)
        self._wider.setEnabled(self._sight.wider)
