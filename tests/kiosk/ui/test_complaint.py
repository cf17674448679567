"""A complaint with fingers only: pictures of what is wrong, the map of the town, words, and few touches."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from civic.dossier import Applicant
from civic.language import Language
from civic.spot import Spot
from civic.town import TownMap
from kiosk.app import Kiosk
from kiosk.flow import Step
from kiosk.ui.buttons import Button
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.player import Player, click
from kiosk.ui.screens.place import PlaceScreen
from kiosk.ui.screens.ticket import PaperState
from kiosk.ui.town_map import TownMapView
from sync.messages import DossierDeposited
from tests.kiosk.ui.citizen import words_on

FEWEST = 8
"""Touches of a complaint at most, besides typing."""


class Finger(Player):
    """Counts what it touches, besides the keys one writes with."""

    def __init__(self, kiosk: Kiosk, folder: Path) -> None:
        super().__init__(kiosk.window, kiosk.visits, folder, self._count)
        self.touches: list[str] = []

    def _count(self, control: QWidget, at: QPoint) -> None:
        if not control.objectName().startswith("key-"):
            self.touches.append(control.objectName())
        click(control, at)


@pytest.fixture
def finger(kiosk: Kiosk, tmp_path: Path) -> Finger:
    finger = Finger(kiosk, tmp_path)
    finger.touch("language-en")
    finger.touches.clear()
    return finger


def place_screen(kiosk: Kiosk) -> PlaceScreen:
    screen = kiosk.window.current
    assert isinstance(screen, PlaceScreen)
    return screen


def view(kiosk: Kiosk) -> TownMapView:
    [view] = [each for each in kiosk.window.findChildren(TownMapView) if each.isVisible()]
    return view


def town_map(kiosk: Kiosk) -> TownMap:
    town = kiosk.visits.question.town
    assert town is not None
    assert town.map is not None
    return town.map


def at_the_map(finger: Finger) -> None:
    finger.touch("complaint")
    finger.touch("option-roads")
    finger.wait(lambda: finger._find("map"), "no map came")


def filed(qtbot: QtBot, kiosk: Kiosk) -> DossierDeposited:
    """What the centre will hear of it, once the paper is out."""
    qtbot.waitUntil(lambda: kiosk.visits.ticket.paper is PaperState.OUT, timeout=60_000)
    facts = [event.fact for event in kiosk.outbox.waiting_events(99)]
    [deposited] = [fact for fact in facts if isinstance(fact, DossierDeposited)]
    return deposited


def visible_options(kiosk: Kiosk) -> list[str]:
    found = [each.objectName() for each in kiosk.window.findChildren(QWidget) if each.isVisible()]
    return [name for name in found if name.startswith("option-")]


def test_a_street_light_is_complained_of_in_eight_touches_without_a_name(
    qtbot: QtBot, kiosk: Kiosk, finger: Finger
) -> None:
    for name in ("complaint", "option-lighting", "map", "go", "key-l", "go", "go", "go"):
        finger.touch(name)
    assert "own goal: answer by" in words_on(kiosk)
    assert "No name given" in words_on(kiosk)
    finger.touch("go")
    deposited = filed(qtbot, kiosk)
    assert len(finger.touches) <= FEWEST
    assert deposited.applicant == Applicant()
    assert deposited.documents == ()
    assert set(deposited.answers) == {"category", "place", "story"}
    assert Spot.parse(deposited.answers["place"]).point is not None
    assert "own goal" in words_on(kiosk)


def test_a_neighbourhood_of_the_list_takes_no_more_touches_than_the_map(
    qtbot: QtBot, kiosk: Kiosk, finger: Finger
) -> None:
    at_the_map(finger)
    finger.touch("open-neighbourhoods")
    for letter in "hac":
        finger.touch(f"key-{letter}")
    names = [each.objectName() for each in kiosk.window.findChildren(Button) if each.isVisible()]
    assert [name for name in names if name.startswith("place-")] == ["place-cite-hached"]
    finger.touch("place-cite-hached")
    for name in ("key-h", "go", "go", "go"):
        finger.touch(name)
    assert "Cité Hached" in words_on(kiosk)
    finger.touch("go")
    assert filed(qtbot, kiosk).answers["place"] == "cite-hached;;"
    assert len(finger.touches) <= FEWEST
    receipt = kiosk.visits.ticket.receipt
    assert receipt is not None
    assert receipt.deposit is not None
    assert receipt.deposit.where is not None
    assert receipt.deposit.where.name.fr == "Cité Hached"


def test_a_place_nobody_has_listed_is_written(kiosk: Kiosk, finger: Finger) -> None:
    at_the_map(finger)
    finger.touch("open-neighbourhoods")
    for letter in "qqq":
        finger.touch(f"key-{letter}")
    said = kiosk.window.findChild(Button, "as-written")
    assert isinstance(said, Button)
    assert "qqq" in said.words
    finger.touch("as-written")
    finger.touch("back")
    assert "qqq" in place_screen(kiosk).spot.words
    assert kiosk.visits.step is Step.QUESTIONS


def test_a_complaint_needs_no_place(kiosk: Kiosk, finger: Finger) -> None:
    at_the_map(finger)
    assert place_screen(kiosk).go_label == "Continue without a place"
    finger.touch("go")
    assert kiosk.visits.question.id == "story"


@pytest.mark.parametrize("language", list(Language))
def test_at_most_seven_pictures_stand_on_a_page_and_back_leads_to_the_first(
    kiosk: Kiosk, finger: Finger, language: Language
) -> None:
    kiosk.window.speak(language)
    finger.touch("complaint")
    first = visible_options(kiosk)
    finger.touch("more-options")
    second = visible_options(kiosk)
    assert (len(first), len(second)) == (7, 6)
    assert {f"option-{option.id}" for option in kiosk.visits.question.options} == {*first, *second}
    finger.touch("back")
    assert visible_options(kiosk) == first
    finger.touch("more-options")
    finger.touch("more-options")
    assert visible_options(kiosk) == first
    finger.touch("back")
    assert kiosk.visits.step is Step.WELCOME


def test_who_comes_back_finds_the_page_of_what_they_chose(kiosk: Kiosk, finger: Finger) -> None:
    for name in ("complaint", "more-options", "option-noise", "back"):
        finger.touch(name)
    assert "option-noise" in visible_options(kiosk)


def test_a_touch_marks_the_place_another_moves_the_mark_and_one_takes_it_away(kiosk: Kiosk, finger: Finger) -> None:
    at_the_map(finger)
    screen = place_screen(kiosk)
    places = []
    for share in (0.3, 0.6):
        seen = view(kiosk)
        click(seen, QPoint(int(seen.width() * share), int(seen.height() * 0.4)))
        places.append(screen.spot.point)
    assert None not in places
    first, second = places
    assert first is not None
    assert second is not None
    assert second.lon > first.lon
    assert second.lat == pytest.approx(first.lat, abs=0.0005)
    finger.touch("unpin")
    assert screen.spot.point is None


@pytest.mark.parametrize("language", list(Language))
def test_east_is_right_in_every_language(kiosk: Kiosk, finger: Finger, language: Language) -> None:
    kiosk.window.speak(language)
    at_the_map(finger)
    seen, drawn = view(kiosk), town_map(kiosk)
    click(seen, QPoint(seen.width() * 3 // 4, seen.height() // 4))
    point = place_screen(kiosk).spot.point
    assert point is not None
    assert drawn.share(point) == pytest.approx((0.75, 0.25), abs=0.02)


def test_a_landmark_near_the_mark_is_named(kiosk: Kiosk, finger: Finger) -> None:
    at_the_map(finger)
    seen, drawn = view(kiosk), town_map(kiosk)
    hospital = next(each for each in drawn.landmarks if each.icon == "hospital")
    east, south = drawn.share(hospital.at)
    click(seen, QPoint(round(seen.width() * east), round(seen.height() * south)))
    assert "near: Regional hospital" in words_on(kiosk)
    assert seen.accessibleDescription() == "near: Regional hospital"


def test_nearer_shows_less_of_the_town_and_marks_more_exactly(kiosk: Kiosk, finger: Finger) -> None:
    at_the_map(finger)
    screen, seen = place_screen(kiosk), view(kiosk)

    def step_east() -> float:
        """Degrees between two touches a tenth of the map apart."""
        longitudes = []
        for share in (0.5, 0.6):
            click(seen, QPoint(int(seen.width() * share), int(seen.height() * 0.5)))
            assert screen.spot.point is not None
            longitudes.append(screen.spot.point.lon)
        return longitudes[1] - longitudes[0]

    far = step_east()
    finger.touch("zoom-in")
    finger.touch("zoom-in")
    assert not seen._closer.isEnabled()
    assert 0 < step_east() < far / 3
    finger.touch("zoom-out")
    finger.touch("zoom-out")
    before = screen.spot
    click(seen, seen._wider.geometry().center())
    assert screen.spot == before, "a button that has nothing to do is no ground"


def test_with_keys_the_mark_is_taken_moved_and_left_there(kiosk: Kiosk, finger: Finger) -> None:
    at_the_map(finger)
    screen, seen = place_screen(kiosk), view(kiosk)
    seen.setFocus()
    QTest.keyClick(kiosk.window.glass, Qt.Key.Key_Return)
    start = screen.spot.point
    assert start is not None
    QTest.keyClick(kiosk.window.glass, Qt.Key.Key_Right)
    QTest.keyClick(kiosk.window.glass, Qt.Key.Key_Up)
    moved = screen.spot.point
    assert moved is not None
    assert moved.lon > start.lon
    assert moved.lat > start.lat
    assert kiosk.window.focusWidget() is seen
    QTest.keyClick(kiosk.window.glass, Qt.Key.Key_Return)
    QTest.keyClick(kiosk.window.glass, Qt.Key.Key_Down)
    assert screen.spot.point == moved
    assert kiosk.window.focusWidget() is not seen


def test_a_mark_at_the_edge_stays_in_the_town(kiosk: Kiosk, finger: Finger) -> None:
    at_the_map(finger)
    screen, seen = place_screen(kiosk), view(kiosk)
    seen.setFocus()
    QTest.keyClick(kiosk.window.glass, Qt.Key.Key_Return)
    for _step in range(40):
        QTest.keyClick(kiosk.window.glass, Qt.Key.Key_Left)
    assert screen.spot.point is not None
    assert town_map(kiosk).holds(screen.spot.point)


def test_back_from_the_list_leads_to_the_map(kiosk: Kiosk, finger: Finger) -> None:
    at_the_map(finger)
    finger.touch("map")
    finger.touch("open-neighbourhoods")
    finger.touch("back")
    assert view(kiosk).isVisible()
    assert place_screen(kiosk).spot.point is not None
    finger.touch("back")
    assert kiosk.visits.question.id == "category"


def test_a_late_file_picked_by_hand_is_told_by_its_number_checked_at_once(
    qtbot: QtBot, kiosk: Kiosk, finger: Finger
) -> None:
    for name in ("complaint", "more-options", "option-late-file"):
        finger.touch(name)
    for digit in "260140038596":
        finger.touch(f"key-{digit}")
    assert "One digit is wrong" in words_on(kiosk)
    current = kiosk.window.current
    assert current is not None
    assert not current.ready
    finger.touch("key-backspace")
    finger.touch("key-7")
    assert "One digit is wrong" not in words_on(kiosk)
    for name in ("go", "go", "go", "go"):
        finger.touch(name)
    assert "26\u2011014\u201100385\u201197" in words_on(kiosk)
    finger.touch("go")
    answers = filed(qtbot, kiosk).answers
    assert dict(answers) == {"category": "late-file", "file": "26-014-00385-97"}


def test_of_a_complaint_without_a_name_nothing_personal_is_on_the_disk(
    qtbot: QtBot, kiosk: Kiosk, finger: Finger, tmp_path: Path
) -> None:
    at_the_map(finger)
    finger.touch("map")
    finger.touch("go")
    [words] = [each for each in kiosk.window.findChildren(QPlainTextEdit) if each.isVisible()]
    words.setPlainText("the hole before the bakery")
    for name in ("go", "go", "go", "go"):
        finger.touch(name)
    deposited = filed(qtbot, kiosk)
    person = deposited.to_json()["applicant"]
    assert person == {"name": "", "phone": "", "identity_kind": None, "identity_number": ""}
    with kiosk.store.transaction() as connection:
        sealed = [row.sealed for row in connection.exec_driver_sql("SELECT sealed FROM tickets")]
    told = [kiosk.store.paper_key.unlock(each) or "" for each in sealed if each]
    assert all("bakery" not in each for each in told)
    finger.touch("go")
    assert "bakery" not in "".join(each.text for each in kiosk.window.findChildren(Paragraph))


@pytest.fixture
def no_map(tmp_path: Path, kiosk: Kiosk) -> Iterator[None]:
    """The town has a list, and nobody has drawn its map yet."""
    town = next(each.town for each in kiosk.visits.catalog["complaint"].questions if each.town is not None)
    drawn = town.map
    object.__setattr__(town, "map", None)
    yield
    object.__setattr__(town, "map", drawn)


@pytest.mark.usefixtures("no_map")
def test_a_town_without_a_map_is_asked_from_its_list(kiosk: Kiosk, finger: Finger) -> None:
    finger.touch("complaint")
    finger.touch("option-roads")
    finger.touch("place-barnoussa")
    finger.touch("back")
    assert place_screen(kiosk).listing
    finger.touch("back")
    assert kiosk.visits.question.id == "category"
