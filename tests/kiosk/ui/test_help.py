"""Whoever is lost touches one button, on any screen, and somebody comes, or they are told where to go."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk.app import Kiosk
from kiosk.flow import Step
from kiosk.own_centre import OwnCentre
from kiosk.settings import Settings
from kiosk.ui.buttons import Touchable
from kiosk.ui.comfort import AS_FOUND, Comfort
from kiosk.ui.helping import Help, Helping
from kiosk.ui.player import Player
from tests.central.test_desk import Counter
from tests.kiosk.devices.reader_end import ReaderEnd
from tests.kiosk.ui.citizen import reads, words_on
from tests.kiosk.ui.test_follow_at_the_centre import centre, joined, port

__all__ = ["centre", "joined", "port"]


def helping(kiosk: Kiosk) -> Helping:
    return kiosk.visits._helping


def button(kiosk: Kiosk) -> Touchable:
    [found] = [each for each in kiosk.window.findChildren(Touchable, "help") if each.isVisible()]
    return found


def wait_for(qtbot: QtBot, kiosk: Kiosk, help_: Help) -> None:
    qtbot.waitUntil(lambda: helping(kiosk).help is help_, timeout=60_000)


@pytest.fixture
def counter(centre: OwnCentre) -> Counter:
    counter = Counter(centre.url)
    counter.sign_in("amel", centre.add_agent("amel", 3))
    return counter


def test_an_agent_is_called_comes_and_the_visit_goes_on(
    qtbot: QtBot, joined: Kiosk, counter: Counter, port: ReaderEnd, settings: Settings, tmp_path: Path
) -> None:
    player = Player(joined.window, joined.visits, tmp_path)
    player.touch("language-en")
    player.touch("complaint")
    player.touch("help")
    reads(qtbot, joined, "An agent is being called. You may go on meanwhile.")
    assert joined.window._notice._sign == "bell", "for who cannot read it is no warning"
    assert button(joined).accessibleName() == "Help: an agent is being called"
    qtbot.waitUntil(lambda: f"Kiosk \u2068{settings.kiosk}\u2069 asks for help" in counter.see(), timeout=60_000)
    player.touch("option-roads")
    counter.wish(f"kiosks/{settings.kiosk}/go")
    reads(qtbot, joined, "Somebody is coming.")
    assert button(joined).accessibleName() == "Help: somebody is coming"
    player.touch("help")
    assert helping(joined).help is Help.COMING
    assert joined.visits.step is Step.QUESTIONS
    player.touch("restart")
    assert helping(joined).help is Help.COMING, "the same person waits"
    joined.window.left_alone.emit()
    qtbot.waitUntil(lambda: "Somebody goes to" not in counter.see(), timeout=60_000)
    assert helping(joined).help is Help.NONE


def test_with_the_line_down_one_hears_at_once_where_to_go(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    player.touch("language-en")
    player.touch("help")
    wait_for(qtbot, kiosk, Help.ALONE)
    reads(qtbot, kiosk, "Nobody has answered. Go to the counter, or ring \u206878\u00a0000\u00a0000\u2069.")
    player.touch("help")
    wait_for(qtbot, kiosk, Help.ALONE)
    kiosk.window.left_alone.emit()
    assert helping(kiosk).help is Help.NONE


def test_after_a_minute_without_an_agent_one_hears_where_to_go_and_an_agent_may_still_come(
    qtbot: QtBot, joined: Kiosk, counter: Counter, port: ReaderEnd, settings: Settings, tmp_path: Path
) -> None:
    player = Player(joined.window, joined.visits, tmp_path)
    player.touch("language-en")
    player.touch("help")
    for _ in range(60):
        helping(joined)._tick()
    reads(qtbot, joined, "Nobody has answered.")
    qtbot.waitUntil(lambda: "asks for help" in counter.see(), timeout=60_000)
    counter.wish(f"kiosks/{settings.kiosk}/go")
    reads(qtbot, joined, "Somebody is coming.")
    for _ in range(180):
        helping(joined)._tick()
    assert helping(joined).help is Help.NONE
    assert button(joined).accessibleName() == "Help: call an agent"


def test_nobody_is_taken_for_gone_while_help_is_on_its_way(
    qtbot: QtBot, joined: Kiosk, counter: Counter, port: ReaderEnd, tmp_path: Path
) -> None:
    player = Player(joined.window, joined.visits, tmp_path)
    player.touch("language-en")
    player.touch("complaint")
    player.touch("help")
    for _ in range(50):
        joined.window._tick()
    helping(joined)._tick()
    for _ in range(50):
        joined.window._tick()
    assert "Are you still there?" not in words_on(joined)
    assert joined.visits.step is Step.QUESTIONS


@pytest.mark.parametrize("comfort", [AS_FOUND, Comfort(low=True)])
@pytest.mark.parametrize("shape", [(540, 960), (960, 540), (640, 400)])
def test_it_stands_on_every_screen_in_one_place(
    qtbot: QtBot, kiosk: Kiosk, player: Player, shape: tuple[int, int], comfort: Comfort
) -> None:
    kiosk.window.turn(*shape)
    kiosk.window.wear(comfort)
    places = set()
    for name in ("request", "group-building", "service-building-permit"):
        player.touch(name)
        found = button(kiosk)
        places.add((found.mapTo(kiosk.window, found.rect().topLeft()).toTuple(), found.size().toTuple()))
    assert len(places) == 1
    kiosk.visits.crash()
    player.touch("help")
    wait_for(qtbot, kiosk, Help.ALONE)
