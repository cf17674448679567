"""Kiosks at which somebody asks for an agent, and who goes there. Nobody is named but agents; it is soon forgotten."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, select, update

from central.changes import note_change
from central.database import Database, insert_once
from central.kiosks import Kiosk
from central.refusal import N_, Refused
from central.tables import help_calls, kiosks

_STANDS = timedelta(minutes=10)
"""After that nobody is waited for any more: the kiosk may have lost its line."""


@dataclass(frozen=True, slots=True)
class HelpCall:
    """Somebody at that kiosk asks for help. `agent` is who said that they go, empty while nobody has."""

    kiosk: int
    called_at: datetime
    agent: str


class HelpCalls:
    """What kiosks and desks do about them. A kiosk asks again and again: only what changes is written."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def call(self, kiosk: Kiosk) -> bool:
        """Somebody there asks for an agent, or has asked and waits. Whether one is coming."""
        town = self._database.municipality
        mine = (help_calls.c.municipality == town) & (help_calls.c.kiosk == kiosk.number)
        with self._database.reading() as connection:
            agent: str | None = connection.execute(
                select(help_calls.c.agent).where(mine, self._stands)
            ).scalar_one_or_none()
        if agent is not None:
            return agent != ""
        with self._database.writing() as connection:
            note_change(connection, town)
            connection.execute(delete(help_calls).where(mine))
            called = {"kiosk": kiosk.number, "called_at": self._now(), "agent": ""}
            insert_once(connection, help_calls, municipality=town, **called)
        return False

    def cancel(self, kiosk: Kiosk) -> None:
        """Nobody there needs help any more."""
        town = self._database.municipality
        with self._database.writing() as connection:
            note_change(connection, town)
            mine = (help_calls.c.municipality == town) & (help_calls.c.kiosk == kiosk.number)
            connection.execute(delete(help_calls).where(mine))

    def standing(self, site: str) -> tuple[HelpCall, ...]:
        """Those of that site, who waits longest first."""
        with self._database.reading() as connection:
            return self._read(connection, site)

    def go(self, kiosk: int, agent: str) -> None:
        """That agent is on the way: the kiosk says so. Raises Refused when nobody waits there."""
        town = self._database.municipality
        mine = (help_calls.c.municipality == town) & (help_calls.c.kiosk == kiosk)
        with self._database.writing() as connection:
            note_change(connection, town)
            if not connection.execute(update(help_calls).where(mine, self._stands).values(agent=agent)).rowcount:
                raise Refused(N_("Nobody waits for help there any more."))

    @property
    def _stands(self) -> ColumnElement[bool]:
        return help_calls.c.called_at > self._now() - _STANDS

    def _read(self, connection: Connection, site: str) -> tuple[HelpCall, ...]:
        same = (kiosks.c.municipality == help_calls.c.municipality) & (kiosks.c.number == help_calls.c.kiosk)
        rows = (
            select(help_calls.c.kiosk, help_calls.c.called_at, help_calls.c.agent)
            .join(kiosks, same)
            .where(help_calls.c.municipality == self._database.municipality, kiosks.c.site == site, self._stands)
            .order_by(help_calls.c.called_at)
        )
        return tuple(HelpCall(row.kiosk, row.called_at, row.agent) for row in connection.execute(rows))
