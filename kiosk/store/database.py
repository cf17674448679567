"""The kiosk's SQLite file, opened so that what it confirmed survives the power being cut the next instant."""

import errno
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError

from kiosk.store import beginning
from kiosk.store.dossiers import mark_anew
from kiosk.store.examination import holds_what_was_written
from kiosk.store.log import read_log
from kiosk.store.paper_key import PaperKey
from kiosk.store.replacing import is_marked_damaged, mark_damaged
from kiosk.store.tables import metadata
from sync.outbox import chain_anew
from sync.outbox import metadata as outbox_metadata

_STEPS: tuple[Callable[[Connection], None], ...] = (chain_anew, mark_anew)
"""What brings a store from version 1 to 2, from 2 to 3, and so on: all of them, or none, when it is opened."""
VERSION = 1 + len(_STEPS)
_ABSURD = 1000
"""No kiosk will ever write this version: a flipped bit did."""
_HEAD_BYTES = 100
_WRITING_S = 0.2


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
_UNREADABLE = (sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ, sqlite3.SQLITE_IOERR_CORRUPTFS)
"""The disk itself gives a part of the file up."""


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
        trouble = _trouble(error)
        if trouble is None:
            raise
        raise StoreFault(trouble) from error


def _trouble(error: DBAPIError) -> StoreTrouble | None:
    code = getattr(error.orig, "sqlite_errorcode", 0)
    return StoreTrouble.CORRUPT if code in _UNREADABLE else _TROUBLE.get(code & 0xFF)


Transaction = Connection
"""Handed to the store's functions; only a service opens one."""


@dataclass(frozen=True, slots=True)
class Store:
    """The kiosk's database; the outbox lives in the same file. `paper_key` locks what a paper to come will say."""

    engine: Engine
    paper_key: PaperKey

    @property
    def path(self) -> Path:
        return Path(str(self.engine.url.database))

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Everything inside happens, or none of it. Raises StoreFault when the disk would not have it.

        Damage that is met here is met again at the next start, whatever is looked at then.
        """
        try:
            with _world_faults(), self.engine.begin() as connection:
                yield connection
        except StoreFault as fault:
            if fault.trouble is StoreTrouble.CORRUPT:
                mark_damaged(self.path)
            raise

    def scrub(self) -> None:
        """What was erased leaves the log beside the file too; the next time, when the disk will not have it now."""
        with suppress(sqlite3.OperationalError), closing(self.engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self.engine.dispose()


def open_store(path: Path) -> Store:
    """Open or create the store. Raises StoreFault for a damaged file or one written by a newer kiosk.

    Of a damaged file nothing is changed: see `kiosk.store.salvage`.
    """
    with _world_faults():
        _look_before(path)
    engine = create_engine(f"sqlite:///{path}", hide_parameters=True)  # what a log shows of a failure opens no file
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    try:
        with _world_faults():
            _open(engine, PaperKey(path.parent))
    except StoreFault:
        engine.dispose()
        raise
    except DBAPIError as error:  # a table or a column is not there: a flipped bit changed its name
        engine.dispose()
        raise StoreFault(StoreTrouble.CORRUPT) from error
    return Store(engine, PaperKey(path.parent))


def _look_before(path: Path) -> None:
    """What SQLite would change or not tell. Raises StoreFault, OSError."""
    with suppress(FileNotFoundError), path.open("rb") as file:
        version = written_version(file.read(_HEAD_BYTES))
        if VERSION < version < _ABSURD:
            raise StoreFault(StoreTrouble.NEWER)
    if is_marked_damaged(path) or (_is_log_broken(path) and _is_log_broken(path, after_s=_WRITING_S)):
        raise StoreFault(StoreTrouble.CORRUPT)


def written_version(head: bytes) -> int:
    """Which version wrote a file that begins with these bytes; 0 when they are not those of a store."""
    return int.from_bytes(head[60:64]) if head.startswith(b"SQLite format 3\0") else 0


def _is_log_broken(path: Path, after_s: float = 0.0) -> bool:
    """Another program may be writing just now: looked at again a moment later, its writing is whole."""
    time.sleep(after_s)
    try:
        return read_log(path.with_name(f"{path.name}-wal").read_bytes()).broken
    except FileNotFoundError:
        return False


def _open(engine: Engine, key: PaperKey) -> None:
    """Raises StoreFault, DBAPIError."""
    with engine.connect() as connection:
        if connection.execute(text("PRAGMA integrity_check(1)")).scalar_one() != "ok":
            raise StoreFault(StoreTrouble.CORRUPT)
        version = connection.execute(text("PRAGMA user_version")).scalar_one()
    if version > VERSION:
        raise StoreFault(StoreTrouble.CORRUPT if version >= _ABSURD else StoreTrouble.NEWER)
    with engine.begin() as connection:
        for step in _STEPS[version - 1 :] if version else ():
            step(connection)
        metadata.create_all(connection)
        outbox_metadata.create_all(connection)
        if not version:
            beginning.begin(connection)
        if not holds_what_was_written(connection, key):
            raise StoreFault(StoreTrouble.CORRUPT)
        connection.execute(text(f"PRAGMA user_version = {VERSION}"))


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
