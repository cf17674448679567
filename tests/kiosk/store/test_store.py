"""The kiosk's store: what it keeps, and what it says when the disk fails."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from kiosk.store.database import Store, StoreFault, StoreTrouble, open_store
from kiosk.store.vault import Vault
from sync.messages import Outcome
from sync.outbox import Outbox


def trouble_of(path: Path) -> StoreTrouble:
    with pytest.raises(StoreFault) as fault:
        open_store(path)
    return fault.value.trouble


def test_a_commit_waits_for_the_disk(store: Store) -> None:
    with store.engine.connect() as connection:
        assert connection.execute(text("PRAGMA synchronous")).scalar_one() == 2
        assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"


def test_a_file_that_is_not_a_store_is_named_damaged(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.sqlite"
    path.write_bytes(b"this was a letter once " * 500)
    assert trouble_of(path) is StoreTrouble.CORRUPT


def test_a_store_with_a_broken_page_is_named_damaged(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.sqlite"
    open_store(path).close()
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 4096)
    assert trouble_of(path) is StoreTrouble.CORRUPT


def test_a_store_of_a_newer_kiosk_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert trouble_of(path) is StoreTrouble.NEWER


def test_a_folder_that_is_not_there_is_a_broken_store(tmp_path: Path) -> None:
    assert trouble_of(tmp_path / "nowhere" / "kiosk.sqlite") is StoreTrouble.BROKEN


def test_a_full_disk_refuses_the_transaction_whole(store: Store) -> None:
    with store.engine.begin() as connection:
        connection.execute(text("CREATE TABLE big (x BLOB)"))
        connection.exec_driver_sql("PRAGMA max_page_count = 40")
    with pytest.raises(StoreFault) as fault, store.transaction() as connection:
        connection.execute(text("INSERT INTO big VALUES (zeroblob(1000000))"))
    assert fault.value.trouble is StoreTrouble.FULL
    with store.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM big")).scalar_one() == 0


def test_a_mistake_of_ours_is_not_called_a_fault_of_the_disk(store: Store) -> None:
    with pytest.raises(Exception, match="no such table"), store.transaction() as connection:
        connection.execute(text("SELECT * FROM nowhere"))


def test_a_page_is_found_again_by_its_hash(vault: Vault) -> None:
    sha256 = vault.put(b"a page")
    assert vault.put(b"a page") == sha256
    assert vault.read(sha256) == b"a page"
    vault.drop(sha256)
    vault.drop(sha256)
    with pytest.raises(OSError, match=sha256):
        vault.read(sha256)


def test_a_page_the_disk_will_not_let_go_of_holds_up_nothing(
    tmp_path: Path, vault: Vault, expected_logs: list[str]
) -> None:
    expected_logs.append("stays on this disk for now")
    (tmp_path / "vault" / ("ab" * 32)).mkdir()
    vault.drop("ab" * 32)


def test_what_an_abandoned_visit_left_is_removed(tmp_path: Path, vault: Vault) -> None:
    wanted, left = vault.put(b"deposited"), vault.put(b"abandoned")
    (tmp_path / "vault" / "0.part").write_bytes(b"cut off")
    vault.keep_only({wanted})
    assert [path.name for path in (tmp_path / "vault").iterdir()] == [wanted]
    assert left != wanted


def test_a_vault_without_room_says_so_and_keeps_no_half_page(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "vault")
    (tmp_path / "vault").rmdir()
    with pytest.raises(StoreFault) as fault:
        vault.put(b"a page")
    assert fault.value.trouble is StoreTrouble.BROKEN


def test_a_vault_that_cannot_be_wiped_says_so(tmp_path: Path, vault: Vault) -> None:
    (tmp_path / "vault").rmdir()
    with pytest.raises(StoreFault) as fault:
        vault.keep_only(())
    assert fault.value.trouble is StoreTrouble.BROKEN


def test_what_waits_for_the_centre_fails_as_the_disk_does(store: Store, outbox: Outbox) -> None:
    with store.engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA query_only = 1")  # as a disk that turned read-only
    with pytest.raises(StoreFault) as fault:
        outbox.settle_page("aa", Outcome.ACCEPTED)
    assert fault.value.trouble is StoreTrouble.BROKEN


BEFORE = """
CREATE TABLE outbox_events (sequence INTEGER PRIMARY KEY, id VARCHAR NOT NULL UNIQUE, state VARCHAR NOT NULL, body TEXT,
    reason VARCHAR NOT NULL);
CREATE INDEX ix_outbox_events_state ON outbox_events (state);
CREATE TABLE outbox_pages (sha256 VARCHAR PRIMARY KEY, state VARCHAR NOT NULL);
INSERT INTO outbox_events VALUES (1, 'one', 'accepted', NULL, '');
PRAGMA user_version = 1;
"""
"""A store as kiosks had it before what they say was chained."""


def test_what_waited_in_a_store_of_before_is_chained_and_told(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.sqlite"
    event = {
        "specversion": "1.0",
        "source": "/el-kef/kiosk/014",
        "type": "ticket.voided",
        "time": "2026-11-23T08:41:00+00:00",
        "datacontenttype": "application/json",
        "data": {"ticket": "t", "number": "217", "day": "2026-11-23"},
    }
    rows = ((2, "two", "refused", "no such service"), (3, "three", "waiting", ""), (4, "four", "waiting", ""))
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(BEFORE)
        for sequence, id_, state, reason in rows:
            body = json.dumps({**event, "id": id_, "sequence": f"{sequence:010}"})
            connection.execute("INSERT INTO outbox_events VALUES (?, ?, ?, ?, ?)", (sequence, id_, state, body, reason))
        connection.commit()
    open_store(path).close()
    store = open_store(path)
    outbox = Outbox(store.transaction, "/el-kef/kiosk/014")
    batch = outbox.next_batch(9)
    assert batch is not None
    assert [(link.id, link.sequence) for link in batch.links] == [("three", 2), ("four", 3)]
    assert [(each.event_id, each.reason) for each in outbox.refused()] == [("two", "no such service")]
    store.close()
