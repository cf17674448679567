"""Which key a town wants to be sealed to, said so that a kiosk can believe it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from sync.messages.chain import canonical
from sync.messages.fields import MessageFault, count, hexadecimal

_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class SealOffer:
    """`key`: an X25519 public key, the town's `number`-th. `town`: the Ed25519 public key that signed this.

    A kiosk learns `town` when a person enrols it, and from then on believes no other.
    """

    town: bytes
    number: int
    key: bytes
    signature: bytes

    def statement(self) -> bytes:
        """What the town signs."""
        return offer_statement(self.number, self.key)

    def to_json(self) -> dict[str, Any]:
        return {
            "town": self.town.hex(),
            "number": self.number,
            "key": self.key.hex(),
            "signature": self.signature.hex(),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Raises MessageFault."""
        try:
            town, key, signature = (bytes.fromhex(hexadecimal(data[name])) for name in ("town", "key", "signature"))
            offer = cls(town, count(data["number"]), key, signature)
        except (KeyError, TypeError, ValueError) as fault:
            raise MessageFault(f"not a seal of this protocol ({type(fault).__name__})") from None
        if len(town) != _KEY_BYTES or len(key) != _KEY_BYTES:
            raise MessageFault("a public key has 32 bytes")
        return offer


def offer_statement(number: int, key: bytes) -> bytes:
    """The canonical form (RFC 8785) of what an offer says."""
    return canonical({"protocol": "citizen-space seal 1", "number": number, "key": key.hex()})
