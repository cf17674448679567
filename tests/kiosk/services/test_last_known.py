"""What the kiosk tells while its centre is down: what it heard last, as old as that is, to who holds the receipt."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from civic.catalog import Catalog
from civic.course import Holder, Standing
from civic.deadline import DeadlineKind
from civic.reference import Reference
from civic.tracking import TrackingKey
from civic.workflow import Party
from kiosk.services.intake import Place
from kiosk.services.last_known import LastKnown, Memory
from kiosk.store.database import Store
from kiosk.store.mirror import Mirror
from kiosk.store.tries import MOST
from sync.messages import ByPin, ByToken, Changes, FileRecord, HallLine, Inquiry, LockedFile, Unopened, lock, mark
from tests.kiosk.conftest import MONDAY

REFERENCE = Reference(26, 14, 385)
RECORD = FileRecord(
    service_id="permit",
    days=45,
    kind=DeadlineKind.LEGAL,
    steps=(("filed", MONDAY - timedelta(days=50)), ("review", MONDAY - timedelta(days=40))),
    owed=(),
)


def told_of(key: TrackingKey, record: FileRecord = RECORD, at: datetime = MONDAY) -> Changes:
    """What the centre said of that file, and of no other."""
    file = LockedFile(
        reference=REFERENCE,
        mark=mark(key.token_hash),
        by_token=lock(record, REFERENCE, key.token_hash),
        pin_salt=key.pin_salt,
        by_pin=lock(record, REFERENCE, key.pin_hash),
        forget_after=None,
    )
    return Changes("one", True, False, at, (file,), (), HallLine(at.date(), 0, ()))


class Remembering:
    """A kiosk that heard the centre once, and is asked at another time."""

    def __init__(self, store: Store, catalog: Catalog, place: Place) -> None:
        self.now = MONDAY
        self.mirror = Mirror(store.transaction, lambda: self.now)
        self._memory = Memory(store, self.mirror, catalog, place, lambda: self.now)

    def ask(self, inquiry: Inquiry) -> LastKnown | Unopened | None:
        return self._memory.recall(inquiry)

    def told(self, inquiry: Inquiry) -> LastKnown:
        found = self.ask(inquiry)
        assert isinstance(found, LastKnown)
        return found


@pytest.fixture
def kiosk(store: Store, catalog: Catalog, place: Place) -> Remembering:
    return Remembering(store, catalog, place)


def test_the_square_and_the_two_numbers_open_what_was_heard_last(kiosk: Remembering, key: TrackingKey) -> None:
    kiosk.mirror.apply(told_of(key), "")
    told = kiosk.told(ByToken(key.token.lower()))
    assert told == kiosk.told(ByPin(REFERENCE, key.pin))
    file = told.whereabouts
    assert (file.reference, file.service.en, file.standing, file.turn) == (
        REFERENCE,
        "Permit",
        Standing.OPEN,
        Party.DEPARTMENT,
    )
    assert [step.name.en for step in file.history] == ["Filed", "Review"]
    assert (file.pledge.due_on, file.pledge.late_days) == (date(2026, 11, 18), 5)
    assert file.shares == {Holder.TOWN: 50}
    assert (file.visit, file.coming) == (None, ())


def test_it_says_how_old_it_is_and_reckons_no_day_it_knows_nothing_of(kiosk: Remembering, key: TrackingKey) -> None:
    kiosk.mirror.apply(told_of(key), "")
    before = kiosk.told(ByToken(key.token))
    assert (before.days_ago, f"{before.known_at:%H:%M}") == (0, "09:41")
    kiosk.now = MONDAY + timedelta(days=3)
    later = kiosk.told(ByToken(key.token))
    assert later.days_ago == 3
    assert later.whereabouts == before.whereabouts


def test_a_paper_owed_is_told_in_the_words_of_this_kiosks_card(kiosk: Remembering, key: TrackingKey) -> None:
    steps = (("filed", MONDAY), ("incomplete", MONDAY))
    owed = (("deed", False), ("survey", True), ("a-newer-paper", False))
    kiosk.mirror.apply(told_of(key, replace(RECORD, steps=steps, owed=owed)), "")
    file = kiosk.told(ByToken(key.token)).whereabouts
    assert file.turn is Party.CITIZEN
    assert [(each.name.en, each.reason, each.excused) for each in file.owed] == [
        ("Deed", "", False),
        ("Survey", "", True),
        ("a-newer-paper", "", False),
    ]
    assert file.pledge.paused


@pytest.mark.parametrize(
    "record",
    [
        replace(RECORD, service_id="a-newer-service"),
        replace(RECORD, service_id="signature"),
        replace(RECORD, steps=(("a-newer-stage", MONDAY),)),
        replace(RECORD, kind=DeadlineKind.GOAL),
    ],
    ids=["service", "immediate service", "stage", "kind"],
)
def test_what_this_kiosks_cards_do_not_know_is_for_the_centre_to_tell(
    kiosk: Remembering, key: TrackingKey, record: FileRecord
) -> None:
    kiosk.mirror.apply(told_of(key, record), "")
    assert kiosk.ask(ByToken(key.token)) is None


def test_a_delay_promised_by_earlier_cards_is_told_as_it_was_promised(kiosk: Remembering, key: TrackingKey) -> None:
    kiosk.mirror.apply(told_of(key, replace(RECORD, days=RECORD.days + 7)), "")
    pledge = kiosk.told(ByToken(key.token)).whereabouts.pledge
    assert (pledge.days, pledge.kind) == (RECORD.days + 7, RECORD.kind)


def test_the_number_alone_opens_nothing_and_is_not_tried_for_long(kiosk: Remembering, key: TrackingKey) -> None:
    kiosk.mirror.apply(told_of(key), "")
    wrong, unknown = "000000" if key.pin != "000000" else "000001", Reference(26, 14, 4)
    for _ in range(MOST):
        assert kiosk.ask(ByPin(REFERENCE, wrong)) is kiosk.ask(ByPin(unknown, wrong)) is None
    assert kiosk.ask(ByPin(REFERENCE, key.pin)) is kiosk.ask(ByPin(unknown, wrong)) is Unopened.TOO_OFTEN
    assert kiosk.told(ByToken(key.token)).whereabouts.reference == REFERENCE
    kiosk.now = MONDAY + timedelta(minutes=16)
    for _ in range(2 * MOST):
        assert kiosk.told(ByPin(REFERENCE, key.pin)).whereabouts.reference == REFERENCE


def test_a_square_of_no_file_opens_none(kiosk: Remembering, key: TrackingKey) -> None:
    kiosk.mirror.apply(told_of(key), "")
    assert kiosk.ask(ByToken("A" * 26)) is None


def test_a_mark_that_was_changed_on_the_disk_opens_nothing(kiosk: Remembering, store: Store, key: TrackingKey) -> None:
    kiosk.mirror.apply(told_of(key), "")
    with store.transaction() as connection:
        connection.exec_driver_sql("UPDATE mirror_files SET reference = ?", (str(Reference(26, 14, 386)),))
    assert kiosk.ask(ByToken(key.token)) is None


def test_what_another_version_of_the_centre_said_is_for_it_to_tell(kiosk: Remembering, key: TrackingKey) -> None:
    kiosk.mirror.apply(told_of(key, replace(RECORD, steps=())), "")
    assert kiosk.ask(ByToken(key.token)) is None


def test_a_disk_that_fails_too_tells_nothing(
    kiosk: Remembering, store: Store, key: TrackingKey, tmp_path: Path
) -> None:
    store.close()
    (tmp_path / "kiosk.sqlite").write_bytes(b"this was a letter once " * 500)
    assert kiosk.ask(ByToken(key.token)) is None
    assert kiosk.ask(ByPin(REFERENCE, key.pin)) is None


def test_in_winter_and_summer_the_hour_is_the_towns(kiosk: Remembering, key: TrackingKey) -> None:
    kiosk.mirror.apply(told_of(key, at=datetime(2026, 7, 1, 23, 30, tzinfo=UTC)), "")
    kiosk.now = datetime(2026, 7, 2, 8, 0, tzinfo=UTC)
    told = kiosk.told(ByToken(key.token))
    assert (told.days_ago, f"{told.known_at:%d %H:%M}") == (0, "02 00:30")
