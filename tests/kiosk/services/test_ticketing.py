"""Print, or do not promise."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from civic.catalog import Catalog
from civic.dossier import Draft
from civic.language import Language
from civic.reference import Reference
from civic.ticket import HeldBy
from civic.tracking import TrackingKey, hash_token
from kiosk.devices.base import PrinterFault, PrinterState, Raster
from kiosk.services.intake import Intake, Place, Prepared
from kiosk.services.receipt import Receipt
from kiosk.services.ticketing import Ticketing
from kiosk.services.unfinished import Unfinished
from kiosk.store.database import Store, open_store
from sync.messages import DossierDeposited, Fact, TicketHeld, TicketVoided
from sync.outbox import Outbox

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


class Paper:
    """A printer that keeps what was drawn, until its paper is taken away."""

    width_px = 8

    def __init__(self) -> None:
        self.now = PrinterState.READY
        self.printed: list[Raster] = []

    def state(self) -> PrinterState:
        return self.now

    def print(self, image: Raster) -> None:
        if not self.now.can_print:
            raise PrinterFault(self.now)
        self.printed.append(image)

    def learn(self, _picture: Raster) -> bool:
        return False

    def close(self) -> None: ...


def draw(receipt: Receipt, width_px: int, copy: bool) -> Raster:
    return Raster(width_px, 1, bytes([len(receipt.number) + 100 * copy]))


@pytest.fixture
def paper() -> Paper:
    return Paper()


@pytest.fixture
def ticketing(store: Store, outbox: Outbox, paper: Paper) -> Ticketing:
    return Ticketing(store, outbox, paper, draw, lambda: NOON)


def issue(ticketing: Ticketing, prepared: Prepared) -> None:
    ticketing.issue(prepared.ticket_id, ticketing.draw(prepared.receipt, copy=False))


def facts(outbox: Outbox) -> list[Fact]:
    return [event.fact for event in outbox.waiting_events(99)]


def test_a_confirmed_permit_is_a_fact_before_its_paper_is_out(
    intake: Intake, outbox: Outbox, draft: Draft, key: TrackingKey
) -> None:
    prepared = intake.deposit(draft, Language.ARABIC, key)
    [fact] = facts(outbox)
    assert isinstance(fact, DossierDeposited)
    assert prepared.receipt.deposit is not None
    assert fact.reference == prepared.receipt.deposit.reference
    assert fact.token_hash == hash_token(key.token)
    assert key.token not in str(fact.to_json())
    assert key.pin not in str(fact.to_json())
    assert outbox.unsettled_pages() == set(draft.documents["deed"].pages)


def test_the_receipt_says_what_was_promised(intake: Intake, draft: Draft, key: TrackingKey) -> None:
    receipt = intake.deposit(draft, Language.ARABIC, key).receipt
    assert receipt.deposit is not None
    assert receipt.number == "201"
    assert str(receipt.deposit.reference) == f"26-014-00001-{receipt.deposit.reference.check:02}"
    assert receipt.deposit.tracking_url == f"HTTPS://KEF.EXAMPLE/T/{key.token}"
    assert receipt.deposit.promised.due_on == date(2027, 1, 7)
    assert [(paper.name.en, paper.pages) for paper in receipt.deposit.received] == [("Deed", 1)]
    assert receipt.given_at.hour == 9


def test_an_incomplete_dossier_is_promised_no_date(intake: Intake, draft: Draft, key: TrackingKey) -> None:
    receipt = intake.deposit(replace(draft, documents={}), Language.FRENCH, key).receipt
    assert receipt.deposit is not None
    assert receipt.deposit.promised.due_on is None
    assert [(paper.name.en, paper.copies) for paper in receipt.deposit.missing] == [("Deed", 2)]


def test_an_immediate_service_has_a_ticket_and_no_dossier(
    intake: Intake, catalog: Catalog, outbox: Outbox, key: TrackingKey
) -> None:
    receipt = intake.deposit(Draft(catalog["signature"]), Language.ARABIC, key).receipt
    assert receipt.deposit is None
    assert [paper.name.en for paper in receipt.bring] == ["Identity card"]
    assert receipt.fee is not None
    assert facts(outbox) == []


def test_the_number_waits_once_the_paper_is_out(
    intake: Intake, ticketing: Ticketing, outbox: Outbox, paper: Paper, draft: Draft, key: TrackingKey
) -> None:
    issue(ticketing, intake.deposit(draft, Language.ARABIC, key))
    held = facts(outbox)[1]
    assert isinstance(held, TicketHeld)
    assert (held.number, held.by, held.held_at) == ("201", HeldBy.PAPER, NOON)
    assert paper.printed == [Raster(8, 1, bytes([3]))]


def test_no_paper_no_promise_until_the_citizen_has_noted_it(
    intake: Intake, ticketing: Ticketing, outbox: Outbox, paper: Paper, draft: Draft, key: TrackingKey
) -> None:
    prepared = intake.deposit(draft, Language.ARABIC, key)
    paper.now = PrinterState.PAPER_OUT
    with pytest.raises(PrinterFault):
        issue(ticketing, prepared)
    assert len(facts(outbox)) == 1
    assert ticketing.printer_state() is PrinterState.PAPER_OUT
    ticketing.hold(prepared.ticket_id, HeldBy.SCREEN)
    ticketing.hold(prepared.ticket_id, HeldBy.SCREEN)
    [_, held] = facts(outbox)
    assert isinstance(held, TicketHeld)
    assert held.by is HeldBy.SCREEN


def test_another_paper_says_it_is_a_copy(
    intake: Intake, ticketing: Ticketing, paper: Paper, draft: Draft, key: TrackingKey
) -> None:
    prepared = intake.deposit(draft, Language.ARABIC, key)
    issue(ticketing, prepared)
    ticketing.copy(prepared.receipt)
    assert paper.printed[1].rows == bytes([103])


def test_a_cut_between_commit_and_print_leaves_the_very_same_paper_to_print(
    intake: Intake, outbox: Outbox, place: Place, catalog: Catalog, draft: Draft, key: TrackingKey, tmp_path: Path
) -> None:
    before = intake.deposit(draft, Language.ARABIC, key)
    after_restart = open_store(tmp_path / "kiosk.sqlite")
    again = Intake(after_restart, outbox, place, lambda: NOON)
    unfinished = Unfinished(after_restart, again, catalog)
    assert unfinished.find() == (before,)
    ticketing = Ticketing(after_restart, outbox, Paper(), draw, lambda: NOON)
    ticketing.issue(before.ticket_id, ticketing.draw(before.receipt, copy=True))
    assert unfinished.find() == ()


def test_an_immediate_ticket_is_found_again_too(
    store: Store, intake: Intake, catalog: Catalog, key: TrackingKey
) -> None:
    before = intake.deposit(Draft(catalog["signature"]), Language.ARABIC, key)
    assert Unfinished(store, intake, catalog).find() == (before,)


def test_a_number_nobody_took_is_void_and_never_given_again(
    intake: Intake, ticketing: Ticketing, outbox: Outbox, catalog: Catalog, key: TrackingKey
) -> None:
    first = intake.deposit(Draft(catalog["signature"]), Language.ARABIC, key)
    ticketing.void(first.ticket_id)
    ticketing.void(first.ticket_id)
    ticketing.hold(first.ticket_id, HeldBy.SCREEN)
    [fact] = facts(outbox)
    assert isinstance(fact, TicketVoided)
    assert intake.deposit(Draft(catalog["signature"]), Language.ARABIC, key).receipt.number == "202"


def test_numbers_start_again_each_day_and_references_each_year(
    store: Store, outbox: Outbox, place: Place, draft: Draft, key: TrackingKey
) -> None:
    moments = [NOON, NOON + timedelta(days=1), NOON + timedelta(days=60), NOON]
    receipts = [
        Intake(store, outbox, place, iter([moment]).__next__).deposit(draft, Language.ARABIC, key).receipt
        for moment in moments
    ]
    numbers = [(receipt.number, str(receipt.deposit.reference)[:12]) for receipt in receipts if receipt.deposit]
    assert numbers == [
        ("201", "26-014-00001"),
        ("201", "26-014-00002"),
        ("201", "27-014-00001"),
        ("202", "26-014-00003"),
    ]


def test_what_was_sealed_for_printing_is_erased_once_held(
    intake: Intake, ticketing: Ticketing, draft: Draft, key: TrackingKey, tmp_path: Path, store: Store
) -> None:
    issue(ticketing, intake.deposit(draft, Language.ARABIC, key))
    with store.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT sealed FROM tickets").scalar_one() is None


def test_papers_for_a_file_of_another_kiosk_are_kept_and_its_number_is_held(
    intake: Intake, ticketing: Ticketing, outbox: Outbox, draft: Draft
) -> None:
    elsewhere = Reference(26, 7, 9000)
    prepared = intake.add(replace(draft, joins=elsewhere, owed=("deed",)), Language.ARABIC)
    ticketing.hold(prepared.ticket_id, HeldBy.PAPER)
    assert [getattr(event.fact, "reference", None) for event in outbox.waiting_events(9)] == [elsewhere] * 2
