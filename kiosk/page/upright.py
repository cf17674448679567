"""Which way up a page lies, told by where the ink of its lines sits: above the letters' body, on it, or below.

A line of Arabic or Latin is heavier on its baseline and reaches higher above it than below. How much each height of
a line says of that was learnt from invented letters (`tests/kiosk/page/learn_upright.py`); a page is believed only
when its lines agree.
"""

import cv2
import numpy as np
import numpy.typing as npt

from kiosk.page.lines import ink_of
from kiosk.page.pixels import MM_PER_INCH, Pixels

BINS = 24
Profiles = npt.NDArray[np.float64]
"""Lines × (ink, upper ends of ink, lower ends of ink) × heights from the top of a line to its bottom."""

_INK = (7, 5, 2, -3, 4, 23, 27, 21, -40, 30, -2, 38)
"""The upper half; the lower is its mirror, because a line turned round says the opposite."""
_LOWER = (7, 3, -3, 8, 0, 2, -2, -1, -28, -6, 13, -17, 11, 7, 21, 2, 5, -16, -3, -23, 13, 13, 1, -8)
_WEIGHTS = np.array([[*_INK, *(-each for each in reversed(_INK))], [-each for each in reversed(_LOWER)], _LOWER])
_LINE_MM = (1.3, 15.0)
"""How high the written part of a line is: type of 6 to 40 points."""
_SMOOTH_MM = 0.2
_LEAST_LINES = 4
_REACH = 5.0
"""Standard deviations of a line's ink, above and below its centre: the whole line, whatever its size and face."""
_LOUDEST = 3.2
"""A line's vote counts no more than this: a stamp or a signature is no line, and must not outvote them."""
_AGREE = 3.0
"""Mean of the votes in standard errors. All of a hundred invented pages in faces it has never seen give more."""


def is_upside_down(page: Pixels, dpi: int) -> bool | None:
    """Of a grey page whose lines run across it; None when it does not tell."""
    lines = profiles_of(page, dpi)
    if len(lines) < _LEAST_LINES:
        return None
    votes = np.clip((lines * _WEIGHTS).sum((1, 2)), -_LOUDEST, _LOUDEST)
    mean, error = float(votes.mean()), float(votes.std()) / len(votes) ** 0.5
    return mean < 0 if abs(mean) > _AGREE * error else None


def profiles_of(page: Pixels, dpi: int) -> Profiles:
    """How the ink of each line of text is spread over its height."""
    ink = ink_of(page, dpi)
    ends = (ink & ~np.roll(ink, 1, 0), ink & ~np.roll(ink, -1, 0))
    counts = np.stack([each.sum(1) for each in (ink, *ends)]).astype(np.float64)
    lines = [_spread(counts, top, bottom) for top, bottom in _lines(counts[0], dpi / MM_PER_INCH)]
    return np.array(lines).reshape(-1, 3, BINS)


def _lines(ink: npt.NDArray[np.float64], per_mm: float) -> list[tuple[float, float]]:
    """From where to where each line of text reaches, in rows."""
    smooth = cv2.GaussianBlur(ink.reshape(-1, 1), (0, 0), _SMOOTH_MM * per_mm).ravel()
    written = smooth > max(0.15 * float(np.percentile(smooth, 95)), 2.0)
    turns = np.diff(np.concatenate([[0], written.astype(np.int8), [0]]))
    found = []
    for top, bottom in zip(np.flatnonzero(turns == 1), np.flatnonzero(turns == -1), strict=True):
        if _LINE_MM[0] <= (bottom - top) / per_mm <= _LINE_MM[1]:
            rows, weight = np.arange(top, bottom), smooth[top:bottom] ** 2
            centre = float(np.average(rows, weights=weight))
            reach = _REACH * float(np.average((rows - centre) ** 2, weights=weight)) ** 0.5
            found.append((centre - reach, centre + reach))
    return found


def _spread(counts: npt.NDArray[np.float64], top: float, bottom: float) -> npt.NDArray[np.float64]:
    """The rows between over `BINS` heights, each kind adding up to 1."""
    at, rows = np.linspace(top, bottom, BINS), np.arange(counts.shape[1])
    spread = np.stack([np.interp(at, rows, each, left=0, right=0) for each in counts])
    return np.asarray(spread / (spread.sum(1, keepdims=True) + 1e-6))
