"""Checking again, from what the centre keeps, that every fact is the one its kiosk signed and that none is missing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Row, select

from central.database import Database
from central.kiosks import Kiosk
from central.tables import batches, chained, heads, keys
from sync.messages import Flaw, Head, Link, canonical_hash, first_hash
from sync.signing import is_signed


@dataclass(frozen=True, slots=True)
class Wrong:
    """What does not hold, and at which number of the life."""

    flaw: Flaw
    sequence: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Verified:
    """One life of one kiosk, and how many facts of it there are."""

    kiosk: int
    life: str
    facts: int
    wrong: tuple[Wrong, ...]


def verify(database: Database) -> Iterator[Verified]:
    """Every life of every kiosk. What was told before there was a chain is left aside."""
    town = database.municipality
    with database.reading() as connection:
        public = dict(connection.execute(select(keys.c.id, keys.c.public).where(keys.c.municipality == town)).all())
        lives = select(heads.c.kiosk, heads.c.life, heads.c.sequence).where(heads.c.municipality == town)
        for kiosk, life, end in connection.execute(lives.order_by(heads.c.kiosk, heads.c.life)).all():
            rows = _rows(connection, chained, town, kiosk, life, chained.c.sequence)
            signed = _rows(connection, batches, town, kiosk, life, batches.c.first)
            chain = _Chain(Kiosk(town, kiosk, "").source, life, rows)
            wrong = (*chain.broken(end), *chain.unsigned(signed, public))
            yield Verified(kiosk, life, len(rows), tuple(sorted(wrong, key=lambda each: each.sequence)))


def _rows(
    connection: Connection, table: FromClause, town: str, kiosk: int, life: str, order: ColumnElement[Any]
) -> Sequence[Row[Any]]:
    mine = (table.c.municipality == town) & (table.c.kiosk == kiosk) & (table.c.life == life)
    return connection.execute(select(table).where(mine).order_by(order)).all()


class _Chain:
    """The events of one life as the inbox has them."""

    def __init__(self, source: str, life: str, rows: Sequence[Row[Any]]) -> None:
        self._source = source
        self._life = life
        self._rows = rows
        self._at: dict[int, list[Row[Any]]] = {}
        for row in rows:
            self._at.setdefault(row.sequence, []).append(row)

    def broken(self, end: int) -> Iterator[Wrong]:
        """What is changed, missing or doubled. `end`: how far the life is known to have come."""
        for row in self._rows:
            link = Link(row.id, row.sequence, row.kind, row.time, row.data_hash, row.previous)
            kept = row.data is None or canonical_hash(row.data) == row.data_hash
            if link.hash(self._source) != row.hash or not kept:
                yield Wrong(Flaw.EDIT, row.sequence, "its words are not those the kiosk told")
        for sequence in range(1, max(end, *self._at, 0) + 1):
            here = self._at.get(sequence, [])
            if not here:
                yield Wrong(Flaw.GAP, sequence, "it is missing")
            elif len(here) > 1:
                yield Wrong(Flaw.FORK, sequence, f"{len(here)} facts have this number")
            elif not self._follows(here[0]):
                yield Wrong(Flaw.FORK, sequence, "it follows another fact than the one before it")

    def unsigned(self, signed: Sequence[Row[Any]], public: Mapping[str, str]) -> Iterator[Wrong]:
        """Signatures that do not hold, and facts that no signature covers."""
        covered: set[str] = set()
        for row in signed:
            head = Head(self._source, self._life, row.first, row.last, row.previous, row.hash)
            key, signature = bytes.fromhex(public.get(row.key_id, "")), bytes.fromhex(row.signature)
            if is_signed(key, head.statement(), signature):
                covered |= self._back(row.last, row.hash, row.first)
            else:
                yield Wrong(Flaw.FORGED, row.first, f"the signature from here to {row.last} is not the kiosk's")
        for row in self._rows:
            if row.hash not in covered:
                yield Wrong(Flaw.FORGED, row.sequence, "no signature of the kiosk covers it")

    def _back(self, sequence: int, hash_: str, first: int) -> set[str]:
        """The hashes from that event back to the number `first`, as each names the one before."""
        found: set[str] = set()
        while sequence >= first:
            row = next((each for each in self._at.get(sequence, []) if each.hash == hash_), None)
            if row is None:
                break
            found.add(hash_)
            sequence, hash_ = sequence - 1, row.previous
        return found

    def _follows(self, row: Row[Any]) -> bool:
        before = [each.hash for each in self._at.get(row.sequence - 1, [])]
        if row.sequence == 1:
            before = [first_hash(self._source, self._life)]
        return not before or row.previous in before
