"""Which edition of the town's cards holds, said so that a kiosk can believe it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from sync.messages.chain import canonical
from sync.messages.fields import MessageFault, count, hexadecimal
from sync.messages.fields import sha256 as hash_of


@dataclass(frozen=True, slots=True)
class CardsOffer:
    """The town's key signed that the edition of that `number` are the bytes of that `sha256`. Numbers only grow."""

    number: int
    sha256: str
    signature: bytes

    def statement(self) -> bytes:
        """What the town signs."""
        return cards_statement(self.number, self.sha256)

    def to_json(self) -> dict[str, Any]:
        return {"number": self.number, "sha256": self.sha256, "signature": self.signature.hex()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Raises MessageFault."""
        try:
            return cls(count(data["number"]), hash_of(data["sha256"]), bytes.fromhex(hexadecimal(data["signature"])))
        except (KeyError, TypeError, ValueError) as fault:
            raise MessageFault(f"no edition of this protocol ({type(fault).__name__})") from None


def cards_statement(number: int, sha256: str) -> bytes:
    """The canonical form (RFC 8785) of what an offer says."""
    return canonical({"protocol": "citizen-space cards 1", "number": number, "sha256": sha256})
