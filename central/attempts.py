"""Wrong secrets, counted: after five in a row nobody may try that name or number again for a quarter of an hour."""

from datetime import datetime, timedelta

from sqlalchemy import delete, update

from central.database import Database, insert_once
from central.tables import attempts

MOST = 5
PAUSE = timedelta(minutes=15)


def may_try(database: Database, subject: str, now: datetime) -> bool:
    """Count one more attempt on `subject`, before the secret is compared; False when there were too many.

    It counts whether or not the subject exists, so the answer never tells which do.
    """
    mine = (attempts.c.municipality == database.municipality) & (attempts.c.subject == subject)
    with database.writing() as connection:
        connection.execute(delete(attempts).where(attempts.c.last_at < now - PAUSE))
        insert_once(connection, attempts, municipality=database.municipality, subject=subject, failures=0, last_at=now)
        counted = update(attempts).where(mine, attempts.c.failures < MOST)
        return connection.execute(counted.values(failures=attempts.c.failures + 1, last_at=now)).rowcount == 1


def forget(database: Database, subject: str) -> None:
    """The secret was right."""
    with database.writing() as connection:
        connection.execute(
            delete(attempts).where(attempts.c.municipality == database.municipality, attempts.c.subject == subject)
        )
