"""The town where things are: its neighbourhoods and a simple map of it. Both are data the municipality replaces."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from civic.language import Wording

_EARTH_M = 111_320
"""Metres in a degree of latitude."""
_NEAR_M = 400
"""What is further away than that is not said to be near."""


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees north and east, WGS 84."""

    lat: float
    lon: float

    def metres_to(self, other: "Point") -> float:
        """Across a town, where the earth is flat."""
        north = (other.lat - self.lat) * _EARTH_M
        east = (other.lon - self.lon) * _EARTH_M * math.cos(math.radians(self.lat))
        return math.hypot(north, east)


NOWHERE = Point(0, 0)
"""In the sea off Africa: stands for a place that is not known."""


class Ground(StrEnum):
    """What an area of the map is."""

    HEIGHT = "height"
    BUILT = "built"
    OLD = "old"
    FORT = "fort"
    GREEN = "green"


class Way(StrEnum):
    """What a line of the map is."""

    ROAD = "road"
    STREET = "street"
    RAIL = "rail"


@dataclass(frozen=True, slots=True)
class Area:
    ground: Ground
    name: Wording | None
    edge: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Line:
    way: Way
    name: Wording | None
    course: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Landmark:
    """What people orient themselves by. `icon` is a file of assets/icons without `.svg`."""

    icon: str
    name: Wording
    at: Point


@dataclass(frozen=True, slots=True)
class TownMap:
    """North is up, on every screen. Drawn in the order of its areas, lines and landmarks."""

    south_west: Point
    north_east: Point
    schematic: bool
    """A drawing from memory and few sources: what is touched on it is right only roughly."""
    credit: Wording
    """Whose data it is, as their licence wants it said."""
    areas: tuple[Area, ...]
    lines: tuple[Line, ...]
    landmarks: tuple[Landmark, ...]

    @property
    def aspect(self) -> float:
        """Width by height of the ground it shows."""
        middle = math.radians((self.south_west.lat + self.north_east.lat) / 2)
        east = (self.north_east.lon - self.south_west.lon) * math.cos(middle)
        return east / (self.north_east.lat - self.south_west.lat)

    def holds(self, point: Point) -> bool:
        low, high = self.south_west, self.north_east
        return low.lat <= point.lat <= high.lat and low.lon <= point.lon <= high.lon

    def share(self, point: Point) -> tuple[float, float]:
        """How far from the west edge and from the north edge, each from 0 to 1 of the whole."""
        low, high = self.south_west, self.north_east
        return (point.lon - low.lon) / (high.lon - low.lon), (high.lat - point.lat) / (high.lat - low.lat)

    def point(self, east: float, south: float) -> Point:
        """The ground at those shares: the other way round, to a metre."""
        low, high = self.south_west, self.north_east
        lat = high.lat - south * (high.lat - low.lat)
        return Point(round(lat, 5), round(low.lon + east * (high.lon - low.lon), 5))

    def near(self, point: Point) -> Landmark | None:
        """The nearest landmark; None when none is within 400 m."""
        nearest = min(self.landmarks, key=lambda each: each.at.metres_to(point), default=None)
        return None if nearest is None or nearest.at.metres_to(point) > _NEAR_M else nearest


@dataclass(frozen=True, slots=True)
class Town:
    """`neighbourhoods`: their names by their ids, in the order of the file."""

    neighbourhoods: Mapping[str, Wording]
    map: TownMap | None
