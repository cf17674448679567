"""The codes printed on a paper: a QR of ours, a 2D-Doc, a barcode. Kept as data; what they say is never trusted."""

import zxingcpp

from kiosk.page.paper_code import PaperCode
from kiosk.page.pixels import Pixels

_MOST = 8
_LONGEST = 2048


def find_codes(page: Pixels) -> tuple[PaperCode, ...]:
    """On a grey page, the largest number of codes a paper may have, none longer than any code of an office."""
    found = zxingcpp.read_barcodes(page)
    return tuple(PaperCode(each.format.name, each.text) for each in found[:_MOST] if 0 < len(each.text) <= _LONGEST)
