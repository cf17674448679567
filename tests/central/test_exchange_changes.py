"""What the centre tells a kiosk from a cursor on: its site's files, its hall's line, and never another past."""

import json
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests

import central.ages
from central.agents import Agents
from central.ages import begin_age, has_been, here_and_now
from central.database import Database
from central.dossiers import Dossiers
from central.kiosks import move_kiosk, revoke_kiosk
from central.papers import Decision
from central.queueing import Queue
from central.settings import Settings
from central.tables import metadata, steps
from civic.card import read_catalog
from civic.reference import Reference
from civic.tracking import TrackingKey, hash_pin, hash_token
from sync.messages import (
    CHANGES_PATH,
    LONGEST_CURSOR,
    MOST_FILES,
    CalledNumber,
    Changes,
    ChangesWanted,
    FileRecord,
    mark,
    unlock,
)
from sync.signing import KioskKey
from tests.central.conftest import serving
from tests.central.invented import KioskLine, a_deposit, a_ticket, enrol_kiosk

REFERENCE = Reference(26, 14, 385)


@pytest.fixture
def dossiers(database: Database, settings: Settings) -> Dossiers:
    return Dossiers(database, read_catalog(settings.catalog), settings.zone, lambda: datetime.now(UTC))


def ask(kiosk: KioskLine, cursor: str = "", wait_s: int = 0) -> requests.Response:
    return kiosk.ask("POST", CHANGES_PATH, json.dumps(ChangesWanted(cursor, wait_s).to_json()).encode())


def hear(kiosk: KioskLine, cursor: str = "", wait_s: int = 0) -> Changes:
    response = ask(kiosk, cursor, wait_s)
    assert response.status_code == 200, response.text
    return Changes.from_json(response.json())


def read(changes: Changes, key: TrackingKey) -> FileRecord:
    """The one file told, opened with its token and with its PIN."""
    [file] = changes.files
    assert file.mark == mark(key.token_hash)
    by_token = unlock(file.by_token, file.reference, hash_token(key.token))
    by_pin = unlock(file.by_pin, file.reference, hash_pin(key.pin, file.pin_salt))
    assert by_token is not None
    assert by_token == by_pin
    return by_token


def test_who_knows_nothing_hears_everything_and_then_only_what_is_new(
    kiosk: KioskLine, key: TrackingKey, dossiers: Dossiers
) -> None:
    nothing = hear(kiosk)
    assert (nothing.reset, nothing.more, nothing.files, nothing.gone) == (True, False, (), ())
    kiosk.say(a_deposit(key))
    deposited = hear(kiosk, nothing.cursor)
    assert not deposited.reset
    assert [stage for stage, _ in read(deposited, key).steps] == ["filed"]
    assert hear(kiosk, deposited.cursor).files == ()
    dossiers.move(str(REFERENCE), "complete", "amel")
    moved = hear(kiosk, deposited.cursor)
    assert [stage for stage, _ in read(moved, key).steps] == ["filed", "complete"]
    assert read(moved, key).days == 45
    assert hear(kiosk, deposited.cursor).files[0].reference == REFERENCE, "a change heard twice is the same"


def test_a_paper_owed_is_told_by_its_code_and_no_word_of_an_agent_is(
    kiosk: KioskLine, key: TrackingKey, dossiers: Dossiers
) -> None:
    kiosk.say(a_deposit(key, pages=("ab" * 32,)))
    dossiers.decide(str(REFERENCE), "survey", Decision.REFUSED, "Selma's survey cannot be read", "amel")
    record = read(hear(kiosk), key)
    assert record.owed == (("survey", False),)
    assert "cannot" not in json.dumps(record.to_json())


def test_nothing_of_a_file_is_told_in_clear(kiosk: KioskLine, key: TrackingKey) -> None:
    kiosk.say(a_deposit(key))
    said = ask(kiosk).text
    for word in ("Selma", "78000001", "building", "filed", key.token_hash, key.pin_hash):
        assert word not in said
    [file] = Changes.from_json(json.loads(said)).files
    for secret in (key.pin_hash, key.token_hash):
        assert unlock(file.by_token if secret == key.pin_hash else file.by_pin, file.reference, secret) is None
    assert unlock(file.by_token, Reference(26, 14, 386), key.token_hash) is None


def test_a_kiosk_hears_of_its_own_site_alone(kiosk: KioskLine, key: TrackingKey, database: Database) -> None:
    kiosk.say(a_deposit(key), a_ticket("216"))
    other = KioskLine(kiosk.address, enrol_kiosk(database, 15, "annexe"), 15)
    told = hear(other)
    assert (told.files, told.line.waiting) == ((), 0)
    move_kiosk(database, 15, "hall")
    moved = hear(other, told.cursor)
    assert moved.reset
    assert ([each.reference for each in moved.files], moved.line.waiting) == ([REFERENCE], 1)


def test_many_files_come_in_pages_that_none_is_left_out_of(kiosk: KioskLine, key: TrackingKey) -> None:
    numbers = range(1, 2 * MOST_FILES + 2)
    deposits = [
        replace(a_deposit(key, number), token_hash=hash_token(str(number)), pin_salt="00", pin_hash="ab" * 32)
        for number in numbers
    ]
    for start in range(0, len(deposits), 150):  # a change is shared by many, and ends in the middle of a page
        assert set(kiosk.say(*deposits[start : start + 150])) == {""}
    heard: list[Reference] = []
    pages, cursor = 0, ""
    while True:
        told = hear(kiosk, cursor)
        assert told.reset is (cursor == "")
        assert len(told.files) <= MOST_FILES
        heard += [each.reference for each in told.files]
        pages, cursor = pages + 1, told.cursor
        if pages == 1:
            kiosk.say(a_ticket("500", Reference(26, 14, 7)))  # one that was told already is told again, at the end
        if not told.more:
            break
    assert pages == 3
    assert set(heard) == {each.reference for each in deposits}
    assert sorted(map(str, heard)) == sorted([*(str(each.reference) for each in deposits), str(Reference(26, 14, 7))])


def test_the_hall_is_told_by_numbers_alone(kiosk: KioskLine, database: Database, settings: Settings, amel: str) -> None:
    kiosk.say(a_ticket("216"), a_ticket("217"))
    queue = Queue(database, read_catalog(settings.catalog), settings.zone, lambda: datetime.now(UTC))
    agent = Agents(database, lambda: datetime.now(UTC)).find(amel)
    assert agent is not None
    queue.call_next(agent, "")
    line = hear(kiosk).line
    assert (line.waiting, line.called) == (1, (CalledNumber("216", 3),))
    assert line.day == datetime.now(UTC).astimezone(settings.zone).date()


def test_a_file_that_ended_is_told_with_the_day_it_is_forgotten_and_later_as_gone(
    kiosk: KioskLine, key: TrackingKey, settings: Settings, database: Database
) -> None:
    kiosk.say(replace(a_deposit(key), deposited_at=datetime.now(UTC) - timedelta(days=200)))
    start = hear(kiosk)

    def end_it(days_ago: int) -> None:
        then = datetime.now(UTC) - timedelta(days=days_ago)
        agents = Dossiers(database, read_catalog(settings.catalog), settings.zone, lambda: then)
        for stage in ("complete", "withdrawn"):
            agents.move(str(REFERENCE), stage, "amel")

    end_it(80)
    told = hear(kiosk, start.cursor)
    [file] = told.files
    assert file.forget_after is not None
    assert (file.forget_after - told.at.date()).days in (9, 10, 11)
    with database.writing() as connection:
        connection.execute(steps.update().values(entered_at=datetime.now(UTC) - timedelta(days=200)))
    for cursor in (start.cursor, ""):
        late = hear(kiosk, cursor)
        assert (late.files, late.gone) == ((), (REFERENCE,))


def heard_in_time(kiosk: KioskLine, cursor: str, happening: Callable[[], object]) -> requests.Response:
    """What a kiosk hears that was listening before it happened."""
    answers: list[requests.Response] = []
    listening = threading.Thread(target=lambda: answers.append(ask(kiosk, cursor, 25)))
    listening.start()
    time.sleep(0.3)  # so that it does listen; were it late, it would hear all the same
    assert listening.is_alive()
    happening()
    listening.join(60)
    return answers[0]


def test_who_listens_is_woken_by_what_another_process_of_the_centre_did(
    kiosk: KioskLine, key: TrackingKey, settings: Settings, database: Database
) -> None:
    cursor = hear(kiosk).cursor
    with serving(settings) as beside:
        other = KioskLine(beside, enrol_kiosk(database, 16), 16)
        deposit = replace(a_deposit(key), reference=Reference(26, 16, 1))
        cursor = hear(kiosk, cursor).cursor
        answer = heard_in_time(kiosk, cursor, lambda: other.say(deposit))
    assert [each.reference for each in Changes.from_json(answer.json()).files] == [deposit.reference]


def test_who_listens_to_silence_is_answered_in_the_end(kiosk: KioskLine) -> None:
    cursor = hear(kiosk).cursor
    told = hear(kiosk, cursor, 1)
    assert (told.reset, told.more, told.files) == (False, False, ())


def test_a_kiosk_that_is_revoked_while_it_listens_hears_that_it_is_a_stranger(
    kiosk: KioskLine, database: Database
) -> None:
    answer = heard_in_time(kiosk, hear(kiosk).cursor, lambda: revoke_kiosk(database, 14))
    assert (answer.status_code, answer.json()["refusal"]) == (401, "stranger")


def test_so_does_one_that_was_replaced(kiosk: KioskLine, database: Database) -> None:
    cursor = hear(kiosk).cursor
    answer = heard_in_time(kiosk, cursor, lambda: enrol_kiosk(database, 14))
    assert answer.status_code == 401


def test_a_centre_that_stops_keeps_nobody_waiting(settings: Settings, database: Database) -> None:
    with serving(settings) as address:
        kiosk = KioskLine(address, enrol_kiosk(database))
        cursor = hear(kiosk).cursor
        answers: list[requests.Response] = []
        listening = threading.Thread(target=lambda: answers.append(ask(kiosk, cursor, 25)))
        listening.start()
        time.sleep(0.3)
    listening.join(60)
    assert answers[0].status_code == 200


@pytest.mark.parametrize(
    "cursor",
    [
        "once upon a time",
        "[]",
        '["a",1,"hall","b"]',
        '["a",true,"hall","b",null]',
        "[1,2,3,4,5]",
        "null",
        "7",
        '"five5"',
    ],
)
def test_a_cursor_that_is_not_ours_begins_anew(kiosk: KioskLine, key: TrackingKey, cursor: str) -> None:
    kiosk.say(a_deposit(key))
    told = hear(kiosk, cursor)
    assert told.reset
    assert len(told.files) == 1


@pytest.fixture
def copied(database: Database) -> Callable[[], Callable[[], None]]:
    """Takes a copy of the whole database; what it gives puts the copy back."""

    def take() -> Callable[[], None]:
        with database.reading() as connection:
            kept = {table: connection.execute(table.select()).mappings().all() for table in metadata.sorted_tables}

        def put_back() -> None:
            with database.writing() as connection:
                for table in reversed(metadata.sorted_tables):
                    connection.execute(table.delete())
                for table, rows in kept.items():
                    if rows:
                        connection.execute(table.insert(), [dict(row) for row in rows])

        return put_back

    return take


def test_a_centre_put_back_from_a_copy_is_heard_anew_even_once_it_has_counted_further(
    settings: Settings, database: Database, key: TrackingKey, copied: Callable[[], Callable[[], None]]
) -> None:
    """What the kiosk heard between the copy and the loss never was. Its cursor is not ahead any more, and yet wrong."""
    with serving(settings) as address:
        kiosk = KioskLine(address, enrol_kiosk(database))
        kiosk.say(a_deposit(key))
        before = hear(kiosk)
        put_back = copied()
        lost = replace(a_deposit(key, 386), token_hash="12" * 32)
        kiosk.say(lost)
        ahead = hear(kiosk, before.cursor)
        assert [each.reference for each in ahead.files] == [lost.reference]
    put_back()
    with serving(settings) as address:
        kiosk.address = address
        told = hear(kiosk, ahead.cursor)
        assert told.reset
        assert [each.reference for each in told.files] == [REFERENCE]
        kiosk.begin_life()
        for number in range(20):
            kiosk.say(a_ticket(str(300 + number)))
        assert hear(kiosk, ahead.cursor).reset, "its change is long passed, and it was another"
        assert not hear(kiosk, before.cursor).reset, "what was heard before the copy still holds"


def test_a_centre_that_only_starts_again_makes_nobody_begin_anew(
    settings: Settings, database: Database, key: TrackingKey
) -> None:
    with serving(settings) as address:
        kiosk = KioskLine(address, enrol_kiosk(database))
        cursor = hear(kiosk).cursor
    with serving(settings) as address, serving(settings) as beside:
        kiosk.address = address
        kiosk.say(a_deposit(key))
        kiosk.address = beside
        told = hear(kiosk, cursor)
        assert (told.reset, len(told.files)) == (False, 1)


def test_ages_are_kept_for_long_and_not_for_ever(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(central.ages, "_KEPT", 3)
    places = []
    for _ in range(5):
        begin_age(database, datetime.now(UTC))
        with database.looking() as connection:
            places.append(here_and_now(connection, settings.municipality))
    with database.looking() as connection:
        assert [has_been(connection, settings.municipality, each) for each in places] == [
            False,
            False,
            True,
            True,
            True,
        ]


def test_other_cards_begin_anew(settings: Settings, database: Database, key: TrackingKey, tmp_path: Path) -> None:
    """A stage renamed, or a delay that is another, changes every file at once."""
    with serving(settings) as address:
        kiosk = KioskLine(address, enrol_kiosk(database))
        kiosk.say(a_deposit(key))
        cursor = hear(kiosk).cursor
    cards = tmp_path / "assets"
    shutil.copytree(settings.catalog.parent, cards, ignore=shutil.ignore_patterns("*.png", "*.wav"))
    card = cards / settings.catalog.name / "complaint.toml"
    card.write_text(card.read_text(encoding="utf-8") + "\n# one more letter\n", encoding="utf-8")
    with serving(replace(settings, catalog=cards / settings.catalog.name)) as address:
        kiosk.address = address
        assert hear(kiosk, cursor).reset


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"[]", 400),
        (b"{}", 400),
        (b"\xff", 400),
        (b'{"cursor": 7, "wait_s": 0}', 400),
        (b'{"cursor": "", "wait_s": -1}', 400),
        (json.dumps({"cursor": "x" * (LONGEST_CURSOR + 1), "wait_s": 0}).encode(), 400),
        (b" " * 20_000, 413),
    ],
)
def test_what_is_no_question_gets_one_sentence(kiosk: KioskLine, body: bytes, status: int) -> None:
    response = kiosk.ask("POST", CHANGES_PATH, body)
    assert response.status_code == status
    assert response.json()["error"]


def test_nobody_else_hears_anything(kiosk: KioskLine, key: TrackingKey) -> None:
    kiosk.say(a_deposit(key))
    kiosk.key = KioskKey.make()
    assert ask(kiosk).status_code == 401
