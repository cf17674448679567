"""A picture as numbers, from a file of a scanner's and back to one of ours."""

import io
import warnings
from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

Pixels: TypeAlias = npt.NDArray[np.uint8]
"""Rows × columns × RGB, or rows × columns of grey."""

MM_PER_INCH = 25.4
_QUALITIES = (78, 66, 54, 42, 32)
"""From what no eye tells from the original down to what tesseract still reads like it (bench, page_ocr_error)."""
_SMALLER = 0.8
_WHOLE = 0.01


class PictureFault(ValueError):
    """These bytes are no whole picture."""


def decode(picture: bytes) -> Pixels:
    """A picture file (PNM, JPEG or PNG), whole. Raises PictureFault: half a page is no page."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            page = Image.open(io.BytesIO(picture))
            return np.asarray(page.convert("L" if page.mode in ("1", "L") else "RGB"))
    except (OSError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureFault from error


def encode(page: Pixels, dpi: int, most_bytes: int, comment: str = "") -> bytes:
    """A JPEG of at most so many bytes with nothing in it but the pixels, their resolution and our own `comment`."""
    while True:
        for quality in _QUALITIES:
            file = io.BytesIO()
            Image.fromarray(page).save(file, "JPEG", quality=quality, dpi=(dpi, dpi), comment=comment)
            if file.tell() <= most_bytes:
                return file.getvalue()
        page, dpi = shrink(page, _SMALLER), round(dpi * _SMALLER)


def shrink(page: Pixels, factor: float) -> Pixels:
    """The same page with fewer pixels; itself when `factor` is 1 or more."""
    if factor >= 1:
        return page
    rows, columns = page.shape[:2]
    step = round(1 / factor)
    if abs(1 / factor - step) < _WHOLE and step <= min(rows, columns):
        # over whole steps the mean of all pixels is found thirty times as fast
        page = page[: rows // step * step, : columns // step * step]
        size = (columns // step, rows // step)
    else:
        size = (max(1, round(columns * factor)), max(1, round(rows * factor)))
    how = cv2.INTER_LINEAR if factor > 0.5 else cv2.INTER_AREA
    return as_pixels(cv2.resize(page, size, interpolation=how))


def levels(page: Pixels, *shares: float) -> tuple[int, ...]:
    """The levels under which so many hundredths of a grey page's pixels lie."""
    counts = np.cumsum(cv2.calcHist([page], [0], None, [256], [0, 256]).ravel())
    return tuple(int(np.searchsorted(counts, counts[-1] * share / 100)) for share in shares)


def most(page: Pixels) -> Pixels:
    """The largest of the three colours of each pixel."""
    if page.ndim == 2:
        return page
    red, green, blue = cv2.split(page)
    return as_pixels(cv2.max(cv2.max(red, green), blue))


def least(page: Pixels) -> Pixels:
    """The smallest."""
    return page if page.ndim == 2 else as_pixels(cv2.bitwise_not(most(as_pixels(cv2.bitwise_not(page)))))


def grey(page: Pixels) -> Pixels:
    return page if page.ndim == 2 else as_pixels(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY))


def as_pixels(array: npt.NDArray[np.generic]) -> Pixels:
    """OpenCV's answers are arrays of any number; these are bytes."""
    return array.astype(np.uint8, copy=False)
