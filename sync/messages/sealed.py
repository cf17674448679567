"""What of a fact is sealed to the town: neither the disk it waits on nor the line it goes over tells a name.

The sealed part stands in the data as `sealed`, in base64, beside the few names that must stay readable. It opens only
in its own event: for another id, another kiosk or other readable words it was not sealed.
"""

import base64
from collections.abc import Mapping
from typing import Any, Protocol

import orjson

from sync.messages.chain import Link, canonical
from sync.messages.fields import MessageFault, text

_READABLE = frozenset({"reference", "service", "deposited_at", "added_at"})
"""Which file, of what kind, and when: what a technician must see of what waits."""
_OPENLY = frozenset({"ticket.held", "ticket.voided", "reason.asked", "kiosk.checked"})
"""Facts that name nobody, and many: they stay small. Every other is sealed."""


class SealFault(ValueError):
    """This cannot be opened; the words are a plain sentence."""


class Sealing(Protocol):
    """`purpose` says what is sealed: it does not open for another."""

    def seal(self, words: bytes, purpose: bytes) -> bytes: ...


class Opening(Protocol):
    def open(self, sealed: bytes, purpose: bytes) -> bytes:
        """Raises SealFault."""
        ...


def seal_words(message: Mapping[str, Any], sealing: Sealing) -> dict[str, Any]:
    """The event in `message` with its personal words sealed; the same when it has none."""
    kind, data = message["type"], message["data"]
    if kind in _OPENLY:
        return dict(message)
    readable = {name: said for name, said in data.items() if name in _READABLE}
    personal = {name: said for name, said in data.items() if name not in _READABLE}
    sealed = sealing.seal(canonical(personal), _purpose(message["source"], message["id"], kind, readable))
    return {**message, "data": {**readable, "sealed": base64.b64encode(sealed).decode()}}


def open_words(source: str, link: Link, data: Any, opening: Opening) -> Any:
    """The data as they were said; as they are when nothing in them is sealed. Raises MessageFault, SealFault."""
    if not isinstance(data, dict) or "sealed" not in data:
        return data
    readable = {name: said for name, said in data.items() if name != "sealed"}
    try:
        sealed = base64.b64decode(text(data["sealed"]), validate=True)
    except (TypeError, ValueError):
        raise MessageFault("what is sealed must be base64") from None
    words = opening.open(sealed, _purpose(source, link.id, link.kind, readable))
    try:
        return {**orjson.loads(words), **readable}
    except (TypeError, ValueError):
        raise MessageFault("what was sealed is not the rest of a fact") from None


def _purpose(source: str, event_id: str, kind: str, readable: Mapping[str, Any]) -> bytes:
    return canonical(
        {"protocol": "citizen-space sealed fact 1", "source": source, "id": event_id, "type": kind, "data": readable}
    )
