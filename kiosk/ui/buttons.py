"""What a finger can touch: plain buttons, the one that goes on, and big cards. All grow with their words."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from kiosk.ui.icons import paint_icon
from kiosk.ui.paragraph import BOUNDLESS, Lines, rounded
from kiosk.ui.theme import BUTTON, CHOICE, EDGE, RADIUS, TEXT, TOUCH, Ink, Theme, Type


@dataclass(frozen=True, slots=True)
class Dress:
    """The colours of a button: ground, edge and words."""

    fill: Ink
    edge: Ink
    ink: Ink


_WIDEST = 460
"""A button whose words would be wider breaks them over two lines."""
_INSIDE, _SIGN = 24, 66
"""Beside the words of a button, and of the picture before them with the white after it."""


class Look(Enum):
    """What a button means, told by its colours and always by its words too."""

    PLAIN = Dress(Ink.PAPER, Ink.LINE, Ink.INK)
    GO = Dress(Ink.TEAL, Ink.TEAL, Ink.ON)
    NOW = Dress(Ink.OCHRE, Ink.OCHRE, Ink.NIGHT)
    CHOSEN = Dress(Ink.MIST, Ink.TEAL, Ink.DEEP)


_ASLEEP = Dress(Ink.ASLEEP, Ink.ASLEEP, Ink.MUTE)


class Touchable(QAbstractButton):
    """What every control shares: a finger-high box, a focus seen by who uses keys, a pressed and a disabled look."""

    personal = False
    """Whether it bears what one person wrote, never said aloud in a hall."""

    def __init__(self, name: str, words: str, theme: Theme, look: Look) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.words = words
        self.theme = theme
        self.look = look
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def paint_box(self, painter: QPainter) -> QColor:
        """Paint the ground and return the colour of the words."""
        px = self.theme.px
        dress = self.look.value if self.isEnabled() else _ASLEEP
        fill, edge, ink = (self.theme.color(each) for each in (dress.fill, dress.edge, dress.ink))
        if self.isDown() and self.theme.comfort.contrast:  # black cannot become darker
            fill, ink = ink, fill
        elif self.isDown():
            fill = fill.darker(108)
        rounded(painter, QRectF(self.rect()), px(RADIUS), fill, edge, px(EDGE))
        if self.hasFocus() and self.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange):
            inset = px(EDGE + 4)
            focus = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
            rounded(painter, focus, px(RADIUS - 7), QColor(0, 0, 0, 0), ink, px(7))
        return ink

    def once(self, event: QMouseEvent) -> None:
        """For what leads to another screen: the second of two quick taps was meant for what was there before it."""
        event.accept()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(400), self.heightForWidth(BOUNDLESS))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        raise NotImplementedError

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(TOUCH), 1)


class Button(Touchable):
    """Words in the middle of a box, after a picture if there is one."""

    def __init__(
        self,
        name: str,
        words: str,
        theme: Theme,
        look: Look = Look.PLAIN,
        kind: Type = BUTTON,
        *,
        tall: int = TOUCH,
        rows: int = 1,
        icon: str = "",
    ) -> None:
        """At least `tall` design pixels high, and as high as so many lines need, however few there are."""
        super().__init__(name, words, theme, look)
        self._kind = kind
        self._icon = icon
        self._sign = theme.beside(_SIGN) if icon else 0
        self._broken: dict[int, Lines] = {}
        self._least = max(theme.px(tall), self._height_of(Lines("\n".join(["·"] * rows), theme, kind, BOUNDLESS)))
        beside = self._sign + 2 * theme.px(_INSIDE)
        self._natural = min(int(Lines(words, theme, kind, BOUNDLESS).width) + 1 + beside, theme.beside(_WIDEST))
        longest = max(words.split() or [""], key=len)
        self.setMinimumWidth(int(Lines(longest, theme, kind, BOUNDLESS).width) + 1 + beside)

    def say(self, words: str) -> None:
        """Other words in the same place; longer ones take more lines."""
        self.words = words
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(max(self._natural, self.minimumWidth()), self.heightForWidth(BOUNDLESS))

    def heightForWidth(self, width: int) -> int:
        return max(self._least, self._height_of(self._lines(width)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = self.paint_box(painter)
        lines, rtl = self._lines(self.width()), self.theme.language.right_to_left
        inside = self.theme.px(_INSIDE)
        left = inside if rtl else inside + self._sign
        if self._icon:
            free = self.width() - 2 * inside - self._sign - lines.width
            side = self._sign * 0.76
            start = inside + free / 2
            at = self.width() - start - side if rtl else start
            paint_icon(painter, self._icon, QRectF(at, (self.height() - side) / 2, side, side), ink)
        lines.paint(painter, QPointF(left, (self.height() - lines.height) / 2), ink)
        painter.end()
        event.accept()

    def _lines(self, width: int) -> Lines:
        if width not in self._broken:
            room = width - self._sign - 2 * self.theme.px(_INSIDE)
            self._broken[width] = Lines(self.words, self.theme, self._kind, room, Qt.AlignmentFlag.AlignHCenter)
        return self._broken[width]

    def _height_of(self, lines: Lines) -> int:
        return int(lines.height) + 2 * self.theme.px(14)


class Card(Touchable):
    """A choice: a picture, what it is, and a line that says more."""

    mouseDoubleClickEvent = Touchable.once

    def __init__(
        self, name: str, icon: str, title: str, more: str, theme: Theme, look: Look = Look.PLAIN, kind: Type = CHOICE
    ) -> None:
        super().__init__(name, title, theme, look)
        self.setAccessibleDescription(more)
        self._icon = icon
        self._more = more
        self._kind = kind
        self._broken: dict[int, tuple[Lines, Lines]] = {}
        self._disc = theme.px(104 if theme.comfort.is_large else 136)

    def heightForWidth(self, width: int) -> int:
        title, more = self._texts(width)
        words = int(title.height + more.height) + 2 * self.theme.px(30)
        return max(words, self._disc + self.theme.px(60) if self._icon else self.theme.px(TOUCH))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = self.paint_box(painter)
        px = self.theme.px
        title, more = self._texts(self.width())
        rtl = self.theme.language.right_to_left
        if self._icon:
            self._paint_icon(painter, ink, rtl)
        left = px(34) if rtl or not self._icon else px(34 + 36) + self._disc
        top = (self.height() - title.height - more.height) / 2
        title.paint(painter, QPointF(left, top), ink)
        soft = self.theme.color(Ink.SOFT if self.look is Look.GO else Ink.MUTE)
        more.paint(painter, QPointF(left, top + title.height), soft)
        painter.end()
        event.accept()

    def _paint_icon(self, painter: QPainter, ink: QColor, rtl: bool) -> None:
        px, side = self.theme.px, self._disc
        left = self.width() - px(34) - side if rtl else px(34)
        disc = QRectF(left, (self.height() - side) / 2, side, side)
        light = self.theme.color(Ink.GLASS if self.look is Look.GO else Ink.MIST)
        rounded(painter, disc, px(30), light, None, 0)
        inset = side / 4
        color = ink if self.look is Look.GO else self.theme.color(Ink.DEEP)
        paint_icon(painter, self._icon, disc.adjusted(inset, inset, -inset, -inset), color)

    def _texts(self, width: int) -> tuple[Lines, Lines]:
        if width not in self._broken:
            self._broken[width] = self._break(width)
        return self._broken[width]

    def _break(self, width: int) -> tuple[Lines, Lines]:
        room = width - self.theme.px(34 * 2) - (self._disc + self.theme.px(36) if self._icon else 0)
        title = Lines(self.words, self.theme, self._kind, room)
        return title, Lines(self._more, self.theme, TEXT, room)
