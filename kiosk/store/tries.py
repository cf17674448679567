"""Wrong PINs, counted on this kiosk while the centre cannot count: five, then a quarter of an hour for that number."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select

from civic.reference import Reference
from kiosk.store.tables import tries

MOST = 5
PAUSE = timedelta(minutes=15)


def may_try(connection: Connection, reference: Reference, now: datetime) -> bool:
    """Count one more, before the PIN is looked at, whether or not that file is known; False when there were too many.

    A power cut forgets none, and a clock set back keeps the number closed for as long as it was set back.
    """
    connection.execute(delete(tries).where(tries.c.last_at < (now - PAUSE).isoformat()))
    mine = select(func.coalesce(func.max(tries.c.failures), 0)).where(tries.c.reference == str(reference))
    failures: int = connection.execute(mine).scalar_one()
    if failures >= MOST:
        return False
    row = {"reference": str(reference), "failures": failures + 1, "last_at": now.isoformat()}
    connection.execute(insert(tries).prefix_with("OR REPLACE"), row)
    return True


def forget(connection: Connection, reference: Reference) -> None:
    """The PIN was right."""
    connection.execute(delete(tries).where(tries.c.reference == str(reference)))
