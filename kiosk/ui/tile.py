"""Choices that stand beside each other, picture first: for who knows a drawing sooner than a word."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from civic.catalog import Group, Service
from kiosk.ui.buttons import Card, Look, Touchable
from kiosk.ui.icons import paint_icon
from kiosk.ui.paragraph import Lines, rounded
from kiosk.ui.theme import GAP, SMALL, Ink, Theme, Type

_TITLE = Type(36, bold=True, title=True)
_DISC, _ICON, _EDGE = 112, 68, 20
"""Design pixels: the ground of the picture, the picture, and white round everything."""
_MOST_CARDS = 5
"""From more choices than this on they stand beside each other."""
_CENTRE = Qt.AlignmentFlag.AlignHCenter


class Tile(Touchable):
    """A picture, what it is below it, and a line that says more."""

    def __init__(self, name: str, icon: str, title: str, more: str, theme: Theme) -> None:
        super().__init__(name, title, theme, Look.PLAIN)
        self.setAccessibleDescription(more)
        self._icon = icon
        self._more = more

    def heightForWidth(self, width: int) -> int:
        title, more = self._texts(width)
        return int(title.height + more.height) + self.theme.px(_DISC + 8 + 2 * _EDGE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = self.paint_box(painter)
        px = self.theme.px
        title, more = self._texts(self.width())
        top = (self.height() - title.height - more.height - px(_DISC + 8)) / 2
        disc = QRectF((self.width() - px(_DISC)) / 2, top, px(_DISC), px(_DISC))
        rounded(painter, disc, px(30), self.theme.color(Ink.MIST), None, 0)
        inset = px((_DISC - _ICON) / 2)
        paint_icon(painter, self._icon, disc.adjusted(inset, inset, -inset, -inset), self.theme.color(Ink.DEEP))
        top += px(_DISC + 8)
        title.paint(painter, QPointF(px(_EDGE), top), ink)
        more.paint(painter, QPointF(px(_EDGE), top + title.height), self.theme.color(Ink.MUTE))
        painter.end()
        event.accept()

    def _texts(self, width: int) -> tuple[Lines, Lines]:
        room = width - 2 * self.theme.px(_EDGE)
        title = Lines(self.words, self.theme, _TITLE, room, _CENTRE)
        return title, Lines(self._more, self.theme, SMALL, room, _CENTRE)


def choices(offered: Sequence[Group | Service], theme: Theme) -> tuple[QWidget, list[Touchable]]:
    """All of them, and each: a few one below the other with their examples, many as tiles.

    Large words and a picture beside each other leave no room: then every choice has a line of its own.
    """
    tiled = len(offered) > _MOST_CARDS and not theme.comfort.is_large
    beside = theme.wide and not theme.comfort.is_large and len(offered) > 1
    across = (4 if theme.wide else 2) if tiled else (2 if beside else 1)
    field = QWidget()
    grid = QGridLayout(field)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(theme.px(18 if tiled else GAP))
    each: list[Touchable] = []
    for position, one in enumerate(offered):
        kind = "group" if isinstance(one, Group) else "service"
        words = (f"{kind}-{one.id}", one.icon, one.name[theme.language])
        more = one.example[theme.language]
        choice = Tile(*words, more if kind == "group" else "", theme) if tiled else Card(*words, more, theme)
        grid.addWidget(choice, position // across, position % across)
        each.append(choice)
    for column in range(across):
        grid.setColumnStretch(column, 1)
    return field, each
