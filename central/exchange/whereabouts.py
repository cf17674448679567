"""What a kiosk may show of a file to whoever holds its receipt: the public page, without its dress."""

from collections.abc import Callable
from datetime import date, datetime, tzinfo

from central.dossiers import Dossier, Dossiers
from central.holdings import held_papers
from central.opening import Opening, TooManyTries
from central.queueing import Queue, Ticket
from central.reminders import Reminder
from civic.reuse import HeldPaper
from sync.messages import Asked, ByToken, Inquiry, Owed, Reason, Unopened, Visit, Whereabouts

_LONGEST = 64
"""Characters of anything that opens a file."""


class Follower:
    """Finds a file by what its receipt says."""

    def __init__(
        self, dossiers: Dossiers, queue: Queue, opening: Opening, now: Callable[[], datetime], zone: tzinfo
    ) -> None:
        self._dossiers = dossiers
        self._queue = queue
        self._opening = opening
        self._now = now
        self._zone = zone

    def follow(self, inquiry: Inquiry) -> Whereabouts | Unopened:
        try:
            dossier = self._find(inquiry)
        except TooManyTries:
            return Unopened.TOO_OFTEN
        if dossier is None:
            return Unopened.UNKNOWN
        visit = self._queue.visit_of(str(dossier.reference))
        return Whereabouts.of(
            reference=dossier.reference,
            service=dossier.service,
            course=dossier,
            owed=tuple(
                Owed(paper.requirement, paper.name, paper.reason, paper.excuse is not None) for paper in dossier.owed
            ),
            visit=None if visit is None else _visit(visit),
            today=self._now().astimezone(self._zone).date(),
            zone=self._zone,
            asked=tuple(self._asked(each) for each in dossier.reminders),
        )

    def papers(self, inquiry: Inquiry) -> tuple[HeldPaper, ...] | Unopened:
        """Which papers it holds: their hashes, never what was scanned."""
        try:
            dossier = self._find(inquiry)
        except TooManyTries:
            return Unopened.TOO_OFTEN
        return Unopened.UNKNOWN if dossier is None else held_papers(dossier, self._zone)

    def _find(self, inquiry: Inquiry) -> Dossier | None:
        if isinstance(inquiry, ByToken):
            return self._dossiers.find_by_token(inquiry.token[:_LONGEST])
        reference = str(inquiry.reference)
        opened = self._opening.open(reference, inquiry.pin.strip()[:_LONGEST])
        return None if opened is None else self._dossiers.find(reference)

    def _asked(self, reminder: Reminder) -> Asked:
        reason = None
        if reminder.reason is not None and reminder.answered_at is not None:
            reason = Reason(reminder.reason, self._day(reminder.answered_at))
        return Asked(reminder.number, self._day(reminder.asked_at), reminder.answer_by, reason)

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self._zone).date()


def _visit(ticket: Ticket) -> Visit:
    return Visit(ticket.number, ticket.state, ticket.counter, ticket.ahead)
