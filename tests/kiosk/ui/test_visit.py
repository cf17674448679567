"""Whole visits, touched on the real screens."""

import io
from typing import cast

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from civic.language import Language
from civic.ticket import HeldBy
from kiosk.app import Kiosk, open_kiosk
from kiosk.devices.printer_model import Roll
from kiosk.devices.simulated import SimulatedPrinter, SimulatedScanner
from kiosk.flow import Step
from kiosk.services.receipt import Receipt
from kiosk.settings import Settings
from kiosk.store.database import StoreTrouble
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.player import Player, run_for
from kiosk.ui.qr_code import qr_modules
from kiosk.ui.screens.ticket import PaperState
from sync.messages import DossierDeposited, Event, TicketHeld, TicketVoided
from tests.kiosk.ui.citizen import choose_permit


def printer_of(kiosk: Kiosk) -> SimulatedPrinter:
    assert isinstance(kiosk.printer, SimulatedPrinter)
    return kiosk.printer


def scanner_of(kiosk: Kiosk) -> SimulatedScanner:
    assert isinstance(kiosk.scanner, SimulatedScanner)
    return kiosk.scanner


def events(kiosk: Kiosk) -> tuple[Event, ...]:
    return kiosk.outbox.waiting_events(99)


def wait_paper(qtbot: QtBot, kiosk: Kiosk, paper: PaperState) -> Receipt:
    qtbot.waitUntil(lambda: kiosk.visits.ticket.paper is paper and kiosk.visits.step is Step.TICKET, timeout=30_000)
    receipt = kiosk.visits.ticket.receipt
    assert receipt is not None
    return receipt


def words_on(widget: QWidget) -> str:
    return "\n".join(each.text for each in widget.findChildren(Paragraph) if each.isVisible())


@pytest.mark.parametrize("language", list(Language))
def test_a_permit_is_filed_with_fingers_only(qtbot: QtBot, kiosk: Kiosk, player: Player, language: Language) -> None:
    player.play(kiosk.visits.catalog["building-permit"], language)
    player.confirm()
    receipt = wait_paper(qtbot, kiosk, PaperState.OUT)
    [paper] = printer_of(kiosk).model.papers
    assert receipt.deposit is not None
    assert [code.text for code in zxingcpp.read_barcodes(paper.convert("L"))] == [receipt.deposit.tracking_url]
    deposited, held = (event.fact for event in events(kiosk))
    assert isinstance(deposited, DossierDeposited)
    assert isinstance(held, TicketHeld)
    assert (deposited.reference, deposited.missing, deposited.language) == (receipt.deposit.reference, (), language)
    assert (held.number, held.by) == ("201", HeldBy.PAPER)


def test_a_complaint_is_made(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    player.play(kiosk.visits.catalog["complaint"], Language.ARABIC)
    player.confirm()
    receipt = wait_paper(qtbot, kiosk, PaperState.OUT)
    assert receipt.deposit is not None
    assert receipt.deposit.promised.due_on is not None


def test_a_number_is_taken_for_the_window(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    player.play(kiosk.visits.catalog["signature-legalisation"], Language.FRENCH)
    player.confirm()
    assert wait_paper(qtbot, kiosk, PaperState.OUT).deposit is None
    [held] = events(kiosk)
    assert isinstance(held.fact, TicketHeld)


def test_without_paper_the_number_is_true_once_noted(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    printer_of(kiosk).model.set_roll(Roll.OUT)
    player.play(kiosk.visits.catalog["signature-legalisation"], Language.ENGLISH)
    player.confirm()
    receipt = wait_paper(qtbot, kiosk, PaperState.FAILED)
    assert events(kiosk) == ()
    said = words_on(kiosk.visits.ticket)
    assert "no paper" in said
    assert receipt.number in said
    player.touch("go")
    wait_paper(qtbot, kiosk, PaperState.NOTED)
    [held] = events(kiosk)
    assert isinstance(held.fact, TicketHeld)
    assert held.fact.by is HeldBy.SCREEN


def test_with_new_paper_the_ticket_is_printed_after_all(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    model = printer_of(kiosk).model
    model.set_cover_open(True)
    player.play(kiosk.visits.catalog["signature-legalisation"], Language.ARABIC)
    player.confirm()
    wait_paper(qtbot, kiosk, PaperState.FAILED)
    model.set_cover_open(False)
    player.touch("print-again")
    wait_paper(qtbot, kiosk, PaperState.OUT)
    assert len(model.papers) == 1


def test_another_copy_comes_when_asked(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    player.play(kiosk.visits.catalog["signature-legalisation"], Language.ARABIC)
    player.confirm()
    wait_paper(qtbot, kiosk, PaperState.OUT)
    player.touch("copy")
    qtbot.waitUntil(lambda: len(printer_of(kiosk).model.papers) == 2, timeout=30_000)
    assert len(events(kiosk)) == 1


def test_a_cut_between_confirming_and_printing_is_finished_at_the_next_start(
    qtbot: QtBot, kiosk: Kiosk, player: Player, settings: Settings
) -> None:
    printer_of(kiosk).model.set_power(False)
    player.play(kiosk.visits.catalog["signature-legalisation"], Language.ARABIC)
    player.confirm()
    wait_paper(qtbot, kiosk, PaperState.FAILED)
    again = open_kiosk(settings, 540, 960)  # the power came back: a new process on the same disk
    again.window.show()
    qtbot.waitExposed(again.window)
    try:
        with qtbot.waitSignal(again.visits.held, timeout=30_000):  # and so the centre is told at once
            Player(again.window, again.visits, settings.data).touch("print-201")
        qtbot.waitUntil(lambda: len(printer_of(again).model.papers) == 1, timeout=30_000)
        qtbot.waitUntil(lambda: len(events(again)) == 1, timeout=30_000)
        qtbot.waitUntil(lambda: again.visits.step is Step.WELCOME, timeout=30_000)
        qtbot.waitUntil(lambda: again.visits.trouble.unfinished == (), timeout=30_000)
    finally:
        again.close()


def test_a_number_nobody_waits_for_is_cancelled_at_the_next_start(
    qtbot: QtBot, kiosk: Kiosk, player: Player, settings: Settings
) -> None:
    printer_of(kiosk).model.set_power(False)
    player.play(kiosk.visits.catalog["signature-legalisation"], Language.ARABIC)
    player.confirm()
    wait_paper(qtbot, kiosk, PaperState.FAILED)
    again = open_kiosk(settings, 540, 960)
    again.window.show()
    try:
        Player(again.window, again.visits, settings.data).touch("void-201")
        qtbot.waitUntil(lambda: len(events(again)) == 1, timeout=30_000)
        assert isinstance(events(again)[0].fact, TicketVoided)
    finally:
        again.close()


def at_papers(kiosk: Kiosk, player: Player) -> None:
    choose_permit(kiosk, player)
    player.touch("key-س")
    player.touch("go")


def test_a_jam_is_told_and_the_visit_goes_on(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    at_papers(kiosk, player)
    scanner_of(kiosk).jam()
    player.touch("scan")
    qtbot.waitUntil(lambda: kiosk.visits.documents.fault is not None, timeout=30_000)
    scanner_of(kiosk).mend()
    player.touch("scan")
    qtbot.waitUntil(lambda: len(kiosk.visits.documents.documents) == 1, timeout=30_000)


def test_an_empty_page_is_shown_with_what_to_do(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    at_papers(kiosk, player)
    empty = io.BytesIO()
    Image.new("L", (400, 600), "white").save(empty, "PNG")
    scanner_of(kiosk).insert(empty.getvalue())
    player.touch("scan")
    qtbot.waitUntil(lambda: kiosk.visits.documents.remark is not None, timeout=30_000)
    player.touch("keep-page")
    player.touch("remove-page")
    assert kiosk.visits.documents.documents == {}


def test_papers_one_does_not_have_make_an_incomplete_deposit(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    at_papers(kiosk, player)
    player.touch("skip")
    player.touch("go")
    player.touch("change-documents")
    player.touch("go")
    player.touch("go")
    receipt = wait_paper(qtbot, kiosk, PaperState.OUT)
    assert receipt.deposit is not None
    assert receipt.deposit.promised.due_on is None
    assert receipt.deposit.missing


def test_a_plot_outside_the_commune_is_told_where_to_go(kiosk: Kiosk, player: Player) -> None:
    player.touch("request")
    player.touch("group-building")
    player.touch("service-building-permit")
    question = kiosk.visits.question
    assert question is not None
    stop = next(option for option in question.options if option.stop is not None)
    player.touch(f"option-{stop.id}")
    assert stop.stop is not None
    assert stop.stop.ar in words_on(kiosk.window)
    assert kiosk.window.current is not None
    assert not kiosk.window.current.ready


def test_back_and_start_over_lead_home(kiosk: Kiosk, player: Player) -> None:
    player.touch("request")
    player.touch("group-building")
    player.touch("service-building-permit")
    steps = []
    for button in ("back", "restart"):
        player.touch(button)
        steps.append(kiosk.visits.step)
    assert steps == [Step.CHOOSE, Step.WELCOME]


def test_the_language_changes_on_any_screen_and_keeps_what_was_written(kiosk: Kiosk, player: Player) -> None:
    at_papers(kiosk, player)
    player.touch("back")
    player.touch("language-fr")
    field = kiosk.window.findChild(QLineEdit, "name")
    assert field is not None
    assert field.text() == "س"
    assert kiosk.window.layoutDirection() is Qt.LayoutDirection.LeftToRight


def test_whoever_leaves_is_asked_then_forgotten(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    player.touch("language-en")
    player.touch("complaint")
    for _ in range(65):
        kiosk.window._tick()
    assert "Are you still there?" in words_on(kiosk.window)
    player.touch("still-here")
    assert "Are you still there?" not in words_on(kiosk.window)
    for _ in range(80):
        kiosk.window._tick()
    assert kiosk.visits.step is Step.WELCOME
    assert kiosk.window.theme.language is Language.ARABIC


def test_nothing_written_stays_after_the_visit(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    at_papers(kiosk, player)
    player.touch("scan")
    qtbot.waitUntil(lambda: len(kiosk.visits.documents.documents) == 1, timeout=30_000)
    assert kiosk.visits._filing.key is not None
    address = f"HTTP://LOCALHOST/T/{kiosk.visits._filing.key.result().token}"
    code = qr_modules(address)
    assert qr_modules(address) is code, "made once"
    player.touch("restart")
    qtbot.wait(50)  # deferred deletions
    assert qr_modules(address) is not code
    written = [field.text() for field in kiosk.window.findChildren(QLineEdit)]
    written += [field.toPlainText() for field in kiosk.window.findChildren(QPlainTextEdit)]
    assert not any(written)
    assert not kiosk.visits.documents.thumbnails
    vault = kiosk.visits._hall.scanning._vault._folder
    qtbot.waitUntil(lambda: not list(vault.iterdir()), timeout=30_000)
    assert QApplication.clipboard().text() == ""


def test_an_unknown_failure_wipes_the_visit_and_says_what_to_do(
    qtbot: QtBot, kiosk: Kiosk, player: Player, expected_logs: list[str]
) -> None:
    expected_logs.append("nobody foresaw")
    at_papers(kiosk, player)
    player.touch("language-fr")
    scanner_of(kiosk).insert(cast(bytes, "a text where only bytes belong"))
    player.touch("scan")
    qtbot.waitUntil(lambda: kiosk.visits.step is Step.TROUBLE, timeout=30_000)
    assert "Rien de ce que vous avez confirmé n'est perdu" in words_on(kiosk.visits.trouble)
    player.touch("go")
    assert kiosk.visits.step is Step.WELCOME
    assert kiosk.window.theme.language is Language.FRENCH, "the same person goes on"


def test_a_disk_that_cannot_wipe_is_said_at_each_try_until_it_can(
    qtbot: QtBot, kiosk: Kiosk, player: Player, settings: Settings
) -> None:
    player.touch("request")
    vault = settings.data / "vault"
    vault.rename(settings.data / "elsewhere")
    for touched in ("restart", "go"):
        player.touch(touched)
        qtbot.waitUntil(lambda: kiosk.visits.step is Step.TROUBLE, timeout=30_000)
        assert kiosk.visits.trouble.fault is StoreTrouble.BROKEN
    (settings.data / "elsewhere").rename(vault)
    player.touch("go")
    player.touch("request")
    assert kiosk.visits.step is Step.GROUPS


def test_people_hear_before_starting_that_no_paper_will_come(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    printer_of(kiosk).model.set_cover_open(True)
    player.touch("request")
    player.touch("restart")
    qtbot.waitUntil(lambda: not kiosk.visits.welcome.printer.can_print, timeout=30_000)


def test_the_window_cannot_be_closed_by_a_person(kiosk: Kiosk) -> None:
    event = QCloseEvent()
    kiosk.window.closeEvent(event)
    assert not event.isAccepted()
    QTest.keyClick(kiosk.window.glass, Qt.Key.Key_F4, Qt.KeyboardModifier.AltModifier)
    assert kiosk.window.isVisible()


def test_a_mouse_brings_no_menu_over_the_screen(kiosk: Kiosk, player: Player) -> None:
    for name in ("request", "group-family", "service-birth-extract"):
        player.touch(name)
    player.wait(lambda: kiosk.visits.step is Step.GUIDE or None, "the guide did not come")
    run_for(20)
    bar = next(each for each in kiosk.window.findChildren(QScrollBar) if each.isVisible())
    place = bar.mapTo(kiosk.window, bar.rect().center())
    for button in (Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton):
        QTest.mouseClick(kiosk.window.glass, button, Qt.KeyboardModifier.NoModifier, place)
        QTest.keyClick(kiosk.window.glass, Qt.Key.Key_Menu)
        assert QApplication.activePopupWidget() is None
