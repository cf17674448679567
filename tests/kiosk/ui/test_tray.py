"""The tray beside the kiosk: a hand on each part that can fail, and the paper that came out."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from civic.language import Language
from kiosk.app import Kiosk
from kiosk.devices.base import PrinterState, ReaderState, ScannerState
from kiosk.devices.simulated import SimulatedPrinter, SimulatedReader, SimulatedScanner
from kiosk.flow import Step
from kiosk.settings import ReaderKind, ReaderSettings, Settings
from kiosk.ui.buttons import Button
from kiosk.ui.notice import Notice
from kiosk.ui.player import Player
from kiosk.ui.tray import Tray
from tests.kiosk.ui.citizen import file_complaint


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, reader=ReaderSettings(ReaderKind.SIMULATED))


@pytest.fixture
def tray(qtbot: QtBot, kiosk: Kiosk) -> Iterator[Tray]:
    assert isinstance(kiosk.printer, SimulatedPrinter)
    assert isinstance(kiosk.scanner, SimulatedScanner)
    assert isinstance(kiosk.reader, SimulatedReader)
    tray = Tray(kiosk.printer, kiosk.scanner, kiosk.reader, kiosk.window)
    tray.show_beside()
    qtbot.waitExposed(tray)
    yield tray
    tray.close()


def hands(tray: Tray, name: str) -> list[Button]:
    """None for a moment, while the tray changes its words."""
    return [each for each in tray.findChildren(Button, f"tray-{name}") if each.isVisible()]


def hand(tray: Tray, name: str) -> Button:
    [button] = hands(tray, name)
    return button


def touch(qtbot: QtBot, tray: Tray, name: str) -> None:
    """A real click on the window, where the button lies."""
    qtbot.waitUntil(lambda: hand(tray, name).height() > 20)
    at = hand(tray, name).mapTo(tray, hand(tray, name).rect().center())
    QTest.mouseClick(tray.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(at))


@pytest.mark.parametrize(
    ("name", "fault"),
    [("cover", PrinterState.COVER_OPEN), ("roll", PrinterState.PAPER_OUT), ("power", PrinterState.OFFLINE)],
)
def test_a_hand_on_the_printer_and_again_to_mend_it(
    qtbot: QtBot, kiosk: Kiosk, tray: Tray, name: str, fault: PrinterState
) -> None:
    printer_thread = kiosk.threads.printer
    offered = hand(tray, name).words
    touch(qtbot, tray, name)
    assert printer_thread.submit(kiosk.printer.state).result() is fault
    assert hand(tray, name).words != offered
    touch(qtbot, tray, name)
    assert printer_thread.submit(kiosk.printer.state).result() is PrinterState.READY
    assert hand(tray, name).words == offered


def test_a_reader_is_unplugged_and_the_receipt_laid_on_the_scanner_instead(
    qtbot: QtBot, kiosk: Kiosk, tray: Tray, player: Player
) -> None:
    assert kiosk.reader is not None
    assert not hands(tray, "glass")
    touch(qtbot, tray, "plug")
    assert kiosk.reader.state() is ReaderState.OFFLINE
    file_complaint(qtbot, kiosk, player)
    player.touch("go")
    player.touch("follow")
    qtbot.waitUntil(lambda: bool(hands(tray, "glass")), timeout=60_000)
    touch(qtbot, tray, "glass")
    player.touch("scan-receipt")
    qtbot.waitUntil(lambda: kiosk.visits.receipts.follow.found is not None, timeout=60_000)
    touch(qtbot, tray, "plug")
    assert kiosk.reader.state() is ReaderState.READY


@pytest.mark.parametrize(("name", "fault"), [("jam", ScannerState.JAMMED), ("lid", ScannerState.COVER_OPEN)])
def test_a_hand_on_the_scanner_and_again_to_mend_it(
    qtbot: QtBot, kiosk: Kiosk, tray: Tray, name: str, fault: ScannerState
) -> None:
    offered = hand(tray, name).words
    touch(qtbot, tray, name)
    assert kiosk.scanner.state() is fault
    assert hand(tray, name).words != offered
    touch(qtbot, tray, name)
    assert kiosk.scanner.state() is ScannerState.READY


def test_the_tray_speaks_as_the_kiosk_beside_it(qtbot: QtBot, tray: Tray, kiosk: Kiosk, player: Player) -> None:
    assert hand(tray, "cover").words == "فتح غطاء الطابعة"
    player.touch("language-fr")
    qtbot.waitUntil(lambda: any(each.isVisible() for each in tray.findChildren(Button)))
    assert hand(tray, "cover").words == "Ouvrir le capot de l'imprimante"
    assert tray.layoutDirection() is Qt.LayoutDirection.LeftToRight


def test_the_paper_that_came_out_is_seen(qtbot: QtBot, kiosk: Kiosk, tray: Tray, player: Player) -> None:
    paper = tray.findChild(QLabel, "tray-paper")
    assert paper is not None
    assert paper.pixmap().isNull()
    player.play(kiosk.visits.catalog["signature-legalisation"], Language.ARABIC)
    player.confirm()
    qtbot.waitUntil(lambda: not paper.pixmap().isNull(), timeout=30_000)


def test_a_shops_code_and_then_the_receipt_are_held_to_the_reader(
    qtbot: QtBot, kiosk: Kiosk, tray: Tray, player: Player
) -> None:
    touch(qtbot, tray, "reader")
    [notice] = kiosk.window.findChildren(Notice)
    qtbot.waitUntil(notice.isVisible, timeout=30_000)
    player.play(kiosk.visits.catalog["complaint"], Language.ARABIC)
    player.confirm()
    qtbot.waitUntil(lambda: kiosk.visits.ticket.ready, timeout=30_000)
    player.touch("go")
    receipt = "وضع الوصل أمام القارئ"
    qtbot.waitUntil(lambda: receipt in [each.words for each in hands(tray, "reader")], timeout=30_000)
    touch(qtbot, tray, "reader")
    qtbot.waitUntil(lambda: kiosk.visits.step is Step.FOLLOW, timeout=30_000)
