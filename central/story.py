"""A dossier told to its citizen: what happened, what comes, and whose days were used."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from central.dossiers import Dossier
from civic.workflow import Clock, Party, Stage
from sync.messages import Holder

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
class Story:
    """`coming` is the usual way from here, without the answer itself: nobody knows it yet."""

    shares: tuple[Share, ...]
    coming: tuple[Stage, ...]
    your_turn: bool


def tell(dossier: Dossier, now: datetime, zone: tzinfo) -> Story:
    return Story(
        shares=_shares(dossier, now.astimezone(zone).date(), zone),
        coming=_coming(dossier),
        your_turn=bool(dossier.owed) or (dossier.stage.party is Party.CITIZEN and not dossier.withdrawn),
    )


def _coming(dossier: Dossier) -> tuple[Stage, ...]:
    """The first of each stage's next ones is the usual way; what lies before the furthest stage is not told again."""
    way: list[Stage] = []
    stage = dossier.stage
    while stage.clock is not Clock.ENDED and stage.next:
        stage = dossier.workflow[stage.next[0]]
        if stage.clock is Clock.ENDED or stage in way:
            break
        way.append(stage)
    place = dossier.workflow.stages.index
    furthest = max(place(step.stage) for step in dossier.history)
    return tuple(stage for stage in way if place(stage) > furthest)


def _shares(dossier: Dossier, today: date, zone: tzinfo) -> tuple[Share, ...]:
    """Counted in calendar days like the promise itself, so that they add up to it."""
    due_on = dossier.promise.due_on
    if due_on is None or dossier.withdrawn:
        return ()
    entered = [step.entered_at.astimezone(zone).date() for step in dossier.history]
    days = dict.fromkeys(Holder, 0)
    for step, since, until in zip(dossier.history, entered, [*entered[1:], today], strict=True):
        if step.stage.clock is Clock.ENDED:
            break
        days[_HOLDERS[step.stage.party]] += max(0, (until - since).days)
    if not dossier.promise.answered:
        days[Holder.LEFT] = max(0, (due_on - today).days)
    whole = sum(days.values()) or 1
    return tuple(Share(holder, each, round(100 * each / whole)) for holder, each in days.items() if each)
