"""Where a paper lies on the glass, when its edges show: before a dark lid, or as a card or photo before a white one."""

from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt
from cv2.typing import MatLike

from kiosk.page.pixels import MM_PER_INCH, Pixels, as_pixels, most, shrink

_DPI = 50
_STANDS_OUT = 24
"""Levels by which a paper differs from the lid: a lid's own shading and the grain stay under 15 at this resolution."""
_SOLID = 0.80
"""Share of a paper's outline that differs from the lid; lines of text on a white lid cover under 0.3 of theirs."""
_SMALLEST_MM2 = 900.0  # a stamp or a passport photo
_STRAY = 0.002
"""Share of the glass that may stand outside the paper, as dust: more is written there, and nothing is cut off."""
_LONG_MM = 25.0
_GLASS_EDGE_PX = 3


Outline: TypeAlias = npt.NDArray[np.float32]
"""The corners of a paper: x, y in pixels of the glass."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where a paper lies, and how far it is turned counter-clockwise."""

    outline: Outline
    angle_deg: float


def find_sheet(page: Pixels, dpi: int) -> Sheet | None:
    """None when the edges do not show: then the whole glass is the page."""
    small = shrink(page, _DPI / dpi)
    mask = _differs_from_lid(as_pixels(cv2.medianBlur(small, 3)))
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not contours:
        return None
    contour = max(contours, key=cv2.contourArea)
    hull = cv2.convexHull(contour)
    rectangle = cv2.minAreaRect(hull)
    inside = np.zeros_like(mask)
    cv2.fillConvexPoly(inside, cv2.boxPoints(rectangle).astype(np.int32), 255)
    inside = cv2.dilate(inside, np.ones((5, 5), np.uint8)).astype(np.uint8)
    of_sheet = cv2.contourArea(contour)
    per_mm2 = (min(dpi, _DPI) / MM_PER_INCH) ** 2
    stray = cv2.countNonZero(cv2.bitwise_and(mask, cv2.bitwise_not(inside)))
    filled = np.zeros_like(mask)
    cv2.drawContours(filled, [contour], -1, 255, cv2.FILLED)
    own = cv2.countNonZero(cv2.bitwise_and(filled, mask)) / max(1.0, cv2.contourArea(hull))
    whole = of_sheet > 0.97 * mask.size
    if whole or of_sheet < _SMALLEST_MM2 * per_mm2 or stray > _STRAY * mask.size or own < _SOLID:
        return None
    factor = page.shape[1] / small.shape[1]
    outline = (hull.reshape(-1, 2).astype(np.float32) + 0.5) * np.float32(factor)
    return Sheet(outline, _angle(hull, mask.shape))


def _differs_from_lid(small: Pixels) -> Pixels:
    """The lid is what most of the rim shows; a paper that touches two sides still leaves it the other two."""
    rim = np.concatenate([small[0], small[-1], small[:, 0], small[:, -1]]).reshape(2 * sum(small.shape[:2]), -1)
    darkness = rim.mean(1)
    dark = rim[darkness < 150]
    lid = np.median(dark if len(dark) > len(rim) // 5 else rim, axis=0)
    plain = np.empty_like(small)
    cv2.rectangle(plain, (0, 0), small.shape[1::-1], lid.tolist(), cv2.FILLED)
    return as_pixels(cv2.threshold(most(as_pixels(cv2.absdiff(small, plain))), _STANDS_OUT, 255, cv2.THRESH_BINARY)[1])


def _angle(hull: MatLike, shape: tuple[int, ...]) -> float:
    """By its long straight sides, without those where the glass ends: a cut is no side."""
    corners = cv2.approxPolyDP(hull, 1.5, closed=True).reshape(-1, 2).astype(np.float64)
    rows, columns = shape[:2]
    turns, weights = [], []
    for start, end in zip(corners, np.roll(corners, -1, 0), strict=True):
        along = end - start
        length = float(np.hypot(*along))
        if length < _LONG_MM * _DPI / MM_PER_INCH or _on_rim(start, end, columns, rows):
            continue
        turns.append(-np.degrees(np.arctan2(along[1], along[0])))
        weights.append(length)
    if not turns:
        return 0.0
    quadrupled = np.deg2rad(4 * np.array(turns))  # sides a quarter turn apart say the same
    mean = np.arctan2(np.average(np.sin(quadrupled), weights=weights), np.average(np.cos(quadrupled), weights=weights))
    return float(np.degrees(mean) / 4)


def _on_rim(start: npt.NDArray[np.float64], end: npt.NDArray[np.float64], columns: int, rows: int) -> bool:
    return any(
        abs(start[axis] - limit) < _GLASS_EDGE_PX and abs(end[axis] - limit) < _GLASS_EDGE_PX
        for axis, limits in ((0, (0, columns - 1)), (1, (0, rows - 1)))
        for limit in limits
    )
