"""The waiting line of a site: who holds a number, who is called, by which counter, in the order they came."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, select, update

from central.agents import Agent
from central.changes import last_change, mark_dossier, note_change
from central.database import Database, insert_new
from central.kiosks import Kiosk
from central.refusal import N_, Refused
from central.tables import dossiers, tickets
from civic.catalog import Catalog, Service
from civic.language import Language
from civic.ticket import TicketState
from sync.messages import TicketHeld, TicketVoided

_NUMBER = re.compile(r"[A-Z]?[0-9]{1,6}")
_LAST_CALLS = 6


@dataclass(frozen=True, slots=True)
class Ticket:
    """One visit of today. `ahead` counts who waits before it."""

    id: str
    number: str
    service: Service
    reference: str | None
    language: Language
    state: TicketState
    held_at: datetime
    counter: int | None
    calls: int
    called_at: datetime | None
    ahead: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """What a site's hall and counters look at. `called` is the last first; `missed` may be called again."""

    waiting: tuple[Ticket, ...]
    called: tuple[Ticket, ...]
    missed: tuple[Ticket, ...]
    change: int


class Queue:
    """Today's tickets of the town."""

    def __init__(self, database: Database, catalog: Catalog, zone: tzinfo, now: Callable[[], datetime]) -> None:
        self._database = database
        self._catalog = catalog
        self._zone = zone
        self._now = now

    def line(self, site: str) -> Line:
        with self._database.reading() as connection:
            change = last_change(connection, self._database.municipality)
            mine = tickets.c.site == site
            waiting = self._read(connection, self._today(mine, tickets.c.state == TicketState.HELD.value))
            missed = self._read(connection, self._today(mine, tickets.c.state == TicketState.MISSED.value))
            last = self._today(mine, tickets.c.calls > 0).order_by(None).order_by(tickets.c.called_at.desc())
            return Line(waiting, self._read(connection, last.limit(_LAST_CALLS)), missed, change)

    def serving(self, agent: Agent) -> Ticket | None:
        """The visit this agent has called and not ended."""
        with self._database.reading() as connection:
            return self._serving(connection, agent)

    def visit_of(self, reference: str) -> Ticket | None:
        """Today's last ticket of a dossier, void ones aside."""
        with self._database.reading() as connection:
            mine = (tickets.c.reference == reference) & (tickets.c.state != TicketState.VOID.value)
            found = self._read(connection, self._today(mine))
            if not found:
                return None
            here = tickets.c.site == select(tickets.c.site).where(self._one(found[-1].id)).scalar_subquery()
            line = self._read(connection, self._today(here, tickets.c.state == TicketState.HELD.value))
            return next((each for each in line if each.id == found[-1].id), found[-1])

    def call_next(self, agent: Agent, after: str) -> None:
        """End the visit `after` (empty: none) as served and call who waits longest.

        Nothing happens when the agent is no longer at `after`: the same wish came twice. Two agents never get the same.
        """
        with self._database.writing() as connection:
            change = note_change(connection, self._database.municipality)
            current = self._serving(connection, agent)
            if (current.id if current else "") != after:
                return
            if current is not None:
                self._become(connection, current, TicketState.SERVED, change)
            longest = self._today(tickets.c.site == agent.site, tickets.c.state == TicketState.HELD.value)
            called = self._read(connection, longest.limit(1))
            if called:
                self._call(connection, called[0], agent, change)

    def call_again(self, agent: Agent, ticket_id: str) -> None:
        """Ring once more for the visit at this counter, or for one that was missed. Raises Refused."""
        with self._database.writing() as connection:
            change = note_change(connection, self._database.municipality)
            current = self._serving(connection, agent)
            if current is not None and current.id != ticket_id:
                raise Refused(N_("Finish this visit before you call another number."))
            ticket = self._find(connection, agent, ticket_id)
            if ticket.state not in (TicketState.CALLED, TicketState.MISSED) or (
                ticket.state is TicketState.CALLED and current is None
            ):
                raise Refused(N_("This number is already with another counter, or its visit is over."))
            self._call(connection, ticket, agent, change)

    def finish(self, agent: Agent, ticket_id: str, state: TicketState) -> None:
        """The visit at this counter is over: served, or missed because nobody came. Raises Refused."""
        with self._database.writing() as connection:
            change = note_change(connection, self._database.municipality)
            current = self._serving(connection, agent)
            if current is None or current.id != ticket_id:
                raise Refused(N_("This visit is already over."))
            self._become(connection, current, state, change)

    def _serving(self, connection: Connection, agent: Agent) -> Ticket | None:
        mine = (tickets.c.agent == agent.name) & (tickets.c.state == TicketState.CALLED.value)
        return next(iter(self._read(connection, self._today(mine))), None)

    def _find(self, connection: Connection, agent: Agent, ticket_id: str) -> Ticket:
        found = self._read(connection, self._today(tickets.c.id == ticket_id, tickets.c.site == agent.site))
        if not found:
            raise Refused(N_("There is no such number today."))
        return found[0]

    def _call(self, connection: Connection, ticket: Ticket, agent: Agent, change: int) -> None:
        self._become(connection, ticket, TicketState.CALLED, change)
        connection.execute(
            update(tickets)
            .where(self._one(ticket.id))
            .values(counter=agent.counter, agent=agent.name, calls=ticket.calls + 1, called_at=self._now())
        )

    def _become(self, connection: Connection, ticket: Ticket, state: TicketState, change: int) -> None:
        closed_at = self._now() if state in (TicketState.SERVED, TicketState.MISSED) else None
        connection.execute(update(tickets).where(self._one(ticket.id)).values(state=state.value, closed_at=closed_at))
        if ticket.reference is not None:
            mark_dossier(connection, self._database.municipality, ticket.reference, change)

    def _one(self, ticket_id: str) -> ColumnElement[bool]:
        return (tickets.c.municipality == self._database.municipality) & (tickets.c.id == ticket_id)

    def _today(self, *which: ColumnElement[bool]) -> Select[*tuple[object, ...]]:
        """Today's tickets in the order people came."""
        today: date = self._now().astimezone(self._zone).date()
        mine = (tickets.c.municipality == self._database.municipality, tickets.c.day == today)
        return select(tickets).where(*mine, *which).order_by(tickets.c.held_at, tickets.c.number)

    def _read(self, connection: Connection, query: Select[*tuple[object, ...]]) -> tuple[Ticket, ...]:
        return tuple(self._ticket(row, ahead) for ahead, row in enumerate(connection.execute(query).mappings()))

    def _ticket(self, row: RowMapping, ahead: int) -> Ticket:
        return Ticket(
            id=row["id"],
            number=row["number"],
            service=self._catalog[row["service"]],
            reference=row["reference"],
            language=Language(row["language"]),
            state=TicketState(row["state"]),
            held_at=row["held_at"],
            counter=row["counter"],
            calls=row["calls"],
            called_at=row["called_at"],
            ahead=ahead,
        )


def hold(connection: Connection, kiosk: Kiosk, facts: Sequence[TicketHeld], change: int) -> list[str]:
    """Citizens wait with these numbers, from the caller's transaction on. Why each may not; empty when it waits."""
    wanted = {str(fact.reference) for fact in facts if fact.reference is not None}
    mine = dossiers.c.municipality == kiosk.municipality
    known: set[str] = set()
    if wanted:
        found = select(dossiers.c.reference).where(mine, dossiers.c.reference.in_(wanted))
        known = set(connection.execute(found).scalars())
        connection.execute(update(dossiers).where(mine, dossiers.c.reference.in_(known)).values(change=change))
    reasons = [_obstacle(fact, known) for fact in facts]
    rows = [
        {
            "id": fact.ticket_id,
            "number": fact.number,
            "day": fact.day,
            "service": fact.service_id,
            "reference": None if fact.reference is None else str(fact.reference),
            "language": fact.language.value,
            "held_at": fact.held_at,
            "held_by": fact.by.value,
        }
        for fact, reason in zip(facts, reasons, strict=True)
        if not reason
    ]
    held = {"municipality": kiosk.municipality, "site": kiosk.site, "state": TicketState.HELD.value, "calls": 0}
    fresh = set(insert_new(connection, tickets.c.id, rows, **held))
    for position, fact in enumerate(facts):
        if not reasons[position] and fact.ticket_id not in fresh:
            reasons[position] = "this ticket is already held"
        fresh.discard(fact.ticket_id)
    return reasons


def _obstacle(fact: TicketHeld, known: Collection[str]) -> str:
    if not _NUMBER.fullmatch(fact.number):
        return "a ticket's number is at most six digits, perhaps after one letter"
    if fact.reference is not None and str(fact.reference) not in known:
        return "the dossier of this ticket is not known: it was refused, or never came"
    return ""


def void(connection: Connection, kiosk: Kiosk, fact: TicketVoided, change: int) -> None:
    """Nobody waits with this number. One the centre never heard of was never held: nothing to do. Raises Refused."""
    mine = (tickets.c.municipality == kiosk.municipality) & (tickets.c.id == fact.ticket_id)
    kept = connection.execute(select(tickets.c.state, tickets.c.reference).where(mine)).one_or_none()
    if kept is None:
        return
    if not TicketState(kept.state).may_become(TicketState.VOID):
        raise Refused("this ticket was called: it cannot be void")
    connection.execute(update(tickets).where(mine).values(state=TicketState.VOID.value))
    if kept.reference is not None:
        mark_dossier(connection, kiosk.municipality, kept.reference, change)
