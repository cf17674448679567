"""One visual language: colours, type and sizes, in design pixels of a 1080-wide screen, scaled to the real one."""

import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PySide6.QtGui import QColor, QFont, QFontDatabase

from civic.language import Language

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


class Ink:
    """The colours, each with one meaning, never the only sign of it."""

    INK = QColor("#12303a")
    MUTE = QColor("#5b6b6f")
    SAND = QColor("#f7f2e8")
    PAPER = QColor("#fffdf8")
    LINE = QColor("#d9cfbd")
    TEAL = QColor("#0b6e6e")
    DEEP = QColor("#084f50")
    MIST = QColor("#e3efec")
    OCHRE = QColor("#d98324")
    CREAM = QColor("#fff3df")
    OLIVE = QColor("#4f7a28")
    BRICK = QColor("#a8321e")


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
    """Sizes for one screen in one language. `scale` is its width in pixels over 1080."""

    scale: float
    language: Language

    def px(self, design: float) -> int:
        return max(1, round(design * self.scale))

    def font(self, kind: Type) -> QFont:
        arabic = self.language is Language.ARABIC and not kind.digits
        first = "Noto Kufi Arabic" if arabic and kind.title else "Noto Sans Arabic" if arabic else "Noto Sans"
        size_px = self.px(kind.size * (0.92 if first == "Noto Kufi Arabic" else 1))
        return _font(first, size_px, kind.bold, threading.get_ident())


@cache
def _font(first: str, size_px: int, bold: bool, _thread: int) -> QFont:
    """One object each for good: for every new one Qt asks fontconfig again, and waits longer each time.

    One for each thread too: what a font object has found belongs to the thread that asked.
    """
    font = QFont([first, "Noto Sans", "Noto Sans Arabic"])
    font.setPixelSize(size_px)
    font.setBold(bold)
    return font
