"""Hands that mean nothing find no way out of the kiosk, and a citizen who is too quick loses nothing."""

from dataclasses import replace
from random import Random
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from civic.language import Language
from kiosk.app import Kiosk
from kiosk.flow import Step
from kiosk.settings import ReaderKind, ReaderSettings, Settings
from kiosk.ui.player import Player, run_for
from kiosk.ui.screens.ticket import PaperState
from tests.monkey.hands import Hands
from tests.monkey.watch import Watch

_DEEDS = 250


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, reader=ReaderSettings(ReaderKind.SIMULATED))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_hands_that_mean_nothing_find_no_way_out_and_no_fault(kiosk: Kiosk, seed: int) -> None:
    hands = Hands(kiosk, Random(seed))  # noqa: S311  the same hands each time
    with Watch(kiosk) as watch:
        for nth in range(_DEEDS):
            hands.act()
            run_for(1)
            watch.look(nth)
    assert watch.complaints == []


@pytest.mark.parametrize("wish", ["back", "restart"])
def test_what_was_confirmed_is_kept_even_if_its_person_then_wants_back(
    qtbot: QtBot, kiosk: Kiosk, player: Player, wish: str
) -> None:
    """The disk takes a while, and meanwhile the screen still shows what there was to confirm."""
    player.play(kiosk.visits.catalog["complaint"], Language.ENGLISH)
    slow = Event()
    kiosk.threads.store.submit(slow.wait)
    player.confirm()
    player.touch(wish)
    QTest.keyClick(kiosk.window.glass, Qt.Key.Key_Escape)
    assert kiosk.visits.step is Step.TICKET
    slow.set()
    qtbot.waitUntil(lambda: kiosk.visits.ticket.paper is PaperState.OUT, timeout=60_000)
    assert kiosk.visits.ticket.isVisible()
