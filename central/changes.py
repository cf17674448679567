"""The town's counter of changes: it grows with everything a page could show, and so tells the pages to look again."""

from sqlalchemy import Connection, bindparam, select, update

from central.database import Database
from central.tables import dossiers, municipalities

_NEXT = (
    update(municipalities)
    .where(municipalities.c.municipality == bindparam("town"))
    .values(change=municipalities.c.change + 1)
    .returning(municipalities.c.change)
)


def note_change(connection: Connection, municipality: str) -> int:
    """The number of this change. Taken before anything else is written: whoever holds it is the town's only writer.

    So two writers never wait for each other in a circle, and changes become visible in the order of their numbers.
    """
    number: int = connection.execute(_NEXT, {"town": municipality}).scalar_one()
    return number


def mark_dossier(connection: Connection, municipality: str, reference: str, change: int) -> None:
    """Whoever follows this dossier has something new to see."""
    connection.execute(
        update(dossiers)
        .where(dossiers.c.municipality == municipality, dossiers.c.reference == reference)
        .values(change=change)
    )


def last_change(connection: Connection, municipality: str) -> int:
    """Read it before what it speaks of: a page then never claims to be newer than it is."""
    mine = municipalities.c.municipality == municipality
    number: int = connection.execute(select(municipalities.c.change).where(mine)).scalar_one()
    return number


def changed_dossiers(database: Database, since: int) -> tuple[int, frozenset[str]]:
    """The last change, and the references of every dossier changed after `since`."""
    with database.reading() as connection:
        last = last_change(connection, database.municipality)
        if last == since:
            return last, frozenset()
        changed = select(dossiers.c.reference).where(
            dossiers.c.municipality == database.municipality, dossiers.c.change > since
        )
        return last, frozenset(connection.execute(changed).scalars())
