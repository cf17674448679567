"""The big microphone one touches to speak, and what shows that it hears: a deaf person sees it as well."""

from collections import deque

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.ui.buttons import Look, Touchable
from kiosk.ui.icons import paint_icon
from kiosk.ui.paragraph import Lines, rounded
from kiosk.ui.theme import CHOICE, Ink, Theme

_DISC, _HALO, _EDGE = 190, 34, 26
"""Design pixels: the disc, the most it grows by with the voice, and white round everything."""
_CENTRE = Qt.AlignmentFlag.AlignHCenter
_BARS = 48
"""Tenths of a second that are shown at once."""
_TRACE = 130


class BigMicrophone(Touchable):
    """A microphone and what a touch does, in words. While somebody speaks, its disc grows with the voice."""

    mouseDoubleClickEvent = Touchable.once

    def __init__(self, icon: str, words: str, theme: Theme, look: Look) -> None:
        super().__init__("microphone", words, theme, look)
        self._icon = icon
        self._level = 0.0
        self._broken: dict[int, Lines] = {}

    def show_level(self, level: float) -> None:
        """How loud it is now, from 0 to 1."""
        self._level = level
        self.update()

    def heightForWidth(self, width: int) -> int:
        return int(self._lines(width).height) + self._ground + self.theme.px(2 * _EDGE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink, px = self.paint_box(painter), self.theme.px
        lines = self._lines(self.width())
        top = (self.height() - lines.height - self._ground) / 2
        middle = QPointF(self.width() / 2, top + self._ground / 2)
        halo = px(_DISC) / 2 + px(_HALO) * self._level
        light = self.theme.color(Ink.GLASS)
        for radius in (halo, px(_DISC) / 2):
            rounded(painter, _disc(middle, radius), radius, light, None, 0)
        paint_icon(painter, self._icon, _disc(middle, px(_DISC) * 0.29), ink)
        lines.paint(painter, QPointF(px(_EDGE), top + self._ground), ink)
        painter.end()
        event.accept()

    @property
    def _ground(self) -> int:
        return self.theme.px(_DISC + 2 * _HALO)

    def _lines(self, width: int) -> Lines:
        if width not in self._broken:
            self._broken[width] = Lines(self.words, self.theme, CHOICE, width - 2 * self.theme.px(_EDGE), _CENTRE)
        return self._broken[width]


class LevelTrace(QWidget):
    """The last seconds of a voice, a bar for each tenth, moving the way one reads."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._levels = deque([0.0] * _BARS, _BARS)
        self.setFixedHeight(theme.px(_TRACE))
        self.setAccessibleName(name)

    def show_level(self, level: float) -> None:
        self._levels.append(level)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        pitch, least = self.width() / _BARS, self._theme.px(6)
        color = self._theme.color(Ink.TEAL)
        newest_first = reversed(self._levels)
        for nth, level in enumerate(newest_first):
            high = max(least, self.height() * level)
            at = nth if self._theme.language.right_to_left else _BARS - 1 - nth
            bar = QRectF(at * pitch + pitch * 0.2, (self.height() - high) / 2, pitch * 0.6, high)
            rounded(painter, bar, bar.width() / 2, color, None, 0)
        painter.end()
        event.accept()


def _disc(middle: QPointF, radius: float) -> QRectF:
    return QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
