"""An event in an outbox proves itself, and an outbox that is not as it was written says so."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection, create_engine, text

from sync.kept import WAITING, Kept
from sync.messages import Answer, Outcome, TicketVoided
from sync.outbox import Outbox, WaitingPage, adopt, is_sound, metadata

SOURCE = "/el-kef/kiosk/014"
NOW = datetime(2026, 11, 30, 8, 41, tzinfo=UTC)


@pytest.fixture
def begin() -> Callable[[], AbstractContextManager[Connection]]:
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    return engine.begin


@pytest.fixture
def outbox(begin: Callable[[], AbstractContextManager[Connection]]) -> Outbox:
    kept = Outbox(begin, SOURCE)
    with begin() as connection:
        for number in ("201", "202", "203"):
            kept.put(connection, TicketVoided(number, number, date(2026, 11, 30)), NOW)
    return kept


def rows(connection: Connection) -> list[Kept]:
    found = connection.execute(text("SELECT * FROM outbox_events ORDER BY sequence")).all()
    kept = [Kept.from_row(row.sequence, (None, *row[1:])) for row in found]
    return [each for each in kept if each is not None]


def test_an_event_proves_itself(outbox: Outbox, begin: Callable[[], AbstractContextManager[Connection]]) -> None:
    assert outbox.waiting() == 3
    with begin() as connection:
        first, second, _ = rows(connection)
    assert first.message is not None
    assert first.message["data"]["ticket"] == "201"
    body = first.body or ""
    for changed in (
        replace(first, body=body.replace("201", "209")),
        replace(first, body=body[:-1]),
        replace(first, body="[]"),
        replace(first, body=None),
        replace(first, sequence=2),
        replace(first, id="another"),
        replace(first, hash=second.hash),
        replace(first, body=body.replace('"previoushash":"', '"previoushash":"zz')),
    ):
        assert changed.message is None


@pytest.mark.parametrize(
    ("key", "values"),
    [
        (1, (None, "id", WAITING, "{}", "")),
        (1, ("x", "id", WAITING, "{}", "", "ab" * 32)),
        (0, (None, "id", WAITING, "{}", "", "ab" * 32)),
        (1, (None, "", WAITING, "{}", "", "ab" * 32)),
        (1, (None, "id", WAITING, 5, "", "ab" * 32)),
        (1, (None, "id", WAITING, None, "", "ab")),
        (1, (None, "id", None, None, "", "ab" * 32)),
    ],
)
def test_what_can_be_no_row_of_an_outbox_is_none(key: int, values: tuple[object, ...]) -> None:
    assert Kept.from_row(key, values) is None


def test_what_is_saved_begins_a_life_in_its_order(
    outbox: Outbox, begin: Callable[[], AbstractContextManager[Connection]]
) -> None:
    with begin() as connection:
        first, second, third = rows(connection)
    other = create_engine("sqlite://")
    metadata.create_all(other)
    with other.begin() as connection:
        adopt(connection, [first, replace(third, state=Outcome.REFUSED.value, reason="why")], {"ab" * 32: WAITING})
        assert is_sound(connection)
        with pytest.raises(ValueError, match="not whole"):
            adopt(connection, [replace(second, body="{}")], {})
    saved = Outbox(other.begin, SOURCE)
    assert [(event.id, event.sequence) for event in saved.waiting_events(9)] == [(first.id, 1)]
    assert [(each.event_id, each.reason) for each in saved.refused()] == [(third.id, "why")]
    assert saved.next_page() == WaitingPage("ab" * 32, "")
    assert outbox.waiting() == 3


def test_an_outbox_as_it_was_written_is_sound(
    outbox: Outbox, begin: Callable[[], AbstractContextManager[Connection]]
) -> None:
    first, *_ = outbox.waiting_events(1)
    with begin() as connection:
        assert is_sound(connection)
    outbox.settle([Answer(first.id, Outcome.ACCEPTED)])
    with begin() as connection:
        assert is_sound(connection)
        connection.execute(text("DELETE FROM outbox_events"))
        assert is_sound(connection)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE outbox_events SET state = 'waitinh' WHERE sequence = 2",
        "INSERT INTO outbox_pages VALUES ('ab', '?')",
        "DELETE FROM outbox_events WHERE sequence = 2",
        "UPDATE outbox_events SET hash = 'zz' WHERE sequence = 3",
        "DELETE FROM outbox_life",
        "UPDATE outbox_life SET life = '00'",
        "UPDATE outbox_events SET body = replace(body, '202', '209') WHERE sequence = 2",
    ],
)
def test_an_outbox_that_was_changed_is_not_sound(
    outbox: Outbox, begin: Callable[[], AbstractContextManager[Connection]], change: str
) -> None:
    assert outbox.waiting() == 3
    with begin() as connection:
        connection.execute(text(change))
        assert not is_sound(connection)
