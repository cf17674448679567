"""The stages a dossier goes through, whose turn each one is, and what it does to the legal clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from civic.language import Wording


class Party(StrEnum):
    """Whose turn it is."""

    CITIZEN = "citizen"
    COUNTER = "counter"
    DEPARTMENT = "department"
    COMMISSION = "commission"
    OUTSIDE = "outside"


class Clock(StrEnum):
    """What a stage does to the promised date."""

    WAITING = "waiting"  # nobody has found the dossier complete yet
    RUNNING = "running"
    PAUSED = "paused"  # the citizen owes something; the date moves by as long as that takes
    ENDED = "ended"  # the town hall has answered


@dataclass(frozen=True, slots=True)
class Stage:
    id: str
    name: Wording
    party: Party
    clock: Clock
    next: tuple[str, ...]
    """The stages an agent may move the dossier to from here; none at the end."""


@dataclass(frozen=True, slots=True)
class Step:
    """A dossier entered `stage` at that moment (aware, UTC). A dossier's history is its steps, oldest first."""

    stage: Stage
    entered_at: datetime


class WorkflowFault(ValueError):
    """That stage does not follow from where the dossier is."""


@dataclass(frozen=True, slots=True)
class Workflow:
    """The stages of one service, in the order a citizen would tell them; the first is where every dossier starts."""

    stages: tuple[Stage, ...]

    @property
    def first(self) -> Stage:
        return self.stages[0]

    def __getitem__(self, stage_id: str) -> Stage:
        for stage in self.stages:
            if stage.id == stage_id:
                return stage
        raise WorkflowFault(f"there is no stage “{stage_id}”")

    def move(self, current: str, wanted: str) -> Stage:
        """The stage after moving from `current` to `wanted`. Raises WorkflowFault when no arrow leads there."""
        if wanted not in self[current].next:
            raise WorkflowFault(f"“{wanted}” does not follow “{current}”")
        return self[wanted]


def after_papers(workflow: Workflow, history: Sequence[Step]) -> Stage | None:
    """Where a file goes by itself once its citizen has brought all it lacked: back to where it stood, or to be checked.

    None: it stays. Only a stage that stopped the clock for the citizen ends like this, and no clock is started.
    """
    now = history[-1].stage
    if now.clock is not Clock.PAUSED or now.party is not Party.CITIZEN:
        return None
    if len(history) > 1 and history[-2].stage.id in now.next:
        return history[-2].stage
    return next((stage for stage in map(workflow.__getitem__, now.next) if stage.clock is Clock.WAITING), None)


def time_with(history: Sequence[Step], now: datetime) -> dict[Party, float]:
    """Seconds each party has had the dossier, up to `now` or to the answer. Clocks that step back count as no time."""
    spent: dict[Party, float] = {}
    ends = [step.entered_at for step in history[1:]] + [now]
    for step, until in zip(history, ends, strict=True):
        if step.stage.clock is Clock.ENDED:
            break
        seconds = max(0.0, (until - step.entered_at).total_seconds())
        spent[step.stage.party] = spent.get(step.stage.party, 0.0) + seconds
    return spent
