"""The paper: true, whole, and readable by another decoder than the one that drew it."""

import statistics
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import zxingcpp
from PIL import Image, ImageChops
from PySide6.QtGui import QImage

from civic.assistance import Assistance, Witness
from civic.card import read_catalog
from civic.catalog import Catalog
from civic.deadline import DeadlineKind
from civic.dossier import Document, Draft
from civic.language import Language, Wording
from civic.reference import Reference
from kiosk.app import application
from kiosk.devices.base import Raster
from kiosk.services.receipt import Deposit, Office, Paper, Receipt, write_receipt
from kiosk.settings import ASSETS
from kiosk.ui import paper_words
from kiosk.ui.language import Translator
from kiosk.ui.paper import to_raster
from kiosk.ui.ticket_face import draw_face

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


def deposit_of(said: Receipt) -> Deposit:
    assert said.deposit is not None
    return said.deposit


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
    """Nothing reaches into the margins of the paper: nothing was cut off."""
    page = picture(raster)
    edges = [page.crop((left, 0, left + 8, page.height)) for left in (0, page.width - 8)]
    return all(edge.getextrema() == (255, 255) for edge in edges)


def changed(one: Receipt, other: Receipt, width: int) -> tuple[int, int, int, int]:
    """The box (left, top, right, bottom) of what differs between two papers of the same length."""
    pages = [picture(draw_face(each, width, copy=False)).convert("L") for each in (one, other)]
    assert pages[0].size == pages[1].size
    box = ImageChops.difference(*pages).getbbox()
    assert box is not None
    return box


def black_lines(raster: Raster) -> int:
    """How many lines of dots are mostly black: a filled panel has scores of them, an edge or a rule a few."""
    page = picture(raster).convert("L")
    lines = (page.crop((0, y, page.width, y + 1)).tobytes() for y in range(page.height))
    return sum(statistics.fmean(line) < 128 for line in lines)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("complete", [True, False])
def test_the_square_leads_to_the_dossier(cards: Catalog, width: int, language: Language, complete: bool) -> None:
    raster = draw_face(receipt(permit(cards, complete=complete), language), width, copy=False)
    assert raster.width_px == width
    assert [code.text for code in zxingcpp.read_barcodes(picture(raster).convert("L"))] == [URL]
    assert untouched_edge(raster)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_complaint_promises_the_towns_own_goal(cards: Catalog, width: int) -> None:
    raster = draw_face(receipt(Draft(cards["complaint"]), Language.ARABIC), width, copy=False)
    assert len(zxingcpp.read_barcodes(picture(raster).convert("L"))) == 1
    assert untouched_edge(raster)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_paper_says_that_words_were_spoken_and_not_which(cards: Catalog, width: int) -> None:
    answers = {"category": "lighting", "place": "cite-hached;;"}
    spoken = receipt(Draft(cards["complaint"], {**answers, "story": f"voice-note:65:{'5e' * 32}"}), Language.ARABIC)
    written = receipt(Draft(cards["complaint"], {**answers, "story": "the lamp is out"}), Language.ARABIC)
    assert (deposit_of(spoken).spoken_s, deposit_of(written).spoken_s) == (65, 0)
    papers = [draw_face(each, width, copy=False) for each in (spoken, written)]
    assert papers[0].height_px > papers[1].height_px
    assert all(untouched_edge(each) for each in papers)
    assert paper_words.spoken(Translator(Language.ENGLISH), 65) == "Your words are recorded: \u20681:05\u2069."


@pytest.mark.parametrize("width", WIDTHS)
def test_an_immediate_ticket_needs_no_square(cards: Catalog, width: int) -> None:
    draft = Draft(cards["signature-legalisation"])
    raster = draw_face(receipt(draft, Language.FRENCH), width, copy=False)
    assert zxingcpp.read_barcodes(picture(raster).convert("L")) == []
    assert untouched_edge(raster)


def test_a_copy_is_another_paper_and_the_same_paper_is_the_same(cards: Catalog) -> None:
    said = receipt(permit(cards, complete=True), Language.ARABIC)
    first, second, copy = (draw_face(said, 576, copy) for copy in (False, False, True))
    assert first == second
    assert copy.height_px > first.height_px


@pytest.mark.parametrize("width", WIDTHS)
def test_a_number_stands_on_one_line(cards: Catalog, width: int) -> None:
    said = receipt(permit(cards, complete=True), Language.ARABIC)
    other = replace(deposit_of(said), reference=Reference(88, 88, 88888))
    left, top, right, bottom = changed(said, replace(said, deposit=other), width)
    assert bottom - top < (right - left) / 5, "twelve digits and three hyphens side by side"
    other = replace(deposit_of(said), pin="888888")
    left, top, right, bottom = changed(said, replace(said, deposit=other), width)
    assert bottom - top < (right - left) / 2


def test_the_law_is_black_and_a_goal_of_the_town_is_not(cards: Catalog) -> None:
    law = draw_face(receipt(permit(cards, complete=True), Language.FRENCH), 576, copy=False)
    goal = draw_face(receipt(Draft(cards["complaint"]), Language.FRENCH), 576, copy=False)
    assert black_lines(law) > 100
    assert black_lines(goal) < 60
    assert "own goal" in paper_words.promise(Translator(Language.ENGLISH), DeadlineKind.GOAL)


def test_the_paper_says_how_many_copies_to_bring() -> None:
    say = Translator(Language.ENGLISH)
    deed = Wording("شهادة ملكية", "Titre", "Deed")
    assert paper_words.name(say, Paper(deed, 0, 2)) == "Deed (2\u00a0copies)"
    assert paper_words.name(say, Paper(deed, 0, 1)) == "Deed"
    assert paper_words.name(say, Paper(deed, 3, 2)) == "Deed"


@pytest.mark.parametrize("width", WIDTHS)
def test_long_names_wrap_and_a_long_list_makes_a_long_paper(cards: Catalog, width: int) -> None:
    short = receipt(permit(cards, complete=True), Language.FRENCH)
    long_name = Wording("شهادة " * 12, "attestation de conformité " * 8, "certificate " * 12)
    papers = tuple(Paper(long_name, 1, 1) for _ in range(40))
    long = replace(short, service=long_name, deposit=replace(deposit_of(short), received=papers, missing=papers))
    raster = draw_face(long, width, copy=False)
    assert untouched_edge(raster)
    assert raster.height_px > 4000
    assert [code.text for code in zxingcpp.read_barcodes(picture(raster).convert("L"))] == [URL]


@pytest.mark.parametrize("width", [1, 7, 8, 9, 33, 576])
def test_every_dot_of_the_picture_reaches_the_printer(width: int) -> None:
    image = QImage(width, 3, QImage.Format.Format_Mono)
    image.fill(1)
    for x in range(0, width, 3):
        image.setPixel(x, x % 3, 0)
        image.setPixel(x, 2, 0)
    black = [[image.pixelColor(x, y).lightness() == 0 for x in range(width)] for y in range(3)]
    raster = to_raster(image)
    page = picture(raster)
    assert [[page.getpixel((x, y)) == 0 for x in range(width)] for y in range(3)] == black
    assert len(raster.rows) == 3 * ((width + 7) // 8)


def test_the_printers_thread_draws_the_same_paper(cards: Catalog) -> None:
    said = receipt(permit(cards, complete=False), Language.ENGLISH)
    with ThreadPoolExecutor(1) as printer_thread:
        there = printer_thread.submit(lambda: draw_face(said, 384, copy=False)).result()
    assert there == draw_face(said, 384, copy=False)


@pytest.mark.parametrize("language", list(Language))
def test_the_second_language_is_french_unless_one_chose_english(cards: Catalog, language: Language) -> None:
    faces = {each: draw_face(receipt(permit(cards, complete=True), each), 576, copy=False) for each in Language}
    assert (faces[language] == faces[Language.FRENCH]) is (language is not Language.ENGLISH)


def test_who_heard_it_read_aloud_and_at_which_counter_stands_on_the_paper(cards: Catalog) -> None:
    heard = Assistance("amel", 3, (Witness("Hedi Zitouna-Test", "07654321"),))
    alone = permit(cards, complete=True)
    said = receipt(replace(alone, assistance=heard), Language.FRENCH)
    assert (said.counter, said.witnesses) == (3, ("Hedi Zitouna-Test",))
    _ = Translator(Language.FRENCH)
    assert "Hedi Zitouna-Test" in paper_words.heard(_, said.witnesses)
    assert "Guichet" in paper_words.place(_, said.office, said.counter)
    longer, usual = (draw_face(each, 576, copy=False) for each in (said, receipt(alone, Language.FRENCH)))
    assert longer.height_px > usual.height_px
    assert untouched_edge(longer)
