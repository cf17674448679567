"""Whoever comes finds every screen whole: in their language, at their size, on a screen of any shape."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from civic.language import Language
from kiosk.app import Kiosk, application, open_kiosk
from kiosk.devices.base import PrinterState
from kiosk.hall import AGENT, COUNTER, KIOSK, simulated_settings
from kiosk.own_centre import OwnCentre
from kiosk.ui.buttons import Button
from kiosk.ui.comfort import Comfort, TextSize
from kiosk.ui.player import Player, run_for
from kiosk.ui.screens.ticket import PaperState
from tests.gallery.counter import show_counter
from tests.gallery.screens import Visitor, Walk
from tests.kiosk.ui.inspector import Inspector

TALL, WIDE, SMALL = (1080, 1920), (1920, 1080), (1280, 800)


@contextmanager
def open_hall(
    folder: Path, width: int, height: int, counter: int | None = None
) -> Iterator[tuple[Kiosk, Visitor, str]]:
    """Also the password of the agent at the counter."""
    application()
    with OwnCentre(folder / "centre") as centre:
        password = centre.add_agent(AGENT, COUNTER)
        centre.enrol(KIOSK, folder / "kiosk")
        kiosk = open_kiosk(replace(simulated_settings(folder, centre), counter=counter), width, height)
        try:
            kiosk.window.show()
            yield kiosk, Visitor(kiosk.window, kiosk.visits, folder), password
        finally:
            kiosk.close()


@pytest.mark.timeout(900)  # hundreds of looks; under a minute where nothing else runs
def test_nothing_is_cut_nor_untranslated_nor_hard_to_reach_by_finger_or_keys(
    qtbot: QtBot, tmp_path: Path, expected_logs: list[str]
) -> None:
    expected_logs.append("nobody can speak to this kiosk")
    sizes = [Comfort(size=size, contrast=size is TextSize.LARGE) for size in reversed(TextSize)]
    wears = [(shape, comfort) for comfort in sizes for shape in (TALL, SMALL, WIDE)]
    wears += [(TALL, Comfort(low=True)), (TALL, Comfort(TextSize.LARGEST, contrast=True, low=True))]
    with open_hall(tmp_path, *TALL) as (kiosk, visitor, _password):
        inspector = Inspector(kiosk, wears)
        Walk(kiosk, visitor, inspector).walk()
    assert inspector.looks > 700
    assert inspector.screens > 12
    assert not inspector.faults, "\n".join(inspector.faults)


@pytest.mark.timeout(900)
def test_nothing_is_cut_nor_untranslated_nor_hard_to_reach_at_a_counter(qtbot: QtBot, tmp_path: Path) -> None:
    wears = [(shape, Comfort(size=size)) for size in reversed(TextSize) for shape in (SMALL, WIDE)]
    with open_hall(tmp_path, *SMALL, counter=COUNTER) as (kiosk, visitor, password):
        inspector = Inspector(kiosk, wears)
        show_counter(kiosk, visitor, inspector.look, password)
    assert inspector.looks > 150
    assert inspector.screens >= 8
    assert not inspector.faults, "\n".join(inspector.faults)


@pytest.mark.parametrize("language", list(Language))
def test_when_no_paper_comes_what_to_do_is_in_sight(
    qtbot: QtBot, kiosk: Kiosk, player: Player, language: Language
) -> None:
    player.play(kiosk.visits.catalog["building-permit"], language)
    player.confirm()
    ticket = kiosk.visits.ticket
    qtbot.waitUntil(lambda: ticket.paper is PaperState.OUT, timeout=30_000)
    for state in PrinterState:
        if not state.can_print:
            ticket.show_paper(PaperState.FAILED, state)
            run_for(20)
            again = kiosk.window.findChild(Button, "print-again")
            assert isinstance(again, Button)
            assert again.visibleRegion().boundingRect() == again.rect(), state
