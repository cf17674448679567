"""The agents of the counters: who they are, and that it is really they."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, insert, select

from central.attempts import forget, may_try
from central.changes import note_change
from central.database import Database
from central.kiosks import HALL
from central.settings import CentreFault
from central.tables import agents
from civic.assistance import HIGHEST_COUNTER

SHORTEST_PASSWORD = 8
NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$RiBzE7fFYGrnvrUX14EF5g$E1POngixuDZJW4NsuVhf4o+UmBMs2kl5fU+jZAI1CXI"
"""Of a password nobody knows: compared with when there is no such agent, so that both take as long."""


@dataclass(frozen=True, slots=True)
class Agent:
    """An agent at a counter of a site. `seal` changes with the password, and so ends every session opened before."""

    name: str
    site: str
    counter: int
    seal: str


class Agents:
    """Signs agents in."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._hasher = PasswordHasher()

    def sign_in(self, name: str, password: str) -> Agent | None:
        """None when name or password is wrong, or was wrong too often."""
        subject = f"agent:{_plain(name)}"
        if not may_try(self._database, subject, self._now()):
            return None
        found = self._read(_plain(name))
        try:
            self._hasher.verify(NOBODY if found is None else found[1], password)
        except (VerificationError, InvalidHashError):
            return None
        if found is None:
            return None
        forget(self._database, subject)
        return found[0]

    def find(self, name: str) -> Agent | None:
        found = self._read(_plain(name))
        return None if found is None else found[0]

    def dismissed(self, seals: Mapping[str, str]) -> tuple[str, ...]:
        """Of these agents, by their seals, who is none any more or has another password. An empty seal fits any."""
        mine = (agents.c.municipality == self._database.municipality) & agents.c.name.in_(list(seals))
        with self._database.reading() as connection:
            rows = connection.execute(select(agents.c.name, agents.c.password_hash).where(mine)) if seals else ()
            still = {row.name: _seal(row.password_hash) for row in rows}
        return tuple(name for name, seal in seals.items() if name not in still or (seal and seal != still[name]))

    def _read(self, name: str) -> tuple[Agent, str] | None:
        row = select(agents).where(agents.c.municipality == self._database.municipality, agents.c.name == name)
        with self._database.reading() as connection:
            found = connection.execute(row).one_or_none()
        if found is None:
            return None
        return Agent(found.name, found.site, found.counter, _seal(found.password_hash)), found.password_hash


def hire_agent(database: Database, name: str, password: str, counter: int, site: str = HALL) -> None:
    """Let an agent sign in; hiring again replaces password and counter. Raises CentreFault."""
    if not _plain(name):
        raise CentreFault("An agent needs a name.")
    if len(password) < SHORTEST_PASSWORD:
        raise CentreFault(f"A password has at least {SHORTEST_PASSWORD} characters.")
    check_counter(counter)
    town = database.municipality
    with database.writing() as connection:
        note_change(connection, town)
        connection.execute(delete(agents).where(agents.c.municipality == town, agents.c.name == _plain(name)))
        connection.execute(
            insert(agents).values(
                municipality=town,
                name=_plain(name),
                password_hash=PasswordHasher().hash(password),
                site=site,
                counter=counter,
            )
        )


def dismiss_agent(database: Database, name: str) -> None:
    """They sign in nowhere any more; what they did keeps their name. Raises CentreFault."""
    mine = (agents.c.municipality == database.municipality) & (agents.c.name == _plain(name))
    with database.writing() as connection:
        note_change(connection, database.municipality)
        if connection.execute(delete(agents).where(mine)).rowcount == 0:
            raise CentreFault(f"There is no agent “{name}” here.")


def check_counter(counter: int) -> None:
    """Raises CentreFault for a number no counter has."""
    if not 1 <= counter <= HIGHEST_COUNTER:
        raise CentreFault(f"A counter's number is from 1 to {HIGHEST_COUNTER}.")


def _seal(password_hash: str) -> str:
    return hashlib.sha256(password_hash.encode()).hexdigest()[:16]


def _plain(name: str) -> str:
    """Names are the same however they are typed in: outer spaces and capitals do not matter."""
    return name.strip().casefold()
