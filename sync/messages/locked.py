"""A file as a kiosk keeps it for the hours without its centre: locked, so that only who holds its receipt opens it.

The centre locks each record twice: with what it keeps of the token and of the PIN (see `civic.tracking`). Neither of
the two reaches the kiosk: it makes them anew from the receipt in front of it, the second as slowly as the centre does.
"""

import hashlib
import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from civic.deadline import DeadlineKind
from civic.reference import Reference
from sync.messages.fields import MessageFault, count, hexadecimal, items, moment, sha256, text

_NONCE = 12
_BLOCK = 512
"""A record is filled up to a multiple of so many bytes: its length says little of what is in it."""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """Where a file is, in codes: each service, stage and paper has its words on the kiosk's own cards.

    `days` and `kind` say what was promised. `steps`: each stage with the moment it was entered, never
    none. `owed`: each paper still to bring, and whether its citizen said that it cannot come.
    """

    service_id: str
    days: int
    kind: DeadlineKind
    steps: tuple[tuple[str, datetime], ...]
    owed: tuple[tuple[str, bool], ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "service": self.service_id,
            "days": self.days,
            "kind": self.kind.value,
            "steps": [{"stage": stage, "entered_at": entered_at.isoformat()} for stage, entered_at in self.steps],
            "owed": [{"requirement": requirement, "excused": excused} for requirement, excused in self.owed],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        first, *later = ((text(each["stage"]), moment(each["entered_at"])) for each in items(data["steps"]))
        return cls(
            service_id=text(data["service"]),
            days=count(data["days"]),
            kind=DeadlineKind(data["kind"]),
            steps=(first, *later),
            owed=tuple((text(each["requirement"]), each["excused"] is True) for each in items(data["owed"])),
        )


@dataclass(frozen=True, slots=True, repr=False)
class LockedFile:
    """`mark` finds it by its token; `forget_after` is the day the kiosk keeps it to, None while the file is open."""

    reference: Reference
    mark: str
    by_token: bytes
    pin_salt: str
    by_pin: bytes
    forget_after: date | None

    def to_json(self) -> dict[str, Any]:
        return {
            "reference": str(self.reference),
            "mark": self.mark,
            "by_token": b64encode(self.by_token).decode(),
            "pin_salt": self.pin_salt,
            "by_pin": b64encode(self.by_pin).decode(),
            "forget_after": None if self.forget_after is None else self.forget_after.isoformat(),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        last = data["forget_after"]
        return cls(
            reference=Reference.parse(data["reference"]),
            mark=sha256(data["mark"]),
            by_token=b64decode(data["by_token"], validate=True),
            pin_salt=hexadecimal(data["pin_salt"]),
            by_pin=b64decode(data["by_pin"], validate=True),
            forget_after=None if last is None else date.fromisoformat(last),
        )


def mark(token_hash: str) -> str:
    """By which a file is found, and which opens nothing."""
    return _derived("mark", token_hash).hex()


def lock(record: FileRecord, reference: Reference, secret_hash: str) -> bytes:
    """`secret_hash`: of the token, or of the PIN with its salt, as `civic.tracking` makes them."""
    words = orjson.dumps(record.to_json())
    filled = words.ljust(-len(words) // _BLOCK * -_BLOCK)
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(_derived("lock", secret_hash)).encrypt(nonce, filled, str(reference).encode())


def unlock(locked: bytes, reference: Reference, secret_hash: str) -> FileRecord | None:
    """None when that is not what it was locked with, or it is of another file. Raises MessageFault."""
    nonce, rest = locked[:_NONCE], locked[_NONCE:]
    try:
        words = AESGCM(_derived("lock", secret_hash)).decrypt(nonce, rest, str(reference).encode())
    except (InvalidTag, ValueError):
        return None
    try:
        return FileRecord.from_json(orjson.loads(words))
    except (KeyError, OverflowError, TypeError, ValueError) as fault:
        raise MessageFault(f"not the record of a file ({type(fault).__name__})") from None


def _derived(purpose: str, secret_hash: str) -> bytes:
    return hashlib.sha256(f"citizen-space {purpose} 1 {secret_hash}".encode()).digest()
