"""Something nobody foresaw happens between a deposit and its paper: the person is told, and has their paper."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from civic.language import Language
from kiosk.app import Kiosk, application, open_kiosk
from kiosk.devices.link import Link, Wire
from kiosk.devices.simulated import SimulatedPrinter
from kiosk.flow import Step
from kiosk.settings import Settings
from kiosk.ui.player import Player
from tests.kiosk.ui.citizen import reads

_OF_A_PAPER = 200
"""No question to the printer has so many bytes."""


class BewitchedLink:
    """A line on which, while `bewitched`, sending a paper ends in what no driver knows of."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self.bewitched = False

    @property
    def bytes_per_s(self) -> float:
        return self._link.bytes_per_s

    def open(self, patience_s: float) -> Wire:
        wire = self._link.open(patience_s)
        sent, link = wire.send, self

        class BewitchedWire:
            receive, close = wire.receive, wire.close

            def send(self, data: bytes) -> None:
                if link.bewitched and len(data) > _OF_A_PAPER:
                    raise ArithmeticError("nobody foresaw this")
                sent(data)

        return BewitchedWire()


@pytest.fixture
def links() -> list[BewitchedLink]:
    return []


@pytest.fixture
def kiosk(qtbot: QtBot, settings: Settings, links: list[BewitchedLink]) -> Iterator[Kiosk]:
    application()

    def tap(link: Link) -> Link:
        links.append(BewitchedLink(link))
        return links[0]

    kiosk = open_kiosk(settings, 540, 960, tap)
    kiosk.window.show()
    qtbot.waitExposed(kiosk.window)
    yield kiosk
    kiosk.close()


def test_the_paper_of_what_was_confirmed_is_offered_and_comes(
    qtbot: QtBot, kiosk: Kiosk, player: Player, links: list[BewitchedLink], expected_logs: list[str]
) -> None:
    expected_logs.append("work for the screen failed in a way nobody foresaw")
    assert isinstance(kiosk.printer, SimulatedPrinter)
    player.play(kiosk.visits.catalog["complaint"], Language.ENGLISH)
    links[0].bewitched = True
    player.confirm()
    reads(qtbot, kiosk, "Nothing you confirmed was lost.")
    links[0].bewitched = False
    player.touch("go")
    reads(qtbot, kiosk, "Papers that may not have come out")
    [unfinished] = kiosk.visits.trouble.unfinished
    player.touch(f"print-{unfinished.receipt.number}")
    qtbot.waitUntil(lambda: kiosk.visits.step is Step.WELCOME, timeout=60_000)
    assert len(kiosk.printer.model.papers) == 1


def test_where_nothing_was_confirmed_one_simply_begins_again(kiosk: Kiosk, player: Player) -> None:
    player.touch("language-fr")
    player.touch("complaint")
    kiosk.visits.crash()
    player.touch("go")
    assert kiosk.visits.step is Step.WELCOME
    assert kiosk.window.theme.language is Language.FRENCH
