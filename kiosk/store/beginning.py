"""How this store began: empty on a new machine, or with what could be saved from a damaged one."""

from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from kiosk.store import numbers
from kiosk.store.tables import beginnings


@dataclass(frozen=True, slots=True)
class Beginning:
    """`wreck`: the name of the damaged file, empty when there was none. `saved`: how many facts were taken over.

    `lost`: how many could not be read that the centre may not have, and their numbers in `missing`: `41–60, 77`.
    """

    wreck: str = ""
    saved: int = 0
    lost: int = 0
    missing: str = ""


def begin(connection: Connection, how: Beginning | None = None) -> None:
    """Of a store that was just made: its numbers go on behind all that were set apart before. Raises OSError."""
    how = how or Beginning()
    numbers.go_on_after(connection, numbers.read_set_apart(numbers.file_of(connection)) or {})
    row = {"asked": False, "wreck": how.wreck, "saved": how.saved, "lost": how.lost, "missing": how.missing}
    connection.execute(beginnings.insert(), row)


def salvages(connection: Connection) -> tuple[Beginning, ...]:
    """The damaged stores that this one goes back to, oldest first."""
    rows = connection.execute(select(beginnings).where(beginnings.c.wreck != "").order_by(beginnings.c.id))
    return tuple(Beginning(row.wreck, row.saved, row.lost, row.missing) for row in rows)


def is_unasked(connection: Connection) -> bool:
    """Whether the centre has not yet said which numbers this kiosk gave before this store."""
    return connection.execute(select(beginnings.c.id).where(beginnings.c.asked.is_(False))).first() is not None


def note_answer(connection: Connection) -> None:
    connection.execute(update(beginnings).values(asked=True))
