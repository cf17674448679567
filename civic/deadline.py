"""The promised date. The clock is a legal object: it starts on a complete dossier, pauses while a citizen owes a paper.

The kiosk's "complete" is for an agent to confirm; once confirmed, the days count from the deposit, as the planning code
has them count from the deposit of a properly made up dossier (loi 94-122, art. 69).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from enum import StrEnum

from civic.language import Wording
from civic.workflow import Clock, Step


class DeadlineKind(StrEnum):
    """Who set the number of days. A goal of the town's own is never shown as law."""

    LEGAL = "legal"
    GOAL = "goal"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A number of calendar days to answer in, for dossiers whose answers meet `when` (question → accepted answers)."""

    days: int
    kind: DeadlineKind
    basis: Wording
    when: Mapping[str, tuple[str, ...]]
    starts_complete: bool
    """True: counts only once an agent has found the dossier complete. False: counts from the deposit at once."""

    def due_on(self, deposited_on: date, paused_days: int = 0) -> date:
        """The last day to answer, for a dossier complete at its deposit and paused that many days since."""
        return deposited_on + timedelta(days=self.days + paused_days)


@dataclass(frozen=True, slots=True)
class Promise:
    """What the town hall owes a dossier today. `due_on` is None until the clock has started."""

    deadline: Deadline
    due_on: date | None
    paused: bool
    answered: bool

    def late_days(self, today: date) -> int:
        """How far past the date; 0 while it is not late, or when the delay stands still or is over."""
        if self.due_on is None or self.answered or self.paused:
            return 0
        return max(0, (today - self.due_on).days)


def promise(deadline: Deadline, history: Sequence[Step], today: date, zone: tzinfo) -> Promise:
    """The promise for a dossier with that history (not empty), seen on `today` in the town's time zone.

    Days spent in paused stages are added to the date; a pause that is still open counts up to today.
    """

    def local(step: Step) -> date:
        return step.entered_at.astimezone(zone).date()

    now = history[-1].stage.clock
    started = not deadline.starts_complete or any(step.stage.clock in (Clock.RUNNING, Clock.ENDED) for step in history)
    if not started:
        return Promise(deadline, None, paused=now is Clock.PAUSED, answered=False)
    ends = [local(step) for step in history[1:]] + [today]
    paused_days = sum(
        max(0, (until - local(step)).days)
        for step, until in zip(history, ends, strict=True)
        if step.stage.clock is Clock.PAUSED
    )
    due_on = deadline.due_on(local(history[0]), paused_days)
    return Promise(deadline, due_on, paused=now is Clock.PAUSED, answered=now is Clock.ENDED)
