"""The chain of one kiosk's events: each carries the hash of the one before, so that none is changed or dropped unseen.

An event is hashed over its canonical form (RFC 8785), in which its data stand by their own hash. So whoever keeps the
attributes and that hash can check the chain for ever, and needs no word a citizen said.

A kiosk's store begins a *life*: 128 bits drawn by lot. The first event of a life follows a hash that names the kiosk
and that life; two lives of one number can therefore not be spliced.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Any, Self

import orjson

from sync.messages.fields import MessageFault, hexadecimal, identifier, items, sequence, sha256, text

PROTOCOL = "citizen-space batch 1"
"""What every signature over a batch begins with: it can stand for nothing else."""
_LIFE_DIGITS = 32


class Flaw(StrEnum):
    """What may be wrong with a chain. Each has a plain sentence at the centre: `central.findings`."""

    EDIT = auto()
    """The words are not those that were hashed."""
    GAP = auto()
    """A number is missing."""
    FORK = auto()
    """Two events claim the same number, or one follows something else than what stands before it."""
    DISORDER = auto()
    """A number comes twice in a batch, or not in its place."""
    FOREIGN = auto()
    """An event of another kiosk."""
    FORGED = auto()
    """The kiosk's key did not sign this."""
    REPLAY = auto()
    """A request that was heard before, word for word."""
    RESTART = auto()
    """The kiosk began another life."""


class ChainFault(Exception):
    """This batch is not what a kiosk signed; `flaw` names why. Nothing of it may be applied."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


def canonical(value: Any) -> bytes:
    """RFC 8785 of texts, whole numbers, lists and objects whose names are ASCII: all that stands in a message.

    A test holds it to the library `rfc8785`, which is sixty times slower.
    """
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def first_hash(source: str, life: str) -> str:
    """What the first event of a life follows."""
    return canonical_hash({"life": life, "source": source})


@dataclass(frozen=True, slots=True)
class Link:
    """An event as its chain knows it: who reads it learns no word of its data."""

    id: str
    sequence: int
    kind: str
    time: str
    data_hash: str
    previous: str

    def hash(self, source: str) -> str:
        return canonical_hash(
            {
                "specversion": "1.0",
                "id": self.id,
                "source": source,
                "sequence": f"{self.sequence:010}",
                "type": self.kind,
                "time": self.time,
                "datacontenttype": "application/json",
                "previoushash": self.previous,
                "data": self.data_hash,
            }
        )


def link(message: Mapping[str, Any], previous: str) -> Link:
    """Of the event in `message`. Raises MessageFault when its attributes are not exactly those of this protocol."""
    try:
        number = sequence(message["sequence"])
        found = Link(
            identifier(message["id"]),
            number,
            text(message["type"]),
            text(message["time"]),
            canonical_hash(message["data"]),
            previous,
        )
        known = message["specversion"] == "1.0" and message["datacontenttype"] == "application/json"
    except (KeyError, TypeError, ValueError) as fault:
        raise MessageFault(f"not an event of this protocol ({type(fault).__name__})") from None
    if not known or len(message) != _MEMBERS:
        raise MessageFault("not an event of this protocol")
    return found


_MEMBERS = 8
"""specversion, id, source, sequence, type, time, datacontenttype and data; `previoushash` is told once for a batch."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a kiosk signs of a batch: where it begins, what it follows, where it ends."""

    source: str
    life: str
    first: int
    last: int
    previous: str
    hash: str

    def statement(self) -> bytes:
        return canonical(
            {
                "protocol": PROTOCOL,
                "source": self.source,
                "life": self.life,
                "first": self.first,
                "last": self.last,
                "previous": self.previous,
                "head": self.hash,
            }
        )


@dataclass(frozen=True, slots=True)
class Batch:
    """Events of one life in the order of their numbers, without a gap."""

    head: Head
    links: tuple[Link, ...]
    messages: tuple[Mapping[str, Any], ...]

    @classmethod
    def of(cls, source: str, life: str, previous: str, messages: Sequence[Mapping[str, Any]]) -> Self:
        """The batch those messages make. Raises MessageFault, ChainFault; there is at least one message."""
        links: list[Link] = []
        hash_ = previous
        for message in messages:
            links.append(link(message, hash_))
            hash_ = links[-1].hash(source)
            if message["source"] != source:
                raise ChainFault(Flaw.FOREIGN)
            _expect(links[0].sequence + len(links) - 1, links[-1].sequence)
        head = Head(source, life, links[0].sequence, links[-1].sequence, previous, hash_)
        return cls(head, tuple(links), tuple(messages))

    def to_json(self, signature: bytes) -> dict[str, Any]:
        return {
            "life": self.head.life,
            "previous": self.head.previous,
            "head": self.head.hash,
            "signature": signature.hex(),
            "events": list(self.messages),
        }


def read_batch(source: str, body: Any) -> tuple[Batch, bytes]:
    """What that kiosk says, and its signature. Raises MessageFault for another shape, ChainFault for a broken chain."""
    try:
        life, previous, head = hexadecimal(body["life"]), sha256(body["previous"]), sha256(body["head"])
        signature = bytes.fromhex(hexadecimal(body["signature"]))
        events = _objects(body["events"])
        if len(life) != _LIFE_DIGITS:
            raise MessageFault("a life has 32 hexadecimal digits")
    except (KeyError, TypeError, ValueError) as fault:
        raise MessageFault(f"not a batch of this protocol ({type(fault).__name__})") from None
    batch = Batch.of(source, life, previous, events)
    if batch.head.hash != head or (batch.head.first == 1 and previous != first_hash(source, life)):
        raise ChainFault(Flaw.EDIT)
    return batch, signature


def _objects(value: Any) -> list[Mapping[str, Any]]:
    events: list[Mapping[str, Any]] = items(value)
    if not events or not all(isinstance(each, dict) for each in events):
        raise TypeError
    return events


def _expect(number: int, found: int) -> None:
    if found != number:
        raise ChainFault(Flaw.GAP if found > number else Flaw.DISORDER)


def canonical_hash(value: Any) -> str:
    """SHA-256 of the canonical form, in hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()
