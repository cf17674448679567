"""Where something is, as a citizen told it: a neighbourhood of the list, a point of the map, or words of their own."""

import re
from dataclasses import dataclass
from typing import Self

from civic.language import Wording
from civic.town import Landmark, Point, Town

_FORM = re.compile(r"([a-z0-9-]*);(?:(-?\d{1,2}\.\d{5}),(-?\d{1,3}\.\d{5}))?;(.*)", re.DOTALL | re.ASCII)


@dataclass(frozen=True, slots=True)
class Spot:
    """`str` gives the answer a dossier keeps: `cite-hached;36.17421,8.70412;` and `parse` takes any text: what is no
    spot are the words of somebody who wrote where it is."""

    neighbourhood: str = ""
    point: Point | None = None
    words: str = ""

    def __str__(self) -> str:
        if not self:
            return ""
        at = "" if self.point is None else f"{self.point.lat:.5f},{self.point.lon:.5f}"
        return f"{self.neighbourhood};{at};{self.words}"

    def __bool__(self) -> bool:
        return bool(self.neighbourhood or self.point is not None or self.words)

    @classmethod
    def parse(cls, answer: str) -> Self:
        found = _FORM.fullmatch(answer)
        if found is None:
            return cls(words=answer)
        point = None if found[2] is None else Point(float(found[2]), float(found[3]))
        if point is not None and (abs(point.lat) > 90 or abs(point.lon) > 180):
            return cls(words=answer)
        return cls(found[1], point, found[4])

    def named(self, town: Town) -> Wording | None:
        """The neighbourhood's name; None when none was chosen, or the list has it no more."""
        return town.neighbourhoods.get(self.neighbourhood)

    def near(self, town: Town) -> Landmark | None:
        """What the point is near to, on the town's map."""
        return None if self.point is None or town.map is None else town.map.near(self.point)

    def roughly(self, town: Town) -> Self:
        """As much as may be read by anybody who opens the kiosk, and printed: not nearer than a landmark."""
        landmark = self.near(town)
        return type(self)(self.neighbourhood, None if landmark is None else landmark.at)
