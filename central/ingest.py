"""Taking in what kiosks say: each event is applied once, or refused with a reason, and never holds up the next."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from central import additions, checks, dossiers, queueing, reminders
from central.changes import note_change
from central.database import Database, insert_new, insert_once
from central.editions import Editions, InForce
from central.findings import note_finding
from central.joining import join
from central.kiosks import Known
from central.refusal import Refused
from central.tables import inbox, retold
from civic.catalog import UnknownService
from sync.messages import (
    Answer,
    Batch,
    ChainFault,
    DossierDeposited,
    Fact,
    Flaw,
    KioskChecked,
    Link,
    MessageFault,
    Opening,
    Outcome,
    PapersAdded,
    ReasonAsked,
    SealFault,
    TicketHeld,
    TicketVoided,
    open_words,
    read_batch,
    read_fact,
)
from sync.signing import is_signed

_YEARS = range(1970, 2200)
"""What a kiosk's clock may say, even one whose battery is dead; beyond, dates cannot be reckoned with."""
_UNCHAINED = ""
"""The hash of what was told before there was a chain."""
_OTHER_WORDS = "this event was told before, in other words"


class Outdated(Exception):
    """The town published other cards a moment ago, and these rooms do not read them yet: nothing was taken in."""


@dataclass(frozen=True, slots=True)
class _Told:
    """An event on its way in. `data` as they came; `fact` is what they say, or why nothing can be made of them."""

    link: Link
    hash: str
    data: Any
    fact: Fact | str


class Ingest:
    """One batch is one transaction: its events in the inbox, its place in the chain, and all that it changes."""

    def __init__(
        self, database: Database, editions: Editions, in_force: InForce, keys: Opening, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._editions = editions
        self._in_force = in_force
        self._catalog = in_force.catalog
        self._keys = keys
        self._now = now

    def listen(self, known: Known, said: Any) -> tuple[Answer, ...]:
        """The answers to a batch as it was sent. Raises MessageFault, Outdated; and ChainFault, kept as a finding."""
        try:
            batch, signature = read_batch(known.kiosk.source, said)
            if not is_signed(known.public, batch.head.statement(), signature):
                raise ChainFault(Flaw.FORGED)  # noqa: TRY301  caught to be kept
        except ChainFault as fault:
            with self._database.writing() as connection:
                note_finding(connection, known.kiosk, fault.flaw, self._now())
            raise
        return self.receive(known, batch, signature)

    def receive(self, known: Known, batch: Batch, signature: bytes) -> tuple[Answer, ...]:
        """The answer to every event, in their order. The signature was checked before."""
        told = [self._read(batch.head.source, each, hash_, message) for each, hash_, message in _events(batch)]
        with self._database.writing() as connection:
            change = note_change(connection, known.kiosk.municipality)  # from here on the town's only writer
            fresh = self._keep(connection, known, batch, told)
            reasons = {each.hash: "" for each in fresh} | self._apply(connection, known, fresh, change)
            before = [each for each in told if each.hash not in reasons]
            reasons |= self._told_before(connection, known, batch.head.life, before)
            changed = [each.link.sequence for each in before if reasons[each.hash] == _OTHER_WORDS]
            join(connection, known, batch, signature, changed, self._now())
        return tuple(_answer(each.link.id, reasons[each.hash]) for each in told)

    def _read(self, source: str, link: Link, hash_: str, message: Any) -> _Told:
        data = message["data"]
        try:
            fact = read_fact(link.kind, open_words(source, link, data, self._keys))
        except (MessageFault, SealFault) as fault:
            return _Told(link, hash_, data, str(fault))
        return _Told(link, hash_, data, self._obstacle(fact) or fact)

    def _obstacle(self, fact: Fact) -> str:
        """Why it cannot be, whatever else the town knows; empty when it can."""
        days: list[date] = []
        if isinstance(fact, DossierDeposited):
            days.append(fact.deposited_at)
        elif isinstance(fact, TicketHeld):
            days += [fact.day, fact.held_at]
        elif isinstance(fact, PapersAdded):
            days.append(fact.added_at)
        elif isinstance(fact, ReasonAsked):
            days += [fact.asked_at, fact.answer_by]
        elif isinstance(fact, KioskChecked):
            days.append(fact.checked_at)
        if any(day.year not in _YEARS for day in days):
            return "this date cannot be right: set the kiosk's clock"
        if isinstance(fact, DossierDeposited | TicketHeld):
            try:
                self._catalog[fact.service_id]
            except UnknownService:
                if self._editions.number() != self._in_force.number:
                    raise Outdated from None
                return f"the centre's catalogue has no service “{fact.service_id[:100]}”"
        return ""

    def _keep(self, connection: Connection, known: Known, batch: Batch, told: Sequence[_Told]) -> list[_Told]:
        """Put each id into the inbox that is not there yet; those, in their order."""
        first = {each.link.id: each for each in reversed(told)}  # an id that comes twice was told the first time
        rows = [
            {
                "id": each.link.id,
                "sequence": each.link.sequence,
                "kind": each.link.kind,
                "time": each.link.time,
                "data_hash": each.link.data_hash,
                "previous": each.link.previous,
                "hash": each.hash,
            }
            for each in first.values()
        ]
        fresh = insert_new(
            connection,
            inbox.c.id,
            rows,
            municipality=known.kiosk.municipality,
            kiosk=known.kiosk.number,
            life=batch.head.life,
            outcome=Outcome.ACCEPTED.value,
            reason="",
            received_at=self._now(),
        )
        return [each for each in told if each.link.id in fresh and first[each.link.id] is each]

    def _apply(self, connection: Connection, known: Known, told: Sequence[_Told], change: int) -> dict[str, str]:
        """Do what the events say, in their order; why each that cannot be done cannot, by the event's hash."""
        refused: list[tuple[_Told, str]] = []
        for kind, run in itertools.groupby(told, lambda each: type(each.fact)):
            events = list(run)
            if kind is TicketHeld:  # the many, at once
                facts = [each.fact for each in events if isinstance(each.fact, TicketHeld)]
                reasons = queueing.hold(connection, known.kiosk, facts, change)
            else:
                reasons = [self._apply_one(connection, known, each, change) for each in events]
            refused += [(each, reason) for each, reason in zip(events, reasons, strict=True) if reason]
        if refused:
            rows = [{"refused_id": each.link.id, "why": reason, "said": each.data} for each, reason in refused]
            connection.execute(_refuse(known), rows)
        return {each.hash: reason for each, reason in refused}

    def _apply_one(self, connection: Connection, known: Known, told: _Told, change: int) -> str:
        if isinstance(told.fact, str):
            return told.fact
        try:
            with connection.begin_nested():
                match told.fact:
                    case DossierDeposited():
                        service = self._catalog[told.fact.service_id]
                        then = self._editions.service(told.fact.cards, service.id) or service
                        dossiers.open_dossier(connection, known.kiosk, told.fact, service, then, change)
                    case PapersAdded():
                        additions.add_papers(connection, known.kiosk.municipality, told.fact, self._catalog, change)
                    case ReasonAsked():
                        reminders.ask(connection, known.kiosk, told.fact, change)
                    case TicketVoided():
                        queueing.void(connection, known.kiosk, told.fact, change)
                    case KioskChecked():
                        checks.note(connection, known.kiosk, told.fact, told.link.sequence)
        except Refused as refusal:
            return str(refusal)
        return ""

    def _told_before(self, connection: Connection, known: Known, life: str, told: Sequence[_Told]) -> dict[str, str]:
        """The reason each was refused with when it came first, empty if it was accepted, by the event's hash.

        What a kiosk saved from a damaged store comes again in another life, and stands in that one's chain as well.
        """
        mine = (inbox.c.municipality == known.kiosk.municipality) & (inbox.c.kiosk == known.kiosk.number)
        rows = select(inbox).where(mine, inbox.c.id.in_([each.link.id for each in told]))
        kept = {row.id: row for row in connection.execute(rows)} if told else {}
        reasons: dict[str, str] = {}
        for each in told:
            row = kept[each.link.id]
            again = row.life != life and _says_the_same(row, each.link)
            reasons[each.hash] = row.reason if again or row.hash in (_UNCHAINED, each.hash) else _OTHER_WORDS
            if again:
                place = {"municipality": known.kiosk.municipality, "kiosk": known.kiosk.number, "life": life}
                link = {"sequence": each.link.sequence, "id": row.id, "previous": each.link.previous, "hash": each.hash}
                insert_once(connection, retold, **place, **link)
        return reasons


def _answer(event_id: str, reason: str) -> Answer:
    return Answer(event_id, Outcome.REFUSED if reason else Outcome.ACCEPTED, reason)


def _events(batch: Batch) -> Iterator[tuple[Link, str, Any]]:
    """Each with its hash: what the next one follows."""
    hashes = [*(each.previous for each in batch.links[1:]), batch.head.hash]
    return zip(batch.links, hashes, batch.messages, strict=True)


def _says_the_same(row: Row[Any], link: Link) -> bool:
    return (row.kind, row.time, row.data_hash) == (link.kind, link.time, link.data_hash)


def _refuse(known: Known) -> Any:
    """A refused event made nothing, so its words are kept here."""
    mine = (inbox.c.municipality == known.kiosk.municipality) & (inbox.c.kiosk == known.kiosk.number)
    row = update(inbox).where(mine, inbox.c.id == bindparam("refused_id"))
    return row.values(outcome=Outcome.REFUSED.value, reason=bindparam("why"), data=bindparam("said"))
