"""A receipt lives in a pocket: blurred, turned, faded or creased, two independent readers still open the file."""

from collections.abc import Callable
from datetime import datetime

import pytest
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter
from pyzbar import pyzbar

from civic.card import read_catalog
from civic.dossier import Draft
from civic.language import Language, Wording
from civic.reference import Reference
from kiosk.app import application
from kiosk.devices.printer_profile import PrinterProfile
from kiosk.devices.simulated import SimulatedPrinter
from kiosk.services.receipt import Office, write_receipt
from kiosk.settings import ASSETS
from kiosk.ui.ticket_face import draw_face

URL = "HTTPS://SUIVI.KEF.EXAMPLE/T/ABCDEFGHIJKLMNOPQRSTUVWX23"


def blurred(paper: Image.Image) -> Image.Image:
    """A phone held too near: half a millimetre."""
    return paper.filter(ImageFilter.GaussianBlur(2))


def turned(paper: Image.Image) -> Image.Image:
    return paper.rotate(15, Image.Resampling.BILINEAR, expand=True, fillcolor=255)


def faded(paper: Image.Image) -> Image.Image:
    """Left in the sun: a fifth of the contrast is left."""
    return paper.point(lambda shade: 180 + shade // 5)


def creased(paper: Image.Image) -> Image.Image:
    """Folded across the middle of the square: half a millimetre of black is gone."""
    worn = paper.copy()
    [code] = zxingcpp.read_barcodes(paper)
    middle = (code.position.top_left.y + code.position.bottom_left.y) // 2
    ImageDraw.Draw(worn).rectangle([0, middle - 2, worn.width, middle + 2], fill=255)
    return worn


def all_at_once(paper: Image.Image) -> Image.Image:
    return faded(turned(creased(paper)))


@pytest.fixture(scope="module", params=[576, 384], ids=["80mm", "58mm"])
def width(request: pytest.FixtureRequest) -> int:
    chosen: int = request.param
    return chosen


@pytest.fixture(scope="module", params=[False, True], ids=["drawn here", "drawn by the printer"])
def paper(request: pytest.FixtureRequest, width: int) -> Image.Image:
    """A complaint's receipt as it comes out of the printer, with a margin of table round it."""
    application()
    town = Wording("بلدية الكاف", "Commune du Kef", "El Kef town hall")
    complaint = Draft(read_catalog(ASSETS / "catalog")["complaint"])
    opened = (Reference(26, 14, 385), "482913", URL)
    given_at = datetime(2026, 11, 23, 9, 41)  # noqa: DTZ001  as printed
    receipt = write_receipt(
        Office(town, town, "014", "78 000 000"), complaint, Language.ARABIC, "217", given_at, opened
    )
    printer = SimulatedPrinter(
        profile=PrinterProfile("worn", width, process_id=True, mm_per_s=150, draws_codes=request.param)
    )
    printer.print(draw_face(receipt, width, copy=False))
    [printed] = printer.model.papers
    table = Image.new("L", (printed.width + 80, printed.height + 80), 255)
    table.paste(printed.convert("L"), (40, 40))
    return table


@pytest.mark.parametrize("wear", [blurred, turned, faded, creased, all_at_once])
def test_two_readers_still_open_the_file(paper: Image.Image, wear: Callable[[Image.Image], Image.Image]) -> None:
    worn = wear(paper)
    assert [code.text for code in zxingcpp.read_barcodes(worn)] == [URL]
    assert [code.data.decode() for code in pyzbar.decode(worn, [pyzbar.ZBarSymbol.QRCODE])] == [URL]
