"""Why is my file late? The question goes to the centre, and its citizen leaves with a dated paper that says so."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from civic.language import Language, Wording
from civic.reference import Reference
from civic.reminder import reminder_number
from kiosk.devices.base import Printer, Raster
from kiosk.services.intake import Place
from kiosk.services.receipt import Office
from kiosk.store import reminders
from kiosk.store.database import Store
from sync.messages import ReasonAsked, Whereabouts
from sync.outbox import Outbox


@dataclass(frozen=True, slots=True)
class Reminder:
    """Everything on the paper, and nothing about the person. `asked_at` is in the town's time zone.

    `due_on`: the day the file itself was to be answered. `answer_by`: the day the town aims to say why it was not.
    `again`: it was given before, that same day.
    """

    office: Office
    service: Wording
    reference: Reference
    number: str
    asked_at: datetime
    due_on: date | None
    answer_by: date
    again: bool


DrawReminder = Callable[[Reminder, Language, int, bool], Raster]
"""Draw it for who reads that language, on a paper of that many dots; True marks it as a copy."""


class Reminders:
    """`ask` raises StoreFault: then nothing was asked. `print` belongs to the printer's thread; raises PrinterFault."""

    def __init__(
        self,
        store: Store,
        outbox: Outbox,
        place: Place,
        printer: Printer,
        draw: DrawReminder,
        answer_days: int,
        now: Callable[[], datetime],
    ) -> None:
        """`answer_days`: in how many days the town aims to say why."""
        self._store = store
        self._outbox = outbox
        self._place = place
        self._printer = printer
        self._draw = draw
        self._answer_days = answer_days
        self._now = now

    def ask(self, file: Whereabouts) -> Reminder:
        """Once a day for each file: asked again, it is the reminder given before."""
        now = self._now().replace(microsecond=0)
        today = now.astimezone(self._place.zone).date()
        with self._store.transaction() as connection:
            kept = reminders.find(connection, file.reference, today)
            again = kept is not None
            if kept is None:
                answer_by = today + timedelta(days=self._answer_days)
                kept = reminders.Kept(reminders.next_number(connection), file.reference, today, now, answer_by)
                reminders.add(connection, kept)
                self._outbox.put(connection, ReasonAsked(kept.reference, kept.number, now, answer_by), now)
        return Reminder(
            office=self._place.office,
            service=file.service,
            reference=kept.reference,
            number=reminder_number(self._place.kiosk, kept.number),
            asked_at=kept.asked_at.astimezone(self._place.zone),
            due_on=file.pledge.due_on,
            answer_by=kept.answer_by,
            again=again,
        )

    def print(self, reminder: Reminder, language: Language, *, copy: bool) -> None:
        """`copy`: an earlier paper is out, or may be, so this one says so."""
        self._printer.print(self._draw(reminder, language, self._printer.width_px, copy))
