"""The town's map with the place a citizen touched, drawn as SVG: one picture, in the agent's language, north up."""

from collections.abc import Iterator
from html import escape

from central.answers import Pin
from central.settings import ASSETS
from civic.language import Language
from civic.town import Area, Ground, Landmark, Point, TownMap, Way

_HIGH = 440
_ICONS = ASSETS / "icons"
_GROUNDS = {
    Ground.HEIGHT: "#dde2c9",
    Ground.BUILT: "#e9dcc2",
    Ground.OLD: "#e0c79c",
    Ground.FORT: "#b98d57",
    Ground.GREEN: "#c9dcb4",
}
_WIDE = {Way.ROAD: 11, Way.STREET: 6, Way.RAIL: 4}
_FONT = "font-family=\"'Noto Sans','Noto Sans Arabic',system-ui,sans-serif\" text-anchor=\"middle\""
_HALO = 'paint-order="stroke" stroke="#f7f0e2" stroke-width="5" stroke-linejoin="round"'


def draw_map(pin: Pin, language: Language) -> str:
    """A whole SVG document; the pin's own point is its tip."""
    return "".join(_Picture(pin.map, language).parts(pin))


class _Picture:
    def __init__(self, town: TownMap, language: Language) -> None:
        self._town = town
        self._language = language
        self._width = round(_HIGH * town.aspect)

    def parts(self, pin: Pin) -> Iterator[str]:
        yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self._width} {_HIGH}" direction="ltr">'
        yield f'<rect width="{self._width}" height="{_HIGH}" fill="#f3ecdd"/>'
        for area in self._town.areas:
            yield f'<path d="M{self._course(area.edge)}z" fill="{_GROUNDS[area.ground]}"/>'
        for cased in (True, False):
            for line in self._town.lines:
                yield self._line(line.way, self._course(line.course), cased=cased)
        for area in self._town.areas:
            if area.name is not None and not self._full(area):
                yield self._name(area.name[self._language], self._middle(area.edge), "#5b6b6f")
        for landmark in self._town.landmarks:
            yield self._landmark(landmark)
        if pin.spot.point is not None:
            yield self._pin(pin.spot.point)
        yield "</svg>"

    def _at(self, point: Point) -> tuple[float, float]:
        east, south = self._town.share(point)
        return round(east * self._width, 1), round(south * _HIGH, 1)

    def _course(self, points: tuple[Point, ...]) -> str:
        return "L".join(f"{x} {y}" for x, y in map(self._at, points))

    def _middle(self, points: tuple[Point, ...]) -> tuple[float, float]:
        """Of what of it is on the picture."""
        across, down = zip(*map(self._at, points), strict=True)
        x = (max(0, min(across)) + min(self._width, max(across))) / 2
        return round(x, 1), round((max(0, min(down)) + min(_HIGH, max(down))) / 2, 1)

    def _full(self, area: Area) -> bool:
        """Whether landmarks stand where its name would, and leave no room for it."""
        x, y = self._middle(area.edge)
        at = [self._at(landmark.at) for landmark in self._town.landmarks]
        return any(abs(across - x) < 70 and abs(down - y) < 50 for across, down in at)

    def _line(self, way: Way, course: str, *, cased: bool) -> str:
        wide = _WIDE[way]
        if way is Way.RAIL:
            stroke = f'"#7c7468" stroke-width="{wide}"'
            dashes = f'"#f3ecdd" stroke-width="{wide / 2}" stroke-dasharray="8 8"'
            stroke = stroke if cased else dashes
        else:
            stroke = f'"#cdbfa4" stroke-width="{wide + 4}"' if cased else f'"#fffdf8" stroke-width="{wide}"'
        return f'<path d="M{course}" fill="none" stroke-linecap="round" stroke-linejoin="round" stroke={stroke}/>'

    def _landmark(self, landmark: Landmark) -> str:
        x, y = self._at(landmark.at)
        path = _ICONS / f"{landmark.icon}.svg"
        svg = path.read_text(encoding="utf-8") if path.is_file() else ""
        inner = svg[svg.find(">") + 1 : svg.rfind("</svg>")]
        disc = f'<circle cx="{x}" cy="{y}" r="17" fill="#fffdf8" stroke="#084f50" stroke-width="2"/>'
        pen = 'fill="none" stroke="#084f50" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"'
        icon = f'<g transform="translate({x - 11} {y - 11}) scale(.92)" {pen}>{inner}</g>'
        return (
            disc
            + icon
            + self._name(landmark.name[self._language], (x, y + self._below(landmark)), "#12303a", bold=True)
        )

    def _below(self, landmark: Landmark) -> int:
        """Where its name stands: under it, or over it when another landmark is close below."""
        x, y = self._at(landmark.at)
        others = [self._at(each.at) for each in self._town.landmarks if each is not landmark]
        crowded = any(abs(other - x) < 60 and 0 < below - y < 60 for other, below in others)
        return -24 if crowded else 34

    def _name(self, words: str, at: tuple[float, float], color: str, *, bold: bool = False) -> str:
        weight = ' font-weight="700"' if bold else ""
        where = f'x="{at[0]}" y="{at[1]}" font-size="17"{weight} fill="{color}"'
        return f"<text {where} {_HALO} {_FONT}>{escape(words)}</text>"

    def _pin(self, point: Point) -> str:
        x, y = self._at(point)
        drop = "M0 0C17-21 25-33 25-45a25 25 0 0 0-50 0C-25-33-17-21 0 0z"
        return (
            f'<g transform="translate({x} {y})"><path d="{drop}" fill="#a8321e" stroke="#fffdf8" stroke-width="3"/>'
            '<circle cy="-45" r="9" fill="#fffdf8"/></g>'
        )
