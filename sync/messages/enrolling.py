"""How a kiosk becomes one of the town's: a code a person types once, and the public half of a key made on the kiosk."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from sync.messages.fields import MessageFault, count, hexadecimal

_DIGITS = 8
_SHAPE = re.compile(r"[0-9]{10}")
_BETWEEN = re.compile(r"[\s-]+")
_KEY_BYTES = 32


class CodeFault(ValueError):
    """These characters are no enrolment code: wrong length, not digits, or the check does not agree."""


@dataclass(frozen=True, slots=True, repr=False)
class EnrolmentCode:
    """Eight digits drawn by lot and two that check them (ISO 7064 MOD 97-10), for a keypad: `1234 5678 90`."""

    digits: str

    @classmethod
    def draw(cls) -> Self:
        drawn = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}"
        return cls(drawn + _check(drawn))

    @classmethod
    def parse(cls, typed: str) -> Self:
        """Spaces and dashes do not matter. Raises CodeFault."""
        digits = _BETWEEN.sub("", typed)
        if not _SHAPE.fullmatch(digits):
            raise CodeFault("an enrolment code is ten digits")
        if _check(digits[:_DIGITS]) != digits[_DIGITS:]:
            raise CodeFault("the check digits do not agree: one digit is wrong")
        return cls(digits)

    def __str__(self) -> str:
        return f"{self.digits[:4]} {self.digits[4:8]} {self.digits[8:]}"


def _check(digits: str) -> str:
    return f"{98 - int(digits) * 100 % 97:02}"


@dataclass(frozen=True, slots=True, repr=False)
class Enrolment:
    """What a kiosk asks: to be known as `kiosk` by this public key (32 bytes), whose other half signs the request."""

    kiosk: int
    code: EnrolmentCode
    public: bytes

    def to_json(self) -> dict[str, Any]:
        return {"kiosk": self.kiosk, "code": self.code.digits, "key": self.public.hex()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Raises MessageFault."""
        try:
            enrolment = cls(
                count(data["kiosk"]), EnrolmentCode.parse(data["code"]), bytes.fromhex(hexadecimal(data["key"]))
            )
        except (KeyError, TypeError, ValueError) as fault:
            raise MessageFault(f"not an enrolment of this protocol ({type(fault).__name__})") from None
        if len(enrolment.public) != _KEY_BYTES:
            raise MessageFault("a public key has 32 bytes")
        return enrolment
