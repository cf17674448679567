"""A visit in steps, as people go through it."""

import pytest

from civic.catalog import Catalog
from civic.dossier import Applicant
from kiosk.flow import Flow, Step


def at_documents(catalog: Catalog) -> Flow:
    flow = Flow()
    flow.offer()
    flow.choose(catalog["permit"])
    flow.answer("no")
    flow.answer("a small house")
    flow.introduce(Applicant("Selma Zitouna-Test"))
    return flow


def test_a_visit_begins_with_a_welcome_and_nothing_known() -> None:
    flow = Flow()
    assert flow.step is Step.WELCOME
    with pytest.raises(LookupError):
        _ = flow.draft


def test_a_permit_goes_through_every_screen(catalog: Catalog) -> None:
    flow = Flow()
    seen = []
    for touch in (
        flow.offer,
        lambda: flow.choose(catalog["permit"]),
        lambda: flow.answer("yes"),
        lambda: flow.answer("no"),
        lambda: flow.answer("a house"),
        lambda: flow.introduce(Applicant("Selma Zitouna-Test")),
        lambda: flow.attach("deed", "aa"),
        lambda: flow.attach("deed", "bb"),
        flow.gather,
        flow.deposit,
    ):
        touch()
        seen.append((flow.step, flow.asked))
    assert seen == [
        (Step.CHOOSE, 0),
        (Step.QUESTIONS, 0),
        (Step.QUESTIONS, 1),
        (Step.QUESTIONS, 2),
        (Step.APPLICANT, 0),
        (Step.DOCUMENTS, 0),
        (Step.DOCUMENTS, 0),
        (Step.DOCUMENTS, 0),
        (Step.REVIEW, 0),
        (Step.TICKET, 0),
    ]
    assert flow.draft.documents["deed"].pages == ("aa", "bb")
    assert [paper.id for paper in flow.draft.missing] == ["survey"]


def test_an_immediate_service_goes_straight_to_the_review(catalog: Catalog) -> None:
    flow = Flow()
    flow.choose(catalog["signature"])
    assert flow.step is Step.REVIEW


def test_a_service_without_papers_skips_the_scanner(catalog: Catalog) -> None:
    flow = Flow()
    flow.choose(catalog["wish"])
    flow.introduce(Applicant())
    assert flow.step is Step.REVIEW


def test_an_answer_that_changes_forgets_what_no_longer_applies(catalog: Catalog) -> None:
    flow = Flow()
    flow.choose(catalog["permit"])
    flow.answer("yes")
    flow.answer("yes")
    flow.back()
    flow.back()
    flow.answer("no")
    assert dict(flow.draft.answers) == {"large": "no"}


def test_an_empty_answer_is_no_answer(catalog: Catalog) -> None:
    flow = Flow()
    flow.choose(catalog["permit"])
    flow.answer("no")
    flow.answer("")
    assert dict(flow.draft.answers) == {"large": "no"}


def test_back_goes_one_step_and_keeps_what_was_said(catalog: Catalog) -> None:
    flow = at_documents(catalog)
    seen = []
    while flow.step is not Step.WELCOME:
        flow.back()
        seen.append((flow.step, flow.asked))
    assert seen == [
        (Step.APPLICANT, 0),
        (Step.QUESTIONS, 1),
        (Step.QUESTIONS, 0),
        (Step.CHOOSE, 0),
        (Step.WELCOME, 0),
    ]
    assert flow.draft.applicant.name == "Selma Zitouna-Test"


def test_back_from_an_immediate_review_returns_to_the_choice(catalog: Catalog) -> None:
    flow = Flow()
    flow.choose(catalog["signature"])
    flow.back()
    assert flow.step is Step.CHOOSE


def test_a_page_can_be_taken_back(catalog: Catalog) -> None:
    flow = at_documents(catalog)
    flow.attach("deed", "aa")
    flow.attach("deed", "bb")
    flow.detach("deed")
    assert flow.draft.documents["deed"].pages == ("aa",)
    flow.detach("deed")
    assert "deed" not in flow.draft.documents


def test_the_review_leads_back_to_any_part(catalog: Catalog) -> None:
    flow = at_documents(catalog)
    flow.gather()
    flow.correct(Step.QUESTIONS)
    assert (flow.step, flow.question.id) == (Step.QUESTIONS, "large")
    assert flow.draft.applicant.name == "Selma Zitouna-Test"


def test_starting_over_forgets_everything(catalog: Catalog) -> None:
    flow = at_documents(catalog)
    flow.start_over()
    assert flow.step is Step.WELCOME
    with pytest.raises(LookupError):
        _ = flow.draft


def test_trouble_forgets_everything_too(catalog: Catalog) -> None:
    flow = at_documents(catalog)
    flow.fail()
    assert flow.step is Step.TROUBLE
    with pytest.raises(LookupError):
        _ = flow.draft


def test_a_file_is_followed_from_the_welcome_and_back_leads_there() -> None:
    flow = Flow()
    seen = []
    for touch in (flow.follow, flow.back, flow.offer, flow.back):
        touch()
        seen.append((flow.step, flow.filing))
    assert seen == [(step, False) for step in (Step.FOLLOW, Step.WELCOME, Step.CHOOSE, Step.WELCOME)]


def test_what_was_said_is_being_filed_until_it_is_deposited(catalog: Catalog) -> None:
    flow = Flow()
    seen = []
    for touch in (
        flow.offer,
        lambda: flow.choose(catalog["wish"]),
        lambda: flow.introduce(Applicant()),
        flow.deposit,
        flow.follow,
    ):
        touch()
        seen.append(flow.filing)
    assert seen == [False, True, True, False, False]
    with pytest.raises(LookupError):
        _ = flow.draft
