"""The paper: true, whole, and readable by another decoder than the one that drew it."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import zxingcpp
from PIL import Image

from civic.card import read_catalog
from civic.catalog import Catalog
from civic.dossier import Document, Draft
from civic.language import Language, Wording
from civic.reference import Reference
from kiosk.app import application
from kiosk.devices.base import Raster
from kiosk.services.receipt import Office, Receipt, write_receipt
from kiosk.settings import ASSETS
from kiosk.ui.ticket_face import draw_face, to_raster

URL = "HTTPS://SUIVI.KEF.EXAMPLE/T/ABCDEFGHIJKLMNOPQRSTUVWX23"
WIDTHS = (576, 384)


@pytest.fixture(scope="module")
def cards() -> Catalog:
    application()
    return read_catalog(ASSETS / "catalog")


def receipt(draft: Draft, language: Language) -> Receipt:
    town = Wording("بلدية الكاف", "Commune du Kef", "El Kef town hall")
    opened = (Reference(26, 14, 385), "482913", URL) if draft.service.tracked else None
    given_at = datetime(2026, 11, 23, 9, 41, tzinfo=ZoneInfo("Africa/Tunis"))
    return write_receipt(Office(town, town, "014", "78 000 000"), draft, language, "217", given_at, opened)


def permit(cards: Catalog, *, complete: bool) -> Draft:
    service = cards["building-permit"]
    answers = {question.id: question.options[0].id for question in service.questions}
    draft = Draft(service, answers)
    given = draft.requirements if complete else draft.requirements[:2]
    return replace(draft, documents={each.id: Document(each.id, ("aa",)) for each in given})


def picture(raster: Raster) -> Image.Image:
    white_is_one = bytes(byte ^ 0xFF for byte in raster.rows)
    return Image.frombytes("1", (raster.width_px, raster.height_px), white_is_one)


def untouched_edge(raster: Raster) -> bool:
    """Nothing reaches the first or the last dots of a line: nothing was cut off."""
    page = picture(raster)
    edges = [page.crop((left, 0, left + 2, page.height)) for left in (0, page.width - 2)]
    return all(edge.getextrema() == (255, 255) for edge in edges)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("complete", [True, False])
def test_the_square_leads_to_the_dossier(cards: Catalog, width: int, language: Language, complete: bool) -> None:
    raster = to_raster(draw_face(receipt(permit(cards, complete=complete), language), width, copy=False))
    assert raster.width_px == width
    assert [code.text for code in zxingcpp.read_barcodes(picture(raster).convert("L"))] == [URL]
    assert untouched_edge(raster)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_complaint_promises_the_towns_own_goal(cards: Catalog, width: int) -> None:
    raster = to_raster(draw_face(receipt(Draft(cards["complaint"]), Language.ARABIC), width, copy=False))
    assert len(zxingcpp.read_barcodes(picture(raster).convert("L"))) == 1
    assert untouched_edge(raster)


@pytest.mark.parametrize("width", WIDTHS)
def test_an_immediate_ticket_needs_no_square(cards: Catalog, width: int) -> None:
    draft = Draft(cards["signature-legalisation"])
    raster = to_raster(draw_face(receipt(draft, Language.FRENCH), width, copy=False))
    assert zxingcpp.read_barcodes(picture(raster).convert("L")) == []
    assert untouched_edge(raster)


def test_a_copy_is_another_paper_and_the_same_paper_is_the_same(cards: Catalog) -> None:
    said = receipt(permit(cards, complete=True), Language.ARABIC)
    first, second, copy = (to_raster(draw_face(said, 576, copy)) for copy in (False, False, True))
    assert first == second
    assert copy.height_px > first.height_px
