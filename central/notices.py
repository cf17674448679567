"""What the town hall tells everybody who comes, on the first screen of its kiosks, up to a day: closed on Friday."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, delete, func, insert, or_, select

from central.changes import note_change
from central.database import Database
from central.settings import CentreFault
from central.tables import notices
from civic.language import Wording
from sync.messages import TownNotice

LONGEST = 200
"""Letters of a notice: two lines on a kiosk."""
MOST = 3
"""At once, on any kiosk: more is read by nobody."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A notice and where it hangs; `site` is None where it hangs at all of them."""

    number: int
    site: str | None
    notice: TownNotice


def post(database: Database, notice: TownNotice, site: str | None, today: date) -> int:
    """Its number, by which it is taken down. Raises CentreFault."""
    words = notice.words
    if not all(0 < len(each.strip()) <= LONGEST for each in (words.ar, words.fr, words.en)):
        raise CentreFault(f"A notice has 1 to {LONGEST} letters in each of the three languages.")
    town = database.municipality
    with database.writing() as connection:
        note_change(connection, town)
        if len(_hanging(connection, notices.c.municipality == town, today)) >= MOST:
            raise CentreFault(f"There are {MOST} notices already: take one down first.")
        last = select(func.coalesce(func.max(notices.c.number), 0)).where(notices.c.municipality == town)
        number: int = connection.execute(last).scalar_one() + 1
        row = {"municipality": town, "number": number, "site": site, "until": notice.until}
        connection.execute(insert(notices), row | {"ar": words.ar, "fr": words.fr, "en": words.en})
    return number


def take_down(database: Database, number: int) -> None:
    """Raises CentreFault."""
    mine = (notices.c.municipality == database.municipality) & (notices.c.number == number)
    with database.writing() as connection:
        note_change(connection, database.municipality)
        if connection.execute(delete(notices).where(mine)).rowcount == 0:
            raise CentreFault(f"There is no notice {number}.")


def list_notices(database: Database, today: date) -> tuple[Posted, ...]:
    with database.reading() as connection:
        return _hanging(connection, notices.c.municipality == database.municipality, today)


def notices_at(connection: Connection, town: str, site: str, today: date) -> tuple[TownNotice, ...]:
    here = or_(notices.c.site.is_(None), notices.c.site == site)
    return tuple(each.notice for each in _hanging(connection, (notices.c.municipality == town) & here, today))


def _hanging(connection: Connection, which: ColumnElement[bool], today: date) -> tuple[Posted, ...]:
    rows = connection.execute(select(notices).where(which, notices.c.until >= today).order_by(notices.c.number))
    return tuple(Posted(row.number, row.site, TownNotice(Wording(row.ar, row.fr, row.en), row.until)) for row in rows)
