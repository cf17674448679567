"""The ground of a page made even, where it is bare paper: grain and shadows cost bytes and say nothing."""

import cv2
import numpy as np
import numpy.typing as npt

from kiosk.page.pixels import MM_PER_INCH, Pixels, as_pixels, grey, least, levels, most, shrink

_DPI = 25
_LETTERS_MM = 11.0
"""Wider than any stroke, so that the ground closes over what is written."""
_LIGHT = 150
"""A ground darker than this is no bare paper: a photo, a plan in negative, a card."""
_SHADE = 45
"""How far a shadow may darken the ground and still be one."""
_LIT = 75
"""The hundredth of the ground that shows the paper's own colour: a quarter of a page in the light is enough."""
_UNIT = 128
"""Full light, in a map of bytes that leaves room for twice as much."""
_GRAIN = 3.0
"""So many times the usual grain passes for bare paper: 3.5 standard deviations."""
_LEAST_STEP, _MOST_STEP = 5, 14
_COMPANY = 3
"""A grain stands alone; the thinnest hairline has three pixels in a row."""
_LOOK_DPI, _COLOUR, _TINT = 100, 36, 0.00002
"""A few pixels may be tinted, by so many levels, at the seam of a scanner's three rows of sensors."""
_AROUND_MM = 0.5
"""What stands so near to something written is left as it is: no stroke loses its edge."""


def clear_ground(page: Pixels, dpi: int) -> Pixels:
    """The page without its shadows, in one colour wherever nothing is written; what is written keeps every pixel."""
    ground = _ground(page, dpi)
    flat = ground.reshape(ground.shape[0] * ground.shape[1], -1)
    colour = np.percentile(flat, _LIT, axis=0)
    if colour.min() < _LIGHT:
        return page
    away_from_paper = most(as_pixels(cv2.absdiff(ground, _plain(ground, colour))))
    not_paper = cv2.dilate(_above(away_from_paper, _SHADE), _square(_LETTERS_MM, _DPI))
    light = as_pixels(np.clip(ground * (_UNIT / colour if page.ndim == 3 else _UNIT / colour[0]), 1, 255))
    light[not_paper > 0] = _UNIT
    size = page.shape[1::-1]
    lit = as_pixels(cv2.divide(page, cv2.resize(light, size, interpolation=cv2.INTER_LINEAR), scale=_UNIT))
    bare = _plain(page, colour)
    kept = cv2.dilate(_written(as_pixels(cv2.absdiff(lit, bare))), _square(_AROUND_MM, dpi))
    kept = cv2.bitwise_or(kept, cv2.resize(not_paper, size, interpolation=cv2.INTER_NEAREST))
    return as_pixels(cv2.copyTo(lit, kept, bare))


def _ground(page: Pixels, dpi: int) -> Pixels:
    """What lies under the writing, at `_DPI`."""
    small = as_pixels(cv2.medianBlur(shrink(page, _DPI / dpi), 3))
    letters = _square(_LETTERS_MM, _DPI)
    return as_pixels(cv2.GaussianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, letters), (0, 0), len(letters) / 4))


def _plain(like: Pixels, colour: npt.NDArray[np.float64]) -> Pixels:
    sheet = np.empty_like(like)
    cv2.rectangle(sheet, (0, 0), like.shape[1::-1], colour.tolist(), cv2.FILLED)
    return sheet


def _square(mm: float, dpi: int) -> Pixels:
    side = 2 * round(mm / 2 * dpi / MM_PER_INCH) + 1
    return np.ones((side, side), np.uint8)


def is_grey(page: Pixels, dpi: int) -> bool:
    """Nothing on it has a colour worth keeping: no stamp, no seal, no blue ink."""
    small = shrink(page, _LOOK_DPI / dpi)
    spread = as_pixels(cv2.subtract(most(small), least(small)))
    return cv2.countNonZero(cv2.threshold(spread, _COLOUR, 1, cv2.THRESH_BINARY)[1]) < _TINT * spread.size


def _written(away: Pixels) -> Pixels:
    """Where a pixel and its neighbours are further away from the ground than the grain of bare paper."""
    grain = levels(most(away[::8, ::8]), 50)[0]  # most of a page is bare; of the largest of three, 1.2 deviations
    step = min(max(_GRAIN * grain, _LEAST_STEP), _MOST_STEP)
    far = _above(grey(_above(away, step)), 0)
    company = as_pixels(cv2.boxFilter(far & 1, cv2.CV_8U, (3, 3), normalize=False))
    return as_pixels(cv2.bitwise_and(far, _above(company, _COMPANY - 1)))


def _above(page: Pixels, level: float) -> Pixels:
    return as_pixels(cv2.threshold(page, level, 255, cv2.THRESH_BINARY)[1])
