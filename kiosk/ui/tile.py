"""Choices that stand beside each other, picture first: for who knows a drawing sooner than a word."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from civic.catalog import Group, Service
from kiosk.ui.buttons import Card, Look, Touchable
from kiosk.ui.icons import paint_icon
from kiosk.ui.paragraph import Lines, rounded
from kiosk.ui.theme import GAP, SMALL, STRONG, TOUCH, Ink, Theme, Type

_TITLE = Type(36, bold=True, title=True)
_DISC, _ICON, _EDGE = 112, 68, 20
"""Design pixels: the ground of the picture, the picture, and white round everything."""
_SMALL_DISC = 84
_MOST_CARDS = 5
"""From more choices than this on they stand beside each other."""
_CENTRE = Qt.AlignmentFlag.AlignHCenter


class Picture(QWidget):
    """What a service is, before its name on its own page."""

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self._name = name
        self._theme = theme
        self.setFixedSize(theme.px(_DISC), theme.px(_DISC))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect())
        rounded(painter, box, self._theme.px(30), self._theme.color(Ink.MIST), None, 0)
        inset = self._theme.px((_DISC - _ICON) / 2)
        paint_icon(painter, self._name, box.adjusted(inset, inset, -inset, -inset), self._theme.color(Ink.DEEP))
        painter.end()
        event.accept()


class Tile(Touchable):
    """A picture, what it is below it, and a line that says more."""

    mouseDoubleClickEvent = Touchable.once

    def __init__(self, name: str, icon: str, title: str, more: str, theme: Theme, look: Look = Look.PLAIN) -> None:
        super().__init__(name, title, theme, look)
        self.setAccessibleDescription(more)
        self._icon = icon
        self._more = more
        self._broken: dict[int, tuple[Lines, Lines]] = {}

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
        """A layout asks for the same width many times over."""
        if width not in self._broken:
            room = width - 2 * self.theme.px(_EDGE)
            title = Lines(self.words, self.theme, _TITLE, room, _CENTRE)
            self._broken[width] = title, Lines(self._more, self.theme, SMALL, room, _CENTRE)
        return self._broken[width]


class Row(Touchable):
    """The same lying: the picture before the words, where many must stand in little height."""

    mouseDoubleClickEvent = Touchable.once

    def __init__(self, name: str, icon: str, title: str, more: str, theme: Theme, look: Look = Look.PLAIN) -> None:
        super().__init__(name, title, theme, look)
        self.setAccessibleDescription(more)
        self.picture = icon
        self._more = more

    def heightForWidth(self, width: int) -> int:
        title, more = self._texts(width)
        return max(self.theme.px(TOUCH), int(title.height + more.height) + 2 * self.theme.px(14))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = self.paint_box(painter)
        px, rtl = self.theme.px, self.theme.language.right_to_left
        left = self.width() - px(_EDGE + _SMALL_DISC) if rtl else px(_EDGE)
        disc = QRectF(left, (self.height() - px(_SMALL_DISC)) / 2, px(_SMALL_DISC), px(_SMALL_DISC))
        rounded(painter, disc, px(20), self.theme.color(Ink.MIST), None, 0)
        inset = px(_SMALL_DISC * 0.21)
        paint_icon(painter, self.picture, disc.adjusted(inset, inset, -inset, -inset), self.theme.color(Ink.DEEP))
        title, more = self._texts(self.width())
        start = px(_EDGE) if rtl else px(2 * _EDGE + _SMALL_DISC)
        top = (self.height() - title.height - more.height) / 2
        title.paint(painter, QPointF(start, top), ink)
        more.paint(painter, QPointF(start, top + title.height), self.theme.color(Ink.MUTE))
        painter.end()
        event.accept()

    def _texts(self, width: int) -> tuple[Lines, Lines]:
        room = width - self.theme.px(3 * _EDGE + _SMALL_DISC)
        return Lines(self.words, self.theme, STRONG, room), Lines(self._more, self.theme, SMALL, room)


def columns(theme: Theme) -> int:
    """How many of many stand side by side; with large words one."""
    return 1 if theme.comfort.is_large else 2


def pictured(name: str, icon: str, words: str, theme: Theme, look: Look = Look.PLAIN) -> Touchable:
    """One of many, told by its picture and its name alone."""
    lying = theme.wide or theme.comfort.is_large
    return Row(name, icon, words, "", theme, look) if lying else Tile(name, icon, words, "", theme, look)


def choices(offered: Sequence[Group | Service], theme: Theme) -> tuple[QWidget, list[Touchable]]:
    """All of them, and each: a few one below the other with their examples, many in two columns.

    Large words and a picture beside each other leave no room: then every choice has a line of its own.
    """
    many = len(offered) > _MOST_CARDS
    across = 2 if not theme.comfort.is_large and (many or theme.wide) else 1
    field = QWidget()
    grid = QGridLayout(field)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(theme.px(18 if many else GAP))
    each = [_choice(one, theme, many=many and across > 1) for one in offered]
    for position, choice in enumerate(each):
        grid.addWidget(choice, position // across, position % across)
    for column in range(across):
        grid.setColumnStretch(column, 1)
    return field, each


def _choice(one: Group | Service, theme: Theme, *, many: bool) -> Touchable:
    kind = "group" if isinstance(one, Group) else "service"
    name, title, more = f"{kind}-{one.id}", one.name[theme.language], one.example[theme.language]
    if theme.wide and not theme.comfort.is_large:
        return Row(name, one.icon, title, more if kind == "group" or not many else "", theme)
    if many:
        return Tile(name, one.icon, title, more if kind == "group" else "", theme)
    return Card(name, one.icon, title, more, theme)
