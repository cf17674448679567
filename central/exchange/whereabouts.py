"""What a kiosk may show of a file to whoever holds its receipt: the public page, without its dress."""

from collections.abc import Callable
from datetime import datetime, tzinfo

from central.dossiers import Dossier, Dossiers
from central.opening import Opening, TooManyTries
from central.queueing import Queue, Ticket
from central.story import tell
from civic.workflow import Party
from sync.messages import ByToken, Holder, Inquiry, Owed, Passed, Pledge, Standing, Unopened, Visit, Whereabouts

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
        story = tell(dossier, self._now(), self._zone)
        visit = self._queue.visit_of(str(dossier.reference))
        return Whereabouts(
            reference=dossier.reference,
            service_id=dossier.service.id,
            service=dossier.service.name,
            standing=_standing(dossier),
            turn=Party.CITIZEN if story.your_turn else dossier.stage.party,
            history=tuple(
                Passed(step.stage.name, step.entered_at.astimezone(self._zone).date()) for step in dossier.history
            ),
            coming=tuple(stage.name for stage in story.coming),
            owed=tuple(
                Owed(paper.requirement, paper.name, paper.reason, paper.excuse is not None) for paper in dossier.owed
            ),
            pledge=self._pledge(dossier),
            shares={Holder(share.holder): share.days for share in story.shares},
            visit=None if visit is None else _visit(visit),
        )

    def _find(self, inquiry: Inquiry) -> Dossier | None:
        if isinstance(inquiry, ByToken):
            return self._dossiers.find_by_token(inquiry.token[:_LONGEST])
        reference = str(inquiry.reference)
        opened = self._opening.open(reference, inquiry.pin.strip()[:_LONGEST])
        return None if opened is None else self._dossiers.find(reference)

    def _pledge(self, dossier: Dossier) -> Pledge:
        promise, answered_at = dossier.promise, dossier.answered_at
        return Pledge(
            days=promise.deadline.days,
            kind=promise.deadline.kind,
            basis=promise.deadline.basis,
            due_on=promise.due_on,
            answered_on=None if answered_at is None else answered_at.astimezone(self._zone).date(),
            paused=promise.paused,
            late_days=dossier.late_days,
        )


def _standing(dossier: Dossier) -> Standing:
    if dossier.withdrawn:
        return Standing.WITHDRAWN
    return Standing.ANSWERED if dossier.over else Standing.OPEN


def _visit(ticket: Ticket) -> Visit:
    return Visit(ticket.number, ticket.state, ticket.counter, ticket.ahead)
