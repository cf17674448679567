"""Facts waiting to be told to the centre. A fact enters in the transaction of what it tells: neither exists alone.

What names a person is sealed to the town before it enters. A row keeps its event only while it waits or was refused:
once accepted, the body is erased. Its hash stays, for the next event to follow (see `sync.messages.chain`).
"""

import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

import orjson
from sqlalchemy import (
    Column,
    Connection,
    Integer,
    MetaData,
    Row,
    String,
    Table,
    Text,
    delete,
    func,
    select,
    text,
    update,
)

from sync.kept import STATES, WAITING, Kept
from sync.messages import (
    Answer,
    Batch,
    DossierDeposited,
    Event,
    Fact,
    Outcome,
    PapersAdded,
    first_hash,
    link,
    seal_words,
)
from sync.sealing import FindSeal, no_seal

_MOST_BYTES = 2 * 2**20
"""Of events in one batch: far less than what the centre takes at once."""
_HASH = re.compile(r"[0-9a-f]{64}")
_CHANGED = "its words were changed on the kiosk's disk: it was not told"

metadata = MetaData()
_events = Table(
    "outbox_events",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("state", String, nullable=False, index=True),
    Column("body", Text),
    Column("reason", String, nullable=False, default=""),
    Column("hash", String, nullable=False),
)
_life = Table("outbox_life", metadata, Column("life", String, primary_key=True))
"""One row, from the first fact on: see `sync.messages.chain`."""
_pages = Table(
    "outbox_pages",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("state", String, nullable=False, index=True),
)
_uploads = Table(
    "outbox_uploads", metadata, Column("sha256", String, primary_key=True), Column("path", String, nullable=False)
)
"""Where at the centre a page goes on that was begun. Without it the page begins anew: nothing else is lost."""


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """A page the centre does not have yet. `path`: where its upload goes on there, empty when none was begun."""

    sha256: str
    path: str


@dataclass(frozen=True, slots=True)
class Untold:
    """A fact that waits, or that the centre refused for that `reason`; `reference` is empty when it is of no file."""

    number: int
    kind: str
    since: datetime
    reference: str
    refused: bool
    reason: str


class Outbox:
    """The kiosk's facts in the order they became true. `source` names this kiosk in every event.

    `transaction` opens one on the database whose faults are its own to tell: all of a block is kept, or none.
    """

    def __init__(
        self,
        transaction: Callable[[], AbstractContextManager[Connection]],
        source: str,
        find_seal: FindSeal = no_seal,
    ) -> None:
        self._transaction = transaction
        self._source = source
        self._find_seal = find_seal

    def put(self, connection: Connection, fact: Fact, now: datetime) -> None:
        """Add a fact to the caller's transaction, with the pages it speaks of."""
        number, previous = _end(connection, self._source)
        message, seal = Event(str(uuid4()), self._source, number + 1, now, fact, previous).to_json(), self._find_seal()
        _add(connection, message if seal is None else seal_words(message, seal), WAITING, "")
        if isinstance(fact, DossierDeposited | PapersAdded):
            for sha256 in fact.pages:
                connection.execute(
                    _pages.insert().prefix_with("OR REPLACE").values(sha256=sha256, state=WAITING),
                )

    def waiting_events(self, limit: int) -> tuple[Event, ...]:
        """The oldest facts not yet answered, in order, of a kiosk that knows no seal. Raises MessageFault."""
        rows = select(_events.c.body).where(_events.c.state == WAITING).order_by(_events.c.sequence).limit(limit)
        with self._transaction() as connection:
            return tuple(Event.from_json(orjson.loads(body)) for body in connection.execute(rows).scalars())

    def next_batch(self, limit: int, after: int = 0) -> Batch | None:
        """The oldest facts not yet answered, as they are told: chained, in order, without a gap. None when none waits.

        `after`: only those with a higher number.

        A fact whose words are no longer those that were hashed is not told: it stands among the refused ones.
        """
        waiting = select(_events).where(_events.c.state == WAITING, _events.c.sequence > after)
        with self._transaction() as connection:
            life = connection.execute(select(_life.c.life)).scalar()
            told: list[dict[str, Any]] = []
            previous, size = "", 0
            for row in connection.execute(waiting.order_by(_events.c.sequence).limit(limit)).all():
                size += len(row.body)
                if told and size > _MOST_BYTES:
                    break
                message = Kept(*row).message
                if message is None:
                    _set_aside(connection, row.sequence)
                    if told:
                        break
                    continue
                before = message.pop("previoushash")
                previous = previous or before
                told.append(message)
        return Batch.of(told[0]["source"], str(life), previous, told) if told else None

    def oldest(self) -> datetime | None:
        """When the oldest fact that waits became true; None when none waits."""
        first = select(_events).where(_events.c.state == WAITING).order_by(_events.c.sequence).limit(1)
        with self._transaction() as connection:
            row = connection.execute(first).one_or_none()
        return None if row is None else _untold(row).since

    def untold(self) -> tuple[Untold, ...]:
        """What waits or was refused, in order."""
        rows = select(_events).where(_events.c.body.is_not(None)).order_by(_events.c.sequence)
        with self._transaction() as connection:
            return tuple(_untold(row) for row in connection.execute(rows).all())

    def settle(self, answers: Iterable[Answer]) -> None:
        """The centre's word: an accepted fact is erased, a refused one stays with its reason and blocks nothing."""
        with self._transaction() as connection:
            for answer in answers:
                row = update(_events).where(_events.c.id == answer.event_id)
                if answer.outcome is Outcome.ACCEPTED:
                    connection.execute(row.values(state=answer.outcome.value, body=None))
                else:
                    connection.execute(row.values(state=answer.outcome.value, reason=answer.reason))

    def next_page(self) -> WaitingPage | None:
        """The same each time, until it is settled; None when none waits."""
        first = select(_pages.c.sha256, _uploads.c.path).outerjoin(_uploads, _uploads.c.sha256 == _pages.c.sha256)
        with self._transaction() as connection:
            row = connection.execute(
                first.where(_pages.c.state == WAITING).order_by(text("outbox_pages.rowid"))
            ).first()
        return None if row is None else WaitingPage(row.sha256, row.path or "")

    def note_upload(self, sha256: str, path: str) -> None:
        """A page was begun, and goes on there."""
        with self._transaction() as connection:
            connection.execute(_uploads.insert().prefix_with("OR REPLACE"), {"sha256": sha256, "path": path})

    def unsettled_pages(self) -> frozenset[str]:
        """Every page that must stay on this disk: waiting, or refused and so known to nobody else."""
        rows = select(_pages.c.sha256).where(_pages.c.state != Outcome.ACCEPTED.value)
        with self._transaction() as connection:
            return frozenset(connection.execute(rows).scalars())

    def settle_page(self, sha256: str, outcome: Outcome) -> None:
        with self._transaction() as connection:
            connection.execute(update(_pages).where(_pages.c.sha256 == sha256).values(state=outcome.value))
            connection.execute(delete(_uploads).where(_uploads.c.sha256 == sha256))

    def waiting(self) -> int:
        """How many facts and pages the centre does not know yet."""
        with self._transaction() as connection:
            return sum(
                connection.execute(select(func.count()).select_from(table).where(table.c.state == WAITING)).scalar_one()
                for table in (_events, _pages)
            )

    def refused(self) -> tuple[Answer, ...]:
        """What the centre would not take, for the technician."""
        rows = select(_events.c.id, _events.c.reason).where(_events.c.state == Outcome.REFUSED.value)
        with self._transaction() as connection:
            return tuple(Answer(row.id, Outcome.REFUSED, row.reason) for row in connection.execute(rows))


def chain_anew(connection: Connection) -> None:
    """Bring an outbox from before there was a chain into one: what waits or was refused begins a life, in its order."""
    connection.exec_driver_sql("ALTER TABLE outbox_events ADD COLUMN hash VARCHAR NOT NULL DEFAULT ''")
    _life.create(connection)
    kept = select(_events.c.body, _events.c.state, _events.c.reason).where(_events.c.body.is_not(None))
    rows = connection.execute(kept.order_by(_events.c.sequence)).all()
    connection.execute(delete(_events))
    for row in rows:
        _chain(connection, orjson.loads(row.body), row.state, row.reason)


def adopt(connection: Connection, events: Iterable[Kept], pages: Mapping[str, str]) -> None:
    """Take over what another outbox kept, in its order, to be told in this one's life; ids stay what they were.

    `pages`: the state of each by its SHA-256. Raises ValueError for an event that is not whole.
    """
    for each in events:
        if (message := each.message) is None:
            raise ValueError("this event is not whole")
        _chain(connection, message, each.state, each.reason)
    for sha256, state in pages.items():
        connection.execute(_pages.insert(), {"sha256": sha256, "state": state})


def is_sound(connection: Connection) -> bool:
    """Whether nothing is missing, and what waits or was refused is what was written; told facts have no words left."""
    last = select(_events.c.sequence, _events.c.hash).order_by(_events.c.sequence.desc()).limit(1)
    end = connection.execute(last).one_or_none()
    life = connection.execute(select(_life.c.life)).scalar()
    amounts = connection.execute(select(_events.c.state, func.count()).group_by(_events.c.state)).all()
    pages = connection.execute(select(_pages.c.state).distinct()).scalars().all()
    if not STATES.issuperset([state for state, _ in amounts] + list(pages)):
        return False
    if end is None:
        return True
    if life is None or end.sequence != sum(amount for _, amount in amounts) or not _HASH.fullmatch(end.hash):
        return False
    before = _events.alias()
    rows = select(_events, before.c.hash).outerjoin(before, before.c.sequence == _events.c.sequence - 1)
    for *kept, previous in connection.execute(rows.where(_events.c.state != Outcome.ACCEPTED.value)):
        message = Kept(*kept).message
        if message is None or message["previoushash"] != (previous or first_hash(message["source"], life)):
            return False
    return True


def _chain(connection: Connection, message: dict[str, Any], state: str, reason: str) -> None:
    """Put an event at the end of this chain, whatever it followed before."""
    number, message["previoushash"] = _end(connection, message["source"])
    message["sequence"] = f"{number + 1:010}"
    _add(connection, message, state, reason)


def _untold(row: Row[Any]) -> Untold:
    message = orjson.loads(row.body)
    since, reference = datetime.fromisoformat(message["time"]), message["data"].get("reference") or ""
    return Untold(row.sequence, message["type"], since, reference, row.state != WAITING, row.reason)


def _end(connection: Connection, source: str) -> tuple[int, str]:
    """The number and the hash of the last fact; before the first, 0 and what that one follows."""
    last = select(_events.c.sequence, _events.c.hash).order_by(_events.c.sequence.desc()).limit(1)
    found = connection.execute(last).one_or_none()
    if found is not None:
        return found.sequence, found.hash
    life = secrets.token_hex(16)
    connection.execute(delete(_life))
    connection.execute(_life.insert().values(life=life))
    return 0, first_hash(source, life)


def _add(connection: Connection, message: dict[str, Any], state: str, reason: str) -> None:
    words = {name: value for name, value in message.items() if name != "previoushash"}
    row = link(words, message["previoushash"])
    hash_, body = row.hash(message["source"]), orjson.dumps(message).decode()
    connection.execute(
        _events.insert(),  # its values beside it: a statement is remembered, with all that was written into it
        {"sequence": row.sequence, "id": row.id, "state": state, "body": body, "reason": reason, "hash": hash_},
    )


def _set_aside(connection: Connection, sequence: int) -> None:
    mine = update(_events).where(_events.c.sequence == sequence)
    connection.execute(mine.values(state=Outcome.REFUSED.value, reason=_CHANGED))
