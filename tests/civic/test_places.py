"""The town's places: where a citizen says something is, and the two files a town hall replaces."""

import math
from pathlib import Path

import pytest

from civic.card import CatalogFault, read_catalog
from civic.catalog import Catalog, Question, QuestionKind
from civic.language import Language, Wording
from civic.places import read_town
from civic.reference import Reference
from civic.search import begins
from civic.spot import Spot
from civic.town import Ground, Point, Town, TownMap, Way

ASSETS = Path(__file__).parents[2] / "assets"
HACHED = "cite-hached"
HEAD = 'source = "test"\nconfidence = "G"\n'
LIST = HEAD + '[[neighbourhood]]\nid = "gare"\nname = { ar = "المحطة", fr = "La Gare", en = "Station" }\n'
MAP = (
    "bounds = [[36.15, 8.68], [36.19, 8.73]]\n"
    + 'credit = { ar = "ن", fr = "n", en = "n" }\n'
    + HEAD
    + '[[area]]\nground = "old"\nedge = [[36.18, 8.70], [36.18, 8.71], [36.17, 8.71]]\n'
    + HEAD
    + '[[line]]\nway = "rail"\ncourse = [[36.16, 8.70], [36.15, 8.72]]\n'
    + HEAD
    + '[[landmark]]\nicon = "train"\nname = { ar = "المحطة", fr = "La Gare", en = "Station" }\nat = [36.16, 8.70]\n'
    + HEAD
)


@pytest.fixture(scope="module")
def cards() -> Catalog:
    return read_catalog(ASSETS / "catalog")


@pytest.fixture(scope="module")
def where(cards: Catalog) -> Question:
    return next(question for question in cards["complaint"].questions if question.kind is QuestionKind.PLACE)


@pytest.fixture(scope="module")
def kef(where: Question) -> Town:
    assert where.town is not None
    return where.town


@pytest.fixture(scope="module")
def drawn(kef: Town) -> TownMap:
    assert kef.map is not None
    return kef.map


def write(folder: Path, listed: str = LIST, drawn: str | None = MAP) -> tuple[Town | None, list[str]]:
    """What is read of such a folder, and what is wrong with it."""
    folder.mkdir(exist_ok=True)
    (folder / "neighbourhoods.toml").write_text(listed, encoding="utf-8")
    if drawn is not None:
        (folder / "map.toml").write_text(drawn, encoding="utf-8")
    mistakes: list[str] = []
    town = read_town(folder, mistakes)
    return town, [mistake.removeprefix(f"{folder}/") for mistake in mistakes]


def test_el_kef_has_its_neighbourhoods_in_three_languages_and_an_honest_map(kef: Town, drawn: TownMap) -> None:
    assert kef.neighbourhoods["sidi-mansour"] == Wording("سيدي منصور", "Sidi Mansour", "Sidi Mansour")
    assert len(kef.neighbourhoods) > 45
    assert drawn.schematic
    assert all("OpenStreetMap" in drawn.credit[language] for language in Language)
    assert {line.way for line in drawn.lines} == set(Way)


@pytest.mark.parametrize(
    "spot",
    [
        Spot(),
        Spot(HACHED),
        Spot(point=Point(36.17421, 8.70412)),
        Spot(HACHED, Point(36.17421, 8.70412)),
        Spot(words="خلف المدرسة; يمينا"),
        Spot(point=Point(-33.5, -7.25), words="two\nlines"),
    ],
    ids=str,
)
def test_a_place_comes_back_as_it_was_told(spot: Spot) -> None:
    assert Spot.parse(str(spot)) == spot
    assert bool(spot) is bool(str(spot))


@pytest.mark.parametrize("answer", ["شارع بورقيبة", "a;b", ";91.00000,8.00000;", ";1.0,2.0;", "Cité;;"])
def test_what_is_no_place_of_ours_are_the_words_of_somebody_who_wrote_it(answer: str) -> None:
    assert Spot.parse(answer) == Spot(words=answer)


def test_a_pin_is_told_by_what_it_is_near_to(kef: Town, drawn: TownMap) -> None:
    hospital = next(each for each in drawn.landmarks if each.icon == "hospital")
    beside = Spot(point=Point(hospital.at.lat + 0.001, hospital.at.lon))
    assert beside.near(kef) is hospital
    assert Spot(point=drawn.south_west).near(kef) is None
    assert Spot().near(kef) is None
    assert Spot(point=hospital.at).near(Town({}, None)) is None
    assert math.isclose(Point(36, 8).metres_to(Point(37, 8)), 111_320)


def test_what_may_be_read_by_anybody_has_no_words_and_no_nearer_point_than_a_landmark(
    where: Question, drawn: TownMap
) -> None:
    hospital = next(each for each in drawn.landmarks if each.icon == "hospital")
    beside = Point(hospital.at.lat + 0.00123, hospital.at.lon)
    said = Spot.parse(where.openly(str(Spot(HACHED, beside, "at our neighbour's"))))
    assert said == Spot(HACHED, hospital.at)
    assert where.openly(str(Spot(point=drawn.south_west, words="my house"))) == ""


def test_of_a_choice_everything_may_be_read_and_of_written_words_nothing(cards: Catalog) -> None:
    asked = {question.id: question for question in cards["complaint"].questions}
    assert asked["category"].openly("roads") == "roads"
    assert asked["story"].openly("my name is") == ""


def test_a_complaint_about_a_late_file_is_answered_by_its_number(cards: Catalog) -> None:
    late = Reference(26, 14, 385)
    assert cards["complaint"].answers_about(late) == {"category": "late-file", "file": "26-014-00385-97"}
    assert cards["building-permit"].answers_about(late) is None


def test_the_map_finds_each_place_and_its_place_each_point(drawn: TownMap) -> None:
    assert drawn.share(drawn.south_west) == (0, 1)
    assert drawn.share(drawn.north_east) == (1, 0)
    middle = drawn.point(0.5, 0.5)
    assert drawn.holds(middle)
    assert not drawn.holds(Point(36.8, 10.2))
    assert drawn.share(middle) == pytest.approx((0.5, 0.5), abs=0.001)
    assert 0.8 < drawn.aspect < 1.6


@pytest.mark.parametrize(
    ("typed", "found"), [("", True), ("hach", True), ("حش", True), ("cite hac", True), ("ached", False)]
)
def test_a_neighbourhood_is_found_by_its_first_letters(typed: str, found: bool) -> None:
    assert begins(typed, "حي حشّاد Cité Hached") is found


def test_a_right_folder_is_read_whole(tmp_path: Path) -> None:
    town, mistakes = write(tmp_path / "places")
    assert mistakes == []
    assert town is not None
    assert town.map is not None
    assert not town.map.schematic
    assert [area.ground for area in town.map.areas] == [Ground.OLD]
    assert town.map.lines[0].course == (Point(36.16, 8.70), Point(36.15, 8.72))
    assert town.map.landmarks[0].name.en == "Station"


def test_without_a_map_there_is_the_list(tmp_path: Path) -> None:
    town, mistakes = write(tmp_path / "places", drawn=None)
    assert mistakes == []
    assert town is not None
    assert town.map is None
    assert read_town(tmp_path / "none", mistakes) is None


def test_a_source_of_its_own_is_told_beside_its_neighbourhood(tmp_path: Path) -> None:
    assert write(tmp_path / "places", LIST + HEAD)[1] == []
    assert write(tmp_path / "places", LIST + 'source = "a book"\n')[1] == [
        "neighbourhoods.toml:3: “confidence” is missing: it must be one of K, N, M, P, G, U"
    ]


@pytest.mark.parametrize(
    ("wrong", "right", "told"),
    [
        ("[36.19, 8.73]]", "[36.19, 8.60]]", "map.toml:1: “bounds” is the south-west corner, then the north-east one"),
        ("[36.19, 8.73]]", "[36.1, 9], [36.2, 9]]", "map.toml:1: “bounds” is the south-west corner, then the north"),
        ("[[36.15, 8.68], [36.19, 8.73]]", "[]", "map.toml:1: “bounds” must be a list of 2 places or more, each [lat"),
        ("at = [36.16, 8.70]", "at = [36.16]", "map.toml:18: “at” must be [latitude, longitude]"),
        ("at = [36.16, 8.70]", 'at = [36.16, "8"]', "map.toml:18: “at” must be [latitude, longitude]"),
        ("at = [36.16, 8.70]", "at = [36.16, 188.0]", "map.toml:18: “at” must be [latitude, longitude]"),
        ("at = [36.16, 8.70]", "at = [36.8, 10.2]", "map.toml:18: this landmark lies outside “bounds”"),
        ('"rail"', '"river"', "map.toml:11: “way” must be one of road, street, rail"),
    ],
)
def test_what_is_wrong_with_a_map_is_told_with_its_line(tmp_path: Path, wrong: str, right: str, told: str) -> None:
    _town, mistakes = write(tmp_path / "places", drawn=MAP.replace(wrong, right))
    assert len(mistakes) == 1
    assert mistakes[0].startswith(told)


def test_a_file_that_is_no_list_is_told(tmp_path: Path) -> None:
    assert write(tmp_path / "places", HEAD)[1] == ["neighbourhoods.toml:1: there is no [[neighbourhood]] in it"]
    town, mistakes = write(tmp_path / "places", "bounds = [", "bounds = [")
    assert len(mistakes) == 2
    assert town == Town({}, None)


def test_a_card_that_asks_for_a_place_needs_the_town(tmp_path: Path) -> None:
    folder = tmp_path / "cards"
    (folder / "common").mkdir(parents=True)
    for name in ("complaint.toml", "common/groups.toml"):
        (folder / name).write_text((ASSETS / "catalog" / name).read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(CatalogFault, match="a question of kind place needs the town's places"):
        read_catalog(folder)
