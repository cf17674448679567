"""A paper on the glass becomes pages that are kept: straight, judged, and re-encoded whole."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from civic.dossier import is_card_number
from civic.remark import Remark
from kiosk.devices.base import UNWATCHED, Scan, Scanner, ScannerFault, ScannerState, Watch
from kiosk.page.paper_code import PaperCode
from kiosk.store.vault import Vault
from sync.later import Later

if TYPE_CHECKING:
    from kiosk.page import codes, pixels, reading
else:
    codes, pixels, reading = (Later(f"kiosk.page.{name}") for name in ("codes", "pixels", "reading"))

_MOST_BYTES = 400_000
_OF_SHOPS = ("EAN8", "UPCE")
"""Eight digits as well, on a pack of pencils."""
_THUMBNAIL_PX = 480
_THUMBNAIL_BYTES = 60_000


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page in the vault. `thumbnail` is a small JPEG for the screen; its remark is in its file, and goes with it."""

    sha256: str
    thumbnail: bytes
    remark: Remark | None
    codes: tuple[PaperCode, ...] = ()

    @property
    def card_number(self) -> str:
        """The number of a national card, if that is what a bar code on the page says; it may be mistaken."""
        return next((code.text for code in self.codes if code.kind not in _OF_SHOPS and is_card_number(code.text)), "")


@dataclass(frozen=True, slots=True)
class Scanned:
    """What came of one touch: the pages, in order, and why no more of them came, if something was in the way."""

    pages: tuple[ScannedPage, ...]
    trouble: ScannerState | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Glimpse:
    """A page that was only looked at, and is kept nowhere: a small JPEG of it, and what its codes say."""

    thumbnail: bytes
    codes: tuple[str, ...]


class Scanning:
    """Used by the scanner's thread alone."""

    def __init__(self, scanner: Scanner, vault: Vault, deposited: Callable[[], Collection[str]]) -> None:
        """`deposited` names the pages that belong to confirmed dossiers the centre does not have yet."""
        self._scanner = scanner
        self._vault = vault
        self._deposited = deposited

    def scan(self, watch: Watch = UNWATCHED) -> Scanned:
        """At least one page, each whole; the empty backs of a pile are left out.

        Raises ScannerFault when none came or nobody wants them, and StoreFault when the disk has no room.
        """
        pages: list[ScannedPage] = []
        trouble = None
        try:
            pages.extend(self._keep(scan) for scan in self._scanner.scan_all(watch))
        except ScannerFault as fault:
            if not pages or fault.state is ScannerState.STOPPED:
                raise
            trouble = fault.state
        written = tuple(page for page in pages if page.remark is not Remark.BLANK)
        return Scanned(written or tuple(pages[:1]), trouble)

    def look(self, watch: Watch = UNWATCHED) -> Glimpse:
        """The page on the glass. Raises ScannerFault."""
        return look_at(self._scanner.scan(watch))

    def rehearse(self) -> None:
        """Load what reads a page, before the first one comes."""
        with suppress(pixels.PictureFault):
            pixels.decode(b"")

    def sweep(self) -> None:
        """Remove every page nobody deposited: the visit that scanned it is over."""
        self._vault.keep_only(self._deposited())

    def _keep(self, scan: Scan) -> ScannedPage:
        page = reading.read_page(_pixels(scan), scan.dpi)
        comment = page.remark.comment if page.remark else ""
        sha256 = self._vault.put(pixels.encode(page.pixels, page.dpi, _MOST_BYTES, comment))
        return ScannedPage(
            sha256, _thumbnail(page.pixels, page.dpi), page.remark, codes.find_codes(pixels.grey(page.pixels))
        )


def look_at(scan: Scan) -> Glimpse:
    """Raises ScannerFault when it is no picture."""
    page = pixels.grey(_pixels(scan))
    return Glimpse(_thumbnail(page, scan.dpi), tuple(code.text for code in codes.find_codes(page)))


def _pixels(scan: Scan) -> pixels.Pixels:
    """A scanner that sends no picture is as good as none."""
    try:
        return pixels.decode(scan.picture)
    except pixels.PictureFault as fault:
        raise ScannerFault(ScannerState.OFFLINE) from fault


def _thumbnail(page: pixels.Pixels, dpi: int) -> bytes:
    return pixels.encode(pixels.shrink(page, _THUMBNAIL_PX / max(page.shape[:2])), dpi, _THUMBNAIL_BYTES)
