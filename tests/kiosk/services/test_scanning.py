"""From the glass to the vault."""

import io
import random

import numpy as np
import pytest
import qrcode
from PIL import Image, ImageDraw

from civic.remark import Remark
from kiosk.devices.base import ScannerFault, ScannerState, Watch
from kiosk.devices.simulated import SimulatedScanner
from kiosk.services.scanning import ScannedPage, Scanning
from kiosk.store.vault import Vault
from tests.kiosk.page.invented import Glass, write_paper


def picture(mode: str = "RGB", written: bool = True, kind: str = "PPM") -> bytes:
    page = Image.new(mode, (1654, 2339), "white")
    if written:
        drawing = ImageDraw.Draw(page)
        for line in range(200, 2000, 60):
            drawing.rectangle((200, line, 1400, line + 12), fill="black")
    return file_of(page, kind)


def file_of(page: Image.Image, kind: str = "PPM") -> bytes:
    buffer = io.BytesIO()
    page.save(buffer, kind)
    return buffer.getvalue()


def scanner_with(*pictures: bytes) -> SimulatedScanner:
    """A feeder with these sheets in it; one sheet might as well lie on the glass."""
    scanner = SimulatedScanner(dpi=200, feeder=True)
    for each in pictures:
        scanner.insert(each)
    return scanner


def the_page(vault: Vault, scan: bytes) -> ScannedPage:
    (page,) = Scanning(scanner_with(scan), vault, set).scan().pages
    return page


@pytest.mark.parametrize("mode", ["1", "L", "RGB"])
def test_a_page_is_kept_as_a_new_picture_and_shown_small(vault: Vault, mode: str) -> None:
    page = the_page(vault, picture(mode))
    assert vault.read(page.sha256)[:2] == b"\xff\xd8"
    with Image.open(io.BytesIO(page.thumbnail)) as small:
        assert 470 <= max(small.size) <= 490
    assert page.remark is None


def test_an_empty_page_is_remarked_upon(vault: Vault) -> None:
    assert the_page(vault, picture("L", written=False)).remark is Remark.BLANK


def test_a_page_that_is_kept_carries_its_remark_and_its_size_in_its_file(vault: Vault) -> None:
    with Image.open(io.BytesIO(vault.read(the_page(vault, picture("L", written=False)).sha256))) as kept:
        assert kept.info["comment"] == b"remark: blank"
        assert kept.info["dpi"] == (200, 200)


def test_nothing_of_the_outside_file_survives(vault: Vault) -> None:
    inside = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "a hidden title"
    Image.open(io.BytesIO(picture())).save(
        inside, "JPEG", comment=b"a hidden word", exif=exif, icc_profile=b"a hidden profile", xmp=b"a hidden tag"
    )
    assert inside.getvalue().count(b"hidden") == 4
    assert b"hidden" not in vault.read(the_page(vault, inside.getvalue()).sha256)


def test_a_full_colour_page_weighs_at_most_400_kb(vault: Vault) -> None:
    chance = random.Random(4)  # noqa: S311  a drawing
    seen = Glass(3.0, noise=4.0, shadow=0.2).lay(write_paper(chance, arabic=True).pixels, 200, chance)
    assert len(vault.read(the_page(vault, file_of(Image.fromarray(seen))).sha256)) <= 400_000


@pytest.mark.parametrize("garbage", [b"", b"P6\n100 100\n255\n abc", b"\x89PNG\r\n\x1a\n", b"P6\n99999 99999\n255\n"])
def test_half_a_page_is_no_page(vault: Vault, garbage: bytes) -> None:
    with pytest.raises(ScannerFault):
        Scanning(scanner_with(garbage), vault, set).scan()


def test_a_pile_comes_in_order_without_its_empty_backs(vault: Vault) -> None:
    first, second = (file_of(Image.fromarray(write_paper(random.Random(n), False).pixels)) for n in (1, 2))  # noqa: S311
    blank = picture("L", written=False)
    scanned = Scanning(scanner_with(first, blank, second, blank), vault, set).scan()
    assert [page.remark for page in scanned.pages] == [None, None]
    assert [page.sha256 for page in scanned.pages] == [the_page(vault, each).sha256 for each in (first, second)]
    assert scanned.trouble is None


def test_a_jam_keeps_the_whole_pages_before_it_and_says_why_it_stopped(vault: Vault) -> None:
    scanner = scanner_with(picture(), picture(), picture())
    scanner.jam(after_sheets=2)
    scanned = Scanning(scanner, vault, set).scan()
    assert (len(scanned.pages), scanned.trouble) == (2, ScannerState.JAMMED)


def test_a_page_cut_off_in_the_middle_of_a_pile_is_not_kept(vault: Vault) -> None:
    scanned = Scanning(scanner_with(picture(), picture()[:1_000_000]), vault, set).scan()
    assert (len(scanned.pages), scanned.trouble) == (1, ScannerState.OFFLINE)


def test_a_scan_that_was_stopped_gives_nothing_at_all(vault: Vault) -> None:
    sheets: list[int] = []
    watch = Watch(moved=lambda sheet, _share: sheets.append(sheet), unwanted=lambda: 2 in sheets)
    with pytest.raises(ScannerFault) as caught:
        Scanning(scanner_with(picture(), picture()), vault, set).scan(watch)
    assert caught.value.state is ScannerState.STOPPED


def test_the_codes_of_a_paper_are_kept_as_data(vault: Vault) -> None:
    page = Image.open(io.BytesIO(picture())).convert("RGB")
    code = qrcode.QRCode(box_size=6)
    code.add_data("HTTPS://KEF.EXAMPLE/T/INVENTED")
    page.paste(code.make_image().get_image().convert("RGB"), (1200, 2050))
    turned = Image.fromarray(np.asarray(page.rotate(3, fillcolor="white")))
    assert [(each.kind, each.text) for each in the_page(vault, file_of(turned)).codes] == [
        ("QRCode", "HTTPS://KEF.EXAMPLE/T/INVENTED")
    ]


def test_what_nobody_deposited_is_swept_away(vault: Vault) -> None:
    deposited = vault.put(b"deposited")
    scanning = Scanning(scanner_with(picture("L")), vault, lambda: {deposited})
    (page,) = scanning.scan().pages
    scanning.sweep()
    assert vault.read(deposited) == b"deposited"
    with pytest.raises(OSError, match=page.sha256):
        vault.read(page.sha256)
