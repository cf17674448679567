"""The agents who signed in at this counter lately, for when the line is down: each by a slow, salted hash."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kiosk.store.own_file import write_own


@dataclass(frozen=True, slots=True, repr=False)
class SeenAgent:
    """`hashed`: the password as Argon2id keeps it. `seen_at`: when the centre last said that it is right.

    `seal`: what the centre gave with it, another for another password.
    """

    hashed: str
    seen_at: datetime
    seal: str


class AgentFile:
    """`agents.json` in the kiosk's folder, which only the kiosk's user reads. A damaged one is an empty one."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "agents.json"

    def read(self) -> Mapping[str, SeenAgent]:
        """By name. Empty when the disk will not give it."""
        try:
            kept = json.loads(self._path.read_bytes())
            return {name: _seen(*each) for name, each in kept.items()}
        except (AttributeError, IndexError, OSError, TypeError, ValueError):
            return {}

    def write(self, agents: Mapping[str, SeenAgent]) -> None:
        """All of them, or, when the disk will not have it, those that were there before."""
        told = {name: [each.hashed, each.seen_at.isoformat(), each.seal] for name, each in agents.items()}
        with suppress(OSError):
            write_own(self._path, json.dumps(told).encode())


def _seen(hashed: str, seen_at: str, seal: str = "") -> SeenAgent:
    """Without a seal, it was written before there were any."""
    return SeenAgent(hashed, datetime.fromisoformat(seen_at), seal)
