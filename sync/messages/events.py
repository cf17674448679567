"""Facts a kiosk tells the centre, CloudEvents 1.0 in JSON, and the centre's answer to each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Self

from civic.assistance import Assistance
from civic.dossier import Applicant, Document, IdentityKind
from civic.excuse import Excuse
from civic.language import Language
from civic.reference import Reference
from civic.ticket import HeldBy
from civic.voice_note import VoiceNote
from sync.messages.assisting import assisted_to_json, read_assisted
from sync.messages.checks import KioskChecked
from sync.messages.fields import MessageFault, count, hexadecimal, identifier, items, moment, sequence, sha256, text
from sync.messages.holding import given_to_json, read_given
from sync.messages.reasons import ReasonAsked


@dataclass(frozen=True, slots=True)
class DossierDeposited:
    """A citizen confirmed a dossier. Only hashes of the token and the PIN leave the kiosk: see `civic.tracking`."""

    reference: Reference
    service_id: str
    language: Language
    deposited_at: datetime
    answers: Mapping[str, str]
    applicant: Applicant
    documents: tuple[Document, ...]
    missing: tuple[str, ...]
    excuses: Mapping[str, Excuse]
    """Why some of the missing papers cannot come, as the citizen says."""
    token_hash: str
    pin_salt: str
    pin_hash: str
    assistance: Assistance | None = None
    cards: int = 0
    """The number of the edition of the town's cards by which it was promised an answer; 0: those of the program."""

    @property
    def pages(self) -> frozenset[str]:
        """The SHA-256 of what goes with it in a lane of its own: pages scanned for it, and what was spoken."""
        notes = (VoiceNote.find(answer) for answer in self.answers.values())
        return _scanned(self.documents) | {note.sha256 for note in notes if note is not None}

    def to_json(self) -> dict[str, Any]:
        kind = self.applicant.identity_kind
        return {
            "reference": str(self.reference),
            "service": self.service_id,
            "language": self.language.value,
            "deposited_at": self.deposited_at.isoformat(),
            "answers": dict(self.answers),
            "applicant": {
                "name": self.applicant.name,
                "phone": self.applicant.phone,
                "identity_kind": None if kind is None else kind.value,
                "identity_number": self.applicant.identity_number,
            },
            "documents": _documents_to_json(self.documents),
            "missing": list(self.missing),
            "excuses": {requirement: excuse.value for requirement, excuse in self.excuses.items()},
            "token_hash": self.token_hash,
            "pin_salt": self.pin_salt,
            "pin_hash": self.pin_hash,
            **assisted_to_json(self.assistance),
            **({"cards": self.cards} if self.cards else {}),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        person = data["applicant"]
        kind = person["identity_kind"]
        return cls(
            reference=Reference.parse(data["reference"]),
            service_id=text(data["service"]),
            language=Language(data["language"]),
            deposited_at=moment(data["deposited_at"]),
            answers={text(question): text(answer) for question, answer in data["answers"].items()},
            applicant=Applicant(
                name=text(person["name"]),
                phone=text(person["phone"]),
                identity_kind=None if kind is None else IdentityKind(kind),
                identity_number=text(person["identity_number"]),
            ),
            documents=_documents(data["documents"]),
            missing=tuple(identifier(each) for each in items(data["missing"])),
            excuses=_excuses(data.get("excuses", {}), data["missing"]),
            token_hash=sha256(data["token_hash"]),
            pin_salt=hexadecimal(data["pin_salt"]),
            pin_hash=sha256(data["pin_hash"]),
            assistance=read_assisted(data),
            cards=count(data.get("cards", 0)),
        )


def _scanned(documents: tuple[Document, ...]) -> frozenset[str]:
    """The pages that do not lie at the centre already."""
    return frozenset(page for document in documents if document.given is None for page in document.pages)


def _documents_to_json(documents: tuple[Document, ...]) -> list[dict[str, Any]]:
    return [_document_to_json(each) for each in documents]


def _document_to_json(document: Document) -> dict[str, Any]:
    said: dict[str, Any] = {"requirement": document.requirement_id, "pages": list(document.pages)}
    return said if document.given is None else {**said, "given": given_to_json(document.given)}


def _documents(said: Any) -> tuple[Document, ...]:
    return tuple(_document(each) for each in items(said))


def _document(said: Any) -> Document:
    pages = tuple(sha256(page) for page in items(said["pages"]))
    return Document(identifier(said["requirement"]), pages, read_given(said["given"]) if "given" in said else None)


def _excuses(said: Any, missing: Any) -> Mapping[str, Excuse]:
    """Only of papers that are missing; what waits from before kiosks asked for any has none. Raises ValueError."""
    excuses = {requirement: Excuse(each) for requirement, each in said.items()}
    if not excuses.keys() <= set(missing):
        raise ValueError
    return excuses


@dataclass(frozen=True, slots=True)
class PapersAdded:
    """Papers that a file still lacked, given by whoever holds its receipt, at any kiosk."""

    reference: Reference
    added_at: datetime
    documents: tuple[Document, ...]
    assistance: Assistance | None = None

    @property
    def pages(self) -> frozenset[str]:
        """As of a deposit."""
        return _scanned(self.documents)

    def to_json(self) -> dict[str, Any]:
        return {
            "reference": str(self.reference),
            "added_at": self.added_at.isoformat(),
            "documents": _documents_to_json(self.documents),
            **assisted_to_json(self.assistance),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            reference=Reference.parse(data["reference"]),
            added_at=moment(data["added_at"]),
            documents=_documents(data["documents"]),
            assistance=read_assisted(data),
        )


@dataclass(frozen=True, slots=True)
class TicketHeld:
    """A citizen holds a number: from now on it waits in the queue. `reference` is None for an immediate service."""

    ticket_id: str
    number: str
    day: date
    service_id: str
    reference: Reference | None
    language: Language
    held_at: datetime
    by: HeldBy

    def to_json(self) -> dict[str, Any]:
        return {
            "ticket": self.ticket_id,
            "number": self.number,
            "day": self.day.isoformat(),
            "service": self.service_id,
            "reference": None if self.reference is None else str(self.reference),
            "language": self.language.value,
            "held_at": self.held_at.isoformat(),
            "by": self.by.value,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            ticket_id=identifier(data["ticket"]),
            number=text(data["number"]),
            day=date.fromisoformat(data["day"]),
            service_id=text(data["service"]),
            reference=None if data["reference"] is None else Reference.parse(data["reference"]),
            language=Language(data["language"]),
            held_at=moment(data["held_at"]),
            by=HeldBy(data["by"]),
        )


@dataclass(frozen=True, slots=True)
class TicketVoided:
    """A number that was prepared and never held: nobody waits with it, and nobody ever will."""

    ticket_id: str
    number: str
    day: date

    def to_json(self) -> dict[str, Any]:
        return {"ticket": self.ticket_id, "number": self.number, "day": self.day.isoformat()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(identifier(data["ticket"]), text(data["number"]), date.fromisoformat(data["day"]))


Fact = DossierDeposited | PapersAdded | ReasonAsked | TicketHeld | TicketVoided | KioskChecked
_FACTS: Mapping[str, type[Fact]] = {
    "dossier.deposited": DossierDeposited,
    "papers.added": PapersAdded,
    "reason.asked": ReasonAsked,
    "ticket.held": TicketHeld,
    "ticket.voided": TicketVoided,
    "kiosk.checked": KioskChecked,
}


def read_fact(kind: str, data: Any) -> Fact:
    """Raises MessageFault, whose words never repeat what the message carried."""
    try:
        return _FACTS[kind].from_json(data)
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as fault:
        raise MessageFault(f"not an event of this protocol ({type(fault).__name__})") from None


@dataclass(frozen=True, slots=True)
class Event:
    """A fact on its way. `sequence` counts the facts of one `source` from 1 without a gap: it alone gives the order.

    `previous` is the hash of the event before it: see `sync.messages.chain`.
    """

    id: str
    source: str
    sequence: int
    time: datetime
    fact: Fact
    previous: str

    def to_json(self) -> dict[str, Any]:
        kind = next(name for name, fact in _FACTS.items() if isinstance(self.fact, fact))
        return {
            "specversion": "1.0",
            "id": self.id,
            "source": self.source,
            "sequence": f"{self.sequence:010}",  # CloudEvents sequence extension: a text that sorts in order
            "type": kind,
            "time": self.time.isoformat(),
            "datacontenttype": "application/json",
            "previoushash": self.previous,
            "data": self.fact.to_json(),
        }

    @classmethod
    def from_json(cls, message: object) -> Self:
        """Raises MessageFault, whose words never repeat what the message carried."""
        try:
            return cls._from_json(message)
        except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as fault:
            raise MessageFault(f"not an event of this protocol ({type(fault).__name__})") from None

    @classmethod
    def _from_json(cls, message: Any) -> Self:
        if message["specversion"] != "1.0":
            raise ValueError
        return cls(
            id=text(message["id"]),
            source=text(message["source"]),
            sequence=sequence(message["sequence"]),
            time=moment(message["time"]),
            fact=read_fact(message["type"], message["data"]),
            previous=sha256(message["previoushash"]),
        )


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Answer:
    """The centre's word on one event, for ever. `reason` is a plain sentence when it is refused, for the technician."""

    event_id: str
    outcome: Outcome
    reason: str = ""

    def to_json(self) -> dict[str, Any]:
        return {"id": self.event_id, "outcome": self.outcome.value, "reason": self.reason}

    @classmethod
    def from_json(cls, message: object) -> Self:
        """Raises MessageFault."""
        try:
            return cls._from_json(message)
        except (KeyError, TypeError, ValueError) as fault:
            raise MessageFault(f"not an answer of this protocol ({type(fault).__name__})") from None

    @classmethod
    def _from_json(cls, message: Any) -> Self:
        return cls(text(message["id"]), Outcome(message["outcome"]), text(message["reason"]))
