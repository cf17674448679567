"""The kiosks this town knows, each by a key only it holds."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete, insert, select

from central.database import Database
from central.settings import CentreFault
from central.tables import kiosks

HALL = "hall"
"""The site of kiosks, counters and boards when a town has only one."""


@dataclass(frozen=True, slots=True)
class Kiosk:
    """A known kiosk. `source` is what it signs its events with."""

    municipality: str
    number: int
    site: str

    @property
    def source(self) -> str:
        return f"/{self.municipality}/kiosk/{self.number:03}"


def enrol_kiosk(database: Database, number: int, site: str = HALL) -> str:
    """A fresh key for that kiosk; the one it had before opens nothing any more. Raises CentreFault."""
    if not 0 <= number <= 999:
        raise CentreFault("A kiosk's number is at most three digits, such as 014.")
    key = secrets.token_urlsafe(32)
    with database.writing() as connection:
        mine = (kiosks.c.municipality == database.municipality) & (kiosks.c.number == number)
        connection.execute(delete(kiosks).where(mine))
        connection.execute(
            insert(kiosks).values(
                municipality=database.municipality,
                number=number,
                site=site,
                key_hash=_hash(key),
                enrolled_at=datetime.now(UTC),
            )
        )
    return key


def find_kiosk(database: Database, key: str) -> Kiosk | None:
    """Whose key this is, if anybody's."""
    row = select(kiosks.c.number, kiosks.c.site).where(
        kiosks.c.municipality == database.municipality, kiosks.c.key_hash == _hash(key)
    )
    with database.reading() as connection:
        found = connection.execute(row).one_or_none()
    return None if found is None else Kiosk(database.municipality, found.number, found.site)


def _hash(key: str) -> str:
    """256 random bits need no slow hash."""
    return hashlib.sha256(key.encode()).hexdigest()
