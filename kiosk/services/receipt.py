"""What the paper says: the récépissé of a deposit (décret 93-982, art. 7), or the ticket of an immediate service."""

from dataclasses import dataclass
from datetime import date, datetime

from civic.catalog import Requirement
from civic.deadline import DeadlineKind
from civic.dossier import Draft
from civic.language import Language, Wording
from civic.reference import Reference
from civic.spot import Spot
from civic.voice_note import VoiceNote


@dataclass(frozen=True, slots=True)
class Office:
    """Who gives the receipt: the town, the site, this kiosk, and the phone to ring, all as printed."""

    town: Wording
    site: Wording
    kiosk: str
    phone: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper on the receipt: received with that many pages, or (0 pages) still to bring with that many copies.

    `given_on`: it was given that day, with an earlier file, and is used again.
    """

    name: Wording
    pages: int
    copies: int
    given_on: date | None = None


@dataclass(frozen=True, slots=True)
class Promised:
    """The days to answer in. `due_on` is None while papers are missing: the delay has not started."""

    days: int
    due_on: date | None
    kind: DeadlineKind
    basis: Wording
    needs_agent: bool
    """True when the date holds only once an agent has confirmed the dossier complete."""


@dataclass(frozen=True, slots=True)
class Where:
    """The place a request is about: a neighbourhood, or the landmark it is `near` to."""

    name: Wording
    near: bool


@dataclass(frozen=True, slots=True)
class Deposit:
    """The dossier part of a receipt; an immediate service has none."""

    reference: Reference
    pin: str
    tracking_url: str
    papers_asked: bool
    """False when the request needs no paper, as a complaint: then nothing makes it complete or incomplete."""
    received: tuple[Paper, ...]
    missing: tuple[Paper, ...]
    """To bring, exactly these."""
    excused: tuple[Paper, ...]
    """The person says that they cannot bring these: an agent looks for another way."""
    promised: Promised
    where: Where | None = None
    """No more of the place than may be read by anybody who finds the paper."""
    spoken_s: int = 0
    """How long is what was said instead of written; of what was said, the paper tells nothing."""

    @property
    def complete(self) -> bool:
        """Whether every paper is there; that all is well with them is for an agent to say."""
        return not self.missing and not self.excused


@dataclass(frozen=True, slots=True)
class Added:
    """The part of a receipt that tells of papers given to a file which lay there already."""

    reference: Reference
    received: tuple[Paper, ...]
    missing: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """Everything on the paper, and nothing about the person. `given_at` is in the town's time zone."""

    office: Office
    service: Wording
    language: Language
    number: str
    given_at: datetime
    deposit: Deposit | None
    added: Added | None
    bring: tuple[Paper, ...]
    """What an immediate service asks for at the window."""
    fee: Wording | None
    counter: int | None = None
    """Where an agent took it in; None where its citizen was alone."""
    witnesses: tuple[str, ...] = ()
    """The names of who heard it read aloud."""


def write_receipt(
    office: Office,
    draft: Draft,
    language: Language,
    number: str,
    given_at: datetime,
    opened: tuple[Reference, str, str] | None,
) -> Receipt:
    """What the paper says of this draft. `opened` is its reference, PIN and tracking address, None when untracked."""
    service, assisted = draft.service, draft.assistance
    return Receipt(
        office=office,
        service=service.name,
        language=language,
        number=number,
        given_at=given_at,
        deposit=None if opened is None else _deposit(draft, given_at.date(), *opened),
        added=None if draft.joins is None else Added(draft.joins, _received(draft), _still_missing(draft)),
        bring=() if service.tracked else tuple(_to_bring(each) for each in draft.requirements),
        fee=None if service.fee is None or draft.joins is not None else service.fee.text,
        counter=None if assisted is None else assisted.counter,
        witnesses=() if assisted is None else tuple(each.name for each in assisted.witnesses),
    )


def promised(draft: Draft, day: date) -> Promised:
    """The days a tracked draft deposited on `day` is answered in."""
    deadline = draft.service.deadline_for(draft.answers)
    if deadline is None:
        raise LookupError(f"{draft.service.id} is immediate: it promises no date")
    starts = draft.complete or not deadline.starts_complete
    return Promised(
        days=deadline.days,
        due_on=deadline.due_on(day) if starts else None,
        kind=deadline.kind,
        basis=deadline.basis,
        needs_agent=deadline.starts_complete,
    )


def _deposit(draft: Draft, day: date, reference: Reference, pin: str, tracking_url: str) -> Deposit:
    return Deposit(
        reference=reference,
        pin=pin,
        tracking_url=tracking_url,
        papers_asked=any(not each.optional for each in draft.requirements),
        received=_received(draft),
        missing=_still_missing(draft),
        excused=tuple(_to_bring(each) for each in draft.missing if each.id in draft.excused),
        promised=promised(draft, day),
        where=_where(draft),
        spoken_s=sum(note.seconds for each in draft.answers.values() if (note := VoiceNote.find(each)) is not None),
    )


def _received(draft: Draft) -> tuple[Paper, ...]:
    return tuple(
        Paper(each.name, len(document.pages), each.copies, None if document.given is None else document.given.on)
        for each in draft.requirements
        if (document := draft.documents.get(each.id)) is not None
    )


def _still_missing(draft: Draft) -> tuple[Paper, ...]:
    return tuple(_to_bring(each) for each in draft.missing if each.id not in draft.excused)


def _where(draft: Draft) -> Where | None:
    for question in draft.service.questions:
        spot, town = Spot.parse(draft.answers.get(question.id, "")), question.town
        if town is not None and (name := spot.named(town)) is not None:
            return Where(name, near=False)
        if town is not None and (landmark := spot.near(town)) is not None:
            return Where(landmark.name, near=True)
    return None


def _to_bring(requirement: Requirement) -> Paper:
    return Paper(requirement.name, 0, requirement.copies)
