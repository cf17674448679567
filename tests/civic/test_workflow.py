"""A dossier goes from stage to stage along the arrows of its card, and each party's time is its own."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from civic.language import Wording
from civic.workflow import Clock, Party, Stage, Step, Workflow, WorkflowFault, after_papers, time_with

FILED = Stage("filed", Wording("تمّ الإيداع", "Déposé", "Filed"), Party.COUNTER, Clock.WAITING, ("review", "papers"))
PAPERS = Stage("papers", Wording("ملف ناقص", "Incomplet", "Papers missing"), Party.CITIZEN, Clock.PAUSED, ("review",))
REVIEW = Stage("review", Wording("دراسة", "Étude", "Review"), Party.DEPARTMENT, Clock.RUNNING, ("papers", "answered"))
ANSWERED = Stage("answered", Wording("جواب", "Réponse", "Answered"), Party.COUNTER, Clock.ENDED, ())
WORKFLOW = Workflow((FILED, PAPERS, REVIEW, ANSWERED))

MORNING = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


def after(hours: float) -> datetime:
    return MORNING + timedelta(hours=hours)


def test_every_dossier_starts_at_the_first_stage() -> None:
    assert WORKFLOW.first is FILED


def test_an_agent_moves_a_dossier_along_an_arrow() -> None:
    assert WORKFLOW.move("filed", "review") is REVIEW


def test_a_stage_cannot_be_skipped() -> None:
    with pytest.raises(WorkflowFault, match="“answered” does not follow “filed”"):
        WORKFLOW.move("filed", "answered")


def test_an_answer_is_final() -> None:
    with pytest.raises(WorkflowFault):
        WORKFLOW.move("answered", "review")


def test_a_stage_of_another_card_is_unknown() -> None:
    with pytest.raises(WorkflowFault, match="there is no stage “granted”"):
        WORKFLOW["granted"]


def test_each_party_is_counted_the_time_it_had_the_dossier() -> None:
    history = [Step(FILED, after(0)), Step(REVIEW, after(1)), Step(PAPERS, after(4)), Step(REVIEW, after(10))]
    assert time_with(history, after(12)) == {
        Party.COUNTER: 3600.0,
        Party.DEPARTMENT: 5 * 3600.0,
        Party.CITIZEN: 6 * 3600.0,
    }


def test_nobody_is_counted_time_after_the_answer() -> None:
    history = [Step(FILED, after(0)), Step(REVIEW, after(1)), Step(ANSWERED, after(2))]
    assert time_with(history, after(1000)) == {Party.COUNTER: 3600.0, Party.DEPARTMENT: 3600.0}


def test_a_clock_that_steps_back_takes_no_time_from_anybody() -> None:
    history = [Step(FILED, after(5)), Step(REVIEW, after(2))]
    assert time_with(history, after(3)) == {Party.COUNTER: 0.0, Party.DEPARTMENT: 3600.0}


def test_a_file_whose_citizen_brought_all_it_lacked_goes_back_to_where_it_stood() -> None:
    history = [Step(FILED, after(0)), Step(REVIEW, after(1)), Step(PAPERS, after(4))]
    assert after_papers(WORKFLOW, history) is REVIEW


def test_a_file_that_was_never_looked_at_goes_to_be_checked_and_starts_no_clock() -> None:
    checking = replace(FILED, id="checking")
    papers = replace(PAPERS, next=("review", "checking"))
    workflow = Workflow((FILED, checking, papers, REVIEW, ANSWERED))
    assert after_papers(workflow, [Step(FILED, after(0)), Step(papers, after(1))]) is checking
    assert after_papers(workflow, [Step(papers, after(1))]) is checking


def test_a_file_stays_where_only_an_agent_may_move_it() -> None:
    assert after_papers(WORKFLOW, [Step(FILED, after(0)), Step(PAPERS, after(1))]) is None
    assert after_papers(WORKFLOW, [Step(FILED, after(0))]) is None
    outside = replace(PAPERS, party=Party.OUTSIDE)
    assert after_papers(WORKFLOW, [Step(REVIEW, after(0)), Step(outside, after(1))]) is None
