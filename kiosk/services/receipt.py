"""What the paper says: the récépissé of a deposit (décret 93-982, art. 7), or the ticket of an immediate service."""

from dataclasses import dataclass
from datetime import date, datetime

from civic.deadline import DeadlineKind
from civic.language import Language, Wording
from civic.reference import Reference


@dataclass(frozen=True, slots=True)
class Office:
    """Who gives the receipt: the town, the site, this kiosk, and the phone to ring, all as printed."""

    town: Wording
    site: Wording
    kiosk: str
    phone: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper on the receipt: received with that many pages, or (0 pages) still to bring with that many copies."""

    name: Wording
    pages: int
    copies: int


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
class Deposit:
    """The dossier part of a receipt; an immediate service has none."""

    reference: Reference
    pin: str
    tracking_url: str
    received: tuple[Paper, ...]
    missing: tuple[Paper, ...]
    promised: Promised


@dataclass(frozen=True, slots=True)
class Receipt:
    """Everything on the paper, and nothing about the person. `given_at` is in the town's time zone."""

    office: Office
    service: Wording
    language: Language
    number: str
    given_at: datetime
    deposit: Deposit | None
    bring: tuple[Paper, ...]
    """What an immediate service asks for at the window."""
    fee: Wording | None
