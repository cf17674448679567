"""Agents who sign in at this counter: the centre says who they are; without the line, this kiosk's memory of them."""

import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum, auto
from typing import Protocol

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kiosk.services.patience import Patience
from kiosk.store.agent_file import AgentFile, SeenAgent
from sync.messages import SignedIn, SignIn
from sync.transport import CentralUnreachable

REMEMBERED = timedelta(days=7)
"""How long after the centre last knew an agent here they may go on without it."""
_MOST_NAMED = 20
"""So many at most are asked about: more than ever work at one counter."""


class SignInTrouble(StrEnum):
    """Why nobody is signed in."""

    WRONG = auto()
    """The name or the password, or both were wrong too often."""
    UNREACHABLE = auto()
    """The centre does not answer, and this agent has not signed in here lately."""


class Line(Protocol):
    """Where the centre is asked. May raise CentralUnreachable, within seconds."""

    def sign_in(self, asked: SignIn) -> SignedIn | None: ...


class Agents:
    """Belongs to a thread that may wait; `known` and `dismiss` are for the one that hears the centre."""

    def __init__(self, line: Line, memory: AgentFile, now: Callable[[], datetime], clock: Callable[[], float]) -> None:
        """`clock`: see `Patience`."""
        self._line = line
        self._memory = memory
        self._now = now
        self._patience = Patience(clock)
        self._hasher = PasswordHasher()
        self._dismissed: frozenset[str] = frozenset()
        self._changing = threading.Lock()

    def sign_in(self, name: str, password: str) -> str | SignInTrouble:
        """The agent's name as the desk knows it. Never raises for the line or the disk."""
        try:
            agent = self._line.sign_in(SignIn(name, password))
        except CentralUnreachable:
            return self._recognise(_plain(name), password)
        if agent is None:
            self._forget(_plain(name), password)
            return SignInTrouble.WRONG
        seen = SeenAgent(self._hasher.hash(password), self._now(), agent.seal)
        with self._changing:
            self._dismissed -= {agent.name}
            self._memory.write({**self._lately, agent.name: seen})
        return agent.name

    def known(self) -> Mapping[str, str]:
        """Who may come in without the centre, each with their seal."""
        lately = self._lately
        latest = sorted(lately, key=lambda name: lately[name].seen_at)[-_MOST_NAMED:]
        return {name: lately[name].seal for name in latest}

    def dismiss(self, names: tuple[str, ...]) -> None:
        """The centre says that they sign in no more as they did. What a disk will not forget is forgotten here."""
        with self._changing:
            self._dismissed |= set(names)
            self._memory.write(self._lately)

    @property
    def _lately(self) -> Mapping[str, SeenAgent]:
        since, gone = self._now() - REMEMBERED, self._dismissed
        return {name: seen for name, seen in self._memory.read().items() if seen.seen_at >= since and name not in gone}

    def _recognise(self, name: str, password: str) -> str | SignInTrouble:
        seen = self._lately.get(name)
        if seen is None:
            return SignInTrouble.UNREACHABLE
        if self._patience.ended:
            return SignInTrouble.WRONG
        right = self._is_of(seen, password)
        self._patience.note(right=right)
        return name if right else SignInTrouble.WRONG

    def _forget(self, name: str, password: str) -> None:
        """Whose password the centre no longer takes does not come in with it while the line is down either.

        A password that is merely mistyped forgets nobody.
        """
        with self._changing:
            lately = self._lately
            if name in lately and self._is_of(lately[name], password):
                self._memory.write({other: seen for other, seen in lately.items() if other != name})

    def _is_of(self, seen: SeenAgent, password: str) -> bool:
        try:
            return self._hasher.verify(seen.hashed, password)
        except (VerificationError, InvalidHashError):
            return False


def _plain(name: str) -> str:
    """As the centre writes names: outer spaces and capitals do not matter."""
    return name.strip().casefold()
