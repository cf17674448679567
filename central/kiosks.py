"""The kiosks this town knows: each speaks with one key, whose private half only it has."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, Table, bindparam, delete, func, select, update

from central.changes import note_change
from central.database import Database, insert_once
from central.settings import CentreFault
from central.tables import findings, heads, hearings, inbox, keys, kiosks, nonces
from sync.messages import Outcome
from sync.signing import WINDOW, Spoken

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


@dataclass(frozen=True, slots=True)
class Known:
    """A kiosk, and the public key by which it is known."""

    kiosk: Kiosk
    key_id: str
    public: bytes


# Asked with every request, so they are put together once.
_OF_KEY = (
    select(kiosks.c.number, kiosks.c.site, keys.c.public)
    .select_from(kiosks)
    .join(keys, (keys.c.municipality == kiosks.c.municipality) & (keys.c.id == kiosks.c.key_id))
    .where(kiosks.c.municipality == bindparam("town"), kiosks.c.key_id == bindparam("wanted"))
)
_OF_ANY_KEY = (
    select(kiosks.c.number, kiosks.c.site, keys.c.public)
    .select_from(kiosks)
    .join(keys, (keys.c.municipality == kiosks.c.municipality) & (keys.c.kiosk == kiosks.c.number))
    .where(kiosks.c.municipality == bindparam("town"), keys.c.id == bindparam("wanted"))
)
_FORGOTTEN = delete(nonces).where(
    nonces.c.municipality == bindparam("town"),
    nonces.c.key_id == bindparam("speaking"),
    nonces.c.until < bindparam("now"),
)
_HEARING = (
    update(hearings)
    .where(hearings.c.municipality == bindparam("town"), hearings.c.kiosk == bindparam("speaking"))
    .values(heard_at=bindparam("heard_at"), ahead_s=bindparam("ahead_s"))
)


def find_kiosk(database: Database, key_id: str) -> Known | None:
    """Whose key this is today, if any kiosk's."""
    return _find(database, _OF_KEY, key_id)


def find_former(database: Database, key_id: str) -> Known | None:
    """Whose key this was, or is: also when another machine took the kiosk's place, or it was revoked."""
    return _find(database, _OF_ANY_KEY, key_id)


def _find(database: Database, asked: Select[Any], key_id: str) -> Known | None:
    with database.reading() as connection:
        found = connection.execute(asked, {"town": database.municipality, "wanted": key_id}).one_or_none()
    if found is None:
        return None
    return Known(Kiosk(database.municipality, found.number, found.site), key_id, bytes.fromhex(found.public))


def note_hearing(database: Database, kiosk: Kiosk, spoken: Spoken, now: datetime) -> bool:
    """Keep when the kiosk spoke and what its clock showed; whether this very request was never heard before."""
    town, hearing = database.municipality, {"heard_at": now, "ahead_s": round((spoken.clock - now).total_seconds())}
    with database.noting() as connection:  # each request says it anew
        connection.execute(_FORGOTTEN, {"town": town, "speaking": spoken.key_id, "now": now})
        nonce = {"municipality": town, "key_id": spoken.key_id, "nonce": spoken.nonce}
        fresh = insert_once(connection, nonces, **nonce, until=now + 2 * WINDOW)
        if connection.execute(_HEARING, {"town": town, "speaking": kiosk.number, **hearing}).rowcount == 0:
            insert_once(connection, hearings, municipality=town, kiosk=kiosk.number, **hearing)
    return fresh


def revoke_kiosk(database: Database, number: int) -> None:
    """Nothing that kiosk says is heard any more; what it said stays. Raises CentreFault."""
    _change(database, number, key_id=None)


def move_kiosk(database: Database, number: int, site: str) -> None:
    """It stands at another site: the tickets it gives from now on wait there. Raises CentreFault."""
    _change(database, number, site=site)


def _change(database: Database, number: int, **values: str | None) -> None:
    mine = (kiosks.c.municipality == database.municipality) & (kiosks.c.number == number)
    with database.writing() as connection:
        note_change(connection, database.municipality)
        if connection.execute(update(kiosks).where(mine).values(values)).rowcount == 0:
            raise CentreFault(f"No kiosk {number:03} was ever enrolled here.")


@dataclass(frozen=True, slots=True)
class Presence:
    """How the centre sees a kiosk. `ahead`: by how much its own clock was ahead of the centre's when it last spoke."""

    kiosk: Kiosk
    key_id: str | None
    heard_at: datetime | None
    ahead: timedelta
    told: int
    refused: int
    findings: int


def list_kiosks(database: Database) -> tuple[Presence, ...]:
    """All that were ever enrolled, by their numbers."""
    town = database.municipality
    with database.reading() as connection:
        rows = connection.execute(select(kiosks).where(kiosks.c.municipality == town).order_by(kiosks.c.number)).all()
        heard = {row.kiosk: row for row in connection.execute(select(hearings).where(hearings.c.municipality == town))}
        is_refused = inbox.c.outcome == Outcome.REFUSED.value
        told = _each(connection, select(heads.c.kiosk, func.sum(heads.c.sequence)), heads, town)
        refused = _each(connection, select(inbox.c.kiosk, func.count()).where(is_refused), inbox, town)
        found = _each(connection, select(findings.c.kiosk, func.count()), findings, town)
    return tuple(
        Presence(
            kiosk=Kiosk(town, row.number, row.site),
            key_id=row.key_id,
            heard_at=heard[row.number].heard_at if row.number in heard else None,
            ahead=timedelta(seconds=heard[row.number].ahead_s if row.number in heard else 0),
            told=told.get(row.number, 0),
            refused=refused.get(row.number, 0),
            findings=found.get(row.number, 0),
        )
        for row in rows
    )


def _each(connection: Connection, amounts: Select[Any], table: Table, town: str) -> dict[int, int]:
    """An amount for each kiosk that has one."""
    rows = connection.execute(amounts.where(table.c.municipality == town).group_by(table.c.kiosk))
    return {kiosk: int(amount) for kiosk, amount in rows}
