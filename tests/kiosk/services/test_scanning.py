"""From the glass to the vault."""

import io

import pytest
from PIL import Image, ImageDraw

from kiosk.devices.base import Scan, ScannerFault, ScannerState
from kiosk.services.scanning import Remark, Scanning
from kiosk.store.vault import Vault


class Glass:
    """A scanner that always sees the same picture."""

    def __init__(self, picture: bytes) -> None:
        self.picture = picture

    def state(self) -> ScannerState:
        return ScannerState.READY

    def scan(self) -> Scan:
        return Scan(self.picture, 200)

    def close(self) -> None: ...


def picture(mode: str, written: bool, kind: str = "PPM") -> bytes:
    page = Image.new(mode, (1654, 2339), "white")
    if written:
        drawing = ImageDraw.Draw(page)
        for line in range(200, 2000, 60):
            drawing.rectangle((200, line, 1400, line + 12), fill="black")
    buffer = io.BytesIO()
    page.save(buffer, kind)
    return buffer.getvalue()


@pytest.mark.parametrize("mode", ["1", "L", "RGB"])
def test_a_page_is_kept_as_a_new_picture_and_shown_small(vault: Vault, mode: str) -> None:
    glass = Glass(picture(mode, written=True))
    page = Scanning(glass, vault, set).scan()
    kept = vault.read(page.sha256)
    assert kept[:2] == b"\xff\xd8"
    assert kept != glass.picture
    with Image.open(io.BytesIO(page.thumbnail)) as small:
        assert max(small.size) == 480
    assert page.remark is None


def test_an_empty_page_is_remarked_upon(vault: Vault) -> None:
    assert Scanning(Glass(picture("L", written=False)), vault, set).scan().remark is Remark.BLANK


def test_nothing_of_the_outside_file_survives(vault: Vault) -> None:
    inside = io.BytesIO()
    page = Image.open(io.BytesIO(picture("RGB", written=True)))
    page.save(inside, "JPEG", comment=b"a hidden word")
    assert b"a hidden word" not in vault.read(Scanning(Glass(inside.getvalue()), vault, set).scan().sha256)


@pytest.mark.parametrize("garbage", [b"", b"P6\n100 100\n255\n abc", b"\x89PNG\r\n\x1a\n", b"P6\n99999 99999\n255\n"])
def test_half_a_page_is_no_page(vault: Vault, garbage: bytes) -> None:
    with pytest.raises(ScannerFault):
        Scanning(Glass(garbage), vault, set).scan()


def test_what_nobody_deposited_is_swept_away(vault: Vault) -> None:
    deposited = vault.put(b"deposited")
    scanning = Scanning(Glass(picture("L", written=True)), vault, lambda: {deposited})
    page = scanning.scan()
    scanning.sweep()
    assert vault.read(deposited) == b"deposited"
    with pytest.raises(OSError, match=page.sha256):
        vault.read(page.sha256)
