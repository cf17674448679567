"""Facts waiting to be told to the centre. A fact enters in the transaction of what it tells: neither exists alone.

A row keeps its event only while it waits or was refused: once accepted, the body, which may name a person, is erased.
"""

import json
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, Text, func, select, update

from sync.messages import Answer, DossierDeposited, Event, Fact, Outcome

_WAITING = "waiting"

metadata = MetaData()
_events = Table(
    "outbox_events",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("state", String, nullable=False, index=True),
    Column("body", Text),
    Column("reason", String, nullable=False, default=""),
)
_pages = Table(
    "outbox_pages",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("state", String, nullable=False, index=True),
)


class Outbox:
    """The kiosk's facts in the order they became true. `source` names this kiosk in every event.

    `transaction` opens one on the database whose faults are its own to tell: all of a block is kept, or none.
    """

    def __init__(self, transaction: Callable[[], AbstractContextManager[Connection]], source: str) -> None:
        self._transaction = transaction
        self._source = source

    def put(self, connection: Connection, fact: Fact, now: datetime) -> None:
        """Add a fact to the caller's transaction, with the pages it speaks of."""
        last = connection.execute(select(func.coalesce(func.max(_events.c.sequence), 0))).scalar_one()
        event = Event(str(uuid4()), self._source, last + 1, now, fact)
        body = json.dumps(event.to_json(), ensure_ascii=False)
        connection.execute(
            _events.insert().values(sequence=event.sequence, id=event.id, state=_WAITING, body=body, reason="")
        )
        if isinstance(fact, DossierDeposited):
            for sha256 in {page for document in fact.documents for page in document.pages}:
                connection.execute(
                    _pages.insert().prefix_with("OR REPLACE").values(sha256=sha256, state=_WAITING),
                )

    def waiting_events(self, limit: int) -> tuple[Event, ...]:
        """The oldest facts not yet answered, in order."""
        rows = select(_events.c.body).where(_events.c.state == _WAITING).order_by(_events.c.sequence).limit(limit)
        with self._transaction() as connection:
            return tuple(Event.from_json(json.loads(body)) for body in connection.execute(rows).scalars())

    def settle(self, answers: Iterable[Answer]) -> None:
        """The centre's word: an accepted fact is erased, a refused one stays with its reason and blocks nothing."""
        with self._transaction() as connection:
            for answer in answers:
                row = update(_events).where(_events.c.id == answer.event_id)
                if answer.outcome is Outcome.ACCEPTED:
                    connection.execute(row.values(state=answer.outcome.value, body=None))
                else:
                    connection.execute(row.values(state=answer.outcome.value, reason=answer.reason))

    def waiting_pages(self, limit: int) -> tuple[str, ...]:
        """The SHA-256 of pages the centre does not have yet."""
        rows = select(_pages.c.sha256).where(_pages.c.state == _WAITING).limit(limit)
        with self._transaction() as connection:
            return tuple(connection.execute(rows).scalars())

    def unsettled_pages(self) -> frozenset[str]:
        """Every page that must stay on this disk: waiting, or refused and so known to nobody else."""
        rows = select(_pages.c.sha256).where(_pages.c.state != Outcome.ACCEPTED.value)
        with self._transaction() as connection:
            return frozenset(connection.execute(rows).scalars())

    def settle_page(self, sha256: str, outcome: Outcome) -> None:
        with self._transaction() as connection:
            connection.execute(update(_pages).where(_pages.c.sha256 == sha256).values(state=outcome.value))

    def waiting(self) -> int:
        """How many facts and pages the centre does not know yet."""
        with self._transaction() as connection:
            return sum(
                connection.execute(
                    select(func.count()).select_from(table).where(table.c.state == _WAITING)
                ).scalar_one()
                for table in (_events, _pages)
            )

    def refused(self) -> tuple[Answer, ...]:
        """What the centre would not take, for the technician."""
        rows = select(_events.c.id, _events.c.reason).where(_events.c.state == Outcome.REFUSED.value)
        with self._transaction() as connection:
            return tuple(Answer(row.id, Outcome.REFUSED, row.reason) for row in connection.execute(rows))
