"""Taking a request in: what a citizen confirmed becomes a dossier, a number and a fact for the centre, or nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from uuid import uuid4

from civic.dossier import Draft
from civic.language import Language
from civic.reference import Reference
from civic.ticket import ticket_number
from civic.tracking import TrackingKey
from kiosk.services.receipt import Office, Receipt, write_receipt
from kiosk.store import dossiers, tickets
from kiosk.store.database import Store, Transaction
from sync.messages import DossierDeposited, PapersAdded, mark
from sync.outbox import Outbox


@dataclass(frozen=True, slots=True)
class Place:
    """Which kiosk this is: its number in references, its lane in ticket numbers, its town's time and addresses.

    `cards`: the number of the edition of the town's cards it works by.
    """

    office: Office
    kiosk: int
    lane: int
    zone: tzinfo
    tracking_base: str
    cards: int = 0

    def tracking_url(self, token: str) -> str:
        """In capitals throughout: the QR stays in its alphanumeric mode, a third smaller."""
        return f"{self.tracking_base.rstrip('/')}/T/{token}".upper()

    def card_url(self, service_id: str, answers: Mapping[str, str]) -> str:
        """What a service needs, by these answers; in capitals for the same reason."""
        parts = [part for answer in answers.items() for part in answer]
        return "/".join([self.tracking_base.rstrip("/"), "SERVICES", service_id, *parts]).upper()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A ticket that is true but that nobody holds yet: print it, then confirm it."""

    ticket_id: str
    receipt: Receipt


class Intake:
    """One method, one transaction. Raises StoreFault when the disk would not keep it: then nothing was promised."""

    def __init__(self, store: Store, outbox: Outbox, place: Place, now: Callable[[], datetime]) -> None:
        self._store = store
        self._outbox = outbox
        self._place = place
        self._now = now

    def deposit(self, draft: Draft, language: Language, key: TrackingKey) -> Prepared:
        """Keep a confirmed draft and prepare its ticket."""
        now = self._now().replace(microsecond=0)
        sealed = _seal(draft, key.token, key.pin)
        with self._store.transaction() as connection:
            reference = self._open(connection, draft, language, key, now) if draft.service.tracked else None
            ticket = self._prepare(connection, draft, language, reference, sealed, now)
        return Prepared(ticket.id, self.receipt(ticket, draft))

    def add(self, draft: Draft, language: Language) -> Prepared:
        """Keep papers for the file that `draft` joins, and prepare the ticket of this visit."""
        now, joins = self._now().replace(microsecond=0), draft.joins
        if joins is None:
            raise ValueError("these papers join no file")
        with self._store.transaction() as connection:
            self._outbox.put(
                connection, PapersAdded(joins, now, tuple(draft.documents.values()), draft.assistance), now
            )
            ticket = self._prepare(connection, draft, language, joins, _seal(draft, "", ""), now)
        return Prepared(ticket.id, self.receipt(ticket, draft))

    def receipt(self, ticket: tickets.Ticket, draft: Draft) -> Receipt:
        """The paper of a prepared ticket, the same each time it is written."""
        opened = None
        if ticket.reference is not None and ticket.sealed is not None and draft.joins is None:
            opened = (ticket.reference, ticket.sealed.pin, self._place.tracking_url(ticket.sealed.token))
        given_at = ticket.prepared_at.astimezone(self._place.zone)
        return write_receipt(self._place.office, draft, ticket.language, ticket.number, given_at, opened)

    def _prepare(
        self,
        connection: Transaction,
        draft: Draft,
        language: Language,
        reference: Reference | None,
        sealed: tickets.Sealed,
        now: datetime,
    ) -> tickets.Ticket:
        today = now.astimezone(self._place.zone).date()
        position = tickets.next_position(connection, today)
        ticket = tickets.Ticket(
            id=str(uuid4()),
            day=today,
            position=position,
            number=ticket_number(self._place.lane, position),
            service_id=draft.service.id,
            language=language,
            reference=reference,
            prepared_at=now,
            sealed=sealed,
        )
        tickets.add(connection, ticket, self._store.paper_key)
        return ticket

    def _open(
        self, connection: Transaction, draft: Draft, language: Language, key: TrackingKey, now: datetime
    ) -> Reference:
        year = now.astimezone(self._place.zone).year % 100
        reference = dossiers.next_reference(connection, self._place.kiosk, year)
        kept = dossiers.Kept(reference, draft.service.id, now, draft.complete)
        dossiers.add(connection, kept, mark(key.token_hash))
        fact = DossierDeposited(
            reference=reference,
            service_id=draft.service.id,
            language=language,
            deposited_at=now,
            answers=draft.answers,
            applicant=draft.applicant,
            documents=tuple(draft.documents.values()),
            missing=tuple(each.id for each in draft.missing),
            excuses=draft.excused,
            token_hash=key.token_hash,
            pin_salt=key.pin_salt,
            pin_hash=key.pin_hash,
            assistance=draft.assistance,
            cards=self._place.cards,
        )
        self._outbox.put(connection, fact, now)
        return reference


def _seal(draft: Draft, token: str, pin: str) -> tickets.Sealed:
    openly = {each.id: each.openly(draft.answers.get(each.id, "")) for each in draft.service.questions}
    return tickets.Sealed(
        answers={question: answer for question, answer in openly.items() if answer},
        pages={name: document.pages for name, document in draft.documents.items()},
        excuses=draft.excused,
        owed=draft.owed,
        assistance=draft.assistance,
        token=token,
        pin=pin,
        given={name: document.given for name, document in draft.documents.items() if document.given is not None},
    )
