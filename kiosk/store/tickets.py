"""The tickets this kiosk made, from prepared to held or void."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from sqlalchemy import Connection, RowMapping, func, select, update

from civic.assistance import Assistance, Witness
from civic.dossier import Given
from civic.excuse import Excuse
from civic.language import Language
from civic.reference import Reference
from civic.ticket import TicketState
from kiosk.store import numbers
from kiosk.store.paper_key import PaperKey
from kiosk.store.tables import tickets


@dataclass(frozen=True, slots=True, repr=False)
class Sealed:
    """What only the paper tells, locked and kept while it may still have to be printed: answers, papers and secrets.

    `assistance` says who was there, but no number of a card.

    `owed`: what a file lacked to which papers were added; its token and PIN are on a paper given before, and not here.

    `given`: those of `pages` that were not scanned, but lie in an earlier file.
    """

    answers: Mapping[str, str]
    pages: Mapping[str, tuple[str, ...]]
    excuses: Mapping[str, Excuse]
    owed: tuple[str, ...]
    assistance: Assistance | None
    token: str
    pin: str
    given: Mapping[str, Given]

    def to_json(self) -> str:
        pages = {requirement: list(each) for requirement, each in self.pages.items()}
        return json.dumps(
            {
                "answers": dict(self.answers),
                "pages": pages,
                "excuses": dict(self.excuses),
                "owed": list(self.owed),
                "assisted": _assisted_to_json(self.assistance),
                "token": self.token,
                "pin": self.pin,
                "given": {name: [str(each.reference), each.on.isoformat()] for name, each in self.given.items()},
            }
        )

    @classmethod
    def from_json(cls, text: str) -> Self:
        data = {
            "excuses": {},
            "owed": [],
            "assisted": None,
            "given": {},
            **json.loads(text),
        }  # what an older kiosk prepared says less
        pages = {requirement: tuple(each) for requirement, each in data["pages"].items()}
        excuses = {requirement: Excuse(each) for requirement, each in data["excuses"].items()}
        assistance = _assisted(data["assisted"])
        given = {
            name: Given(Reference.parse(each[0]), date.fromisoformat(each[1])) for name, each in data["given"].items()
        }
        owed = tuple(data["owed"])
        return cls(data["answers"], pages, excuses, owed, assistance, data["token"], data["pin"], given)


def _assisted_to_json(assistance: Assistance | None) -> list[Any] | None:
    """The agent, the counter, and the names of who heard it read aloud."""
    if assistance is None:
        return None
    return [assistance.agent, assistance.counter, [each.name for each in assistance.witnesses]]


def _assisted(said: list[Any] | None) -> Assistance | None:
    return None if said is None else Assistance(said[0], said[1], tuple(Witness(name, "") for name in said[2]))


@dataclass(frozen=True, slots=True)
class Ticket:
    id: str
    day: date
    position: int
    number: str
    service_id: str
    language: Language
    reference: Reference | None
    prepared_at: datetime
    sealed: Sealed | None
    """None too once its paper is out, or when what locked it is gone."""


def next_position(connection: Connection, day: date) -> int:
    """How many tickets this kiosk will have made that day with the next one, void ones included."""
    last = select(func.coalesce(func.max(tickets.c.position), 0)).where(tickets.c.day == day.isoformat())
    return numbers.give(connection, numbers.tickets_of(day), last)


def add(connection: Connection, ticket: Ticket, key: PaperKey) -> None:
    """Keep a prepared ticket. Raises OSError."""
    sealed = None if ticket.sealed is None else key.lock(ticket.sealed.to_json())
    connection.execute(
        tickets.insert(),  # its values beside it: a statement is remembered, with all that was written into it
        {
            "id": ticket.id,
            "day": ticket.day.isoformat(),
            "position": ticket.position,
            "number": ticket.number,
            "service": ticket.service_id,
            "language": ticket.language.value,
            "reference": None if ticket.reference is None else str(ticket.reference),
            "state": TicketState.PREPARED.value,
            "prepared_at": ticket.prepared_at.isoformat(),
            "sealed": sealed,
        },
    )


def move(connection: Connection, ticket_id: str, state: TicketState) -> Ticket | None:
    """Make a prepared ticket held or void and erase what was sealed. None when it no longer was prepared."""
    row = select(tickets).where(tickets.c.id == ticket_id, tickets.c.state == TicketState.PREPARED.value)
    found = connection.execute(row).mappings().one_or_none()
    if found is None:
        return None
    connection.execute(update(tickets).where(tickets.c.id == ticket_id).values(state=state.value, sealed=None))
    return _ticket(found, None)


def prepared(connection: Connection, key: PaperKey) -> tuple[Ticket, ...]:
    """The tickets nobody is known to hold, oldest first. Raises OSError."""
    rows = select(tickets).where(tickets.c.state == TicketState.PREPARED.value).order_by(tickets.c.prepared_at)
    return tuple(_ticket(row, _unlocked(row["sealed"], key)) for row in connection.execute(rows).mappings())


def _unlocked(sealed: str | None, key: PaperKey) -> Sealed | None:
    """What an older kiosk kept is not locked."""
    if sealed is None:
        return None
    words = sealed if sealed.startswith("{") else key.unlock(sealed)
    return None if words is None else Sealed.from_json(words)


def _ticket(row: RowMapping, sealed: Sealed | None) -> Ticket:
    return Ticket(
        id=row["id"],
        day=date.fromisoformat(row["day"]),
        position=row["position"],
        number=row["number"],
        service_id=row["service"],
        language=Language(row["language"]),
        reference=None if row["reference"] is None else Reference.parse(row["reference"]),
        prepared_at=datetime.fromisoformat(row["prepared_at"]),
        sealed=sealed,
    )
