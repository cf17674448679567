"""From what the glass saw to the page a person would draw of it: straight, cropped, the right way up, and judged."""

from dataclasses import dataclass

import cv2
import numpy as np

from civic.remark import Remark
from kiosk.page.lines import LOOK_DPI, find_lines
from kiosk.page.paper import clear_ground, is_grey
from kiosk.page.pixels import MM_PER_INCH, Pixels, as_pixels, grey, shrink
from kiosk.page.remark import SIDES, cut_side, judge
from kiosk.page.sheet import Outline, Sheet, find_sheet
from kiosk.page.upright import is_upside_down

KEPT_DPI = 200
"""What is kept: finer costs bytes and reads no better (FACTS of the bench: page_ocr_error)."""
_NEAR_DEG = 3.0
"""How far a print may lie askew on its own sheet."""
_STRAIGHT_DEG = 0.06
"""Less is not worth moving every pixel for."""
_BORDER_PX = 11
_TRIM_PX = 3
"""Off each side of a sheet, 0.4 mm, so that no thread of the lid stays along it."""
_CARD_MM = 160.0
"""A paper whose longer side is shorter than this is a card or a photo: its ground is left alone."""


@dataclass(frozen=True, slots=True)
class Page:
    """What is worth keeping of a scan. `turned_deg`: by how much it was turned clockwise."""

    pixels: Pixels
    dpi: int
    remark: Remark | None
    turned_deg: float


def read_page(scan: Pixels, dpi: int) -> Page:
    """One page at `KEPT_DPI` at most."""
    seen = shrink(scan, KEPT_DPI / dpi)
    dpi = min(dpi, KEPT_DPI)
    look_dpi = min(dpi, LOOK_DPI)
    glass = shrink(seen, look_dpi / dpi)
    sheet = find_sheet(glass, look_dpi)
    small = grey(glass)
    cut = cut_side(small, look_dpi)
    around = (sheet.angle_deg, _NEAR_DEG) if sheet else ()
    lines = find_lines(_sheet_alone(small, sheet), look_dpi, *around)
    angle = lines.angle_deg if lines.sure else sheet.angle_deg if sheet else 0.0
    page = _straighten(seen, None if sheet is None else sheet.outline * np.float32(dpi / look_dpi), angle)
    shown = grey(page)
    small = shrink(shown, look_dpi / dpi)
    remark = judge(shown, small, look_dpi)
    quarters = 0
    if lines.sure:
        quarters = 0 if lines.upright else 1
        clear = remark is None
        quarters += 2 if clear and is_upside_down(_turn(shown, quarters), dpi) else 0
        page = _turn(page, quarters)
    if cut is not None and remark is None:
        remark = SIDES[(cut + quarters) % 4]
    if max(page.shape[:2]) * MM_PER_INCH / dpi > _CARD_MM:
        page = clear_ground(grey(page) if is_grey(page, dpi) else page, dpi)
    return Page(page, dpi, remark, angle + 90 * quarters)


def _sheet_alone(small: Pixels, sheet: Sheet | None) -> Pixels:
    """The paper without the lid, whose border would pass for the longest line of all."""
    if sheet is None:
        return small
    inside = np.zeros_like(small)
    cv2.fillConvexPoly(inside, np.rint(sheet.outline).astype(np.int32), 255)
    inside = as_pixels(cv2.erode(inside, np.ones((_BORDER_PX, _BORDER_PX), np.uint8)))
    alone = np.full_like(small, int(cv2.mean(small, inside)[0]))
    cv2.copyTo(small, inside, alone)
    return alone


def _straighten(seen: Pixels, outline: Outline | None, angle_deg: float) -> Pixels:
    """Turned clockwise by the angle, and cut to the sheet's outline; the whole glass where none shows."""
    rows, columns = seen.shape[:2]
    turn = cv2.getRotationMatrix2D((columns / 2, rows / 2), -angle_deg, 1.0)
    if outline is None:
        if abs(angle_deg) < _STRAIGHT_DEG:
            return seen
        left, top, width, height = 0, 0, columns, rows
    else:
        left, top, width, height = cv2.boundingRect(cv2.transform(outline[None], turn)[0])
        left, top = left + _TRIM_PX, top + _TRIM_PX
        width, height = max(1, width - 2 * _TRIM_PX), max(1, height - 2 * _TRIM_PX)
    turn[:, 2] -= (left, top)
    ground = np.median(seen[::8, ::8].reshape(-1, seen.shape[2] if seen.ndim == 3 else 1), axis=0).tolist()
    return as_pixels(
        cv2.warpAffine(
            seen, turn, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=ground
        )
    )


def _turn(page: Pixels, quarters: int) -> Pixels:
    """Clockwise."""
    return np.ascontiguousarray(np.rot90(page, -quarters)) if quarters % 4 else page
