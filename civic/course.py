"""How a dossier has gone until a day: the stages behind it, whose days were used, the date promised, the usual way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum

from civic.deadline import Promise
from civic.workflow import Clock, Party, Stage, Step, Workflow


class Standing(StrEnum):
    """Whether anything is still to come."""

    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class Holder(StrEnum):
    """Who has had a dossier, as a citizen tells them apart; `LEFT` is nobody yet."""

    TOWN = "town"
    COMMISSION = "commission"
    OUTSIDE = "outside"
    CITIZEN = "citizen"
    LEFT = "left"


_HOLDERS = {
    Party.COUNTER: Holder.TOWN,
    Party.DEPARTMENT: Holder.TOWN,
    Party.COMMISSION: Holder.COMMISSION,
    Party.OUTSIDE: Holder.OUTSIDE,
    Party.CITIZEN: Holder.CITIZEN,
}


@dataclass(frozen=True, slots=True)
class Share:
    """Calendar days with one holder, or still left before the promised date; `percent` of them all."""

    holder: Holder
    days: int
    percent: int


@dataclass(frozen=True, slots=True)
class Course:
    """A dossier's steps until now, never none, and the promise as it stands. `late_days` past the promised date."""

    workflow: Workflow
    history: tuple[Step, ...]
    promise: Promise
    late_days: int

    @property
    def stage(self) -> Stage:
        return self.history[-1].stage

    @property
    def deposited_at(self) -> datetime:
        return self.history[0].entered_at

    @property
    def withdrawn(self) -> bool:
        """Whether its citizen has given it up: an end in the citizen's own hands, where nobody has answered."""
        return self.over and self.stage.party is Party.CITIZEN and not self.stage.next

    @property
    def over(self) -> bool:
        """Whether nothing is judged any more: the town hall has answered, or its citizen gave it up."""
        return self.stage.clock is Clock.ENDED

    @property
    def standing(self) -> Standing:
        if self.withdrawn:
            return Standing.WITHDRAWN
        return Standing.ANSWERED if self.over else Standing.OPEN

    @property
    def answered_at(self) -> datetime | None:
        """When the town hall answered; None while it has not, and for ever once its citizen gave it up."""
        if self.withdrawn:
            return None
        return next((step.entered_at for step in self.history if step.stage.clock is Clock.ENDED), None)

    def turn(self, owes: bool) -> Party:
        """Whose turn it is; the citizen's whenever they owe a paper."""
        return Party.CITIZEN if owes else self.stage.party

    @property
    def coming(self) -> tuple[Stage, ...]:
        """The usual way from here, without the answer itself: nobody knows it yet.

        The first of each stage's next ones is the usual way; what lies before the furthest stage is not told again.
        """
        way: list[Stage] = []
        stage = self.stage
        while stage.clock is not Clock.ENDED and stage.next:
            stage = self.workflow[stage.next[0]]
            if stage.clock is Clock.ENDED or stage in way:
                break
            way.append(stage)
        place = self.workflow.stages.index
        furthest = max(place(step.stage) for step in self.history)
        return tuple(stage for stage in way if place(stage) > furthest)

    def shares(self, today: date, zone: tzinfo) -> tuple[Share, ...]:
        """Counted in calendar days like the promise itself, so that they add up to it."""
        due_on = self.promise.due_on
        if due_on is None or self.withdrawn:
            return ()
        days = _days_with_each(self.history, today, zone)
        if not self.promise.answered:
            days[Holder.LEFT] = max(0, (due_on - today).days)
        whole = sum(days.values()) or 1
        return tuple(Share(holder, each, round(100 * each / whole)) for holder, each in days.items() if each)


def _days_with_each(history: Sequence[Step], today: date, zone: tzinfo) -> dict[Holder, int]:
    entered = [step.entered_at.astimezone(zone).date() for step in history]
    days = dict.fromkeys(Holder, 0)
    for step, since, until in zip(history, entered, [*entered[1:], today], strict=True):
        if step.stage.clock is Clock.ENDED:
            break
        days[_HOLDERS[step.stage.party]] += max(0, (until - since).days)
    return days
