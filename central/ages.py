"""The ages of a town's centre. Every start begins one, so that what a kiosk heard in a future that was lost is noticed.

A centre put back from a copy counts its changes on from where the copy was taken. The number alone would then mean two
things; with the age it was heard in, it means one, as long as a centre is started after a copy is put back.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from central.changes import last_change, note_change
from central.database import Database
from central.tables import ages, municipalities

_KEPT = 1000
"""Ages remembered; whoever comes with an older one hears everything anew."""
_NOW = (
    select(municipalities.c.change, ages.c.id)
    .join(ages, ages.c.municipality == municipalities.c.municipality)
    .where(municipalities.c.municipality == bindparam("town"))
    .order_by(ages.c.number.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Place:
    """A point in the town's changes: their number, and the age it was counted in."""

    age: str
    change: int


def begin_age(database: Database, now: datetime) -> None:
    """Nothing that was true before is void: only what was never kept."""
    town = database.municipality
    with database.writing() as connection:
        since = note_change(connection, town) - 1
        last = select(func.coalesce(func.max(ages.c.number), 0)).where(ages.c.municipality == town)
        number = connection.execute(last).scalar_one() + 1
        row = {"municipality": town, "number": number, "id": secrets.token_hex(8), "since": since, "begun_at": now}
        connection.execute(insert(ages), row)
        connection.execute(delete(ages).where(ages.c.municipality == town, ages.c.number <= number - _KEPT))


def here_and_now(connection: Connection, town: str) -> Place:
    """Read before what it speaks of: a kiosk then hears too much twice, and nothing never."""
    row = connection.execute(_NOW, {"town": town}).one()
    return Place(row.id, row.change)


def has_been(connection: Connection, town: str, place: Place) -> bool:
    """Whether this centre has ever been there; if not, what was heard there is of another past."""
    number = select(ages.c.number).where(ages.c.municipality == town, ages.c.id == place.age).scalar_subquery()
    following = select(ages.c.id, ages.c.since).where(ages.c.municipality == town, ages.c.number >= number)
    found = connection.execute(following.order_by(ages.c.number).limit(2)).all()
    if not found:
        return False
    return place.change <= (found[1].since if len(found) > 1 else last_change(connection, town))
