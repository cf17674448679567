"""The kiosk's SQLite file, opened so that what it confirmed survives the power being cut the next instant."""

import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError

from kiosk.store.dossiers import mark_anew
from kiosk.store.paper_key import PaperKey
from kiosk.store.tables import metadata
from sync.outbox import chain_anew
from sync.outbox import metadata as outbox_metadata

_STEPS: tuple[Callable[[Connection], None], ...] = (chain_anew, mark_anew)
"""What brings a store from version 1 to 2, from 2 to 3, and so on: all of them, or none, when it is opened."""
VERSION = 1 + len(_STEPS)


class StoreTrouble(StrEnum):
    """What the world did to the store."""

    FULL = "full"
    CORRUPT = "corrupt"
    NEWER = "newer"
    BROKEN = "broken"


class StoreFault(Exception):
    """Nothing was kept, and nothing kept before is touched. `trouble` says why."""

    def __init__(self, trouble: StoreTrouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


_TROUBLE = {
    sqlite3.SQLITE_FULL: StoreTrouble.FULL,
    sqlite3.SQLITE_CORRUPT: StoreTrouble.CORRUPT,
    sqlite3.SQLITE_NOTADB: StoreTrouble.CORRUPT,
    sqlite3.SQLITE_IOERR: StoreTrouble.BROKEN,
    sqlite3.SQLITE_CANTOPEN: StoreTrouble.BROKEN,
    sqlite3.SQLITE_READONLY: StoreTrouble.BROKEN,
}


def disk_fault(error: OSError) -> StoreFault:
    """What a file that could not be written or read is to the kiosk."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return StoreFault(StoreTrouble.FULL if full else StoreTrouble.BROKEN)


@contextmanager
def _world_faults() -> Iterator[None]:
    """Turn what the disk does into StoreFault; a mistake of ours stays a mistake."""
    try:
        yield
    except OSError as error:
        raise disk_fault(error) from error
    except DBAPIError as error:
        code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
        if code not in _TROUBLE:
            raise
        raise StoreFault(_TROUBLE[code]) from error


Transaction = Connection
"""Handed to the store's functions; only a service opens one."""


@dataclass(frozen=True, slots=True)
class Store:
    """The kiosk's database; the outbox lives in the same file. `paper_key` locks what a paper to come will say."""

    engine: Engine
    paper_key: PaperKey

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Everything inside happens, or none of it. Raises StoreFault when the disk would not have it."""
        with _world_faults(), self.engine.begin() as connection:
            yield connection

    def scrub(self) -> None:
        """What was erased leaves the log beside the file too; the next time, when the disk will not have it now."""
        with suppress(sqlite3.OperationalError), closing(self.engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self.engine.dispose()


def open_store(path: Path) -> Store:
    """Open or create the store. Raises StoreFault for a damaged file or one written by a newer kiosk."""
    engine = create_engine(f"sqlite:///{path}", hide_parameters=True)  # what a log shows of a failure opens no file
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    with _world_faults():
        with engine.connect() as connection:
            if connection.execute(text("PRAGMA quick_check(1)")).scalar_one() != "ok":
                raise StoreFault(StoreTrouble.CORRUPT)
            version = connection.execute(text("PRAGMA user_version")).scalar_one()
        if version > VERSION:
            raise StoreFault(StoreTrouble.NEWER)
        with engine.begin() as connection:
            for step in _STEPS[version - 1 :] if version else ():
                step(connection)
            metadata.create_all(connection)
            outbox_metadata.create_all(connection)
            connection.execute(text(f"PRAGMA user_version = {VERSION}"))
    return Store(engine, PaperKey(path.parent))


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin transactions by itself: `_begin` does
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = OFF",  # in older stores a ticket could name only this kiosk's files
        "busy_timeout = 5000",
        "secure_delete = ON",  # what is erased is not left lying in the file
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")  # a reader that turns writer half-way could be refused


def in_use(store: Path) -> bool:
    """Whether another program of this user (or, for root, of anybody) has the store open: the kiosk is running."""
    ours = Path("/proc/self").resolve()
    for folder in Path("/proc").glob("[0-9]*/fd"):
        try:
            if folder.parent != ours and any(each.resolve() == store for each in folder.iterdir()):
                return True
        except OSError:
            continue  # another user's, or gone meanwhile
    return False
