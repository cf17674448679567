"""What a citizen still has to bring, by the answers given so far."""

from dataclasses import replace
from pathlib import Path

import pytest

from civic.card import read_catalog
from civic.catalog import Catalog, UnknownService
from civic.dossier import Document, Draft

CARDS = Path(__file__).parents[2] / "assets" / "catalog"
HOUSE = {"inside": "yes", "where": "ordinary", "project": "house", "public-edge": "no"}
TOWER = {
    "inside": "yes",
    "where": "ordinary",
    "project": "other",
    "large": "yes",
    "safety": "yes",
    "public-edge": "yes",
}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return read_catalog(CARDS)


def test_the_services_come_in_the_order_of_their_groups(catalog: Catalog) -> None:
    in_groups = [service.id for group in catalog.groups for service in group.services]
    assert [service.id for service in catalog] == [*dict.fromkeys(in_groups)]
    assert in_groups[0] == "birth-extract"


def test_a_service_without_a_card_is_a_plain_sentence(catalog: Catalog) -> None:
    with pytest.raises(UnknownService, match="There is no service “passport”"):
        catalog["passport"]


def test_a_house_needs_nine_papers_and_a_large_building_all_twelve(catalog: Catalog) -> None:
    permit = catalog["building-permit"]
    assert len(permit.requirements_for(HOUSE)) == 9
    assert len(permit.requirements_for(TOWER)) == 12


def test_who_builds_a_house_is_not_asked_about_towers(catalog: Catalog) -> None:
    permit = catalog["building-permit"]
    assert [question.id for question in permit.questions_for(HOUSE)] == ["inside", "where", "project", "public-edge"]
    assert [question.id for question in permit.questions_for(TOWER)] == [*TOWER]


@pytest.mark.parametrize(
    ("where", "days"), [("ordinary", 45), ("plan-underway", 60), ("protected", 90), ("unknown", 90)]
)
def test_the_place_of_the_plot_decides_the_legal_delay(catalog: Catalog, where: str, days: int) -> None:
    deadline = catalog["building-permit"].deadline_for({**HOUSE, "where": where})
    assert deadline is not None
    assert deadline.days == days
    assert deadline.starts_complete


def test_an_immediate_service_promises_no_date(catalog: Catalog) -> None:
    signature = catalog["signature-legalisation"]
    assert not signature.tracked
    assert signature.deadline_for({}) is None


def test_a_permit_outside_the_town_is_stopped_with_the_way_to_go(catalog: Catalog) -> None:
    inside = catalog["building-permit"].questions[0]
    stops = {option.id: option.stop for option in inside.options}
    assert stops["yes"] is None
    assert stops["no"] is not None
    assert "الولاية" in stops["no"].ar


def test_no_card_says_who_signs(catalog: Catalog) -> None:
    said = " ".join(path.read_text(encoding="utf-8") for path in CARDS.rglob("*.toml")).lower()
    assert not [word for word in ("mayor", "maire", "رئيس البلدية") if word in said]


def test_a_draft_is_complete_when_every_paper_is_there(catalog: Catalog) -> None:
    draft = Draft(catalog["building-permit"], HOUSE)
    assert draft.missing == draft.requirements
    papers = {each.id: Document(each.id, ("ab" * 32,)) for each in draft.requirements}
    assert replace(draft, documents=papers).complete
    del papers["plans"]
    short = replace(draft, documents=papers)
    assert [each.id for each in short.missing] == ["plans"]
    assert not short.complete


def test_an_optional_paper_is_never_missing(catalog: Catalog) -> None:
    draft = Draft(catalog["complaint"], {"category": "roads", "story": "حفرة كبيرة أمام المدرسة"})
    assert [each.id for each in draft.requirements] == ["evidence"]
    assert draft.complete
