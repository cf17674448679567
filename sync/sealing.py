"""What is sealed to a public key and opened by its private half alone: HPKE (RFC 9180) in its base mode.

DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305. What is sealed names its key, so that a town may have
several: `MARK`, the key's id (32 bytes), the encapsulated key (32), the ciphertext with its tag (16).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from sync.messages import SealFault
from sync.signing import key_id

MARK = b"\x89SEALED1"
"""No picture begins with it, and no text."""
PAGE = b"citizen-space sealed page 1"
"""The purpose of a scanned page."""


def carried(name: str) -> bytes:
    """The purpose of a file of that name, carried from a kiosk to the centre by hand."""
    return b"citizen-space carried 1 " + name.encode()


_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_ID_BYTES = 32
_HEAD_BYTES = len(MARK) + _ID_BYTES
OVERHEAD = _HEAD_BYTES + 32 + 16
"""Bytes by which sealing makes anything longer."""


@dataclass(frozen=True, slots=True)
class Seal:
    """The public half (32 bytes): who has it can seal, and open nothing."""

    public: bytes

    @property
    def id(self) -> str:
        return key_id(self.public)

    def seal(self, words: bytes, purpose: bytes) -> bytes:
        """`purpose` must be told again to open it: what was sealed as one thing never passes for another."""
        key = X25519PublicKey.from_public_bytes(self.public)
        return MARK + bytes.fromhex(self.id) + _SUITE.encrypt(words, key, purpose)


FindSeal = Callable[[], Seal | None]
"""The seal of the town this kiosk belongs to, asked for each time; None while it knows none."""


def no_seal() -> None:
    """Of a kiosk that no town has yet."""


class SealKey:
    """The private half."""

    def __init__(self, key: X25519PrivateKey) -> None:
        self._key = key
        self.seal = Seal(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))

    @classmethod
    def make(cls) -> Self:
        return cls(X25519PrivateKey.generate())

    @classmethod
    def from_pem(cls, pem: bytes) -> Self:
        """Raises ValueError."""
        key = load_pem_private_key(pem, password=None)
        if not isinstance(key, X25519PrivateKey):
            raise ValueError("not an X25519 key")  # noqa: TRY004  the bytes are wrong, not their type
        return cls(key)

    def to_pem(self) -> bytes:
        return self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    def open(self, sealed: bytes, purpose: bytes) -> bytes:
        """What was sealed to this key, for that purpose. Raises SealFault."""
        if sealed_to(sealed) != self.seal.id:
            raise SealFault("this is sealed to another key")
        try:
            return _SUITE.decrypt(sealed[_HEAD_BYTES:], self._key, purpose)
        except (InvalidTag, ValueError):
            raise SealFault("this cannot be opened: it is not what was sealed") from None


def sealed_to(content: bytes) -> str | None:
    """The id of the key these bytes are sealed to; None when they are not sealed."""
    if not content.startswith(MARK) or len(content) < _HEAD_BYTES:
        return None
    return content[len(MARK) : _HEAD_BYTES].hex()
