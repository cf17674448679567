"""What agents took in at a counter: who, where, and before which witnesses it was read aloud."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from central.database import insert_once
from central.tables import assisted
from civic.assistance import Assistance, Witness


@dataclass(frozen=True, slots=True)
class Assisted:
    """One visit to a counter: the deposit of a file, or papers it still lacked."""

    taken_at: datetime
    by: Assistance


def note_assistance(
    connection: Connection, town: str, reference: str, taken_at: datetime, assistance: Assistance | None
) -> None:
    """Keep it, in the caller's transaction; of a citizen who was alone there is nothing to keep."""
    if assistance is not None:
        insert_once(
            connection,
            assisted,
            municipality=town,
            reference=reference,
            taken_at=taken_at,
            agent=assistance.agent,
            counter=assistance.counter,
            witnesses=[{"name": each.name, "card": each.card} for each in assistance.witnesses],
        )


def read_assisted(connection: Connection, town: str, reference: str) -> tuple[Assisted, ...]:
    """Of that file, oldest first."""
    mine = (assisted.c.municipality == town) & (assisted.c.reference == reference)
    return tuple(
        Assisted(
            row.taken_at,
            Assistance(row.agent, row.counter, tuple(Witness(each["name"], each["card"]) for each in row.witnesses)),
        )
        for row in connection.execute(select(assisted).where(mine).order_by(assisted.c.taken_at))
    )
