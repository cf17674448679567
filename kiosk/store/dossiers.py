"""The dossiers this kiosk took: their numbers, so that none is given twice."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from civic.reference import Reference
from kiosk.store.tables import dossiers


def next_reference(connection: Connection, kiosk: int, year: int) -> Reference:
    """The next free reference of that year (0-99), taken when `add` is called in the same transaction."""
    last = select(func.coalesce(func.max(dossiers.c.number), 0)).where(dossiers.c.year == year)
    return Reference(year, kiosk, connection.execute(last).scalar_one() + 1)


def add(connection: Connection, reference: Reference, service_id: str, at: datetime, complete: bool) -> None:
    connection.execute(
        dossiers.insert().values(
            reference=str(reference),
            year=reference.year,
            number=reference.number,
            service=service_id,
            deposited_at=at.isoformat(),
            complete=complete,
        )
    )
