"""Who uses keys sees where they are and gets everywhere; who uses a finger is shown no frame round anything."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from civic.language import Language
from kiosk.app import Kiosk
from kiosk.flow import Step
from kiosk.ui.comfort import AS_FOUND, Comfort
from kiosk.ui.player import Player
from kiosk.ui.screens.ticket import PaperState
from tests.kiosk.ui.key_user import go_to, press, press_on


@pytest.fixture(autouse=True)
def with_keys(qtbot: QtBot, kiosk: Kiosk) -> None:
    kiosk.window.activateWindow()
    qtbot.waitUntil(kiosk.window.isActiveWindow)


def frames(kiosk: Kiosk) -> bool:
    return kiosk.window.testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)


def at(kiosk: Kiosk) -> str:
    now = kiosk.window.focusWidget()
    return "" if now is None else now.objectName()


@pytest.mark.parametrize("comfort", [AS_FOUND, Comfort(contrast=True)])
def test_the_frame_comes_with_the_tab_key_and_leaves_with_a_touch(kiosk: Kiosk, comfort: Comfort) -> None:
    kiosk.window.wear(comfort)
    QTest.qWait(20)
    before = kiosk.window.grab().toImage()
    QTest.keyClick(kiosk.window.glass, Qt.Key.Key_Tab)
    assert frames(kiosk)
    assert kiosk.window.grab().toImage() != before
    QTest.mouseClick(kiosk.window.glass, Qt.MouseButton.LeftButton, pos=QPoint(270, 60))
    assert not frames(kiosk)
    assert kiosk.window.grab().toImage() == before


@pytest.mark.parametrize("language", list(Language))
def test_a_number_is_taken_with_keys_alone(qtbot: QtBot, kiosk: Kiosk, language: Language) -> None:
    kiosk.window.speak(language)
    press_on(kiosk.window, "number")
    qtbot.waitUntil(lambda: kiosk.visits.step is Step.GUIDE)
    press_on(kiosk.window, "go")
    qtbot.waitUntil(lambda: kiosk.visits.ticket.paper is PaperState.OUT, timeout=30_000)
    press_on(kiosk.window, "go")
    assert kiosk.visits.step is Step.WELCOME


def test_a_name_is_written_with_the_keys_of_the_screen_and_five_keys(
    qtbot: QtBot, kiosk: Kiosk, player: Player
) -> None:
    player.play(kiosk.visits.catalog["complaint"], Language.FRENCH)
    player.touch("change-applicant")
    qtbot.waitUntil(lambda: at(kiosk) == "name")
    for name in ("key-a", "key-m"):
        press_on(kiosk.window, name)
    assert kiosk.visits.applicant.applicant.name == "selmaam"


def test_escape_goes_back_and_out_of_what_lies_over_the_screen(qtbot: QtBot, kiosk: Kiosk) -> None:
    steps = []
    press_on(kiosk.window, "request")
    press_on(kiosk.window, "access")
    qtbot.waitUntil(lambda: at(kiosk) == "text-100")
    for _ in range(3):
        press(kiosk.window, Qt.Key.Key_Escape)
        QTest.qWait(50)
        steps.append((kiosk.visits.step, at(kiosk)))
    assert steps[0] == (Step.GROUPS, "access"), "the panel is closed"
    assert [step for step, _name in steps[1:]] == [Step.WELCOME, Step.WELCOME]


def test_the_arrows_go_where_they_point(qtbot: QtBot, kiosk: Kiosk) -> None:
    go_to(kiosk.window, "language-ar")
    press(kiosk.window, Qt.Key.Key_Left)
    assert at(kiosk) == "language-fr", "in Arabic French stands on its left"
    press(kiosk.window, Qt.Key.Key_Right)
    assert at(kiosk) == "language-ar"
    press(kiosk.window, Qt.Key.Key_Down)
    assert at(kiosk) == "request"
    press(kiosk.window, Qt.Key.Key_Down)
    assert at(kiosk) == "complaint"
    press(kiosk.window, Qt.Key.Key_Up)
    assert at(kiosk) == "request"


def test_a_screen_drawn_again_keeps_the_keys_where_they_were(qtbot: QtBot, kiosk: Kiosk) -> None:
    press_on(kiosk.window, "access")
    for name in ("comfort-contrast", "text-200", "comfort-lower"):
        press_on(kiosk.window, name)
        qtbot.waitUntil(lambda name=name: at(kiosk) == name)  # type: ignore[misc]
    assert frames(kiosk)


def test_a_new_screen_is_begun_at_its_first_choice(qtbot: QtBot, kiosk: Kiosk) -> None:
    press_on(kiosk.window, "request")
    qtbot.waitUntil(lambda: at(kiosk) == "search")
    assert frames(kiosk)
    assert isinstance(kiosk.window.focusWidget(), QAbstractButton)
