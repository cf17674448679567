"""A person makes the screen theirs; it forgets it after them, and not before."""

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from civic.language import Language
from kiosk.app import Kiosk
from kiosk.flow import Step
from kiosk.ui.comfort import AS_FOUND, Comfort, TextSize
from kiosk.ui.player import Player
from kiosk.ui.screens.ticket import PaperState
from kiosk.ui.theme import TEXT, TOUCH
from tests.kiosk.ui.citizen import words_on


def worn(kiosk: Kiosk) -> Comfort:
    return kiosk.window.theme.comfort


def button(kiosk: Kiosk, name: str) -> QAbstractButton:
    found = kiosk.window.findChild(QAbstractButton, name)
    assert isinstance(found, QAbstractButton)
    return found


def wait_s(kiosk: Kiosk, seconds: int) -> None:
    """Nobody touches anything for that long."""
    for _ in range(seconds):
        kiosk.window._tick()


def test_each_choice_is_seen_at_once_and_the_panel_stays(kiosk: Kiosk, player: Player) -> None:
    player.touch("access")
    player.touch("text-150")
    assert kiosk.visits.welcome.theme.type_px(TEXT) == round(34 * 1.5 * 0.5)
    player.touch("comfort-contrast")
    player.touch("comfort-lower")
    player.touch("comfort-clock")
    assert worn(kiosk) == Comfort(TextSize.LARGE, contrast=True, low=True, unhurried=True)
    assert button(kiosk, "comfort-clock").isChecked()
    player.touch("comfort-before")
    assert worn(kiosk) == AS_FOUND
    player.touch("comfort-done")
    player.touch("complaint")


def test_what_is_touched_keeps_its_size_when_the_letters_grow(kiosk: Kiosk) -> None:
    usual = kiosk.window.theme.px(TOUCH)
    kiosk.window.wear(Comfort(size=TextSize.LARGEST))
    assert kiosk.window.theme.px(TOUCH) == usual


def test_it_lasts_the_whole_visit_and_what_was_written_stays(kiosk: Kiosk, player: Player) -> None:
    player.touch("access")
    player.touch("comfort-contrast")
    player.touch("comfort-done")
    player.play(kiosk.visits.catalog["complaint"], Language.FRENCH)
    player.touch("access")
    player.touch("text-125")
    player.touch("comfort-done")
    assert kiosk.visits.step is Step.REVIEW
    assert worn(kiosk) == Comfort(TextSize.LARGER, contrast=True)
    assert "selma" in words_on(kiosk)


def test_who_is_done_leaves_the_screen_as_it_was_found(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    kiosk.window.wear(Comfort(contrast=True))
    player.play(kiosk.visits.catalog["signature-legalisation"], Language.FRENCH)
    player.confirm()
    qtbot.waitUntil(lambda: kiosk.visits.ticket.paper is PaperState.OUT, timeout=30_000)
    player.touch("go")
    assert (worn(kiosk), kiosk.window.theme.language) == (AS_FOUND, Language.ARABIC)


@pytest.mark.parametrize("way", ["restart", "back"])
def test_who_starts_over_is_the_same_person_and_reads_on_as_before(kiosk: Kiosk, player: Player, way: str) -> None:
    player.touch("language-fr")
    kiosk.window.wear(Comfort(low=True))
    player.touch("request")
    player.touch(way)
    assert kiosk.visits.step is Step.WELCOME
    assert (worn(kiosk), kiosk.window.theme.language) == (Comfort(low=True), Language.FRENCH)


def test_the_welcome_left_alone_is_soon_as_the_next_person_is_to_find_it(kiosk: Kiosk, player: Player) -> None:
    player.touch("language-fr")
    player.touch("access")
    player.touch("text-200")
    wait_s(kiosk, 50)
    assert worn(kiosk).size is TextSize.LARGEST
    wait_s(kiosk, 10)
    assert (worn(kiosk), kiosk.window.theme.language) == (AS_FOUND, Language.ARABIC)
    assert "comfort-done" not in shown(kiosk)


def test_who_leaves_in_the_middle_leaves_nothing_of_it(kiosk: Kiosk, player: Player) -> None:
    kiosk.window.wear(Comfort(size=TextSize.LARGE))
    player.touch("complaint")
    wait_s(kiosk, 80)
    assert kiosk.visits.step is Step.WELCOME
    assert worn(kiosk) == AS_FOUND


def test_who_asks_for_more_time_has_four_times_as_long(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    kiosk.window.wear(Comfort(unhurried=True))
    player.touch("complaint")
    wait_s(kiosk, 4 * 60 - 20)
    assert "still-here" not in shown(kiosk)
    wait_s(kiosk, 20)
    assert "still-here" in shown(kiosk)
    player.touch("still-here")
    player.touch("restart")
    player.play(kiosk.visits.catalog["signature-legalisation"], Language.ARABIC)
    player.confirm()
    qtbot.waitUntil(lambda: kiosk.visits.ticket.paper is PaperState.OUT, timeout=30_000)
    assert kiosk.visits.ticket.seconds > 100


def test_however_often_it_asks_a_touch_gives_all_the_time_again(kiosk: Kiosk, player: Player) -> None:
    player.touch("complaint")
    for _ in range(12):
        wait_s(kiosk, 70)
        player.touch("still-here")
    assert kiosk.visits.step is not Step.WELCOME


def shown(kiosk: Kiosk) -> list[str]:
    return [each.objectName() for each in kiosk.window.findChildren(QAbstractButton) if each.isVisible()]
