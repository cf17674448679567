"""A paper given with an earlier file is not asked for again: its receipt opens what lies there, nothing else does."""

from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from civic.language import Language
from kiosk.app import Kiosk
from kiosk.devices.printer_model import Roll
from kiosk.devices.simulated import SimulatedPrinter, SimulatedReader
from kiosk.flow import Step
from kiosk.services.receipt import Deposit
from kiosk.ui.player import Player
from kiosk.ui.screens.ticket import PaperState
from tests.kiosk.ui.citizen import choose_permit, reads, type_digits, words_on
from tests.kiosk.ui.test_papers_added import kiosk as joined
from tests.kiosk.ui.test_papers_added import settings

__all__ = ["joined", "settings"]


def at_the_papers(kiosk: Kiosk, player: Player) -> None:
    player.touch("language-en")
    choose_permit(kiosk, player)
    player.touch("key-s")
    player.touch("go")
    assert kiosk.visits.step is Step.DOCUMENTS


def scan_identity(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    player.touch("paper-identity")
    player.touch("scan")
    qtbot.waitUntil(lambda: "identity" in kiosk.visits.documents.documents, timeout=60_000)


def file_it(qtbot: QtBot, kiosk: Kiosk, player: Player) -> Deposit:
    player.touch("go")
    player.touch("go")
    qtbot.waitUntil(lambda: kiosk.visits.ticket.paper is PaperState.OUT, timeout=60_000)
    receipt = kiosk.visits.ticket.receipt
    assert receipt is not None
    assert receipt.deposit is not None
    player.touch("go")
    qtbot.waitUntil(lambda: kiosk.outbox.waiting() == 0, timeout=60_000)
    assert kiosk.outbox.refused() == ()
    return receipt.deposit


def shows(kiosk: Kiosk, name: str) -> bool:
    return bool([each for each in kiosk.window.findChildren(QWidget, name) if each.isVisible()])


def show(kiosk: Kiosk, code: str) -> None:
    assert isinstance(kiosk.reader, SimulatedReader)
    kiosk.reader.show(code)


def offered(qtbot: QtBot, kiosk: Kiosk) -> None:
    qtbot.waitUntil(lambda: shows(kiosk, "again-identity"), timeout=60_000)


def test_a_paper_of_an_earlier_file_is_used_again_and_the_receipt_says_since_when(
    qtbot: QtBot, joined: Kiosk, tmp_path: Path
) -> None:
    player = Player(joined.window, joined.visits, tmp_path)
    at_the_papers(joined, player)
    scan_identity(qtbot, joined, player)
    first = file_it(qtbot, joined, player)

    at_the_papers(joined, player)
    player.touch("earlier")
    show(joined, "a code of another house")
    reads(qtbot, joined, "This code is not from this town hall.")
    show(joined, first.tracking_url)
    offered(qtbot, joined)
    today = joined.visits._hall.today()
    card = joined.window.findChild(QWidget, "again-identity")
    assert isinstance(card, QWidget)
    assert "valid until" in card.accessibleDescription()
    assert not shows(joined, "again-survey"), "it was never given"
    player.touch("again-identity")
    assert joined.visits.receipts.earlier.go_label == "Continue"
    player.touch("again-identity")
    player.touch("go")
    assert joined.visits.step is Step.DOCUMENTS
    player.touch("paper-identity")
    assert "already given" in words_on(joined)
    assert not shows(joined, "scan")
    second = file_it(qtbot, joined, player)
    [paper] = [each for each in second.received if each.given_on]
    assert paper.given_on == today
    assert second.reference != first.reference

    player.touch("language-en")
    choose_permit(joined, player)
    player.touch("key-s")
    player.touch("go")
    player.touch("earlier")
    type_digits(player, str(second.reference))
    type_digits(player, second.pin)
    player.touch("go")
    offered(qtbot, joined)
    [offer] = joined.visits.receipts.earlier._chosen
    assert offer.held.given.reference == first.reference, "it stays where it was given first"
    assert offer.valid_until > today + timedelta(days=300)


def test_nothing_is_offered_with_the_line_down_and_one_sentence_says_so(
    qtbot: QtBot, kiosk: Kiosk, player: Player
) -> None:
    at_the_papers(kiosk, player)
    player.touch("earlier")
    type_digits(player, "26-014-00385-97")
    type_digits(player, "123456")
    player.touch("go")
    reads(qtbot, kiosk, "The town hall cannot be asked just now: scan your papers as usual.")
    player.touch("go")
    assert kiosk.visits.step is Step.DOCUMENTS
    assert shows(kiosk, "scan")
    player.touch("earlier")
    player.touch("back")
    assert kiosk.visits.step is Step.DOCUMENTS


def test_a_paper_used_again_may_be_scanned_all_the_same(qtbot: QtBot, joined: Kiosk, tmp_path: Path) -> None:
    player = Player(joined.window, joined.visits, tmp_path)
    at_the_papers(joined, player)
    scan_identity(qtbot, joined, player)
    first = file_it(qtbot, joined, player)
    at_the_papers(joined, player)
    player.touch("earlier")
    show(joined, first.tracking_url)
    offered(qtbot, joined)
    player.touch("go")
    player.touch("paper-identity")
    player.touch("remove-page")
    assert "identity" not in joined.visits.documents.documents
    assert shows(joined, "scan")


def test_a_file_that_opens_nothing_and_one_that_holds_nothing_say_so(
    qtbot: QtBot, joined: Kiosk, tmp_path: Path
) -> None:
    player = Player(joined.window, joined.visits, tmp_path)
    at_the_papers(joined, player)
    first = file_it(qtbot, joined, player)
    at_the_papers(joined, player)
    player.touch("earlier")
    show(joined, str(first.reference))
    qtbot.waitUntil(lambda: joined.visits.receipts.earlier.opened == "pin", timeout=60_000)
    type_digits(player, "000000" if first.pin != "000000" else "000001")
    player.touch("go")
    reads(qtbot, joined, "This file number and this PIN do not go together.")
    show(joined, first.tracking_url)
    reads(qtbot, joined, "Nothing of that file can be used again here")
    player.touch("restart")
    assert joined.visits.receipts.earlier.offers is None


def test_the_paper_of_a_reused_one_is_printed_the_same_after_a_power_cut(
    qtbot: QtBot, joined: Kiosk, tmp_path: Path
) -> None:
    player = Player(joined.window, joined.visits, tmp_path)
    at_the_papers(joined, player)
    scan_identity(qtbot, joined, player)
    first = file_it(qtbot, joined, player)
    at_the_papers(joined, player)
    player.touch("earlier")
    show(joined, first.tracking_url)
    offered(qtbot, joined)
    player.touch("go")
    assert isinstance(joined.printer, SimulatedPrinter)
    joined.printer.model.set_roll(Roll.OUT)
    player.touch("go")
    player.touch("go")
    qtbot.waitUntil(lambda: joined.visits.ticket.paper is PaperState.FAILED, timeout=60_000)
    [left] = joined.visits._hall.unfinished.find()
    assert left.receipt == joined.visits.ticket.receipt
    assert left.receipt.language is Language.ENGLISH
