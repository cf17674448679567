"""What a person should know of a page before keeping it."""

import cv2
import numpy as np
import numpy.typing as npt

from civic.remark import Remark
from kiosk.page.lines import CONTRAST, ink_of
from kiosk.page.pixels import MM_PER_INCH, Pixels, as_pixels, levels

SIDES = (Remark.CUT_TOP, Remark.CUT_RIGHT, Remark.CUT_BOTTOM, Remark.CUT_LEFT)
"""Clockwise: a quarter turn of the page moves each to the next."""

_SPECK_MM2 = 0.25
_BLANK_MM2 = 5.0
"""Ink under this on a whole page is dust and folds: a short line of text, a signature or a stamp has 10 or more."""
_DARK = 90
"""Level of the lightest tenth of a page, a third of white: tesseract still reads it, an agent at a screen hardly."""
_FLAT = 45
"""Levels between the lightest and the darkest hundredth: less, and ink is not told from paper."""
_SOFT = 0.33
"""Steepest change over two pixels as a share of black to white: 0.9 in a sharp scan at 200 dots an inch. Where it falls
under this, tesseract begins to lose words of 11-point type."""
_RIM_MM = (0.3, 1.1)
"""Where ink is looked for, from the end of the glass: many devices blacken the first row."""
_DEPTH = 0.3
"""Of black to white: ink stands out by more, the edge of a paper before a grey lid by less."""
_STROKE_MM = (0.3, 12.0)
_STROKES = 5
"""So many strokes that run over the end of the glass are a cut line of text; fewer, a rule, a fold, a seal's rim.

With 3 a whole sheet before a dark lid is called cut, and nobody should be sent back for nothing; a cut between two
lines leaves no trace at all.
"""


def judge(page: Pixels, small: Pixels, dpi: int) -> Remark | None:
    """The gravest of what is wrong with a grey page, apart from cuts. `small` is the same at `dpi`, to look at."""
    dark, paper, light = levels(small, 1, 90, 99)
    if paper < _DARK:
        return Remark.TOO_DARK
    if light - dark < _FLAT and _ink_mm2(small, dpi) < _BLANK_MM2:
        return Remark.BLANK
    return Remark.BLURRED if sharpness(page) < _SOFT else None


def cut_side(glass: Pixels, dpi: int) -> int | None:
    """The side (0 top, 1 right, 2 bottom, 3 left) of the grey glass over which writing runs out; the worst one."""
    per_mm = dpi / MM_PER_INCH
    dark, light = levels(glass, 1, 90)
    ink = ink_of(glass, dpi, max(CONTRAST, _DEPTH * (light - dark)))
    near, far = (max(1, round(each * per_mm)) for each in _RIM_MM)
    strips = (ink[near:far], ink[:, -far:-near].T, ink[-far:-near], ink[:, near:far].T)
    strokes = [_strokes(np.asarray(strip.any(0)), per_mm) for strip in strips]
    worst = max(range(4), key=strokes.__getitem__)
    return worst if strokes[worst] >= _STROKES else None


def sharpness(page: Pixels) -> float:
    """The steepest changes from one pixel to the next but one, as a share of black to white.

    Every other row tells the same as all of them, in half the time.
    """
    page = page[::2]
    across, down = cv2.absdiff(page[:, 2:], page[:, :-2]), cv2.absdiff(page[1:], page[:-1])
    steep = max(levels(as_pixels(each), 99.7)[0] for each in (across, down))
    dark, light = levels(page, 0.5, 95)
    return steep / max(1, light - dark)


def _ink_mm2(small: Pixels, dpi: int) -> float:
    _, _, found, _ = cv2.connectedComponentsWithStats(ink_of(small, dpi).astype(np.uint8))
    areas = found[1:, cv2.CC_STAT_AREA] * (MM_PER_INCH / dpi) ** 2
    return float(areas[areas > _SPECK_MM2].sum())


def _strokes(inked: npt.NDArray[np.bool_], per_mm: float) -> int:
    turns = np.diff(np.concatenate([[0], inked.astype(np.int8), [0]]))
    lengths = (np.flatnonzero(turns == -1) - np.flatnonzero(turns == 1)) / per_mm
    return int(((lengths >= _STROKE_MM[0]) & (lengths <= _STROKE_MM[1])).sum())
