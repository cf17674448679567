"""A paper on the glass becomes a page that is kept: re-encoded, so that no byte from outside survives, and judged."""

import io
import warnings
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum

from PIL import Image, ImageStat

from kiosk.devices.base import Scan, Scanner, ScannerFault, ScannerState
from kiosk.store.vault import Vault

_LONGEST_PX = 2340  # A4 at 200 dpi
_QUALITY = 75
_THUMBNAIL_PX = 480
_BLANK_DEVIATION = 4.0
"""Standard deviation of grey levels (0-255) under which a page carries nothing: plain paper scans at 1 to 3."""


class Remark(StrEnum):
    """What the citizen should know of a page before keeping it."""

    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page in the vault. `thumbnail` is a small JPEG for the screen."""

    sha256: str
    thumbnail: bytes
    remark: Remark | None


class Scanning:
    """Used by the scanner's thread alone."""

    def __init__(self, scanner: Scanner, vault: Vault, deposited: Callable[[], Collection[str]]) -> None:
        """`deposited` names the pages that belong to confirmed dossiers the centre does not have yet."""
        self._scanner = scanner
        self._vault = vault
        self._deposited = deposited

    def scan(self) -> ScannedPage:
        """One page, whole. Raises ScannerFault when none came and StoreFault when the disk has no room for it."""
        page = _decode(self._scanner.scan())
        page.thumbnail((_LONGEST_PX, _LONGEST_PX))
        sha256 = self._vault.put(_jpeg(page, _QUALITY))
        deviation = ImageStat.Stat(page.convert("L")).stddev[0]
        page.thumbnail((_THUMBNAIL_PX, _THUMBNAIL_PX))
        return ScannedPage(sha256, _jpeg(page, _QUALITY), Remark.BLANK if deviation < _BLANK_DEVIATION else None)

    def sweep(self) -> None:
        """Remove every page nobody deposited: the visit that scanned it is over."""
        self._vault.keep_only(self._deposited())


def _decode(scan: Scan) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            page = Image.open(io.BytesIO(scan.picture))
            pixels = page.convert("RGB" if page.mode not in ("1", "L") else "L")
    except (OSError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ScannerFault(ScannerState.OFFLINE) from error
    bare = Image.new(pixels.mode, pixels.size)  # a new picture: comments and profiles of the old one stay behind
    bare.paste(pixels)
    return bare


def _jpeg(page: Image.Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    page.save(buffer, "JPEG", quality=quality, optimize=True)
    return buffer.getvalue()
