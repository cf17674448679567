"""One event as it stands in an outbox, beside the hash that was made of its words: so it proves itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import orjson

from sync.messages import Outcome, link
from sync.messages.fields import identifier, sha256, text

WAITING = "waiting"
STATES = frozenset({WAITING, *(outcome.value for outcome in Outcome)})
_COLUMNS = 6


@dataclass(frozen=True, slots=True)
class Kept:
    """`body` is None once the centre has the event."""

    sequence: int
    id: str
    state: str
    body: str | None
    reason: str
    hash: str

    @classmethod
    def from_row(cls, key: int, values: Sequence[Any]) -> Self | None:
        """Of a row found in a damaged file, by its key in its table; None when it can be none of an outbox."""
        if len(values) != _COLUMNS or values[0] is not None or key < 1:
            return None
        _, id_, state, body, reason, hash_ = values
        try:
            kept = cls(key, identifier(id_), text(state), None if body is None else text(body), text(reason), hash_)
            sha256(hash_)
        except (TypeError, ValueError):
            return None
        return kept

    @property
    def message(self) -> dict[str, Any] | None:
        """The event, with the hash of the one before it; None when these are not the words that were hashed."""
        try:
            message: dict[str, Any] = orjson.loads(self.body or "")
            found = link({name: said for name, said in message.items() if name != "previoushash"}, _before(message))
        except (AttributeError, KeyError, TypeError, ValueError):
            return None
        whole = (found.hash(str(message["source"])), found.id, found.sequence) == (self.hash, self.id, self.sequence)
        return message if whole else None


def _before(message: dict[str, Any]) -> str:
    return sha256(message["previoushash"])
