"""Who sits, or is small, touches everything in the lower half of a tall screen."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from civic.language import Language
from kiosk.app import Kiosk
from kiosk.settings import Settings, SwitchSettings
from kiosk.ui.buttons import Touchable
from kiosk.ui.comfort import Comfort, TextSize
from kiosk.ui.player import Player, run_for
from kiosk.ui.screens.ticket import PaperState
from tests.kiosk.ui.listener import listening_kiosk


def touchables(kiosk: Kiosk) -> list[Touchable]:
    return [each for each in kiosk.window.findChildren(Touchable) if each.isVisible()]


def is_low(kiosk: Kiosk, each: Touchable) -> bool:
    """Its middle can be seen, and lies in the lower half."""
    at = each.mapTo(kiosk.window, each.rect().center())
    area = kiosk.window.current.findChild(QScrollArea) if kiosk.window.current else None
    if area is not None and area.isAncestorOf(each):
        at_area = area.mapTo(kiosk.window, QPoint(0, 0)).y()
        if not at_area <= at.y() < at_area + area.height():
            return False
    return at.y() >= kiosk.window.height() // 2


def never_low(kiosk: Kiosk, player: Player) -> set[str]:
    """What cannot be brought into the lower half by turning the page."""
    run_for(20)
    out_of_reach = {each.objectName() for each in touchables(kiosk)}
    while True:
        out_of_reach -= {each.objectName() for each in touchables(kiosk) if is_low(kiosk, each)}
        down = [each for each in touchables(kiosk) if each.objectName() == "page-down" and each.isEnabled()]
        if not down:
            return out_of_reach
        down[0].click()
        run_for(5)


@pytest.mark.parametrize("size", [TextSize.USUAL, TextSize.LARGEST])
@pytest.mark.parametrize("language", [Language.ARABIC, Language.FRENCH])
def test_everything_comes_into_the_lower_half(
    qtbot: QtBot, kiosk: Kiosk, player: Player, language: Language, size: TextSize
) -> None:
    kiosk.window.suit(language, Comfort(size=size, low=True))
    assert never_low(kiosk, player) == set()
    player.touch("request")
    assert never_low(kiosk, player) == set()
    player.touch("group-building")
    assert never_low(kiosk, player) == set()
    player.touch("restart")
    player.play(kiosk.visits.catalog["complaint"], language)
    assert never_low(kiosk, player) == set()
    player.confirm()
    qtbot.waitUntil(lambda: kiosk.visits.ticket.paper is PaperState.OUT, timeout=30_000)
    assert never_low(kiosk, player) == set()


@pytest.mark.parametrize("language", Language)
def test_the_way_to_it_stands_low_for_everybody(qtbot: QtBot, settings: Settings, language: Language) -> None:
    """On a kiosk that has all there is to choose."""
    all_of_it = replace(settings, language=language, switches=SwitchSettings())
    with listening_kiosk(qtbot, all_of_it, private=False, language=language) as listener:
        listener.kiosk.window.offer_comfort()
        run_for(10)
        sheet = [each for part in listener.kiosk.window.parts for each in part.findChildren(Touchable)]
        assert len(sheet) == 15
        assert all(is_low(listener.kiosk, each) for each in sheet)


def test_a_screen_that_lies_is_low_enough(kiosk: Kiosk, player: Player) -> None:
    kiosk.window.turn(960, 540)
    player.touch("access")
    assert "comfort-lower" not in [each.objectName() for each in touchables(kiosk)]
    player.touch("comfort-done")
    player.touch("complaint")
