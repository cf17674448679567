"""What two switches go round: a screen line by line as one reads, and the keys of a keyboard as one thing with lines.

A line of several things is one stop: choosing it goes into it. So a letter of thirty is a few presses away, not thirty.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtWidgets import QWidget

from kiosk.ui.keyboard import Keyboard
from kiosk.ui.keys import reachable_lines
from kiosk.ui.pin_pad import PinPad
from kiosk.ui.town_map import TownMapView
from kiosk.ui.window import Window

LINE = "line-"
"""What the name of a line begins with; then the name of the first thing in it."""
Line = list[QWidget]


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing to choose, or what is gone round once it is chosen. By `name` it is found again when drawn again."""

    name: str
    widgets: tuple[QWidget, ...]
    inside: tuple["Stop", ...] = ()


def stops(window: Window) -> tuple[Stop, ...]:
    """What can be chosen now, the screen itself first; not a map, whose neighbourhoods stand beside it in words."""
    parts = list(window.parts)
    screen = window.current
    first = next((nth for nth, part in enumerate(parts) if screen is not None and part.isAncestorOf(screen)), 0)
    return tuple(stop for part in parts[first:] + parts[:first] for stop in _of(part))


def _of(part: QWidget) -> list[Stop]:
    lines = [[each for each in line if not isinstance(each, TownMapView)] for line in reachable_lines(part)]
    found: list[Stop] = []
    for keys, together in groupby(filter(None, lines), key=lambda line: _keys_of(line[0])):
        rows = [_line(line) for line in together]
        found += rows if keys is None else [Stop(type(keys).__name__, _all(rows), tuple(rows))]
    return found


def _line(line: Line) -> Stop:
    each = [Stop(one.objectName(), (one,)) for one in line]
    return each[0] if len(each) == 1 else Stop(LINE + each[0].name, tuple(line), tuple(each))


def _all(rows: Sequence[Stop]) -> tuple[QWidget, ...]:
    return tuple(widget for row in rows for widget in row.widgets)


def _keys_of(widget: QWidget) -> QWidget | None:
    """The keyboard or the ten digits it belongs to."""
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, Keyboard | PinPad):
        parent = parent.parentWidget()
    return parent
