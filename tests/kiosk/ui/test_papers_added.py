"""A citizen comes back with what their file lacked: the receipt opens it, the papers join it, a paper proves it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from civic.language import Language
from kiosk.app import Kiosk, application, open_kiosk
from kiosk.devices.printer_model import Roll
from kiosk.devices.simulated import SimulatedPrinter, SimulatedReader
from kiosk.own_centre import OwnCentre
from kiosk.services.receipt import Deposit
from kiosk.settings import CentreSettings, ReaderKind, ReaderSettings, Settings
from kiosk.ui.player import Player
from kiosk.ui.screens.ticket import PaperState
from tests.kiosk.ui.citizen import choose_permit, reads, words_on


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, reader=ReaderSettings(ReaderKind.SIMULATED))


@pytest.fixture
def kiosk(qtbot: QtBot, settings: Settings, tmp_path: Path) -> Iterator[Kiosk]:
    """A kiosk with a centre that answers."""
    application()
    with OwnCentre(tmp_path / "centre") as centre:
        centre.enrol(settings.kiosk, settings.data)
        kiosk = open_kiosk(replace(settings, centre=CentreSettings(centre.url, centre.url)), 540, 960)
        kiosk.window.show()
        qtbot.waitExposed(kiosk.window)
        yield kiosk
        kiosk.close()


def shows(kiosk: Kiosk, name: str) -> bool:
    return bool([each for each in kiosk.window.findChildren(QWidget, name) if each.isVisible()])


def file_without_papers(qtbot: QtBot, kiosk: Kiosk, player: Player) -> Deposit:
    """Nothing was scanned of a permit's papers."""
    player.touch("language-en")
    choose_permit(kiosk, player)
    for name in ("key-s", "go", "go", "go"):
        player.touch(name)
    qtbot.waitUntil(lambda: kiosk.visits.ticket.paper is PaperState.OUT, timeout=60_000)
    receipt = kiosk.visits.ticket.receipt
    assert receipt is not None
    assert receipt.deposit is not None
    player.touch("go")
    qtbot.waitUntil(lambda: kiosk.outbox.waiting() == 0, timeout=60_000)
    return receipt.deposit


def come_back(qtbot: QtBot, kiosk: Kiosk, player: Player, deposit: Deposit) -> None:
    assert isinstance(kiosk.reader, SimulatedReader)
    player.touch("language-en")
    kiosk.reader.show(deposit.tracking_url)
    reads(qtbot, kiosk, "Your turn: bring these papers")
    player.touch("add-papers")
    assert "Papers your file still lacks" in words_on(kiosk)


def test_papers_brought_later_join_the_file_and_a_paper_says_so(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    deposit = file_without_papers(qtbot, kiosk, player)
    come_back(qtbot, kiosk, player, deposit)
    papers = kiosk.visits.documents
    assert [each.name for each in papers.requirements] == [each.name for each in deposit.missing]
    assert not papers.ready, "nothing is handed in yet"
    player.touch("scan")
    qtbot.waitUntil(lambda: len(papers.documents) == 1, timeout=60_000)
    player.touch("go")
    qtbot.waitUntil(lambda: kiosk.visits.ticket.paper is PaperState.OUT, timeout=60_000)
    receipt = kiosk.visits.ticket.receipt
    assert receipt is not None
    assert receipt.deposit is None
    assert receipt.added is not None
    assert receipt.added.reference == deposit.reference
    assert [each.name for each in receipt.added.received] == [deposit.missing[0].name]
    assert [each.name for each in receipt.added.missing] == [each.name for each in deposit.missing[1:]]
    assert "Your papers have joined your file" in words_on(kiosk)
    player.touch("go")
    qtbot.waitUntil(lambda: kiosk.outbox.waiting() == 0, timeout=60_000)
    assert kiosk.outbox.refused() == ()
    come_back(qtbot, kiosk, player, deposit)
    assert [each.name for each in papers.requirements] == [each.name for each in deposit.missing[1:]]


def test_whoever_goes_back_sees_the_file_again_and_has_handed_nothing_in(
    qtbot: QtBot, kiosk: Kiosk, player: Player
) -> None:
    deposit = file_without_papers(qtbot, kiosk, player)
    come_back(qtbot, kiosk, player, deposit)
    player.touch("scan")
    qtbot.waitUntil(lambda: len(kiosk.visits.documents.documents) == 1, timeout=60_000)
    player.touch("back")
    assert "Your turn: bring these papers" in words_on(kiosk)
    player.touch("add-papers")
    assert kiosk.visits.documents.documents == {}
    assert kiosk.outbox.waiting() == 0


def test_papers_a_power_cut_left_without_their_paper_are_printed_at_the_next_start(
    qtbot: QtBot, kiosk: Kiosk, player: Player, settings: Settings
) -> None:
    deposit = file_without_papers(qtbot, kiosk, player)
    come_back(qtbot, kiosk, player, deposit)
    player.touch("scan")
    qtbot.waitUntil(lambda: len(kiosk.visits.documents.documents) == 1, timeout=60_000)
    assert isinstance(kiosk.printer, SimulatedPrinter)
    kiosk.printer.model.set_roll(Roll.OUT)
    player.touch("go")
    qtbot.waitUntil(lambda: kiosk.visits.ticket.paper is PaperState.FAILED, timeout=60_000)
    [left] = list(kiosk.visits._hall.unfinished.find())
    assert left.receipt == kiosk.visits.ticket.receipt
    again = open_kiosk(replace(settings, language=Language.ENGLISH), 540, 960)
    again.window.show()
    try:
        assert [each.receipt for each in again.visits.trouble.unfinished] == [left.receipt]
    finally:
        again.close()


def test_a_finished_file_and_an_unknown_card_offer_nothing_to_add(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    deposit = file_without_papers(qtbot, kiosk, player)
    kiosk.visits.receipts.follow.papers = {}
    assert isinstance(kiosk.reader, SimulatedReader)
    player.touch("language-en")
    kiosk.reader.show(deposit.tracking_url)
    reads(qtbot, kiosk, "Your turn: bring these papers")
    assert not shows(kiosk, "add-papers")
