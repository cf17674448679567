"""What opens a dossier to its citizen: the token in the QR, or the PIN beside the reference. Only hashes are kept."""

import hashlib
import hmac
import secrets
from base64 import b32encode
from dataclasses import dataclass

PIN_DIGITS = 6


def hash_token(token: str) -> str:
    """SHA-256 (hex) of the token as printed: 128 random bits need no slow hash."""
    return hashlib.sha256(token.upper().encode()).hexdigest()


def hash_pin(pin: str, salt: str) -> str:
    """scrypt (RFC 7914, N=2^14, r=8, p=1; hex): about 50 ms, so that a stolen list does not tell its PINs quickly."""
    return hashlib.scrypt(pin.encode(), salt=bytes.fromhex(salt), n=2**14, r=8, p=1, dklen=32).hex()


def pin_opens(pin: str, salt: str, pin_hash: str) -> bool:
    return hmac.compare_digest(hash_pin(pin, salt), pin_hash)


@dataclass(frozen=True, slots=True, repr=False)
class TrackingKey:
    """The secrets of one receipt, in clear: they live until the paper is out, and never travel."""

    token: str
    pin: str
    pin_salt: str
    pin_hash: str

    @property
    def token_hash(self) -> str:
        return hash_token(self.token)


def new_tracking_key() -> TrackingKey:
    """A fresh key. Takes as long as `hash_pin`, so it is made before the citizen confirms, never after.

    The token is 26 characters A-Z 2-7 (RFC 4648 base 32): capitals keep the QR in its small alphanumeric mode.
    """
    pin = f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}}"
    salt = secrets.token_hex(16)
    token = b32encode(secrets.token_bytes(16)).decode().rstrip("=")
    return TrackingKey(token, pin, salt, hash_pin(pin, salt))
