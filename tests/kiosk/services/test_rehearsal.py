"""Before anyone comes the printer is given what every paper says, so that a citizen's own paper is quickly sent."""

from datetime import datetime
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from civic.card import read_catalog
from civic.catalog import Catalog
from civic.dossier import Document, Draft
from civic.language import Language, Wording
from civic.reference import Reference
from kiosk.app import application
from kiosk.devices.graphics_memory import GraphicsMemory
from kiosk.devices.model_memory import ModelMemory
from kiosk.devices.printer_model import PrinterModel
from kiosk.devices.printer_profile import PrinterProfile
from kiosk.devices.simulated import SimulatedPrinter
from kiosk.services.receipt import Office, Receipt, write_receipt
from kiosk.services.rehearsal import Rehearsal
from kiosk.settings import ASSETS
from kiosk.ui.ticket_face import draw_face

TOWN = Wording("بلدية الكاف", "Commune du Kef", "El Kef town hall")
OFFICE = Office(TOWN, TOWN, "014", "78 000 000")
URL = "HTTPS://SUIVI.KEF.EXAMPLE/T/ABCDEFGHIJKLMNOPQRSTUVWX23"
PROFILES = [
    PrinterProfile(f"{width} dots", width, process_id=True, mm_per_s=150, draws_codes=True, keeps_pictures=True)
    for width in (576, 384)
]


@pytest.fixture(scope="module")
def cards() -> Catalog:
    application()
    return read_catalog(ASSETS / "catalog")


class Counter:
    """A printer that has a memory, and what a citizen's paper costs on its line."""

    def __init__(self, profile: PrinterProfile, ledger: Path, room: int) -> None:
        self.model = PrinterModel(profile.width_px, memory=ModelMemory(room=room))
        self.printer = SimulatedPrinter(self.model, profile, memory=GraphicsMemory(ledger))

    def rehearse(self, cards: Catalog) -> int:
        rehearsal = Rehearsal(cards, OFFICE, self.printer, draw_face)
        return sum(1 for _ in iter(rehearsal.go_on, False))

    def bytes_of(self, receipt: Receipt) -> int:
        before = len(self.model.received)
        self.printer.print(draw_face(receipt, self.printer.width_px, copy=False))
        assert self.model.unknown == b""
        return len(self.model.received) - before

    @property
    def paper(self) -> Image.Image:
        return self.model.papers[-1]


def permit(cards: Catalog, language: Language = Language.ARABIC) -> Receipt:
    service = cards["building-permit"]
    draft = Draft(service, {question.id: question.options[0].id for question in service.questions})
    documents = {each.id: Document(each.id, ("aa",)) for each in draft.requirements}
    opened = (Reference(26, 14, 385), "482913", URL)
    given_at = datetime(2026, 11, 23, 9, 41)  # noqa: DTZ001  as printed
    return write_receipt(OFFICE, Draft(service, draft.answers, documents=documents), language, "217", given_at, opened)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
@pytest.mark.parametrize("language", list(Language))
def test_a_rehearsed_paper_is_the_same_paper_for_a_tenth_of_the_bytes(
    cards: Catalog, tmp_path: Path, profile: PrinterProfile, language: Language
) -> None:
    counter = Counter(profile, tmp_path / "ledger.json", room=1 << 20)
    receipt = permit(cards, language)
    whole = counter.bytes_of(receipt)
    first = counter.paper
    counter.rehearse(cards)
    assert counter.bytes_of(receipt) < whole / 6
    assert counter.paper.tobytes() == first.tobytes()
    assert [code.text for code in zxingcpp.read_barcodes(counter.paper.convert("L"))] == [URL]


def test_a_permit_in_arabic_is_on_a_slow_line_within_a_second(cards: Catalog, tmp_path: Path) -> None:
    counter = Counter(PROFILES[0], tmp_path / "ledger.json", room=256 * 1024)
    counter.rehearse(cards)
    assert counter.bytes_of(permit(cards)) < 115_200 / 10


def test_nothing_of_a_person_is_kept_by_the_printer(cards: Catalog, tmp_path: Path) -> None:
    counter = Counter(PROFILES[0], tmp_path / "ledger.json", room=1 << 20)
    counter.rehearse(cards)
    kept = dict(counter.model.memory.pictures)
    counter.bytes_of(permit(cards))
    assert counter.model.memory.pictures == kept


def test_a_second_rehearsal_teaches_nothing_new(cards: Catalog, tmp_path: Path) -> None:
    counter = Counter(PROFILES[1], tmp_path / "ledger.json", room=1 << 20)
    counter.rehearse(cards)
    kept = dict(counter.model.memory.pictures)
    counter.rehearse(cards)
    assert counter.model.memory.pictures == kept


def test_a_printer_without_memory_or_without_paper_ends_the_rehearsal(cards: Catalog, tmp_path: Path) -> None:
    forgetful = SimulatedPrinter()
    papers = sum(1 for _ in iter(Rehearsal(cards, OFFICE, forgetful, draw_face).go_on, False))
    assert 0 < papers < 20
    counter = Counter(PROFILES[0], tmp_path / "ledger.json", room=1 << 20)
    counter.model.set_cover_open(True)
    counter.rehearse(cards)
    assert counter.model.memory.pictures == {}
