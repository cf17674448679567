"""A picture as the bytes of an ESC/POS job: pieces of whole commands, so that status may be asked between any two.

Source of every command: Epson's ESC/POS command reference. A status request must never fall inside a raster.
"""

from collections.abc import Callable, Iterator
from itertools import groupby, pairwise

from kiosk.devices.base import Code, Raster
from kiosk.devices.printer_profile import PrinterProfile
from kiosk.devices.raster_parts import Part, parts

STRIP_ROWS = 24  # three millimetres: what may still be on its way when a fault is noticed

CUT = b"\x1dVB\x00"  # GS V 66 0: feed to the cutter, then cut
_FEED = b"\x1bJ"
_MARGIN = b"\x1dL"
_RASTER = b"\x1dv0\x00"
_CENTRE, _LEFT = b"\x1ba\x01", b"\x1ba\x00"
_COMMAND_BYTES = len(_MARGIN) + 2 + len(_RASTER) + 4
_FURTHEST_FEED = 255

KeyOf = Callable[[Raster], bytes | None]
"""Under which key a printer keeps a picture; None when it does not."""


def preamble(profile: PrinterProfile) -> bytes:
    """ESC @ (fresh settings), then GS P so that one unit of motion is one dot on every model."""
    return b"\x1b@\x1dP" + bytes([profile.dpi, profile.dpi])


def pieces(image: Raster, key_of: KeyOf, *, draws_codes: bool) -> Iterator[bytes]:
    """The picture from the top, each piece a strip's height or more: every mark between two costs eleven bytes."""
    piece, rows = b"", 0
    for part in parts(image):
        for more, taller in _commands(part, key_of(part.ink), draws_codes=draws_codes):
            piece, rows = piece + more, rows + taller
            if rows >= STRIP_ROWS:
                yield piece
                piece, rows = b"", 0
    if piece:
        yield piece


def _commands(part: Part, key: bytes | None, *, draws_codes: bool) -> Iterator[tuple[bytes, int]]:
    """What the printer keeps by its key, a QR code by its text, the rest in strips; each with its height in rows."""
    feed = _feed(part.white_rows)
    if key is not None:
        yield feed + _margin(part.left) + graphics(69, key + b"\x01\x01"), part.white_rows + part.ink.height_px
    elif part.code is not None and draws_codes:
        yield feed + _margin(0) + _code(part.code), part.white_rows + part.ink.height_px
    else:
        yield feed, part.white_rows
        yield from _strips(part)


def graphics(function: int, data: bytes) -> bytes:
    """GS ( L: what a printer does with the pictures it keeps."""
    return b"\x1d(L" + _two(len(data) + 2) + b"0" + bytes([function]) + data


def picture_size(picture: Raster) -> bytes:
    """Width and height in dots."""
    return _two(picture.width_px) + _two(picture.height_px)


def white_filler(profile: PrinterProfile) -> bytes:
    """Zeros that end, in white, a strip cut short by a lost line; between commands a printer ignores them."""
    return bytes(STRIP_ROWS * ((profile.width_px + 7) // 8) + _COMMAND_BYTES)


def _strips(part: Part) -> Iterator[tuple[bytes, int]]:
    row_bytes = max(1, part.ink.width_px // 8)
    rows = [part.ink.rows[at : at + row_bytes] for at in range(0, len(part.ink.rows), row_bytes)]
    for top in range(0, len(rows), STRIP_ROWS):
        strip = rows[top : top + STRIP_ROWS]
        yield b"".join(_strip(strip, part.left)), len(strip)


def _strip(rows: list[bytes], left: int) -> Iterator[bytes]:
    """White rows are a feed, others rasters no wider than their ink."""
    for has_ink, run in groupby(rows, key=any):
        inked = list(run)
        if has_ink:
            for box in _boxes(inked):
                yield _raster(box, left)
        else:
            yield _feed(len(inked))


def _boxes(rows: list[bytes]) -> Iterator[list[bytes]]:
    """The rows cut into boxes whose white sides and commands cost the least: the shortest way from top to bottom."""
    starts = [len(row) - len(row.lstrip(b"\x00")) for row in rows]
    ends = [len(row.rstrip(b"\x00")) for row in rows]
    cheapest = [(0, 0)]  # for each row: the bytes of all above it, and where the box that ends there begins
    for bottom in range(1, len(rows) + 1):
        start, end, best = starts[bottom - 1], ends[bottom - 1], (1 << 30, 0)
        for top in range(bottom - 1, -1, -1):
            start, end = min(start, starts[top]), max(end, ends[top])
            best = min(best, (cheapest[top][0] + _COMMAND_BYTES + (bottom - top) * (end - start), top))
        cheapest.append(best)
    cuts = [len(rows)]
    while cuts[-1]:
        cuts.append(cheapest[cuts[-1]][1])
    for top, bottom in pairwise(reversed(cuts)):
        yield rows[top:bottom]


def _raster(rows: list[bytes], left: int) -> bytes:
    start = min(len(row) - len(row.lstrip(b"\x00")) for row in rows)
    end = max(len(row.rstrip(b"\x00")) for row in rows)
    size = _two(end - start) + _two(len(rows))
    return _margin(left + start) + _RASTER + size + b"".join(row[start:end] for row in rows)


def _code(code: Code) -> bytes:
    """GS ( k: model 2, module size, error correction M, the text, print."""
    text = code.text.encode()
    store = b"\x1d(k" + _two(len(text) + 3) + b"1P0" + text
    settings = b"\x1d(k\x04\x001A2\x00\x1d(k\x03\x001C" + bytes([code.module_px]) + b"\x1d(k\x03\x001E1"
    return _CENTRE + settings + store + b"\x1d(k\x03\x001Q0" + _LEFT


def _feed(rows: int) -> bytes:
    whole, rest = divmod(rows, _FURTHEST_FEED)
    return (_FEED + bytes([_FURTHEST_FEED])) * whole + (_FEED + bytes([rest]) if rest else b"")


def _margin(left: int) -> bytes:
    """GS L, in dots: `left` is in bytes of eight."""
    return _MARGIN + _two(8 * left)


def _two(number: int) -> bytes:
    return number.to_bytes(2, "little")
