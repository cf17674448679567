"""A visit in steps, as people go through it."""

from datetime import date

import pytest

from civic.catalog import Catalog
from civic.dossier import Applicant, Document, Given
from civic.excuse import Excuse
from civic.reference import Reference
from kiosk.flow import Flow, Step


def at_documents(catalog: Catalog) -> Flow:
    flow = Flow()
    flow.offer()
    flow.enter(catalog.groups[0])
    flow.choose(catalog["permit"])
    flow.answer("no")
    flow.answer("a small house")
    flow.prepare()
    flow.introduce(Applicant("Selma Zitouna-Test"))
    return flow


def test_a_visit_begins_with_a_welcome_and_nothing_known() -> None:
    flow = Flow()
    assert flow.step is Step.WELCOME
    for unknown in ("draft", "group"):
        with pytest.raises(LookupError):
            getattr(flow, unknown)


def test_a_permit_goes_through_every_screen(catalog: Catalog) -> None:
    flow = Flow()
    seen = []
    for touch in (
        flow.offer,
        lambda: flow.enter(catalog.groups[0]),
        lambda: flow.choose(catalog["permit"]),
        lambda: flow.answer("yes"),
        lambda: flow.answer("no"),
        lambda: flow.answer("a house"),
        flow.prepare,
        lambda: flow.introduce(Applicant("Selma Zitouna-Test")),
        lambda: flow.attach("deed", "aa"),
        lambda: flow.attach("deed", "bb"),
        flow.gather,
        flow.deposit,
    ):
        touch()
        seen.append((flow.step, flow.asked))
    assert seen == [
        (Step.GROUPS, 0),
        (Step.CHOOSE, 0),
        (Step.QUESTIONS, 0),
        (Step.QUESTIONS, 1),
        (Step.QUESTIONS, 2),
        (Step.GUIDE, 0),
        (Step.APPLICANT, 0),
        (Step.DOCUMENTS, 0),
        (Step.DOCUMENTS, 0),
        (Step.DOCUMENTS, 0),
        (Step.REVIEW, 0),
        (Step.TICKET, 0),
    ]
    assert flow.draft.documents["deed"].pages == ("aa", "bb")
    assert [paper.id for paper in flow.draft.missing] == ["survey"]


def test_an_immediate_service_ends_with_what_to_bring(catalog: Catalog) -> None:
    flow = Flow()
    flow.choose(catalog["signature"])
    seen = [flow.step]
    assert flow.parts == (Step.CHOOSE, Step.GUIDE)
    flow.deposit()
    assert [*seen, flow.step] == [Step.GUIDE, Step.TICKET]


def test_a_service_without_papers_skips_the_scanner(catalog: Catalog) -> None:
    flow = Flow()
    flow.choose(catalog["wish"])
    flow.introduce(Applicant())
    assert flow.step is Step.REVIEW
    assert flow.parts == (Step.CHOOSE, Step.APPLICANT, Step.REVIEW)


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
    while flow.step is not Step.CHOOSE:
        flow.back()
        seen.append((flow.step, flow.asked))
    assert seen == [
        (Step.APPLICANT, 0),
        (Step.GUIDE, 0),
        (Step.QUESTIONS, 1),
        (Step.QUESTIONS, 0),
        (Step.CHOOSE, 0),
    ]
    flow.choose(catalog["permit"])
    assert flow.draft.applicant.name == "Selma Zitouna-Test"
    flow.back()
    flow.choose(catalog["wish"])
    assert flow.draft.applicant.name == ""


@pytest.mark.parametrize(
    ("chosen_at", "seen"),
    [
        (Step.CHOOSE, [Step.CHOOSE, Step.GROUPS, Step.WELCOME]),
        (Step.SEARCH, [Step.SEARCH, Step.GROUPS, Step.WELCOME]),
        (Step.WELCOME, [Step.WELCOME]),
    ],
)
def test_back_leads_to_where_the_service_was_chosen(catalog: Catalog, chosen_at: Step, seen: list[Step]) -> None:
    flow = Flow()
    if chosen_at is not Step.WELCOME:
        flow.offer()
        flow.search() if chosen_at is Step.SEARCH else flow.enter(catalog.groups[1])
    flow.choose(catalog["signature"])
    for step in seen:
        flow.back()
        assert flow.step is step


def test_choosing_is_one_part_of_the_visit_on_whichever_screen(catalog: Catalog) -> None:
    flow = Flow()
    seen = []
    for touch in (flow.offer, flow.search, flow.back, lambda: flow.enter(catalog.groups[0])):
        touch()
        seen.append(flow.parts.index(flow.part))
    assert seen == [0, 0, 0, 0]
    assert flow.group.id == "building"
    flow.choose(catalog["permit"])
    assert flow.parts.index(flow.part) == 1


def test_a_page_can_be_taken_back(catalog: Catalog) -> None:
    flow = at_documents(catalog)
    flow.attach("deed", "aa")
    flow.attach("deed", "bb")
    flow.detach("deed")
    assert flow.draft.documents["deed"].pages == ("aa",)
    flow.detach("deed")
    assert "deed" not in flow.draft.documents


def test_papers_given_before_are_used_again_and_go_as_whole_as_they_came(catalog: Catalog) -> None:
    flow = at_documents(catalog)
    flow.excuse("deed", Excuse.LOST)
    flow.recall()
    assert (flow.step, flow.part) == (Step.EARLIER, Step.DOCUMENTS)
    flow.back()
    assert flow.step is Step.DOCUMENTS
    flow.recall()
    flow.reuse([Document("deed", ("aa", "bb"), Given(Reference(26, 14, 385), date(2026, 11, 3)))])
    assert flow.step is Step.DOCUMENTS
    assert flow.draft.excuses == {}
    assert flow.draft.complete
    flow.detach("deed")
    assert "deed" not in flow.draft.documents


def test_a_paper_that_comes_after_all_needs_no_excuse(catalog: Catalog) -> None:
    flow = at_documents(catalog)
    flow.excuse("deed", Excuse.LOST)
    assert flow.draft.excused == {"deed": Excuse.LOST}
    assert not flow.draft.complete
    flow.excuse("deed", None)
    assert flow.draft.excused == {}
    flow.excuse("deed", Excuse.OTHER)
    flow.attach("deed", "aa")
    assert flow.draft.excuses == {}


def test_papers_for_a_file_that_lies_there_are_all_one_is_asked_for(catalog: Catalog) -> None:
    flow = Flow()
    flow.follow()
    flow.add_papers(catalog["permit"], Reference(26, 14, 385), ("deed", "of another card"))
    assert (flow.step, flow.parts, flow.part) == (Step.DOCUMENTS, (Step.DOCUMENTS,), Step.DOCUMENTS)
    assert [each.id for each in flow.draft.requirements] == ["deed"]
    assert flow.filing
    flow.attach("deed", "aa")
    assert flow.draft.complete
    flow.back()
    assert flow.step is Step.FOLLOW
    assert not flow.filing


def test_the_review_leads_back_to_any_part(catalog: Catalog) -> None:
    flow = at_documents(catalog)
    flow.gather()
    flow.correct(Step.QUESTIONS)
    assert (flow.step, flow.question.id) == (Step.QUESTIONS, "large")
    assert flow.draft.applicant.name == "Selma Zitouna-Test"


def test_what_is_read_before_a_witness_is_part_of_the_review(catalog: Catalog) -> None:
    flow = at_documents(catalog)
    flow.gather()
    flow.declare()
    assert (flow.step, flow.part, flow.filing) == (Step.DECLARATION, Step.REVIEW, True)
    flow.attest()
    assert (flow.step, flow.part) == (Step.WITNESSES, Step.REVIEW)
    seen = []
    for _touch in range(2):
        flow.back()
        seen.append(flow.step)
    assert seen == [Step.DECLARATION, Step.REVIEW]


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
    assert seen == [(step, False) for step in (Step.FOLLOW, Step.WELCOME, Step.GROUPS, Step.WELCOME)]


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


def test_a_request_that_is_known_already_only_waits_to_be_confirmed(catalog: Catalog) -> None:
    flow = at_documents(catalog)
    flow.propose(catalog["wish"], {"large": "no"})
    seen = [flow.step]
    assert flow.draft.answers == {"large": "no"}
    assert flow.draft.applicant == Applicant()
    flow.back()
    seen.append(flow.step)
    flow.back()
    assert [*seen, flow.step] == [Step.REVIEW, Step.APPLICANT, Step.WELCOME]
