"""The map of the town as a drawing: calm ground, roads one can follow, a few pictures people know. North is up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Self

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from civic.town import Area, Ground, Landmark, Line, Point, TownMap, Way
from kiosk.ui.icons import paint_icon
from kiosk.ui.paragraph import BOUNDLESS, Lines, rounded
from kiosk.ui.theme import EDGE, SMALL, Ink, Theme, Type

_NAME = Type(26, bold=True)
_DISC, _ICON = 54, 34
_CENTRE = Qt.AlignmentFlag.AlignHCenter
_ROUND = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
_FIRST = 1
_CLOSEST = 4


class Soil(Enum):
    """The colours of the ground, in the light theme and in the high-contrast one; names are read on all of them."""

    OPEN = "#f3ecdd", "#0d0d0d"
    HEIGHT = "#dde2c9", "#20260f"
    BUILT = "#e9dcc2", "#262626"
    OLD = "#e0c79c", "#4a3b1a"
    FORT = "#b98d57", "#8a6a3a"
    GREEN = "#c9dcb4", "#173012"
    CASING = "#cdbfa4", "#9a9a9a"
    STREET = "#fffdf8", "#d0d0d0"
    RAIL = "#7c7468", "#bdbdbd"


_GROUNDS = {
    Ground.HEIGHT: Soil.HEIGHT,
    Ground.BUILT: Soil.BUILT,
    Ground.OLD: Soil.OLD,
    Ground.FORT: Soil.FORT,
    Ground.GREEN: Soil.GREEN,
}
_WIDE = {Way.ROAD: 15, Way.STREET: 8, Way.RAIL: 5}


@dataclass(frozen=True, slots=True)
class Sight:
    """What of the map is seen: `zoom` 1 is all of it, and the middle stands where the shares say."""

    town: TownMap
    size: QSizeF
    zoom: int = _FIRST
    east: float = 0.5
    south: float = 0.5

    @property
    def _whole(self) -> QSizeF:
        """The size of the whole map, in pixels."""
        width = min(self.size.width(), self.size.height() * self.town.aspect) * self.zoom
        return QSizeF(width, width / self.town.aspect)

    @property
    def closer(self) -> bool:
        return self.zoom < _CLOSEST

    @property
    def wider(self) -> bool:
        return self.zoom > _FIRST

    def at(self, point: Point) -> QPointF:
        east, south = self.town.share(point)
        whole = self._whole
        x = self.size.width() / 2 + (east - self.east) * whole.width()
        return QPointF(x, self.size.height() / 2 + (south - self.south) * whole.height())

    def under(self, spot: QPointF) -> Point | None:
        """The ground there; None outside the map."""
        whole = self._whole
        east = self.east + (spot.x() - self.size.width() / 2) / whole.width()
        south = self.south + (spot.y() - self.size.height() / 2) / whole.height()
        return self.town.point(east, south) if 0 <= east <= 1 and 0 <= south <= 1 else None

    def zoomed(self, zoom: int, round_: Point | None) -> Self:
        """Nearer or further, round a point if there is one, and never past the edges."""
        east, south = (self.east, self.south) if round_ is None else self.town.share(round_)
        return replace(self, zoom=zoom).centred(east, south)

    def sized(self, size: QSizeF) -> Self:
        return replace(self, size=size).centred(self.east, self.south)

    def centred(self, east: float, south: float) -> Self:
        """The same from there, or as near to it as the edges let."""
        whole = self._whole
        half = [min(0.5, side / all_ / 2) for side, all_ in zip(self.size.toTuple(), whole.toTuple(), strict=True)]
        return replace(self, east=min(max(east, half[0]), 1 - half[0]), south=min(max(south, half[1]), 1 - half[1]))


def paint_map(painter: QPainter, sight: Sight, theme: Theme, covered: Sequence[QRectF]) -> None:
    """Over the whole size of the sight; no name goes where something else will cover it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(QPointF(0, 0), sight.size), _soil(Soil.OPEN, theme))
    painter.setPen(Qt.PenStyle.NoPen)
    for area in sight.town.areas:
        painter.setBrush(_soil(_GROUNDS[area.ground], theme))
        painter.drawPolygon(QPolygonF([sight.at(point) for point in area.edge]))
    for cased in (True, False):
        for line in sight.town.lines:
            _paint_line(painter, line, sight, theme, cased=cased)
    for landmark in sight.town.landmarks:
        _paint_disc(painter, landmark, sight, theme)
    _Names(painter, sight, theme, covered).paint()


def paint_pin(painter: QPainter, at: QPointF, theme: Theme) -> None:
    """Its point stands on the place."""
    side = theme.px(92)
    box = QRectF(at.x() - side / 2, at.y() - side * 0.9, side, side)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(Ink.BRICK))
    middle = QPointF(at.x(), box.top() + side * 0.39)
    reach = side * 0.29
    painter.drawEllipse(middle, reach, reach)
    tip = [at, middle + QPointF(-reach * 0.86, reach * 0.5), middle + QPointF(reach * 0.86, reach * 0.5)]
    painter.drawPolygon(QPolygonF(tip))
    painter.setBrush(theme.color(Ink.ON))
    painter.drawEllipse(middle, reach * 0.38, reach * 0.38)


def _paint_line(painter: QPainter, line: Line, sight: Sight, theme: Theme, *, cased: bool) -> None:
    """All the dark edges come first: where two roads meet, neither cuts the other."""
    wide = theme.px(_WIDE[line.way])
    course = QPolygonF([sight.at(point) for point in line.course])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if line.way is Way.RAIL:
        pen = QPen(_soil(Soil.RAIL, theme), wide)
        if not cased:
            pen = QPen(_soil(Soil.OPEN, theme), wide / 2)
            pen.setDashPattern([5, 5])
        painter.setPen(pen)
    else:
        soil, more = (Soil.CASING, theme.px(5)) if cased else (Soil.STREET, 0)
        painter.setPen(QPen(_soil(soil, theme), wide + more, Qt.PenStyle.SolidLine, *_ROUND))
    painter.drawPolyline(course)


def _paint_disc(painter: QPainter, landmark: Landmark, sight: Sight, theme: Theme) -> None:
    side, inset = theme.px(_DISC), theme.px((_DISC - _ICON) / 2)
    middle = sight.at(landmark.at)
    disc = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
    rounded(painter, disc, side / 2, theme.color(Ink.PAPER), theme.color(Ink.DEEP), theme.px(EDGE))
    paint_icon(painter, landmark.icon, disc.adjusted(inset, inset, -inset, -inset), theme.color(Ink.DEEP))


class _Names:
    """What things are called. A name that would lie on another, or over the edge, is left out: zoom shows it."""

    def __init__(self, painter: QPainter, sight: Sight, theme: Theme, covered: Sequence[QRectF]) -> None:
        self._painter = painter
        self._sight = sight
        self._theme = theme
        side = theme.px(_DISC)
        at = [sight.at(each.at) for each in sight.town.landmarks]
        discs = [QRectF(each.x() - side / 2, each.y() - side / 2, side, side) for each in at]
        self._taken = [*covered, *discs]

    def paint(self) -> None:
        apart = self._theme.px(_DISC / 2 + 2)
        for landmark in self._sight.town.landmarks:
            words, at = landmark.name[self._theme.language], self._sight.at(landmark.at)
            if not self._say(words, at, apart, _NAME, Ink.INK):
                self._say(words, at, -apart, _NAME, Ink.INK)
        for area in self._sight.town.areas:
            if area.name is not None:
                self._say(area.name[self._theme.language], self._middle(area), 0, _NAME, Ink.MUTE)
        for line in self._sight.town.lines:
            if line.name is not None:
                self._say_at_edge(line.name[self._theme.language], line)

    def _middle(self, area: Area) -> QPointF:
        """Of what of it is seen."""
        seen = QPolygonF([self._sight.at(point) for point in area.edge]).boundingRect()
        return seen.intersected(QRectF(QPointF(0, 0), self._sight.size)).center()

    def _say_at_edge(self, words: str, line: Line) -> None:
        """Where a road leaves the map: tried from its end inwards."""
        for point in reversed(line.course[1:]):
            if self._say(words, self._sight.at(point), self._theme.px(12), SMALL, Ink.MUTE, hold=True):
                return

    def _say(self, words: str, at: QPointF, below: float, kind: Type, ink: Ink, *, hold: bool = False) -> bool:
        """Whether there was room. `hold`: moved inside the edge, if need be."""
        lines = Lines(words, self._theme, kind, BOUNDLESS)
        lines = Lines(words, self._theme, kind, lines.width + 2, _CENTRE)
        box = QRectF(at.x() - lines.width / 2 - 1, at.y() + below, lines.width + 2, lines.height)
        if below <= 0:
            box.moveTop(at.y() + below - lines.height / (1 if below else 2))
        frame = QRectF(QPointF(0, 0), self._sight.size).adjusted(8, 4, -8, -4)
        if hold and frame.contains(at):
            box.moveLeft(min(max(box.left(), frame.left()), frame.right() - box.width()))
            box.moveTop(min(box.top(), frame.bottom() - box.height()))
        elif hold:
            at = QPointF(min(max(at.x(), frame.left()), frame.right()), min(max(at.y(), frame.top()), frame.bottom()))
        if not frame.contains(box) or any(box.intersects(other) for other in self._taken):
            return False
        self._taken.append(box)
        halo = _soil(Soil.OPEN, self._theme)
        halo.setAlpha(205)
        rounded(self._painter, box, self._theme.px(10), halo, None, 0)
        lines.paint(self._painter, box.topLeft(), self._theme.color(ink))
        return True


def _soil(soil: Soil, theme: Theme) -> QColor:
    return QColor(soil.value[theme.comfort.contrast])
