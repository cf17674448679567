"""The agents of the counters: who they are, and that it is really they."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, insert, select

from central.attempts import forget, may_try
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

    def _read(self, name: str) -> tuple[Agent, str] | None:
        row = select(agents).where(agents.c.municipality == self._database.municipality, agents.c.name == name)
        with self._database.reading() as connection:
            found = connection.execute(row).one_or_none()
        if found is None:
            return None
        seal = hashlib.sha256(found.password_hash.encode()).hexdigest()[:16]
        return Agent(found.name, found.site, found.counter, seal), found.password_hash


def hire_agent(database: Database, name: str, password: str, counter: int, site: str = HALL) -> None:
    """Let an agent sign in; hiring again replaces password and counter. Raises CentreFault."""
    if not _plain(name):
        raise CentreFault("An agent needs a name.")
    if len(password) < SHORTEST_PASSWORD:
        raise CentreFault(f"A password has at least {SHORTEST_PASSWORD} characters.")
    check_counter(counter)
    town = database.municipality
    with database.writing() as connection:
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


def check_counter(counter: int) -> None:
    """Raises CentreFault for a number no counter has."""
    if not 1 <= counter <= HIGHEST_COUNTER:
        raise CentreFault(f"A counter's number is from 1 to {HIGHEST_COUNTER}.")


def _plain(name: str) -> str:
    """Names are the same however they are typed in: outer spaces and capitals do not matter."""
    return name.strip().casefold()
