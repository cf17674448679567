"""A picture taken apart at its seams, each part bare of the white around it: what comes again is the same bytes."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kiosk.devices.base import Code, Raster


@dataclass(frozen=True, slots=True)
class Part:
    """`ink` comes `white_rows` below the part before it and `left` bytes from the left edge; the last may have none."""

    white_rows: int
    left: int
    ink: Raster
    code: Code | None = None


def parts(image: Raster) -> Iterator[Part]:
    """From the top. White at the end of the picture comes as a part without ink."""
    row_bytes = (image.width_px + 7) // 8
    codes = {code.top: code for code in image.codes}
    ends = {each for code in image.codes for each in (code.top, code.top + code.height)}
    seams = sorted({0, image.height_px, *ends, *(seam for seam in image.seams if 0 < seam < image.height_px)})
    white_rows = 0
    for top, bottom in pairwise(seams):
        rows = [image.rows[y * row_bytes : (y + 1) * row_bytes] for y in range(top, bottom)]
        inked = [y for y, row in enumerate(rows) if any(row)]
        if not inked:
            white_rows += len(rows)
            continue
        first, last = inked[0], inked[-1]
        left, ink = _bare(rows[first : last + 1])
        yield Part(white_rows + first, left, ink, codes.get(top))
        white_rows = len(rows) - last - 1
    if white_rows:
        yield Part(white_rows, 0, Raster(0, 0, b""))


def _bare(rows: list[bytes]) -> tuple[int, Raster]:
    """Without the white bytes that all rows have at their left and right; the first is how many were at the left."""
    left = min(len(row) - len(row.lstrip(b"\x00")) for row in rows)
    right = max(len(row.rstrip(b"\x00")) for row in rows)
    return left, Raster(8 * (right - left), len(rows), b"".join(row[left:right] for row in rows))
