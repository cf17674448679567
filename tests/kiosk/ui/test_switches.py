"""Two switches, or one, do everything a finger does: for who has no other movement to spare."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from civic.catalog import QuestionKind
from civic.language import Language
from kiosk.app import Kiosk
from kiosk.flow import Step
from kiosk.settings import Settings, SwitchSettings
from kiosk.ui.comfort import AS_FOUND, Switching
from kiosk.ui.player import Player, run_for
from kiosk.ui.screens.ticket import PaperState
from tests.kiosk.ui.citizen import words_on
from tests.kiosk.ui.listener import REPEAT, listening_kiosk
from tests.kiosk.ui.switch_user import CHOOSE, NEXT, SwitchUser


@pytest.fixture
def settings(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    keys = SwitchSettings(*getattr(request, "param", ()))
    return replace(settings, language=Language.FRENCH, switches=keys)


@pytest.fixture
def hands(kiosk: Kiosk) -> SwitchUser:
    hands = SwitchUser(kiosk)
    hands.press(NEXT)
    return hands


def how(kiosk: Kiosk) -> Switching:
    return kiosk.window.theme.comfort.switches


def test_a_complaint_is_filed_and_its_paper_taken(qtbot: QtBot, kiosk: Kiosk, hands: SwitchUser) -> None:
    visits = kiosk.visits
    hands.choose("complaint")
    while visits.step is Step.QUESTIONS:
        question = visits.question
        if question.kind is QuestionKind.PLACE:
            hands.choose("open-neighbourhoods")
            hands.choose("place-cite-hached")
        elif question.options:
            hands.choose(f"option-{question.options[0].id}")
        else:
            hands.choose("words")
            hands.write("rue noire")
            hands.choose("go")
    hands.choose("name")
    hands.write("selma")
    hands.choose("go")
    hands.choose("go")
    assert visits.step is Step.REVIEW
    assert "selma" in words_on(kiosk)
    assert "rue noire" in words_on(kiosk)
    hands.choose("go")
    qtbot.waitUntil(lambda: visits.ticket.paper is PaperState.OUT, timeout=60_000)
    hands.choose("go")
    qtbot.waitUntil(lambda: visits.step is Step.WELCOME)
    assert kiosk.window.theme.comfort == AS_FOUND
    assert hands.presses < 400


def test_a_letter_is_a_few_presses_away_and_the_keys_are_left_as_they_were_entered(
    kiosk: Kiosk, hands: SwitchUser
) -> None:
    for name in ("request", "search"):
        hands.choose(name)
    hands.choose("search-words")
    before = hands.presses
    hands.write("permis")
    assert (hands.presses - before) / len("permis") < 14
    hands.choose("back")
    assert kiosk.visits.step is Step.GROUPS


def test_one_switch_chooses_what_comes_by_itself(qtbot: QtBot, kiosk: Kiosk) -> None:
    hands = SwitchUser(kiosk)
    hands.press(CHOOSE)
    assert how(kiosk) is Switching.SLOWLY
    qtbot.waitUntil(lambda: [each.objectName() for each in hands.framed] == ["complaint"], timeout=20_000)
    hands.press(CHOOSE)
    assert kiosk.visits.step is Step.QUESTIONS
    hands.press(NEXT)
    assert how(kiosk) is Switching.TWO


def test_it_is_chosen_in_the_panel_and_given_up_there(kiosk: Kiosk, player: Player) -> None:
    player.touch("access")
    felt: list[Switching] = []
    for name in ("switches-quickly", "switches-two", "switches-two"):
        player.touch(name)
        felt.append(how(kiosk))
    assert felt == [Switching.QUICKLY, Switching.TWO, Switching.NONE]
    player.touch("comfort-done")


def test_where_nobody_asks_no_frame_is_seen(kiosk: Kiosk, player: Player) -> None:
    run_for(300)
    assert not SwitchUser(kiosk).pointer.isVisible()
    player.touch("complaint")
    assert not SwitchUser(kiosk).pointer.isVisible()


def test_a_press_answers_who_is_still_here_and_chooses_nothing(kiosk: Kiosk, hands: SwitchUser) -> None:
    hands.choose("complaint")
    for _ in range(4 * 60):
        kiosk.window._tick()
    seen = [len(kiosk.window.parts)]
    run_for(400)
    hands.press(CHOOSE)
    seen.append(len(kiosk.window.parts))
    assert seen == [1, 4]
    assert kiosk.visits.step is Step.QUESTIONS


def test_a_switch_that_is_held_down_counts_once(kiosk: Kiosk, hands: SwitchUser) -> None:
    run_for(400)
    first = hands.framed
    held = QKeyEvent(QEvent.Type.KeyPress, NEXT, Qt.KeyboardModifier.NoModifier, "", autorep=True)
    for _ in range(20):
        QApplication.sendEvent(kiosk.window.glass, held)
    assert hands.framed == first


def test_the_panel_is_left_and_the_frame_is_on_the_screen_again(kiosk: Kiosk, hands: SwitchUser) -> None:
    hands.choose("access")
    hands.choose("text-150")
    hands.choose("comfort-contrast")
    hands.choose("comfort-done")
    assert kiosk.window.theme.comfort.contrast
    hands.choose("number")
    assert kiosk.visits.step is Step.GUIDE


@pytest.mark.parametrize("settings", [("Space", "Enter")], indirect=True)
def test_an_interface_that_sends_space_and_enter_serves_too(kiosk: Kiosk) -> None:
    felt: list[Switching] = []
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        QTest.keyClick(kiosk.window.glass, key)
        felt.append(how(kiosk))
    assert felt == [Switching.NONE, Switching.TWO]
    run_for(400)
    QTest.keyClick(kiosk.window.glass, Qt.Key.Key_Space)
    QTest.keyClick(kiosk.window.glass, Qt.Key.Key_Return)
    assert kiosk.visits.step is Step.QUESTIONS


def test_who_also_listens_hears_where_the_frame_is(qtbot: QtBot, settings: Settings) -> None:
    with listening_kiosk(qtbot, settings, private=True) as listener:
        listener.press(REPEAT)
        listener.hears("Bienvenue")
        hands = SwitchUser(listener.kiosk)
        hands.press(NEXT)
        run_for(400)
        listener.press(NEXT)
        listener.hears("Je fais une réclamation")
        hands.choose("request")
        hands.choose("search")
        hands.choose("search-words")
        hands.press(NEXT)
        listener.hears("a, z, e, r, t, y, u, i, o, p")
        hands.press(CHOOSE)
        listener.hears("a")
        for _ in range(10):
            hands.press(NEXT)
        listener.hears("Quitter cette ligne")
