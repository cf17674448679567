"""A picture as the bytes of an ESC/POS job: strips of whole commands, so that status may be asked between any two.

Source of every command: Epson's ESC/POS command reference. A status request must never fall inside a raster.
"""

from collections.abc import Iterator
from itertools import groupby

from kiosk.devices.base import Raster
from kiosk.devices.printer_profile import PrinterProfile

STRIP_ROWS = 24  # three millimetres: what may still be on its way when a fault is noticed

CUT = b"\x1dVB\x00"  # GS V 66 0: feed to the cutter, then cut
_FEED = b"\x1bJ"
_RASTER = b"\x1dv0\x00"


def preamble(profile: PrinterProfile) -> bytes:
    """ESC @ (fresh settings), then GS P so that one feed unit is one dot on every model."""
    return b"\x1b@\x1dP" + bytes([profile.dpi, profile.dpi])


def strips(image: Raster) -> Iterator[bytes]:
    """The picture from the top, a strip at a time."""
    row_bytes = (image.width_px + 7) // 8
    rows = [image.rows[at : at + row_bytes] for at in range(0, len(image.rows), row_bytes)]
    for top in range(0, len(rows), STRIP_ROWS):
        yield b"".join(_command(list(run)) for _, run in groupby(rows[top : top + STRIP_ROWS], key=any))


def _command(rows: list[bytes]) -> bytes:
    """White rows are a feed, others a raster no wider than its ink."""
    width = max(len(row.rstrip(b"\x00")) for row in rows)
    if width == 0:
        return _FEED + bytes([len(rows)])
    size = width.to_bytes(2, "little") + len(rows).to_bytes(2, "little")
    return _RASTER + size + b"".join(row[:width] for row in rows)


def white_filler(profile: PrinterProfile) -> bytes:
    """Zeros that end, in white, a strip cut short by a lost line; between commands a printer ignores them."""
    return bytes(STRIP_ROWS * ((profile.width_px + 7) // 8) + len(_RASTER) + 4)
