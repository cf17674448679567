"""Why is my file late? What citizens asked at a kiosk, and what the town hall answered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select, update

from central.changes import mark_dossier, note_change
from central.database import Database, insert_once
from central.kiosks import Kiosk
from central.refusal import N_, Refused
from central.tables import dossiers, reminders
from civic.catalog import Catalog
from civic.language import Language, Wording
from civic.reference import Reference
from civic.reminder import reminder_number
from civic.workflow import Clock
from sync.messages import ReasonAsked


@dataclass(frozen=True, slots=True)
class Reminder:
    """One time somebody asked. `reason` and `answered_at` are None while the town hall owes its answer."""

    number: str
    asked_at: datetime
    answer_by: date
    reason: Wording | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Owing:
    """A file whose citizen waits to hear why it is late, and the first day promised for that."""

    reference: Reference
    answer_by: date


class Reminders:
    """What agents do about them."""

    def __init__(self, database: Database, catalog: Catalog, now: Callable[[], datetime]) -> None:
        self._database = database
        self._catalog = catalog
        self._now = now

    def owing(self, site: str) -> tuple[Owing, ...]:
        """The files of that site that wait for an answer, the most urgent first; none that is over."""
        town, first = self._database.municipality, func.min(reminders.c.answer_by)
        same = (dossiers.c.municipality == reminders.c.municipality) & (dossiers.c.reference == reminders.c.reference)
        rows = (
            select(reminders.c.reference, dossiers.c.service, dossiers.c.stage, first.label("answer_by"))
            .join(dossiers, same)
            .where(reminders.c.municipality == town, reminders.c.answered_at.is_(None), dossiers.c.site == site)
            .group_by(reminders.c.reference, dossiers.c.service, dossiers.c.stage)
            .order_by(first, reminders.c.reference)
        )
        with self._database.reading() as connection:
            found = connection.execute(rows).all()
        open_ = [row for row in found if not self._over(row.service, row.stage)]
        return tuple(Owing(Reference.parse(row.reference), row.answer_by) for row in open_)

    def answer(self, reference: str, reason: Wording, agent: str) -> None:
        """Say why to whoever asked about that file and has not heard. Raises Refused."""
        if not all(reason[language].strip() for language in Language):
            raise Refused(N_("Say why the file is late: the citizen will read it."))
        with self._database.writing() as connection:
            town = self._database.municipality
            change = note_change(connection, town)
            mine = (reminders.c.municipality == town) & (reminders.c.reference == reference)
            answered = connection.execute(
                update(reminders).where(mine, reminders.c.answered_at.is_(None)),
                {"reason": _to_json(reason), "answered_at": self._now(), "agent": agent},
            )
            if not answered.rowcount:
                raise Refused(N_("Nobody waits for an answer about this file any more."))
            mark_dossier(connection, town, reference, change)

    def _over(self, service: str, stage: str) -> bool:
        workflow = self._catalog[service].workflow
        return workflow is not None and workflow[stage].clock is Clock.ENDED


def ask(connection: Connection, kiosk: Kiosk, fact: ReasonAsked, change: int) -> None:
    """Keep that somebody asked, in the caller's transaction. Raises Refused."""
    town, reference = kiosk.municipality, str(fact.reference)
    mine = (dossiers.c.municipality == town) & (dossiers.c.reference == reference)
    if connection.execute(select(dossiers.c.reference).where(mine)).first() is None:
        raise Refused("this dossier is not known here")
    key = {"municipality": town, "reference": reference, "kiosk": kiosk.number, "number": fact.number}
    insert_once(connection, reminders, **key, asked_at=fact.asked_at, answer_by=fact.answer_by)
    mark_dossier(connection, town, reference, change)


def read_reminders(connection: Connection, town: str, reference: str) -> tuple[Reminder, ...]:
    """What its citizen may still want to read, oldest first: the last that was answered, and the last that was not."""
    mine = (reminders.c.municipality == town) & (reminders.c.reference == reference)
    rows = connection.execute(select(reminders).where(mine).order_by(reminders.c.asked_at)).mappings()
    told = [
        Reminder(
            number=reminder_number(row["kiosk"], row["number"]),
            asked_at=row["asked_at"],
            answer_by=row["answer_by"],
            reason=None if row["reason"] is None else Wording(**row["reason"]),
            answered_at=row["answered_at"],
        )
        for row in rows
    ]
    answered, owed = [each for each in told if each.reason], [each for each in told if not each.reason]
    return (*answered[-1:], *owed[-1:])


def _to_json(reason: Wording) -> dict[str, str]:
    return {language.value: reason[language].strip() for language in Language}
