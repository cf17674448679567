"""The promised date: when it starts, what moves it, and when the town hall is late."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic.deadline import Deadline, DeadlineKind, promise
from civic.language import Wording
from civic.workflow import Clock, Party, Stage, Step

TUNIS = ZoneInfo("Africa/Tunis")
BASIS = Wording(
    "مجلة التهيئة الترابية والتعمير، الفصل 69", "code de l'urbanisme, article 69", "planning code, article 69"
)
PERMIT = Deadline(45, DeadlineKind.LEGAL, BASIS, {}, starts_complete=True)
COMPLAINT = Deadline(21, DeadlineKind.GOAL, Wording("هدف البلدية", "objectif", "goal"), {}, starts_complete=False)
STAGES = {clock: Stage(clock.value, Wording("مرحلة", "étape", "stage"), Party.COUNTER, clock, ()) for clock in Clock}
DEPOSIT = date(2026, 11, 23)


def on(day: date, clock: Clock, hour: int = 10) -> Step:
    """The dossier entered a stage with that clock on that day, at that hour of Tunis."""
    local = datetime(day.year, day.month, day.day, hour, tzinfo=TUNIS)
    return Step(STAGES[clock], local.astimezone(UTC))


def later(days: int) -> date:
    return DEPOSIT + timedelta(days=days)


def test_no_date_is_promised_before_an_agent_has_found_the_dossier_complete() -> None:
    promised = promise(PERMIT, [on(DEPOSIT, Clock.WAITING)], later(400), TUNIS)
    assert promised.due_on is None
    assert not promised.paused
    assert not promised.late_days(later(400))


def test_a_paper_missing_from_the_start_is_the_citizens_turn_and_starts_nothing() -> None:
    promised = promise(PERMIT, [on(DEPOSIT, Clock.WAITING), on(later(1), Clock.PAUSED)], later(2), TUNIS)
    assert (promised.due_on, promised.paused, promised.answered) == (None, True, False)


def test_once_complete_the_days_count_from_the_deposit() -> None:
    history = [on(DEPOSIT, Clock.WAITING), on(later(3), Clock.RUNNING)]
    assert promise(PERMIT, history, later(4), TUNIS).due_on == date(2027, 1, 7)


def test_the_last_day_promised_is_not_late_and_the_next_is() -> None:
    history = [on(DEPOSIT, Clock.WAITING), on(DEPOSIT, Clock.RUNNING)]
    assert not promise(PERMIT, history, later(45), TUNIS).late_days(later(45))
    assert promise(PERMIT, history, later(46), TUNIS).late_days(later(46)) == 1


def test_the_days_a_citizen_owed_a_paper_are_added() -> None:
    history = [
        on(DEPOSIT, Clock.WAITING),
        on(later(1), Clock.RUNNING),
        on(later(10), Clock.PAUSED),
        on(later(16), Clock.RUNNING),
        on(later(20), Clock.PAUSED),
        on(later(21), Clock.RUNNING),
    ]
    assert promise(PERMIT, history, later(30), TUNIS).due_on == later(45 + 6 + 1)


def test_days_owed_before_the_dossier_was_complete_are_added_too() -> None:
    history = [on(DEPOSIT, Clock.WAITING), on(later(1), Clock.PAUSED), on(later(8), Clock.RUNNING)]
    assert promise(PERMIT, history, later(9), TUNIS).due_on == later(45 + 7)


def test_a_pause_that_is_still_open_moves_the_date_every_day_and_is_never_late() -> None:
    history = [on(DEPOSIT, Clock.WAITING), on(DEPOSIT, Clock.RUNNING), on(later(40), Clock.PAUSED)]
    promised = promise(PERMIT, history, later(100), TUNIS)
    assert promised.due_on == later(45 + 60)
    assert promised.paused
    assert not promised.late_days(later(1000))


def test_a_paper_brought_the_same_day_costs_no_day() -> None:
    history = [
        on(DEPOSIT, Clock.RUNNING),
        on(later(5), Clock.PAUSED, hour=9),
        on(later(5), Clock.RUNNING, hour=16),
    ]
    assert promise(PERMIT, history, later(6), TUNIS).due_on == later(45)


def test_a_clock_that_steps_back_never_shortens_the_promise() -> None:
    history = [on(DEPOSIT, Clock.RUNNING), on(later(9), Clock.PAUSED), on(later(2), Clock.RUNNING)]
    assert promise(PERMIT, history, later(3), TUNIS).due_on == later(45)


def test_an_answered_dossier_keeps_its_date_and_is_not_late() -> None:
    history = [on(DEPOSIT, Clock.RUNNING), on(later(50), Clock.ENDED)]
    promised = promise(PERMIT, history, later(200), TUNIS)
    assert (promised.due_on, promised.answered) == (later(45), True)
    assert not promised.late_days(later(200))


def test_an_answer_given_at_once_has_its_date_too() -> None:
    history = [on(DEPOSIT, Clock.WAITING), on(later(1), Clock.ENDED)]
    assert promise(PERMIT, history, later(1), TUNIS).due_on == later(45)


def test_a_goal_that_waits_for_nobody_counts_from_the_deposit() -> None:
    assert promise(COMPLAINT, [on(DEPOSIT, Clock.WAITING)], DEPOSIT, TUNIS).due_on == later(21)


@pytest.mark.parametrize(
    ("deposited_on", "due_on"),
    [
        (date(2026, 12, 31), date(2027, 2, 14)),
        (date(2027, 1, 14), date(2027, 2, 28)),
        (date(2028, 1, 15), date(2028, 2, 29)),
    ],
)
def test_the_date_crosses_the_end_of_the_year_and_of_february(deposited_on: date, due_on: date) -> None:
    assert PERMIT.due_on(deposited_on) == due_on


def test_a_deposit_late_in_the_evening_is_of_that_day_in_tunis() -> None:
    evening = Step(STAGES[Clock.RUNNING], datetime(2026, 12, 31, 23, 30, tzinfo=UTC))  # 00:30 on 1 January there
    assert promise(COMPLAINT, [evening], date(2027, 1, 1), TUNIS).due_on == date(2027, 1, 22)


@given(st.lists(st.tuples(st.integers(0, 300), st.sampled_from(Clock)), min_size=1, max_size=8), st.integers(0, 400))
def test_the_promise_is_never_shorter_than_its_days(stages: list[tuple[int, Clock]], today: int) -> None:
    history = [on(later(day), clock) for day, clock in stages]
    promised = promise(PERMIT, history, later(today), TUNIS)
    started = any(clock in (Clock.RUNNING, Clock.ENDED) for _, clock in stages)
    assert (promised.due_on is not None) == started
    assert promised.due_on is None or promised.due_on >= later(stages[0][0]) + timedelta(days=45)
