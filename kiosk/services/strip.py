"""The test strip: a paper with a word nobody can know. Whoever reads it back has proved printer, paper and eye."""

import io
import secrets
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import zxingcpp
from PIL import Image

from kiosk.devices.base import Scan

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # of the QR alphanumeric set, none like another
_LONG = 8


@dataclass(frozen=True, slots=True)
class Strip:
    kiosk: str
    word: str
    printed_at: datetime

    @property
    def code(self) -> str:
        """What its QR says."""
        return f"CITIZEN-TEST:{self.kiosk}:{self.word}"

    def is_among(self, codes: Iterable[str]) -> bool:
        """This strip was read, and not one of another day."""
        return self.code in codes


def new_strip(kiosk: str, now: datetime) -> Strip:
    return Strip(kiosk, "".join(secrets.choice(_LETTERS) for _ in range(_LONG)), now)


def codes_on(scan: Scan) -> tuple[str, ...]:
    """Every code a page shows; none when it is no picture at all."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            page = Image.open(io.BytesIO(scan.picture)).convert("L")
    except (OSError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return ()
    return tuple(code.text for code in zxingcpp.read_barcodes(page))
