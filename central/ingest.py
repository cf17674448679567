"""Taking in what kiosks say: each event is applied once, or refused with a reason, and never holds up the next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select, update

from central import checks, dossiers, queueing
from central.changes import note_change
from central.database import Database, insert_once
from central.kiosks import Kiosk
from central.refusal import Refused
from central.tables import inbox
from civic.catalog import Catalog, UnknownService
from sync.messages import (
    Answer,
    DossierDeposited,
    Event,
    Fact,
    KioskChecked,
    MessageFault,
    Outcome,
    TicketHeld,
    TicketVoided,
)

_YEARS = range(1970, 2200)
"""What a kiosk's clock may say, even one whose battery is dead; beyond, dates cannot be reckoned with."""
_LONGEST_ID = 200


class Ingest:
    """One event is one transaction: its place in the inbox and what it changes are kept together."""

    def __init__(self, database: Database, catalog: Catalog, now: Callable[[], datetime]) -> None:
        self._database = database
        self._catalog = catalog
        self._now = now

    def receive(self, kiosk: Kiosk, messages: Sequence[object]) -> tuple[Answer, ...]:
        """The answer to every message, in their order; they are applied in the order of their sequence."""
        read = [_read(message) for message in messages]
        order = sorted(range(len(read)), key=lambda position: read[position].sequence)
        answers = {position: self._answer(kiosk, read[position]) for position in order}
        return tuple(answers[position] for position in range(len(read)))

    def _answer(self, kiosk: Kiosk, message: "_Message") -> Answer:
        if not 0 < len(message.id) <= _LONGEST_ID:
            return Answer(message.id, Outcome.REFUSED, "an event has an id of 1 to 200 characters")
        with self._database.writing() as connection:
            row = {"municipality": kiosk.municipality, "kiosk": kiosk.number, "id": message.id}
            fresh = insert_once(
                connection,
                inbox,
                **row,
                sequence=message.sequence,
                outcome=Outcome.ACCEPTED.value,
                reason="",
                received_at=self._now(),
            )
            mine = (inbox.c.municipality == kiosk.municipality) & (inbox.c.kiosk == kiosk.number)
            mine &= inbox.c.id == message.id
            if fresh:
                try:
                    with connection.begin_nested():
                        self._apply(connection, kiosk, message)
                except Refused as refusal:
                    word = {"outcome": Outcome.REFUSED.value, "reason": str(refusal)}
                    connection.execute(update(inbox).where(mine).values(word))
            said = connection.execute(select(inbox.c.outcome, inbox.c.reason).where(mine)).one()
        return Answer(message.id, Outcome(said.outcome), said.reason)

    def _apply(self, connection: Connection, kiosk: Kiosk, message: "_Message") -> None:
        event = message.event
        if isinstance(event, str):
            raise Refused(event)
        if event.source != kiosk.source:
            raise Refused(f"this kiosk speaks for {kiosk.source} only")
        self._check(event.fact)
        change = note_change(connection, kiosk.municipality)
        match event.fact:
            case DossierDeposited():
                dossiers.open_dossier(connection, kiosk, event.fact, self._catalog, change)
            case TicketHeld():
                queueing.hold(connection, kiosk, event.fact, change)
            case TicketVoided():
                queueing.void(connection, kiosk, event.fact, change)
            case KioskChecked():
                checks.note(connection, kiosk, event.fact, event.sequence)

    def _check(self, fact: Fact) -> None:
        days: list[date] = []
        if isinstance(fact, DossierDeposited):
            days.append(fact.deposited_at)
        elif isinstance(fact, TicketHeld):
            days += [fact.day, fact.held_at]
        elif isinstance(fact, KioskChecked):
            days.append(fact.checked_at)
        if any(day.year not in _YEARS for day in days):
            raise Refused("this date cannot be right: set the kiosk's clock")
        if isinstance(fact, DossierDeposited | TicketHeld):
            try:
                self._catalog[fact.service_id]
            except UnknownService:
                raise Refused(f"the centre's catalogue has no service “{fact.service_id[:100]}”") from None


@dataclass(frozen=True, slots=True)
class _Message:
    """A message as far as it could be read: `event` is the event, or why it is none."""

    id: str
    sequence: int
    event: Event | str


def _read(message: object) -> _Message:
    try:
        event = Event.from_json(message)
    except MessageFault as fault:
        return _Message(_id(message), 0, str(fault))
    return _Message(event.id, event.sequence, event)


def _id(message: object) -> str:
    """The id of a message that is no event, so that its sender can find the answer; empty when it has none."""
    found = message.get("id") if isinstance(message, dict) else None
    if not isinstance(found, str) or "\0" in found:
        return ""
    return found.encode(errors="replace").decode()
