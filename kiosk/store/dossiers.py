"""The dossiers this kiosk took: their numbers, so that none is given twice, and what their receipts open here."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, inspect, select, update

from civic.reference import Reference
from kiosk.store import numbers
from kiosk.store.tables import dossiers, receipts
from sync.messages import mark as mark_of


@dataclass(frozen=True, slots=True)
class Kept:
    """What a kiosk knows by itself of a dossier it took."""

    reference: Reference
    service_id: str
    deposited_at: datetime
    complete: bool


def next_reference(connection: Connection, kiosk: int, year: int) -> Reference:
    """The next free reference of that year (0-99), taken when `add` is called in the same transaction."""
    last = select(func.coalesce(func.max(dossiers.c.number), 0)).where(dossiers.c.year == year)
    return Reference(year, kiosk, numbers.give(connection, numbers.references(year), last))


def add(connection: Connection, kept: Kept, mark: str) -> None:
    """`mark`: of the token on its receipt, see `sync.messages.locked`; it unlocks nothing."""
    connection.execute(
        dossiers.insert().values(
            reference=str(kept.reference),
            year=kept.reference.year,
            number=kept.reference.number,
            service=kept.service_id,
            deposited_at=kept.deposited_at.isoformat(),
            complete=kept.complete,
        )
    )
    connection.execute(receipts.insert().values(mark=mark, reference=str(kept.reference)))


def find(connection: Connection, mark: str) -> Kept | None:
    """The dossier whose receipt carries the token of that mark, if this kiosk took it."""
    mine = select(dossiers).join(receipts).where(receipts.c.mark == mark)
    row = connection.execute(mine).mappings().first()
    if row is None:
        return None
    return Kept(
        reference=Reference.parse(row["reference"]),
        service_id=row["service"],
        deposited_at=datetime.fromisoformat(row["deposited_at"]),
        complete=row["complete"],
    )


def mark_anew(connection: Connection) -> None:
    """Of the tokens of before keep only what unlocks nothing."""
    if not inspect(connection).has_table(receipts.name):
        return
    connection.exec_driver_sql("ALTER TABLE receipts RENAME COLUMN token_hash TO mark")
    for row in connection.execute(select(receipts)).all():
        mine = update(receipts).where(receipts.c.reference == row.reference)
        connection.execute(mine.values(mark=mark_of(row.mark)))
