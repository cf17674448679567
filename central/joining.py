"""Where a batch joins what its kiosk said before: in its place, late, after a gap, or beside what stands there already.

What an enrolled kiosk signed is believed and applied whatever is found here: a citizen stands behind each fact. What is
found is kept for people to look into.
"""

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, bindparam, select, update

from central.database import insert_once
from central.findings import forget_filled_gaps, note_finding
from central.kiosks import Kiosk, Known
from central.tables import batches, chained, heads
from sync.messages import Batch, Flaw

_MINE = (heads.c.municipality == bindparam("town")) & (heads.c.kiosk == bindparam("number"))
_LIVES = select(heads).where(_MINE)
_FURTHER = (
    update(heads)
    .where(_MINE, heads.c.life == bindparam("of"))
    .values(sequence=bindparam("sequence"), hash=bindparam("hash"))
)


def join(
    connection: Connection, known: Known, batch: Batch, signature: bytes, changed: Collection[int], now: datetime
) -> None:
    """Keep what was signed and how far the life has come; note what does not fit.

    `changed`: the numbers of events whose id was told before in other words. The batch is in the inbox already.
    """
    kiosk, head = known.kiosk, batch.head
    place = {"municipality": kiosk.municipality, "kiosk": kiosk.number, "life": head.life}
    insert_once(
        connection,
        batches,
        **place,
        hash=head.hash,
        first=head.first,
        last=head.last,
        previous=head.previous,
        key_id=known.key_id,
        signature=signature.hex(),
        received_at=now,
    )
    for sequence in changed:
        note_finding(connection, kiosk, Flaw.EDIT, now, head.life, sequence)
    who = {"town": kiosk.municipality, "number": kiosk.number}
    lives = {row.life: row for row in connection.execute(_LIVES, who)}
    end = lives.get(head.life)
    if end is None:
        insert_once(connection, heads, **place, sequence=head.last, hash=head.hash)
        if lives:
            note_finding(connection, kiosk, Flaw.RESTART, now, head.life)
    in_place = head.first == 1 if end is None else (end.sequence, end.hash) == (head.first - 1, head.previous)
    if not in_place:
        for flaw, sequence in _misfits(connection, kiosk, batch):
            note_finding(connection, kiosk, flaw, now, head.life, sequence)
        forget_filled_gaps(connection, kiosk, head.life)
    if end is not None and head.last >= end.sequence:
        connection.execute(_FURTHER, {**who, "of": head.life, "sequence": head.last, "hash": head.hash})


def _misfits(connection: Connection, kiosk: Kiosk, batch: Batch) -> Iterator[tuple[Flaw, int]]:
    """What is wrong around a batch that is not simply the next, and where."""
    head = batch.head
    mine = (
        (chained.c.municipality == kiosk.municipality)
        & (chained.c.kiosk == kiosk.number)
        & (chained.c.life == head.life)
    )
    before = _column(connection, chained.c.hash, mine & (chained.c.sequence == head.first - 1))
    after = _column(connection, chained.c.previous, mine & (chained.c.sequence == head.last + 1))
    if head.first > 1 and not before:
        yield Flaw.GAP, head.first
    if before and head.previous not in before:
        yield Flaw.FORK, head.first
    there = select(chained.c.id, chained.c.sequence).where(mine, chained.c.sequence.between(head.first, head.last))
    ids = {each.id for each in batch.links}
    rivals = [row.sequence for row in connection.execute(there) if row.id not in ids]
    yield from ((Flaw.FORK, sequence) for sequence in rivals)
    if after and head.hash not in after and not rivals:
        yield Flaw.FORK, head.last + 1


def _column(connection: Connection, wanted: ColumnElement[str], which: ColumnElement[bool]) -> Collection[str]:
    return set(connection.execute(select(wanted).where(which)).scalars())
