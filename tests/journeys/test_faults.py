"""What can fail in a hall, each on the real parts: what the paper says stays true, and nothing is told twice."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime

import pytest
import requests
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect
from PySide6.QtWidgets import QApplication

from civic.card import read_catalog
from civic.language import Language
from kiosk.devices.invented_page import invented_page
from kiosk.devices.printer_model import Roll
from kiosk.own_centre import OwnCentre
from kiosk.services.intake import Intake, Place, Prepared
from kiosk.services.receipt import Office
from kiosk.services.unfinished import Unfinished
from kiosk.settings import read_settings
from kiosk.store.database import open_store
from kiosk.ui.language import Translator
from kiosk.ui.theme import load_fonts
from kiosk.ui.ticket_face import draw_face
from sync.outbox import Outbox
from tests.journeys.hall import KIOSK, Kiosk, count, plain, wait_until
from tests.journeys.line import Line

NAME = "سلمى"
arabic = Translator(Language.ARABIC)


def complain(kiosk: Kiosk) -> None:
    """A complaint with a name and a photo, up to the last touch."""
    (kiosk.folder / "pile" / "photo.pnm").write_bytes(invented_page(75))
    kiosk.touch("complaint", "option-lighting", "go", "key-ل", "go")
    kiosk.touch(*(f"key-{letter}" for letter in NAME), "go", "scan", "next-paper", "go")


def unfinished(kiosk: Kiosk) -> Prepared:
    """The ticket that a kiosk without power has on its disk."""
    settings = read_settings(kiosk.folder / "kiosk.toml")
    office = Office(settings.town, settings.site, f"{KIOSK:03}", settings.phone)
    place = Place(office, KIOSK, settings.lane, settings.zone, settings.centre.tracking)
    store = open_store(kiosk.store)
    intake = Intake(store, Outbox(store.transaction, ""), place, lambda: datetime.now(UTC))
    [prepared] = Unfinished(store, intake, read_catalog(settings.catalog)).find()
    store.close()
    return prepared


def paper_of(prepared: Prepared, *, copy: bool) -> Image.Image:
    """The paper that tells that ticket, to the last dot."""
    raster = draw_face(prepared.receipt, 576, copy)
    return Image.frombytes("1", (raster.width_px, raster.height_px), raster.rows, "raw", "1;I")


def ends_with(paper: Image.Image, last: Image.Image) -> bool:
    """Whether `last` is what was printed at the end of `paper`, whatever hung at the cutter before."""
    box = (0, paper.height - last.height, paper.width, paper.height)
    return paper.crop(box).tobytes() == last.tobytes()


def page_behind(paper: Image.Image) -> str:
    """What the QR on the paper opens."""
    [code] = zxingcpp.read_barcodes(paper.convert("L"))
    page = requests.get(code.text, timeout=60)
    assert page.status_code == 200
    return plain(page.text)


def all_is_known(kiosk: Kiosk, centre: OwnCentre, held_by: str) -> None:
    """Wait until the kiosk has nothing left to tell; then the centre knows each thing, and each once."""

    def left(lane: str) -> int:
        return count(kiosk.store, f"{lane} WHERE state != 'accepted'")

    wait_until(lambda: left("outbox_events") + left("outbox_pages") == 0, "the outbox is empty")
    wait_until(lambda: not vault(kiosk), "the pages have left the kiosk")
    known = centre.data / "centre.sqlite"
    assert count(known, "tickets") == count(known, f"tickets WHERE state = 'held' AND held_by = '{held_by}'") == 1
    assert count(known, "dossiers") == count(known, "documents") == 1
    assert count(known, "inbox") == count(known, "inbox WHERE outcome = 'accepted'")
    assert count(known, "inbox") == count(kiosk.store, "outbox_events")
    assert len([page for page in (centre.data / "documents").rglob("*") if page.is_file()]) == 1


def vault(kiosk: Kiosk) -> list[str]:
    return [page.name for page in (kiosk.folder / "disk" / "vault").iterdir()]


def before_a_byte(kiosk: Kiosk) -> None:
    """The whole hall goes dark as soon as the ticket is on the disk: the printer first."""
    kiosk.printer.set_power(False)
    kiosk.begin("touch", "go")
    wait_until(lambda: count(kiosk.store, "tickets") == 1, "the ticket is on the disk")
    kiosk.cut_power()
    kiosk.end()
    kiosk.printer.set_power(True)
    assert kiosk.printer.hanging is None


def at_the_first_row(kiosk: Kiosk) -> None:
    kiosk.printer.after_rows(1, kiosk.cut_power)
    kiosk.begin("touch", "go")
    kiosk.end()
    assert kiosk.printer.hanging is not None


def in_the_middle(kiosk: Kiosk) -> None:
    kiosk.printer.after_rows(600, kiosk.cut_power)
    kiosk.begin("touch", "go")
    kiosk.end()
    assert kiosk.printer.hanging is not None


def before_the_printer_confirms(kiosk: Kiosk) -> None:
    """The paper is out, but the kiosk never hears so."""
    kiosk.when_paper_is_out = kiosk.cut_power
    kiosk.begin("touch", "go")
    kiosk.end()
    kiosk.when_paper_is_out = lambda: None
    [paper] = kiosk.printer.papers
    assert ends_with(paper, paper_of(unfinished(kiosk), copy=False))


@pytest.mark.parametrize("cut", [before_a_byte, at_the_first_row, in_the_middle, before_the_printer_confirms])
def test_after_a_power_cut_the_next_start_prints_a_copy_and_the_number_is_true(
    kiosk: Kiosk, centre: OwnCentre, cut: Callable[[Kiosk], None], qapp: QApplication
) -> None:
    load_fonts()
    complain(kiosk)
    cut(kiosk)
    prepared = unfinished(kiosk)
    deposit = prepared.receipt.deposit
    assert deposit is not None
    whole = len(kiosk.printer.papers)

    assert arabic("Papers that may not have come out") in kiosk.start()
    kiosk.touch(f"print-{prepared.receipt.number}")
    kiosk.do("wait", arabic("Welcome"))
    assert len(kiosk.printer.papers) == whole + 1
    copy = kiosk.printer.papers[-1]
    assert ends_with(copy, paper_of(prepared, copy=True))
    all_is_known(kiosk, centre, "paper")
    page = page_behind(copy)
    assert str(deposit.reference) in page
    assert prepared.receipt.number in page

    kiosk.cut_power()
    kiosk.end()
    assert arabic("Welcome") in kiosk.start()


def test_when_every_answer_is_lost_once_nothing_is_told_twice(kiosk: Kiosk, line: Line, centre: OwnCentre) -> None:
    line.losing = True
    complain(kiosk)
    kiosk.touch("go")
    kiosk.do("wait", arabic("Take your paper: it is your proof."))
    all_is_known(kiosk, centre, "paper")
    events, page = (each for each in line.lost if each.split("/")[2] in ("events", "uploads"))
    assert events == "POST /exchange/events"
    assert page == "POST /exchange/uploads"


def test_while_the_centre_is_down_a_visit_is_whole_and_the_centre_hears_of_it_later(
    kiosk: Kiosk, line: Line, centre: OwnCentre
) -> None:
    centre.close()
    complain(kiosk)
    kiosk.touch("go")
    shown = kiosk.do("wait", arabic("Take your paper: it is your proof."))
    [paper] = kiosk.printer.papers
    assert count(centre.data / "centre.sqlite", "dossiers") == 0
    with OwnCentre(centre.data) as again:
        line.centre = again.url
        all_is_known(kiosk, again, "paper")
        page = page_behind(paper)
    assert any(reference in page for reference in shown.split() if reference.startswith("26-014-"))


def test_when_the_paper_ends_in_a_receipt_the_noted_number_is_called(
    kiosk: Kiosk, centre: OwnCentre, open_window: Callable[..., Page]
) -> None:
    kiosk.printer.run_out_after(300)
    complain(kiosk)
    kiosk.touch("go")
    shown = kiosk.do("wait", arabic("The printer has no paper."))
    assert "201" in shown.split()
    known = centre.data / "centre.sqlite"
    wait_until(lambda: count(known, "dossiers") == 1, "the centre has the dossier")
    assert count(known, "tickets") == 0
    kiosk.touch("go")
    kiosk.do("wait", arabic("Keep what you noted: it opens your file."))
    all_is_known(kiosk, centre, "screen")
    kiosk.printer.set_roll(Roll.FULL)
    assert kiosk.printer.papers == []

    desk = open_window(f"{centre.url}/desk")
    desk.fill("[name=name]", "amel")
    desk.fill("[name=password]", centre.add_agent("amel", 3))
    desk.click("#sign-in")
    desk.click("#next")
    expect(desk.locator("#called")).to_have_text("201")


def test_a_mistake_of_ours_in_the_middle_of_a_visit_leaves_nothing_of_the_person_and_the_next_is_served(
    kiosk: Kiosk, centre: OwnCentre
) -> None:
    kiosk.may_complain = True
    complain(kiosk)
    assert NAME in kiosk.do("remember")
    assert len(vault(kiosk)) == 1
    kiosk.do("stumble")
    kiosk.do("wait", arabic("Sorry, something went wrong"))
    assert NAME not in kiosk.do("remember")
    wait_until(lambda: not vault(kiosk), "the page is gone")
    assert "a mistake of the programmer" in kiosk.log.read_text()
    assert NAME not in kiosk.log.read_text()
    kiosk.touch("go", "request", "group-papers", "service-signature-legalisation", "go")
    kiosk.do("wait", arabic("Wait for your number"))
    assert len(kiosk.printer.papers) == 1
    wait_until(lambda: count(centre.data / "centre.sqlite", "tickets") == 1, "the centre has the next person's ticket")
    assert count(centre.data / "centre.sqlite", "dossiers") == 0


def test_a_store_somebody_meddled_with_promises_nothing_and_the_log_opens_no_file(kiosk: Kiosk) -> None:
    kiosk.may_complain = True
    complain(kiosk)
    with closing(sqlite3.connect(kiosk.store)) as store:
        store.execute("CREATE TRIGGER no BEFORE INSERT ON tickets BEGIN SELECT RAISE(ABORT, 'no tickets today'); END")
    kiosk.touch("go")
    kiosk.do("wait", arabic("Sorry, something went wrong"))
    assert NAME not in kiosk.do("remember")
    assert count(kiosk.store, "dossiers") == count(kiosk.store, "outbox_events WHERE body LIKE '%complaint%'") == 0
    log = kiosk.log.read_text()
    assert "no tickets today" in log
    assert NAME not in log
    assert "token" not in log
    kiosk.touch("go")
    kiosk.do("wait", arabic("Welcome"))
    assert kiosk.printer.papers == []


def test_scans_that_cannot_be_wiped_stop_the_visits_but_not_the_kiosk(kiosk: Kiosk) -> None:
    kiosk.may_complain = True
    complain(kiosk)
    with closing(sqlite3.connect(kiosk.store)) as store:
        store.execute("ALTER TABLE outbox_pages RENAME TO mislaid")
    kiosk.touch("restart")
    for _ in range(3):
        kiosk.do("wait", arabic("Sorry, something went wrong"))
        kiosk.touch("go")
    kiosk.do("wait", arabic("Sorry, something went wrong"))
    assert NAME not in kiosk.do("remember")
    assert kiosk.log.read_text().count("work for the screen failed") <= 2 * 4
    with closing(sqlite3.connect(kiosk.store)) as store:
        store.execute("ALTER TABLE mislaid RENAME TO outbox_pages")
    kiosk.touch("go")
    wait_until(lambda: not vault(kiosk), "the page is gone")
    kiosk.do("wait", arabic("Welcome"))
