"""What was found wrong with the chains of the kiosks: kept for the town's staff, with a plain sentence for each."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, select, update

from central.database import Database, insert_once
from central.kiosks import Kiosk
from central.tables import chained, findings
from sync.messages import Flaw

SENTENCES = {
    Flaw.EDIT: "Words were changed after the kiosk had said them. Nothing of that was taken: look at who may write on "
    "the kiosk's disk and on the line.",
    Flaw.GAP: "Facts are missing before this one. Is the kiosk's disk an old copy, or the centre's? Look there.",
    Flaw.FORK: "The kiosk gave this number twice, for two facts; both were taken. Its disk was put back to an earlier "
    "day, or two machines speak with its key: if there may be two, revoke the key and enrol the right one again.",
    Flaw.DISORDER: "Facts came twice in one batch, or not in their places. Nothing of it was taken; the kiosk will say "
    "it again. If this comes back, something on the line changes what it carries.",
    Flaw.FOREIGN: "The kiosk told facts of another kiosk. Nothing of that was taken: a kiosk that gets another number "
    "begins with an empty store.",
    Flaw.FORGED: "Somebody sent facts that the kiosk's key did not sign. Nothing of that was taken.",
    Flaw.REPLAY: "A request of the kiosk came a second time, word for word. It was not listened to: somebody may be "
    "recording the line, or a proxy says things twice.",
    Flaw.RESTART: "The kiosk began to count from 1 again: its store is new. After damage it told again what it could "
    "save, and its technician's screen says how much it could not; on a new disk, what the old one had not told yet is "
    "only on the old disk.",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """`sequence` is the fact it was seen at, 0 when it concerns none."""

    kiosk: int
    flaw: Flaw
    life: str
    sequence: int
    times: int
    first_at: datetime
    last_at: datetime

    @property
    def sentence(self) -> str:
        return SENTENCES[self.flaw]


def note_finding(
    connection: Connection, kiosk: Kiosk, flaw: Flaw, now: datetime, life: str = "", sequence: int = 0
) -> None:
    """Keep it; the same seen again only counts."""
    place = {"municipality": kiosk.municipality, "kiosk": kiosk.number, "flaw": flaw.value, "life": life}
    if not insert_once(connection, findings, **place, sequence=sequence, times=1, first_at=now, last_at=now):
        same = findings.c.municipality == kiosk.municipality
        for name, value in (*place.items(), ("sequence", sequence)):
            same &= findings.c[name] == value
        connection.execute(update(findings).where(same).values(times=findings.c.times + 1, last_at=now))


def forget_filled_gaps(connection: Connection, kiosk: Kiosk, life: str) -> None:
    """What came late after all is not missing."""
    told = (
        select(func.count(chained.c.sequence.distinct()))
        .where(
            chained.c.municipality == kiosk.municipality,
            chained.c.kiosk == kiosk.number,
            chained.c.life == life,
            chained.c.sequence < findings.c.sequence,
        )
        .scalar_subquery()
    )
    connection.execute(
        delete(findings).where(
            findings.c.municipality == kiosk.municipality,
            findings.c.kiosk == kiosk.number,
            findings.c.flaw == Flaw.GAP.value,
            findings.c.life == life,
            told == findings.c.sequence - 1,
        )
    )


def list_findings(database: Database) -> tuple[Finding, ...]:
    """By kiosk, then in the order they were first seen."""
    mine = select(findings).where(findings.c.municipality == database.municipality)
    with database.reading() as connection:
        rows = connection.execute(mine.order_by(findings.c.kiosk, findings.c.first_at, findings.c.sequence)).all()
    return tuple(
        Finding(row.kiosk, Flaw(row.flaw), row.life, row.sequence, row.times, row.first_at, row.last_at) for row in rows
    )
