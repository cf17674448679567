"""One visual language: colours, type and sizes, in design pixels of a 1080-wide screen, scaled to the real one."""

import threading
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from pathlib import Path

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette

from civic.language import Language
from kiosk.ui.comfort import AS_FOUND, Comfort, TextSize

FONT_FOLDER = Path("/usr/share/fonts/truetype/noto")
_FONT_FILES = (
    "NotoSans-Regular.ttf",
    "NotoSans-Bold.ttf",
    "NotoSansArabic-Regular.ttf",
    "NotoSansArabic-Bold.ttf",
    "NotoKufiArabic-Regular.ttf",
    "NotoKufiArabic-Bold.ttf",
)


class FontFault(Exception):
    """A font of the hall is not installed; the words say which and what to do."""


def missing_fonts(folder: Path = FONT_FOLDER) -> tuple[str, ...]:
    """Which of the hall's fonts are not installed."""
    return tuple(name for name in _FONT_FILES if not (folder / name).is_file())


def load_fonts(folder: Path = FONT_FOLDER) -> None:
    """Make the hall's fonts known to Qt. Raises FontFault naming the Debian package that carries them."""
    for name in _FONT_FILES:
        if QFontDatabase.addApplicationFont(str(folder / name)) < 0:
            raise FontFault(f"The font {name} is missing: install Debian's package fonts-noto-core.")


class Ink(Enum):
    """The colours, each with one meaning, never the only sign of it: in the light theme, and in the high-contrast one.

    A colour words are written in keeps 4.5:1 (light) or 7:1 (high contrast) to every ground it stands on.
    """

    INK = "#12303a", "#ffffff"
    MUTE = "#5b6b6f", "#dcdcdc"
    SAND = "#f7f2e8", "#000000"
    PAPER = "#fffdf8", "#0d0d0d"
    LINE = "#d9cfbd", "#e6e6e6"
    TEAL = "#0b6e6e", "#ffd60a"
    DEEP = "#084f50", "#ffe873"
    MIST = "#e3efec", "#062a3a"
    OCHRE = "#d98324", "#ffa42e"
    CREAM = "#fff3df", "#2b1a00"
    OLIVE = "#4a7325", "#8ae99c"
    BRICK = "#a8321e", "#ffa79d"
    ON = "#ffffff", "#000000"
    """What is written on teal, olive and brick."""
    SOFT = "#d7e8e6", "#000000"
    """The second line on teal."""
    NIGHT = "#1d1408", "#000000"
    """What is written on ochre."""
    GLASS = "#2effffff", "#24000000"
    """Behind a picture on teal."""
    ASLEEP = "#c9d3d0", "#262626"
    """What cannot be touched now."""
    TRACK = "#e5d9c6", "#767676"
    """A part of the way still to come."""
    BAR = "#a9bab6", "#dcdcdc"
    """Where on a long page one is."""
    KEYS = "#f3e8d4", "#1c1c1c"
    """Under the keys."""
    FIELD = "#ffffff", "#0a0a0a"
    """Where one writes."""


@dataclass(frozen=True, slots=True)
class Type:
    """A size of type, in design pixels, and whether it is bold and set in the title face."""

    size: int
    bold: bool = False
    title: bool = False
    digits: bool = False
    """Only digits: set in the face whose figures are largest and plainest."""


GREETING = Type(80, bold=True, title=True)
TITLE = Type(56, bold=True, title=True)
CHOICE = Type(46, bold=True, title=True)
BUTTON = Type(38, bold=True)
TEXT = Type(34)
STRONG = Type(34, bold=True)
SMALL = Type(28)
NUMBER = Type(150, bold=True, digits=True)
DIGITS = Type(46, bold=True, digits=True)

MARGIN, GAP, RADIUS, EDGE, TOUCH = 56, 26, 26, 3, 118


@dataclass(frozen=True, slots=True)
class Theme:
    """Sizes and colours for one screen, one language and one person. `scale`: pixels of the screen per design pixel."""

    scale: float
    language: Language
    comfort: Comfort = AS_FOUND
    wide: bool = False
    """The screen lies: wider than tall."""
    at_counter: bool = False
    """An agent works at it with a keyboard and a mouse: nothing to type with is drawn, and nobody is hurried."""

    @property
    def low(self) -> bool:
        """Whether what one touches has to lie in the lower half: a screen that lies is within reach as it is."""
        return self.comfort.low and not self.wide

    def px(self, design: float) -> int:
        return max(1, round(design * self.scale))

    def type_px(self, kind: Type) -> int:
        """Every type grows by what running text grows by: titles stay titles, and long words stay whole."""
        return self.px(kind.size + TEXT.size * (self.comfort.size.value / 100 - 1))

    def beside(self, design: float) -> int:
        """The size of what stands in a line of running text, such as a sign before it, and grows as the text does."""
        return self.px(design * self.type_px(TEXT) / self.px(TEXT.size))

    def color(self, ink: Ink) -> QColor:
        return _color(ink, self.comfort.contrast)

    def palette(self) -> QPalette:
        """For what Qt paints itself: the fields one writes in."""
        palette = QPalette()
        for role, ink in _ROLES.items():
            palette.setColor(role, self.color(ink))
        return palette

    def at_most(self, size: TextSize) -> "Theme":
        """The same, with its text no larger than that."""
        smaller = min(self.comfort.size, size, key=lambda each: each.value)
        return replace(self, comfort=replace(self.comfort, size=smaller))

    def font(self, kind: Type) -> QFont:
        arabic = self.language is Language.ARABIC and not kind.digits
        first = "Noto Kufi Arabic" if arabic and kind.title else "Noto Sans Arabic" if arabic else "Noto Sans"
        size_px = max(1, round(self.type_px(kind) * (0.92 if first == "Noto Kufi Arabic" else 1)))
        return _font(first, size_px, kind.bold, threading.get_ident())


def theme_for(width: int, height: int, language: Language, comfort: Comfort, *, at_counter: bool = False) -> Theme:
    """For a screen of that many pixels: 1080 design pixels are its shorter side, or 1350 where a mouse points."""
    side = min(width, height) / (1350 if at_counter else 1080)
    return Theme(side, language, comfort, wide=width > height, at_counter=at_counter)


_ROLES = {
    QPalette.ColorRole.Window: Ink.SAND,
    QPalette.ColorRole.WindowText: Ink.INK,
    QPalette.ColorRole.Base: Ink.FIELD,
    QPalette.ColorRole.Text: Ink.INK,
    QPalette.ColorRole.PlaceholderText: Ink.MUTE,
    QPalette.ColorRole.Mid: Ink.LINE,
    QPalette.ColorRole.Highlight: Ink.TEAL,
}


@cache
def _color(ink: Ink, contrast: bool) -> QColor:
    return QColor(ink.value[contrast])


@cache
def _font(first: str, size_px: int, bold: bool, _thread: int) -> QFont:
    """One object each for good: for every new one Qt asks fontconfig again, and waits longer each time.

    One for each thread too: what a font object has found belongs to the thread that asked.
    """
    font = QFont([first, "Noto Sans", "Noto Sans Arabic"])
    font.setPixelSize(size_px)
    font.setBold(bold)
    return font
