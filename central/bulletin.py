"""What a kiosk is told from a cursor on: the files of its site, locked, the line of its hall, and the notices."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any, Self

import orjson
from sqlalchemy import ColumnElement, Connection, Row, Select, and_, or_, select

from central.ages import Place, has_been, here_and_now
from central.database import Database
from central.dossiers import Dossier, Dossiers
from central.editions import InForce
from central.kiosks import Kiosk
from central.notices import notices_at
from central.queueing import Queue
from central.tables import dossiers
from sync.messages import MOST_FILES, CalledNumber, Changes, FileRecord, HallLine, LockedFile, lock, mark

KEPT_AFTER_THE_END = timedelta(days=90)
"""So long a kiosk still tells how a file ended; then it forgets it, and the centre tells."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a kiosk of that site has heard, by those cards: up to `place`, and of its last change up to `reference`.

    `reference` is None when all of that change was told. A kiosk keeps it as a text, and never looks into it.
    """

    place: Place
    site: str
    cards: str
    reference: str | None

    def __str__(self) -> str:
        return orjson.dumps([self.place.age, self.place.change, self.site, self.cards, self.reference]).decode()

    @classmethod
    def parse(cls, said: str) -> Self | None:
        """None for what is no cursor of ours."""
        try:
            age, change, site, cards, reference = orjson.loads(said)
        except (TypeError, ValueError):
            return None
        texts = all(isinstance(each, str) for each in (age, site, cards, reference or ""))
        return cls(Place(age, change), site, cards, reference) if texts and type(change) is int else None


class Bulletin:
    """`in_force`: the cards by which records say days and stages."""

    def __init__(
        self,
        database: Database,
        cases: Dossiers,
        queue: Queue,
        in_force: InForce,
        zone: tzinfo,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._cases = cases
        self._queue = queue
        self._cards = in_force.sha256[:16]
        self._offer = in_force.offer
        self._zone = zone
        self._now = now

    def since(self, kiosk: Kiosk, said: str) -> tuple[Changes, Cursor]:
        """What is new for that kiosk after the cursor it `said`: everything, when that is not of this centre's past."""
        town, now = self._database.municipality, self._now()
        today = now.astimezone(self._zone).date()
        with self._database.looking() as connection:
            here = here_and_now(connection, town)
            heard = self._heard(connection, kiosk, said)
            start = heard or Cursor(Place(here.age, 0), kiosk.site, self._cards, None)
            rows = connection.execute(_changed(kiosk, start, here.change)).all()
            told = rows[:MOST_FILES]
            notices = notices_at(connection, town, kiosk.site, today)
            cases = [(row, self._cases.read(connection, row.reference)) for row in told]
        more = len(rows) > len(told)
        place = Place(here.age, told[-1].change) if more else here
        cursor = Cursor(place, kiosk.site, self._cards, told[-1].reference if more else None)
        files = [_lock(row, dossier, self._forget_after(dossier)) for row, dossier in cases]
        kept = tuple(each for each in files if each.forget_after is None or today <= each.forget_after)
        gone = tuple(each.reference for each in files if each not in kept)
        line = self._line(kiosk.site, today)
        return Changes(str(cursor), heard is None, more, now, kept, gone, line, notices, self._offer), cursor

    def _heard(self, connection: Connection, kiosk: Kiosk, said: str) -> Cursor | None:
        """How far it had come; None when it begins anew: at another site, after other cards, or in another past."""
        cursor = Cursor.parse(said)
        if cursor is None or (cursor.site, cursor.cards) != (kiosk.site, self._cards):
            return None
        return cursor if has_been(connection, kiosk.municipality, cursor.place) else None

    def _forget_after(self, dossier: Dossier) -> date | None:
        ended_at = dossier.history[-1].entered_at
        return ended_at.astimezone(self._zone).date() + KEPT_AFTER_THE_END if dossier.over else None

    def _line(self, site: str, today: date) -> HallLine:
        line = self._queue.line(site)
        called = tuple(CalledNumber(each.number, each.counter) for each in line.called if each.counter is not None)
        return HallLine(today, len(line.waiting), called)


def _changed(kiosk: Kiosk, start: Cursor, last: int) -> Select[Any]:
    """In the order of their changes; one more than are told, to know whether it is all."""
    after: ColumnElement[bool] = dossiers.c.change > start.place.change
    if start.reference is not None:
        same = and_(dossiers.c.change == start.place.change, dossiers.c.reference > start.reference)
        after = or_(after, same)
    mine = (dossiers.c.municipality == kiosk.municipality, dossiers.c.site == kiosk.site)
    columns = (dossiers.c.reference, dossiers.c.change, dossiers.c.token_hash, dossiers.c.pin_salt, dossiers.c.pin_hash)
    found = select(*columns).where(*mine, after, dossiers.c.change <= last)
    return found.order_by(dossiers.c.change, dossiers.c.reference).limit(MOST_FILES + 1)


def _lock(row: Row[Any], dossier: Dossier, forget_after: date | None) -> LockedFile:
    """Nobody's name is in it, and no words: an agent's reason stays with the centre."""
    deadline, reference = dossier.promise.deadline, dossier.reference
    record = FileRecord(
        service_id=dossier.service.id,
        days=deadline.days,
        kind=deadline.kind,
        steps=tuple((step.stage.id, step.entered_at) for step in dossier.history),
        owed=tuple((paper.requirement, paper.excuse is not None) for paper in dossier.owed),
    )
    return LockedFile(
        reference=reference,
        mark=mark(row.token_hash),
        by_token=lock(record, reference, row.token_hash),
        pin_salt=row.pin_salt,
        by_pin=lock(record, reference, row.pin_hash),
        forget_after=forget_after,
    )
