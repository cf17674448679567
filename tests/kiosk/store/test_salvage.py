"""A store that is damaged: what can be read is saved, what is saved is told once, and no number is given twice."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from civic.ticket import TicketState
from kiosk.services.numbering import Numbering
from kiosk.store import beginning, numbers, tickets
from kiosk.store.database import Store, StoreFault, StoreTrouble, open_store
from kiosk.store.salvage import open_or_salvage
from sync.messages import NumbersGiven
from sync.transport import CentralUnreachable
from tests.campaign.word import Word
from tests.campaign.working_day import Kiosk

TODAY = date(2026, 11, 30)


@pytest.fixture
def saved(expected_logs: list[str]) -> Callable[[Path], Store]:
    def save(folder: Path) -> Store:
        expected_logs.append("the store was damaged and is begun again")
        return open_or_salvage(folder / "kiosk.sqlite", lambda: TODAY)

    return save


def served(folder: Path, visits: int = 2) -> Word:
    """What was promised in a day of which the centre heard nothing yet."""
    word = Word()
    with closing(open_store(folder / "kiosk.sqlite")) as store:
        kiosk = Kiosk(folder, store)
        for _ in range(visits):
            kiosk.serve(word.hear)
    return word


def spoil(path: Path, holding: bytes) -> None:
    """Change one letter of these bytes, where they stand first."""
    content = bytearray(path.read_bytes())
    content[content.index(holding)] ^= 1
    path.write_bytes(content)


def hear(store: Store, folder: Path, word: Word) -> None:
    kiosk = Kiosk(folder, store)
    kiosk.vault.keep_only(kiosk.outbox.unsettled_pages())
    kiosk.serve(word.hear)
    kiosk.tell(word)


def test_a_fact_whose_words_rotted_is_missed_by_its_number_and_all_others_are_told_once(
    tmp_path: Path, saved: Callable[[Path], Store]
) -> None:
    word = served(tmp_path)
    spoil(tmp_path / "kiosk.sqlite", b'"sequence":"0000000002"')
    with closing(saved(tmp_path)) as store:
        hear(store, tmp_path, word)
        with store.transaction() as connection:
            [how] = beginning.salvages(connection)
    assert (how.wreck, how.saved, how.lost, how.missing) == ("damaged-2026-11-30.sqlite", 3, 1, "2")
    assert (tmp_path / how.wreck).stat().st_mode & 0o777 == 0o600
    assert [fact.split()[0] for fact in word.lost] == ["held"]
    assert word.doubled == 0


def test_numbers_go_on_behind_the_hundred_that_was_set_apart(tmp_path: Path, saved: Callable[[Path], Store]) -> None:
    word = served(tmp_path)
    for _ in range(2):
        spoil(tmp_path / "kiosk.sqlite", b'"datacontenttype"')
        with closing(saved(tmp_path)) as store:
            Kiosk(tmp_path, store).serve(word.hear)
            with store.transaction() as connection:
                salvages = beginning.salvages(connection)
    references = [paper for paper in word.papers if paper.count("-") == 3]
    assert [reference[7:12] for reference in references] == ["00001", "00002", "00101", "00201"]
    assert len(set(word.papers)) == len(word.papers)
    assert [each.wreck for each in salvages] == ["damaged-2026-11-30.sqlite", "damaged-2026-11-30-2.sqlite"]


def test_where_the_file_of_numbers_is_lost_too_a_hundred_are_left_out_until_the_centre_says(
    tmp_path: Path, saved: Callable[[Path], Store]
) -> None:
    word = served(tmp_path)
    spoil(tmp_path / "kiosk.sqlite", b'"datacontenttype"')
    (tmp_path / "numbers.json").write_bytes(b"\0" * 40)
    year = int(word.papers[0][:2])
    day = date.fromisoformat(word.papers[1].split()[0])
    answers: list[NumbersGiven] = []

    def ask() -> NumbersGiven:
        if not answers:
            raise CentralUnreachable("no line")
        return answers.pop()

    with closing(saved(tmp_path)) as store:
        numbering, kiosk = Numbering(store, ask, 2), Kiosk(tmp_path, store)
        numbering.refresh()
        kiosk.serve(word.hear)
        answers.append(NumbersGiven({year: 5000}, {day: {2: 60, 3: 900}}, 7))
        for _ in range(2):
            numbering.refresh()
        kiosk.serve(word.hear)
        with store.transaction() as connection:
            assert numbers.last_given(connection)[numbers.tickets_of(day)] == 104
    assert [paper[7:12] for paper in word.papers if paper.count("-") == 3] == ["00001", "00002", "00103", "05001"]


def test_a_ticket_that_was_not_printed_is_offered_again(tmp_path: Path, saved: Callable[[Path], Store]) -> None:
    word = served(tmp_path)
    with closing(open_store(tmp_path / "kiosk.sqlite")) as store, store.transaction() as connection:
        again = "UPDATE tickets SET state = 'prepared', sealed = ? WHERE position = ?"
        readable = '{"answers": {}, "pages": {}, "token": "ab", "pin": "123456"}'
        for position, sealed in ((1, readable), (2, '{"answers": {')):
            connection.exec_driver_sql(again, (sealed, position))
        connection.exec_driver_sql("DELETE FROM outbox_events")
    assert word.promised
    with closing(saved(tmp_path)) as store, store.transaction() as connection:
        first, second = tickets.prepared(connection, store.paper_key)
    assert first.sealed is not None
    assert (first.position, first.sealed.pin, second.position, second.sealed) == (1, "123456", 2, None)


def test_a_ticket_that_a_saved_fact_says_is_held_is_not_offered_again(
    tmp_path: Path, saved: Callable[[Path], Store]
) -> None:
    served(tmp_path)
    with closing(open_store(tmp_path / "kiosk.sqlite")) as store, store.transaction() as connection:
        connection.exec_driver_sql("UPDATE tickets SET state = 'prepared'")
    spoil(tmp_path / "kiosk.sqlite", b'"sequence":"0000000001"')
    with closing(saved(tmp_path)) as store, store.transaction() as connection:
        assert tickets.prepared(connection, store.paper_key) == ()
        assert {row.state for row in connection.exec_driver_sql("SELECT state FROM tickets")} == {TicketState.HELD}


def test_damage_met_in_a_visit_promises_nothing_and_the_next_start_saves(
    tmp_path: Path, saved: Callable[[Path], Store]
) -> None:
    word = served(tmp_path)
    path = tmp_path / "kiosk.sqlite"
    with closing(open_store(path)) as store:
        with store.transaction() as connection:
            root = connection.exec_driver_sql("SELECT rootpage FROM sqlite_schema WHERE name = 'tickets'").scalar_one()
        store.engine.dispose()
        well = path.read_bytes()
        with path.open("r+b") as file:
            file.seek(4096 * (root - 1))
            file.write(b"\xff" * 4096)
        with pytest.raises(StoreFault) as fault:
            Kiosk(tmp_path, store).serve(word.hear)
        assert fault.value.trouble is StoreTrouble.CORRUPT
    assert len(word.promised) == 4
    path.write_bytes(well)  # even when all looks well again, what was met is believed
    with closing(saved(tmp_path)) as store:
        hear(store, tmp_path, word)
    assert (word.lost, word.doubled) == (set(), 0)
    open_store(path).close()


def test_a_log_that_rotted_takes_nothing_back(tmp_path: Path, saved: Callable[[Path], Store]) -> None:
    word, left = Word(), tmp_path / "left"
    with closing(open_store(tmp_path / "kiosk.sqlite")) as store:
        kiosk = Kiosk(tmp_path, store)
        for _ in range(3):
            kiosk.serve(word.hear)
        shutil.copytree(tmp_path, left, ignore=shutil.ignore_patterns("left", "*-shm"))  # the power is cut
    log = left / "kiosk.sqlite-wal"
    content = bytearray(log.read_bytes())
    content[len(content) // 2] ^= 4
    log.write_bytes(content)
    with closing(saved(left)) as store:
        hear(store, left, word)
    assert (word.lost, word.doubled) == (set(), 0)


def test_a_replacement_that_was_cut_off_is_finished_at_the_next_start(tmp_path: Path) -> None:
    word, path, new = served(tmp_path), tmp_path / "kiosk.sqlite", tmp_path / "kiosk.sqlite.new"
    shutil.copy(path, new)
    path.write_bytes(b"\0" * 9000)
    path.with_name("kiosk.sqlite-wal").write_bytes(b"an old log")
    path.with_name("kiosk.sqlite.damaged").touch()
    with closing(open_or_salvage(path, date.today)) as store:
        hear(store, tmp_path, word)
    assert (word.lost, word.doubled, new.exists()) == (set(), 0, False)


def test_a_kiosk_without_room_for_a_new_store_keeps_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.sqlite"
    path.write_bytes(b"this was a letter once " * 500)
    path.with_name("kiosk.sqlite.part").mkdir()
    with pytest.raises(StoreFault) as fault:
        open_or_salvage(path, date.today)
    assert fault.value.trouble is StoreTrouble.BROKEN
    assert path.read_bytes().startswith(b"this was a letter once")


def test_what_a_newer_kiosk_wrote_is_not_taken_for_damaged(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreFault) as fault:
        open_or_salvage(path, date.today)
    assert fault.value.trouble is StoreTrouble.NEWER


def test_a_version_no_kiosk_ever_writes_is_damage(tmp_path: Path, saved: Callable[[Path], Store]) -> None:
    word = served(tmp_path)
    with closing(sqlite3.connect(tmp_path / "kiosk.sqlite")) as connection:
        connection.execute("PRAGMA user_version = 1073741827")
    with closing(saved(tmp_path)) as store:
        hear(store, tmp_path, word)
    assert (word.lost, word.doubled) == (set(), 0)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE tickets SET position = 900 WHERE position = 2",
        "UPDATE tickets SET position = 900, number = '2900' WHERE position = 2",
        "UPDATE dossiers SET reference = replace(reference, '-014-', '-015-')",
        "UPDATE outbox_events SET state = 'waitinh' WHERE sequence = 1",
        "UPDATE outbox_events SET hash = 'g' || substr(hash, 2) WHERE sequence = 4",
        "UPDATE outbox_pages SET state = ''",
        "DELETE FROM outbox_events WHERE sequence = 3",
        "DELETE FROM outbox_life",
        "ALTER TABLE outbox_events RENAME TO outbox_eventz",
        "ALTER TABLE tickets RENAME COLUMN day TO dax",
    ],
)
def test_rows_that_contradict_themselves_or_their_chain_are_damage(tmp_path: Path, change: str) -> None:
    served(tmp_path)
    with closing(sqlite3.connect(tmp_path / "kiosk.sqlite")) as connection:
        connection.execute(change)
        connection.commit()
    with pytest.raises(StoreFault) as fault:
        open_store(tmp_path / "kiosk.sqlite")
    assert fault.value.trouble is StoreTrouble.CORRUPT


def test_numbers_that_are_gone_are_damage(tmp_path: Path) -> None:
    served(tmp_path)
    path = tmp_path / "numbers.json"
    path.write_text(path.read_text().replace("100", "300"))
    with pytest.raises(StoreFault) as fault:
        open_store(tmp_path / "kiosk.sqlite")
    assert fault.value.trouble is StoreTrouble.CORRUPT


def test_a_new_store_beside_the_numbers_of_an_old_one_goes_on_behind_them(tmp_path: Path) -> None:
    word = served(tmp_path)
    (tmp_path / "kiosk.sqlite").unlink()
    with closing(open_store(tmp_path / "kiosk.sqlite")) as store:
        Kiosk(tmp_path, store).serve(word.hear)
    assert len(set(word.papers)) == len(word.papers) == 6


def test_facts_on_a_page_that_says_no_more_where_they_are_are_found_all_the_same(
    tmp_path: Path, saved: Callable[[Path], Store]
) -> None:
    word, path = served(tmp_path), tmp_path / "kiosk.sqlite"
    content = bytearray(path.read_bytes())
    start = content.index(b'"ticket.held"') // 4096 * 4096
    content[start : start + 40] = bytes(40)
    path.write_bytes(content)
    with closing(saved(tmp_path)) as store:
        hear(store, tmp_path, word)
    assert (word.lost, word.doubled) == (set(), 0)
