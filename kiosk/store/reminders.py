"""The reminders this kiosk gave: their numbers, and which file was asked about on which day."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from civic.reference import Reference
from kiosk.store import numbers
from kiosk.store.tables import reminders


@dataclass(frozen=True, slots=True)
class Kept:
    """`number` counts from 1; `day` is the town's own."""

    number: int
    reference: Reference
    day: date
    asked_at: datetime
    answer_by: date


def next_number(connection: Connection) -> int:
    """Taken when `add` is called in the same transaction."""
    return numbers.give(connection, numbers.REMINDERS, select(func.coalesce(func.max(reminders.c.number), 0)))


def add(connection: Connection, kept: Kept) -> None:
    row = {"number": kept.number, "reference": str(kept.reference), "day": kept.day.isoformat()}
    times = {"asked_at": kept.asked_at.isoformat(), "answer_by": kept.answer_by.isoformat()}
    connection.execute(reminders.insert(), row | times)


def find(connection: Connection, reference: Reference, day: date) -> Kept | None:
    """The reminder of that file given here on that day."""
    mine = (reminders.c.reference == str(reference)) & (reminders.c.day == day.isoformat())
    row = connection.execute(select(reminders).where(mine)).mappings().first()
    if row is None:
        return None
    asked_at, answer_by = datetime.fromisoformat(row["asked_at"]), date.fromisoformat(row["answer_by"])
    return Kept(row["number"], reference, day, asked_at, answer_by)
