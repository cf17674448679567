"""How askew the lines of a text lie, and whether they run across the sheet or along it."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from kiosk.page.pixels import MM_PER_INCH, Pixels

LOOK_DPI = 100
"""What pages are looked at with. Enough: across a line of 150 mm a turn of 0.1° moves the ink by one pixel."""
_REACH_DEG = 16.0
"""Nobody lays a paper more askew than this and not on its side."""
_COARSE_DEG, _FINE_DEG, _FINEST_DEG = 0.5, 0.1, 0.02
_MOST_POINTS = 12_000
CONTRAST = 14
"""Grey levels under the mean of the surroundings that make a pixel ink: grain and shadows stay above."""
_SURROUNDINGS_MM = 4.0
_LEAST_POINTS = 300
_SURE = 1.35
"""How much sharper the best angle must be than the others: text gives 2 to 9, a photo or a plain card 1.0 to 1.2."""

_Points = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class TextLines:
    """`angle_deg`: how far the page is turned counter-clockwise. `upright`: the lines run across, not along.

    `sure`: there is enough text to believe it.
    """

    angle_deg: float
    upright: bool
    sure: bool


def find_lines(page: Pixels, dpi: int, around_deg: float = 0.0, reach_deg: float = _REACH_DEG) -> TextLines:
    """Search `reach_deg` on both sides of `around_deg`, on a grey page of about `LOOK_DPI`."""
    ink = ink_of(page, dpi)
    across, along = _edges(ink, 0), _edges(ink, 1)
    if min(len(across), len(along)) < _LEAST_POINTS:
        return TextLines(around_deg, upright=True, sure=False)
    angles = np.arange(around_deg - reach_deg, around_deg + reach_deg + _COARSE_DEG / 2, _COARSE_DEG)
    found = [(*_sharpest(points, axis, angles), points, axis) for axis, points in ((0, across), (1, along))]
    angle, sharpness, points, axis = max(found, key=lambda each: each[1])
    for step in (_FINE_DEG, _FINEST_DEG):
        near = np.arange(-6, 7) * step + angle
        angle, _ = _sharpest(points, axis, near)
    return TextLines(float(angle), upright=axis == 0, sure=sharpness > _SURE)


def ink_of(page: Pixels, dpi: int, contrast: float = CONTRAST) -> npt.NDArray[np.bool_]:
    """Where a grey page is by so many levels darker than its surroundings."""
    side = round(_SURROUNDINGS_MM * dpi / MM_PER_INCH) | 1
    around = cv2.blur(page, (side, side))
    return np.asarray(cv2.subtract(around, page) > contrast)


def _edges(ink: npt.NDArray[np.bool_], axis: int) -> _Points:
    """The lower ends of ink along an axis: those of one line of text lie on one line, whatever its letters are."""
    ends = ink & ~np.roll(ink, -1, axis)
    ends[0, :] = ends[-1, :] = ends[:, 0] = ends[:, -1] = False
    points = np.argwhere(ends).astype(np.float32)
    step = max(1, len(points) // _MOST_POINTS)
    return points[::step]


def _sharpest(points: _Points, axis: int, angles: npt.NDArray[np.floating]) -> tuple[float, float]:
    """The angle at which the points fall on the fewest rows, and how it stands out among all (1: not at all)."""
    rows, columns = (points[:, 0], points[:, 1]) if axis == 0 else (points[:, 1], -points[:, 0])
    scores = []
    for angle in np.deg2rad(angles):
        fallen = rows * np.cos(angle) + columns * np.sin(angle)
        counts = np.bincount((fallen - fallen.min()).astype(np.int64))
        scores.append(float((counts.astype(np.float64) ** 2).sum()))
    best = int(np.argmax(scores))
    return float(angles[best]), scores[best] / float(np.median(scores))
