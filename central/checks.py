"""How each kiosk found itself when it last tried all its parts, and which of them needs a hand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, or_, select, update

from central.changes import last_change
from central.database import Database, insert_once
from central.kiosks import Kiosk
from central.tables import checks, kiosks
from civic.kiosk_part import Part
from sync.messages import KioskChecked, Told, Verdict

_DAY = timedelta(days=1)
_NO_PAPER = (Part.PRINTER, "paper-out")
"""Then what was reckoned to be left on the roll was wrong."""
_PROVED_OTHERWISE = ((Part.CENTRE, "unreachable"), (Part.CENTRE, "key_unknown"), (Part.OUTBOX, "waits_long"))
"""What was wrong when the kiosk looked, and is over once its word about it has arrived."""


@dataclass(frozen=True, slots=True)
class Check:
    """The last word of one kiosk about itself; `at` is None when it never gave one."""

    kiosk: int
    at: datetime | None
    today: bool
    """Less than a day old. An older word says nothing of how the kiosk is now."""
    parts: Mapping[Part, Told]
    papers_left: int | None

    @property
    def number(self) -> str:
        """As it stands on the kiosk and in references."""
        return f"{self.kiosk:03}"

    @property
    def needs_hand(self) -> bool:
        return not self.today or bool(self.parts_that_are(Verdict.BAD))

    def parts_that_are(self, verdict: Verdict) -> tuple[Part, ...]:
        """In the order they are always told."""
        return tuple(part for part in Part if part in self.parts and self.parts[part].verdict is verdict)


@dataclass(frozen=True, slots=True)
class Round:
    """Every kiosk of a site, as at one change: see `central.changes`."""

    change: int
    checks: tuple[Check, ...]

    @property
    def waiting_for_hand(self) -> int:
        return sum(check.needs_hand for check in self.checks)


class Checks:
    """The words of the kiosks, as agents read them."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def round(self, site: str) -> Round:
        """Those who need a hand first, then by their numbers."""
        mine = (kiosks.c.municipality == self._database.municipality) & (kiosks.c.site == site)
        mine &= kiosks.c.key_id.is_not(None)
        same = (checks.c.municipality == kiosks.c.municipality) & (checks.c.kiosk == kiosks.c.number)
        columns = (kiosks.c.number, checks.c.checked_at, checks.c.parts, checks.c.papers_left)
        rows = select(*columns).select_from(kiosks.outerjoin(checks, same)).where(mine).order_by(kiosks.c.number)
        with self._database.reading() as connection:
            change = last_change(connection, self._database.municipality)
            found = [
                self._check(row.number, row.checked_at, row.parts, row.papers_left) for row in connection.execute(rows)
            ]
        return Round(change, tuple(sorted(found, key=lambda check: not check.needs_hand)))

    def _check(
        self, kiosk: int, at: datetime | None, parts: Mapping[str, Mapping[str, str]] | None, papers_left: int | None
    ) -> Check:
        told = {Part(part): _since(Part(part), Told.from_json(each)) for part, each in (parts or {}).items()}
        out = any((part, each.code) == _NO_PAPER for part, each in told.items())
        return Check(kiosk, at, at is not None and self._now() - at < _DAY, told, None if out else papers_left)


def _since(part: Part, told: Told) -> Told:
    return replace(told, verdict=Verdict.NOTE) if (part, told.code) in _PROVED_OTHERWISE else told


def note(connection: Connection, kiosk: Kiosk, fact: KioskChecked, sequence: int) -> None:
    """Keep what the kiosk said last. An earlier word that was held up on its way changes nothing.

    A kiosk whose store was set aside counts its facts from 1 again: then the later hour is the later word.
    """
    said = fact.to_json()
    word = {
        "sequence": sequence,
        "checked_at": fact.checked_at,
        "parts": said["parts"],
        "papers_left": fact.papers_left,
    }
    if insert_once(connection, checks, municipality=kiosk.municipality, kiosk=kiosk.number, **word):
        return
    mine = (checks.c.municipality == kiosk.municipality) & (checks.c.kiosk == kiosk.number)
    later = or_(checks.c.sequence < sequence, checks.c.checked_at < fact.checked_at)
    connection.execute(update(checks).where(mine, later).values(word))
