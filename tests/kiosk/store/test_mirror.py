"""What the kiosk keeps of what the centre said: whole with its cursor or not at all, and nothing a thief could read."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from civic.deadline import DeadlineKind
from civic.language import Wording
from civic.reference import Reference
from civic.tracking import TrackingKey
from kiosk.store.database import Store, StoreFault, open_store
from kiosk.store.dossiers import Kept, add, find
from kiosk.store.mirror import Mirror
from kiosk.store.tries import MOST, PAUSE, forget, may_try
from sync.messages import CalledNumber, Changes, FileRecord, HallLine, LockedFile, TownNotice, lock, mark

AT = datetime(2026, 11, 23, 8, 41, tzinfo=UTC)
TODAY = date(2026, 11, 23)
LINE = HallLine(TODAY, 4, (CalledNumber("217", 3),))
RECORD = FileRecord("permit", 45, DeadlineKind.LEGAL, (("filed", AT),), ())
REFERENCE = Reference(26, 14, 385)


class Clock:
    now = AT


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def mirror(store: Store, clock: Clock) -> Mirror:
    return Mirror(store.transaction, lambda: clock.now)


def a_file(key: TrackingKey, reference: Reference = REFERENCE, forget_after: date | None = None) -> LockedFile:
    return LockedFile(
        reference=reference,
        mark=mark(key.token_hash + str(reference)),
        by_token=lock(RECORD, reference, key.token_hash),
        pin_salt=key.pin_salt,
        by_pin=lock(RECORD, reference, key.pin_hash),
        forget_after=forget_after,
    )


def told(cursor: str, *files: LockedFile, reset: bool = False, more: bool = False, at: datetime = AT) -> Changes:
    return Changes(cursor, reset, more, at, files, (), LINE)


def test_what_was_heard_is_found_by_its_number_and_its_mark(mirror: Mirror, key: TrackingKey) -> None:
    file = a_file(key)
    mirror.apply(told("one", file, reset=True), "")
    for found in (mirror.by_reference(REFERENCE), mirror.by_mark(file.mark)):
        assert found is not None
        assert (found.file, found.known_at) == (file, AT)
    assert mirror.by_reference(Reference(26, 14, 1)) is None
    assert mirror.cursor() == "one"


def test_a_change_that_comes_twice_or_too_late_changes_nothing(mirror: Mirror, key: TrackingKey) -> None:
    old, new = a_file(key), a_file(key, forget_after=TODAY)
    mirror.apply(told("one", old, reset=True), "")
    mirror.apply(told("two", new), "one")
    mirror.apply(told("two", new), "one")
    mirror.apply(told("one", old, reset=True), "")
    found = mirror.by_reference(REFERENCE)
    assert found is not None
    assert found.file == new
    assert mirror.cursor() == "two"


def test_until_everything_was_heard_nothing_is_told(mirror: Mirror, key: TrackingKey) -> None:
    mirror.apply(told("one", a_file(key), reset=True, more=True), "")
    assert mirror.by_reference(REFERENCE) is None
    mirror.apply(told("two", a_file(key, Reference(26, 14, 386))), "one")
    assert mirror.by_reference(REFERENCE) is not None


def test_after_a_week_the_pages_come_one_by_one_and_what_was_known_stays_as_old_as_it_is(
    mirror: Mirror, key: TrackingKey
) -> None:
    mirror.apply(told("one", a_file(key), reset=True), "")
    later = AT + timedelta(days=7)
    mirror.apply(told("two", a_file(key, Reference(26, 14, 386)), more=True, at=later), "one")
    found = mirror.by_reference(REFERENCE)
    assert found is not None
    assert found.known_at == AT
    mirror.apply(told("three", at=later), "two")
    found = mirror.by_reference(REFERENCE)
    assert found is not None
    assert found.known_at == later


def test_another_past_takes_the_place_of_the_one_before(mirror: Mirror, key: TrackingKey) -> None:
    other = Reference(26, 14, 386)
    mirror.apply(told("one", a_file(key), reset=True), "")
    mirror.apply(told("two", a_file(key, other), reset=True), "one")
    assert mirror.by_reference(REFERENCE) is None
    assert mirror.by_reference(other) is not None


def test_what_is_gone_or_over_for_long_is_forgotten(mirror: Mirror, key: TrackingKey) -> None:
    ended = a_file(key, Reference(26, 14, 386), TODAY)
    mirror.apply(told("one", a_file(key), ended, reset=True), "")
    mirror.apply(replace(told("two"), gone=(REFERENCE,)), "one")
    assert mirror.by_reference(REFERENCE) is None
    assert mirror.by_reference(ended.reference) is not None
    mirror.apply(told("three", at=AT + timedelta(days=1)), "two")
    assert mirror.by_reference(ended.reference) is None


def test_a_kiosk_that_is_known_no_more_keeps_nothing(mirror: Mirror, key: TrackingKey, tmp_path: Path) -> None:
    file = a_file(key)
    mirror.apply(told("one", file, reset=True), "")
    mirror.forget()
    assert mirror.cursor() == ""
    assert mirror.by_reference(REFERENCE) is None
    assert mirror.line(TODAY) is None


def test_a_power_cut_in_the_middle_leaves_the_cursor_where_its_files_are(
    store: Store, clock: Clock, key: TrackingKey
) -> None:
    mirror = Mirror(store.transaction, lambda: clock.now)
    mirror.apply(told("one", reset=True), "")
    for statement in range(8):
        steps = iter(range(statement))

        @contextmanager
        def cut(steps: Iterator[int] = steps) -> Iterator[Connection]:
            with store.transaction() as connection:
                original = connection.execute

                def execute(*said: object, **how: object) -> object:
                    if next(steps, None) is None:
                        raise KeyboardInterrupt
                    return original(*said, **how)  # type: ignore[call-overload]

                connection.execute = execute  # type: ignore[method-assign, assignment]
                yield connection

        try:
            Mirror(cut, lambda: clock.now).apply(told("two", a_file(key)), "one")
        except KeyboardInterrupt:
            assert mirror.cursor() == "one"
            assert mirror.by_reference(REFERENCE) is None
        else:
            assert mirror.cursor() == "two"
            assert mirror.by_reference(REFERENCE) is not None
            return
    pytest.fail("the last of the statements was never reached")


def test_how_many_wait_is_told_while_the_centre_is_heard_and_of_today_alone(mirror: Mirror, clock: Clock) -> None:
    assert mirror.line(TODAY) is None
    mirror.apply(told("one", reset=True), "")
    assert mirror.line(TODAY) == LINE
    assert mirror.line(TODAY + timedelta(days=1)) is None
    clock.now = AT + timedelta(seconds=61)
    assert mirror.line(TODAY) is None
    clock.now = AT - timedelta(seconds=1)
    assert mirror.line(TODAY) is None, "a clock that was set back says nothing of how old it is"


def test_a_notice_is_told_until_its_day_also_without_the_centre(mirror: Mirror, clock: Clock) -> None:
    today, tomorrow = (TownNotice(Wording("أ", "b", "c"), TODAY + timedelta(days=days)) for days in (0, 1))
    mirror.apply(replace(told("one", reset=True), notices=(today, tomorrow)), "")
    clock.now = AT + timedelta(days=1)
    assert mirror.notices(TODAY) == (today, tomorrow)
    assert mirror.notices(TODAY + timedelta(days=1)) == (tomorrow,)
    mirror.apply(told("two"), "one")
    assert mirror.notices(TODAY) == ()


def test_who_takes_the_disk_reads_no_stage_no_service_and_no_paper(
    store: Store, mirror: Mirror, key: TrackingKey, tmp_path: Path
) -> None:
    mirror.apply(told("one", a_file(key), reset=True), "")
    with store.transaction() as connection:
        add(connection, Kept(REFERENCE, "complaint", AT, complete=True), mark(key.token_hash))
    store.close()
    disk = b"".join(each.read_bytes() for each in tmp_path.iterdir() if each.is_file())
    assert str(REFERENCE).encode() in disk
    for word in ("permit", "filed", "legal", key.token_hash, key.pin_hash, key.token, key.pin):
        assert word.encode() not in disk


def test_five_wrong_pins_close_a_number_for_a_quarter_of_an_hour_also_over_a_power_cut(tmp_path: Path) -> None:
    path, other = tmp_path / "kiosk.sqlite", Reference(26, 14, 386)
    for _ in range(MOST):
        store = open_store(path)
        with store.transaction() as connection:
            assert may_try(connection, REFERENCE, AT)
        store.close()
    store = open_store(path)
    with store.transaction() as connection:
        assert not may_try(connection, REFERENCE, AT + PAUSE)
        assert may_try(connection, other, AT)
        assert may_try(connection, REFERENCE, AT + PAUSE + timedelta(seconds=1))
        forget(connection, REFERENCE)
        for _ in range(MOST):
            assert may_try(connection, REFERENCE, AT)
    store.close()


def test_a_receipt_of_before_is_still_known_and_unlocks_nothing(store: Store, key: TrackingKey, tmp_path: Path) -> None:
    kept = Kept(REFERENCE, "permit", AT, complete=True)
    with store.transaction() as connection:
        add(connection, kept, key.token_hash)
        connection.exec_driver_sql("ALTER TABLE receipts RENAME COLUMN mark TO token_hash")
        connection.exec_driver_sql("PRAGMA user_version = 2")
    store.close()
    again = open_store(tmp_path / "kiosk.sqlite")
    with again.transaction() as connection:
        assert find(connection, mark(key.token_hash)) == kept
        assert find(connection, key.token_hash) is None


def test_a_disk_that_is_full_keeps_what_was_known(store: Store, mirror: Mirror, key: TrackingKey) -> None:
    mirror.apply(told("one", reset=True), "")
    with store.transaction() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    many = [a_file(key, Reference(26, 14, number)) for number in range(1, 200)]
    with pytest.raises(StoreFault):
        mirror.apply(told("two", *many), "one")
    assert mirror.cursor() == "one"
