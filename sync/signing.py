"""Who speaks: a kiosk's Ed25519 key, its signature over a batch, and over every request (RFC 9421, RFC 9530)."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any, Protocol, Self

import http_sf
from cryptography.exceptions import InvalidSignature as WrongSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from http_message_signatures import (
    ContentDigest,
    HTTPMessageSignaturesException,
    HTTPMessageSigner,
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
    algorithms,
)

WINDOW = timedelta(minutes=5)
"""How far a request's time may be from the centre's, and so how long the centre remembers whom it heard."""
_TAG = "citizen-space"
_LABEL = "kiosk"
_LONGEST_NONCE = 100
_COVERED = ("@method", "@path", "date", "content-digest")
_ALSO_COVERED = ("tus-resumable", "upload-length", "upload-metadata", "upload-offset", "x-http-method-override")
"""Of a page on its way: each that the request has."""


class SignatureFault(ValueError):
    """This request is not signed as this protocol asks, or not with that key."""


class Request(Protocol):
    """What is signed of a request: `url` is absolute; to `headers` a signer adds."""

    @property
    def method(self) -> Any: ...

    @property
    def url(self) -> Any: ...

    @property
    def headers(self) -> Any: ...


class KioskKey:
    """The private half, made on the kiosk and never told to anybody."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    @classmethod
    def make(cls) -> Self:
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_pem(cls, pem: bytes) -> Self:
        """Raises ValueError."""
        key = load_pem_private_key(pem, password=None)
        if not isinstance(key, Ed25519PrivateKey):
            raise ValueError("not an Ed25519 key")  # noqa: TRY004  the bytes are wrong, not their type
        return cls(key)

    def to_pem(self) -> bytes:
        return self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    @property
    def id(self) -> str:
        return key_id(self.public)

    def sign(self, statement: bytes) -> bytes:
        return self._key.sign(statement)

    def sign_request(self, request: Request, body: bytes, created: datetime, clock: datetime) -> None:
        """Add the headers that say who speaks and when. `clock` is what the kiosk's own clock shows: told, not trusted.

        `created` may be another moment, when the kiosk knows that its clock is wrong.
        """
        request.headers["Date"] = format_datetime(clock.astimezone(UTC), usegmt=True)
        signer = HTTPMessageSigner(signature_algorithm=algorithms.ED25519, key_resolver=_Keys(self.public, self._key))
        signer.sign(
            request,
            key_id=self.id,
            created=created,
            nonce=secrets.token_urlsafe(16),
            label=_LABEL,
            tag=_TAG,
            covered_component_ids=(*_COVERED, *(name for name in _ALSO_COVERED if name in request.headers)),
            body=body,
        )


def key_id(public: bytes) -> str:
    """How a key is named: the SHA-256 of its 32 bytes, in hexadecimal digits."""
    return hashlib.sha256(public).hexdigest()


def is_signed(public: bytes, statement: bytes, signature: bytes) -> bool:
    """Whether that key signed that statement."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, statement)
    except (ValueError, WrongSignature):
        return False
    return True


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is certain of a request once its signature is: whose it is, when it was made, and that it is this one.

    `headers`: those that are signed, by their names in small letters.
    """

    key_id: str
    created: datetime
    clock: datetime
    nonce: str
    headers: Mapping[str, str]

    def holds(self, body: bytes) -> bool:
        """Whether these are the bytes that were signed."""
        try:
            ContentDigest.verify(self.headers["content-digest"], body)
        except HTTPMessageSignaturesException:
            return False
        return True


def claimed_key(request: Request) -> str:
    """The id of the key a request says it is signed with, before anything is certain. Raises SignatureFault."""
    try:
        claimed: Any = http_sf.parse(request.headers.get("Signature-Input", "").encode(), tltype="dictionary")
        _components, parameters = claimed[_LABEL]
        return str(parameters["keyid"])
    except (KeyError, TypeError, ValueError):
        raise SignatureFault("a request is signed: see docs/protocol.md") from None


def hear(request: Request, public: bytes) -> Spoken:
    """Check, by its headers alone, that a request is signed with that key. Raises SignatureFault.

    Whether the moment is near and the nonce new is for the centre to say; whether the body is the signed one, later.
    """
    verifier = _Verifier(signature_algorithm=algorithms.ED25519, key_resolver=_Keys(public))
    try:
        [result] = verifier.verify(request, max_age=None, expect_tag=_TAG, require_components=_COVERED)
        signed: Mapping[str, Any] = result.parameters
        headers = {name.strip('"'): value for name, value in result.covered_components.items()}
        spoken = Spoken(
            key_id=signed["keyid"],
            created=datetime.fromtimestamp(signed["created"], UTC),
            clock=parsedate_to_datetime(headers["date"]).astimezone(UTC),
            nonce=signed["nonce"],
            headers=headers,
        )
    except (HTTPMessageSignaturesException, KeyError, OSError, OverflowError, ValueError) as fault:
        raise SignatureFault(f"the signature does not hold ({type(fault).__name__})") from None
    if not 0 < len(spoken.nonce) <= _LONGEST_NONCE:
        raise SignatureFault("a request has a nonce of 1 to 100 characters")
    return spoken


class _Verifier(HTTPMessageVerifier):
    """Leaves the judgement of time to the centre, which must answer a kiosk whose clock is wrong."""

    def validate_created_and_expires(self, sig_input: Any, max_age: timedelta | None = None) -> None:
        """Nothing here."""


class _Keys(HTTPSignatureKeyResolver):
    """One key, by its own id only."""

    def __init__(self, public: bytes, private: Ed25519PrivateKey | None = None) -> None:
        self._public = public
        self._private = private

    def resolve_private_key(self, _key_id: str) -> Any:
        return self._private

    def resolve_public_key(self, wanted: str) -> Any:
        return Ed25519PublicKey.from_public_bytes(self._public) if wanted == key_id(self._public) else None
