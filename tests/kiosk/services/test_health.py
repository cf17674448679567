"""What a kiosk finds out about itself: each case that matters before the doors open."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from civic.kiosk_part import Part
from kiosk.devices.base import MicrophoneState
from kiosk.devices.paper_roll import PaperRoll
from kiosk.devices.simulated import SimulatedMicrophone, SimulatedPrinter, SimulatedReader, SimulatedScanner
from kiosk.services.health import Condition, Finding, Health
from kiosk.services.strip import new_strip
from kiosk.store.beginning import Beginning, begin
from kiosk.store.card_file import CardFile
from kiosk.store.database import Store
from sync.messages import Answer, Outcome, TicketVoided, Verdict
from sync.outbox import Outbox
from tests.kiosk.conftest import MONDAY


def health(folder: Path, greet: Callable[[], datetime] = lambda: MONDAY, now: datetime = MONDAY) -> Health:
    roll = PaperRoll(folder / "roll.json", 80)
    return Health(
        SimulatedPrinter(),
        roll,
        SimulatedScanner(),
        SimulatedReader(),
        SimulatedMicrophone(),
        folder,
        greet,
        lambda: now,
    )


@pytest.mark.parametrize(("apart", "wrong"), [(30, None), (-30, None), (7 * 60, 7), (-7 * 60, 7)])
def test_a_clock_that_goes_wrong_is_seen_against_the_centres(tmp_path: Path, apart: int, wrong: int | None) -> None:
    _, clock = health(tmp_path, lambda: MONDAY + timedelta(seconds=apart)).of_centre()
    assert clock.verdict is (Verdict.GOOD if wrong is None else Verdict.BAD)
    assert clock.amount == (wrong or 0)


def test_a_roll_that_ends_soon_is_said_before_it_is_empty(tmp_path: Path) -> None:
    kiosk = health(tmp_path)
    kiosk.roll.spend(79_000)
    _, paper = kiosk.of_printer()
    assert (paper.condition, paper.verdict) == (Condition.ENDS_SOON, Verdict.NOTE)
    assert paper.amount < 30


def test_a_reader_is_looked_at_like_everything_else(tmp_path: Path) -> None:
    kiosk = health(tmp_path)
    assert isinstance(kiosk.reader, SimulatedReader)
    assert [each.verdict for each in kiosk.of_reader()] == [Verdict.GOOD]
    kiosk.reader.pull()
    assert [each.verdict for each in kiosk.of_reader()] == [Verdict.BAD]


def test_facts_that_wait_a_day_or_are_refused_are_told(tmp_path: Path, store: Store, outbox: Outbox) -> None:
    with store.transaction() as connection:
        outbox.put(connection, TicketVoided("t1", "201", MONDAY.date()), MONDAY)
    assert health(tmp_path).of_outbox(outbox) == (Finding(Part.OUTBOX, Condition.FINE, amount=1),)
    late = health(tmp_path, now=MONDAY + timedelta(hours=30))
    assert late.of_outbox(outbox) == (Finding(Part.OUTBOX, Condition.WAITS_LONG, amount=30),)
    [event] = outbox.waiting_events(9)
    outbox.settle([Answer(event.id, Outcome.REFUSED, "no such number")])
    assert late.of_outbox(outbox) == (Finding(Part.OUTBOX, Condition.REFUSED, amount=1),)


def test_a_microphone_is_well_when_it_hears_the_room(tmp_path: Path) -> None:
    kiosk = health(tmp_path)
    assert isinstance(kiosk.microphone, SimulatedMicrophone)
    assert kiosk.of_microphone() == (Finding(Part.MICROPHONE, MicrophoneState.READY),)
    kiosk.microphone.mute()
    [mute] = kiosk.of_microphone()
    assert (mute.condition, mute.verdict) == (MicrophoneState.MUTE, Verdict.BAD)
    assert replace(kiosk, microphone=None).of_microphone() == ()


def test_a_store_that_was_saved_is_told_until_the_damaged_file_is_removed(tmp_path: Path, store: Store) -> None:
    kiosk = health(tmp_path)
    assert kiosk.of_store(store) == ()
    with store.transaction() as connection:
        begin(connection, Beginning("damaged-2026-11-23.sqlite", saved=12, lost=3, missing="41–42, 77"))
    assert kiosk.of_store(store) == ()
    (tmp_path / "damaged-2026-11-23.sqlite").touch()
    saved, lost = kiosk.of_store(store)
    assert (saved.condition, saved.verdict, saved.amount) == (Condition.SAVED, Verdict.NOTE, 12)
    assert (lost.condition, lost.verdict, lost.where) == (Condition.FACTS_LOST, Verdict.BAD, "41–42, 77")


def test_cards_of_the_town_that_were_kept_out_are_told(tmp_path: Path) -> None:
    assert health(tmp_path).of_cards() == ()
    CardFile(tmp_path).refuse(7)
    [finding] = health(tmp_path).of_cards()
    assert (finding.part, finding.verdict) == (Part.PROGRAM, Verdict.BAD)


def test_a_word_on_a_strip_is_never_the_one_of_another_strip() -> None:
    now = datetime(2026, 11, 24, 7, tzinfo=UTC)
    one, other = new_strip("014", now), new_strip("014", now)
    assert one.is_among(("HTTPS://KEF.EXAMPLE", one.code))
    assert not one.is_among((other.code, one.code.lower()))
