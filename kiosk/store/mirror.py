"""What the centre said last, for the hours without it. Nothing in it names a person, and its files are locked."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import orjson
from sqlalchemy import ColumnElement, Connection, delete, insert, select

from civic.reference import Reference
from kiosk.store.tables import mirror, mirror_files, mirror_notices
from sync.messages import Changes, HallLine, LockedFile, TownNotice

_FRESH = timedelta(seconds=60)
"""The centre answers at least twice in it."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A file as the centre told it. `known_at`: when, by the centre's clock, everything was last heard."""

    file: LockedFile
    known_at: datetime


class Mirror:
    """`transaction` opens one on the kiosk's store, and raises its StoreFault. `now` is the kiosk's own clock."""

    def __init__(
        self, transaction: Callable[[], AbstractContextManager[Connection]], now: Callable[[], datetime]
    ) -> None:
        self._transaction = transaction
        self._now = now

    def cursor(self) -> str:
        """How far the centre was heard; empty when nothing was."""
        with self._transaction() as connection:
            return _cursor(connection)

    def apply(self, changes: Changes, after: str) -> None:
        """Keep all of it with its cursor, or nothing when the cursor is no longer `after`."""
        with self._transaction() as connection:
            if _cursor(connection) != after:
                return
            known_at = _known_at(connection)
            if changes.reset:
                known_at = None
                connection.execute(delete(mirror_files))
            for each in changes.files:
                connection.execute(insert(mirror_files).prefix_with("OR REPLACE"), _row(each))
            _forget(connection, changes)
            row = {
                "id": 1,
                "cursor": changes.cursor,
                "known_at": known_at if changes.more else changes.at.isoformat(),
                "line": orjson.dumps(changes.line.to_json()).decode(),
                "heard_at": self._now().isoformat(),
            }
            connection.execute(insert(mirror).prefix_with("OR REPLACE"), row)
            connection.execute(delete(mirror_notices))
            for position, notice in enumerate(changes.notices):
                connection.execute(insert(mirror_notices), {"position": position, **notice.to_json()})

    def forget(self) -> None:
        with self._transaction() as connection:
            for table in (mirror, mirror_files, mirror_notices):
                connection.execute(delete(table))

    def by_mark(self, mark: str) -> Remembered | None:
        return self._find(mirror_files.c.mark == mark)

    def by_reference(self, reference: Reference) -> Remembered | None:
        return self._find(mirror_files.c.reference == str(reference))

    def line(self, today: date) -> HallLine | None:
        """Who waits in the hall, while the centre is heard; None when it is not, or spoke of another day."""
        with self._transaction() as connection:
            row = connection.execute(select(mirror.c.line, mirror.c.heard_at)).one_or_none()
        if row is None or not timedelta(0) <= self._now() - datetime.fromisoformat(row.heard_at) < _FRESH:
            return None
        line = HallLine.from_json(orjson.loads(row.line))
        return line if line.day == today else None

    def notices(self, today: date) -> tuple[TownNotice, ...]:
        """What is still to be told, also while the centre is not heard: each says itself until when."""
        rows = select(mirror_notices).where(mirror_notices.c.until >= today.isoformat())
        with self._transaction() as connection:
            found = connection.execute(rows.order_by(mirror_notices.c.position)).mappings()
            return tuple(TownNotice.from_json(dict(row)) for row in found)

    def _find(self, which: ColumnElement[bool]) -> Remembered | None:
        """None also while the kiosk has not heard everything yet."""
        with self._transaction() as connection:
            known_at = _known_at(connection)
            row = connection.execute(select(mirror_files).where(which)).mappings().one_or_none()
        if row is None or known_at is None:
            return None
        last = row["forget_after"]
        file = LockedFile(
            reference=Reference.parse(row["reference"]),
            mark=row["mark"],
            by_token=row["by_token"],
            pin_salt=row["pin_salt"],
            by_pin=row["by_pin"],
            forget_after=None if last is None else date.fromisoformat(last),
        )
        return Remembered(file, datetime.fromisoformat(known_at))


def _cursor(connection: Connection) -> str:
    return connection.execute(select(mirror.c.cursor)).scalar() or ""


def _known_at(connection: Connection) -> str | None:
    known_at: str | None = connection.execute(select(mirror.c.known_at)).scalar()
    return known_at


def _row(file: LockedFile) -> dict[str, object]:
    return {
        "reference": str(file.reference),
        "mark": file.mark,
        "by_token": file.by_token,
        "pin_salt": file.pin_salt,
        "by_pin": file.by_pin,
        "forget_after": None if file.forget_after is None else file.forget_after.isoformat(),
    }


def _forget(connection: Connection, changes: Changes) -> None:
    """What the centre says is gone, and what is over for long."""
    gone = mirror_files.c.reference.in_([str(each) for each in changes.gone])
    past = mirror_files.c.forget_after < changes.at.date().isoformat()
    connection.execute(delete(mirror_files).where(gone | past))
