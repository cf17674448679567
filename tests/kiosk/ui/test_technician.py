"""A technician alone with a dead printer: comes in, sees what is wrong, mends it and proves it, by touch."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from civic.kiosk_part import Part
from kiosk.app import Kiosk, application, open_kiosk
from kiosk.devices.base import PrinterState, ScannerState
from kiosk.devices.printer_model import Roll
from kiosk.devices.simulated import SimulatedPrinter, SimulatedReader, SimulatedScanner
from kiosk.flow import Step
from kiosk.services.health import Condition
from kiosk.services.roll_change import RollStep
from kiosk.settings import ReaderKind, ReaderSettings, Settings, TechnicianSettings
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.player import Player
from kiosk.ui.screens.technician import Note, Page, TechnicianScreen
from kiosk.ui.screens.ticket import PaperState

PIN = "271828"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    reader = ReaderSettings(ReaderKind.SIMULATED)
    return replace(settings, technician=TechnicianSettings(PIN), reader=reader)


@pytest.fixture
def screen(kiosk: Kiosk) -> TechnicianScreen:
    return kiosk.technician.screen


def crest_of(qtbot: QtBot, kiosk: Kiosk) -> QWidget:
    def seen() -> list[QWidget]:
        return [each for each in kiosk.window.findChildren(QWidget, "crest") if each.isVisible()]

    qtbot.waitUntil(lambda: len(seen()) == 1, timeout=30_000)
    return seen()[0]


def hold_crest(qtbot: QtBot, kiosk: Kiosk) -> None:
    """A finger stays on the crest; once something comes of it, it is taken away."""
    crest = crest_of(qtbot, kiosk)
    with qtbot.waitSignal(kiosk.window.crest_held, timeout=30_000):
        QTest.mousePress(crest, Qt.MouseButton.LeftButton)


def type_pin(player: Player, pin: str) -> None:
    for digit in pin:
        player.touch(f"pin-{digit}")
    player.touch("pin-enter")


@pytest.fixture
def inside(qtbot: QtBot, kiosk: Kiosk, player: Player, screen: TechnicianScreen) -> TechnicianScreen:
    """The technician has come in and everything has answered once."""
    hold_crest(qtbot, kiosk)
    type_pin(player, PIN)
    seen = {Part.PRINTER, Part.PAPER, Part.SCANNER, Part.READER, Part.CENTRE, Part.OUTBOX, Part.DISK, Part.MEMORY}
    qtbot.waitUntil(lambda: seen <= set(screen.findings), timeout=30_000)
    return screen


def model_of(kiosk: Kiosk) -> SimulatedPrinter:
    assert isinstance(kiosk.printer, SimulatedPrinter)
    return kiosk.printer


def wait_step(qtbot: QtBot, screen: TechnicianScreen, step: RollStep) -> None:
    qtbot.waitUntil(lambda: screen.step is step, timeout=30_000)


def words_on(widget: QWidget) -> str:
    return "\n".join(each.text for each in widget.findChildren(Paragraph) if each.isVisible())


def lay_paper(kiosk: Kiosk) -> None:
    """What came out of the printer last is laid on the glass."""
    assert isinstance(kiosk.scanner, SimulatedScanner)
    paper = io.BytesIO()
    model_of(kiosk).model.papers[-1].save(paper, "PNG")
    kiosk.scanner.insert(paper.getvalue())


def test_a_short_touch_of_the_crest_opens_nothing(qtbot: QtBot, kiosk: Kiosk, screen: TechnicianScreen) -> None:
    crest = crest_of(qtbot, kiosk)
    held = []
    kiosk.window.crest_held.connect(lambda: held.append(True))
    QTest.mousePress(crest, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(crest, Qt.MouseButton.LeftButton)
    hold_crest(qtbot, kiosk)
    assert held == [True]
    assert screen.isVisible()


def test_nobody_is_interrupted_in_the_middle_of_a_visit(
    qtbot: QtBot, kiosk: Kiosk, player: Player, screen: TechnicianScreen
) -> None:
    player.touch("request")
    hold_crest(qtbot, kiosk)
    assert not screen.isVisible()
    assert kiosk.visits.step is Step.GROUPS


def test_a_kiosk_without_a_pin_has_no_such_screen(qtbot: QtBot, settings: Settings) -> None:
    application()
    kiosk = open_kiosk(replace(settings, technician=TechnicianSettings()), 540, 960)
    try:
        kiosk.window.show()
        qtbot.waitExposed(kiosk.window)
        hold_crest(qtbot, kiosk)
        assert kiosk.visits.welcome.isVisible()
    finally:
        kiosk.close()


def test_whoever_guesses_waits_though_the_right_pin_comes_at_last(
    qtbot: QtBot, kiosk: Kiosk, player: Player, screen: TechnicianScreen
) -> None:
    hold_crest(qtbot, kiosk)
    for _nth in range(5):
        assert screen.page is Page.LOCKED
        type_pin(player, "000000")
    assert screen.page is Page.PAUSED
    player.touch("go")
    hold_crest(qtbot, kiosk)
    assert screen.page is Page.PAUSED
    assert screen.findings == {}


def test_a_printer_without_paper_is_seen_while_the_technician_looks(
    qtbot: QtBot, kiosk: Kiosk, inside: TechnicianScreen
) -> None:
    assert inside.findings[Part.PRINTER].condition is PrinterState.READY
    model_of(kiosk).model.set_roll(Roll.OUT)
    qtbot.waitUntil(lambda: inside.findings[Part.PRINTER].condition is PrinterState.PAPER_OUT, timeout=30_000)
    assert "ضعوا لفافة جديدة" in words_on(inside)
    assert [fault.state for fault in inside.faults] == [PrinterState.PAPER_OUT]
    assert inside.findings[Part.CENTRE].condition is Condition.UNREACHABLE


def test_a_strip_scanned_back_proves_printer_paper_and_scanner(
    qtbot: QtBot, kiosk: Kiosk, player: Player, inside: TechnicianScreen
) -> None:
    player.touch("scan-page")
    qtbot.waitUntil(lambda: inside.note is Note.PAGE_SEEN, timeout=30_000)
    player.touch("print-strip")
    qtbot.waitUntil(lambda: inside.note is Note.STRIP_OUT, timeout=30_000)
    lay_paper(kiosk)
    player.touch("scan-page")
    qtbot.waitUntil(lambda: inside.note is Note.STRIP_READ, timeout=30_000)
    assert inside.thumbnail


def test_a_strip_in_front_of_the_reader_proves_the_reader_and_troubles_nobody(
    qtbot: QtBot, kiosk: Kiosk, player: Player, inside: TechnicianScreen
) -> None:
    assert isinstance(kiosk.reader, SimulatedReader)
    passed_on: list[object] = []
    kiosk.technician.passed_on.connect(passed_on.append)
    player.touch("print-strip")
    qtbot.waitUntil(lambda: inside.note is Note.STRIP_OUT, timeout=30_000)
    strip = kiosk.technician._strip
    assert strip is not None
    kiosk.reader.show(strip.code)
    qtbot.waitUntil(lambda: inside.note is Note.STRIP_READ, timeout=30_000)
    assert passed_on == []
    kiosk.reader.show("something else")
    qtbot.waitUntil(lambda: len(passed_on) == 1, timeout=30_000)


def test_a_strip_that_does_not_come_out_says_why(
    qtbot: QtBot, kiosk: Kiosk, player: Player, inside: TechnicianScreen
) -> None:
    model_of(kiosk).model.set_cover_open(True)
    player.touch("print-strip")
    qtbot.waitUntil(lambda: inside.note not in (Note.NOTHING, Note.WORKING), timeout=30_000)
    assert "اضغطوا عليه حتى تسمعوا نقرة" in words_on(inside)


def test_a_new_roll_goes_in_step_by_step_as_the_printer_feels_it(
    qtbot: QtBot, kiosk: Kiosk, player: Player, inside: TechnicianScreen
) -> None:
    model, roll = model_of(kiosk).model, kiosk.technician._bench.ward.health.roll
    roll.spend(79_000)
    model.set_roll(Roll.OUT)
    player.touch("change-roll")
    for is_open, step in ((True, RollStep.LOAD), (False, RollStep.PAPER), (True, RollStep.LOAD)):
        model.set_cover_open(is_open)
        wait_step(qtbot, inside, step)
    model.set_roll(Roll.FULL)
    model.set_cover_open(False)
    wait_step(qtbot, inside, RollStep.READY)
    qtbot.waitUntil(lambda: roll.papers_left == 380, timeout=30_000)
    player.touch("go")
    assert inside.page is Page.BENCH
    qtbot.waitUntil(lambda: inside.findings[Part.PAPER].amount == 380, timeout=30_000)


def test_a_roll_is_counted_anew_also_where_the_printer_does_not_feel_its_cover(
    qtbot: QtBot, kiosk: Kiosk, player: Player, inside: TechnicianScreen
) -> None:
    roll = kiosk.technician._bench.ward.health.roll
    roll.spend(40_000)
    player.touch("change-roll")
    player.touch("roll-changed")
    qtbot.waitUntil(lambda: roll.papers_left == 380, timeout=30_000)
    assert inside.step is RollStep.READY


def test_each_paper_of_a_citizen_is_counted(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    player.play(kiosk.visits.catalog["signature-legalisation"], kiosk.window.theme.language)
    player.confirm()
    qtbot.waitUntil(lambda: kiosk.visits.ticket.paper is PaperState.OUT, timeout=30_000)
    assert kiosk.technician._bench.ward.health.roll.used.papers == 1


def test_a_scan_that_failed_for_a_citizen_is_remembered_without_the_citizen(
    qtbot: QtBot, kiosk: Kiosk, player: Player, screen: TechnicianScreen
) -> None:
    kiosk.visits.scanner_failed.emit(ScannerState.JAMMED)
    hold_crest(qtbot, kiosk)
    type_pin(player, PIN)
    qtbot.waitUntil(lambda: len(screen.faults) == 1, timeout=30_000)
    assert screen.faults[0].state is ScannerState.JAMMED
    assert screen.faults[0].at.tzinfo == kiosk.technician._bench.local_now().tzinfo


def test_whoever_leaves_locks_the_door_behind_them(
    qtbot: QtBot, kiosk: Kiosk, player: Player, inside: TechnicianScreen
) -> None:
    player.touch("go")
    assert kiosk.visits.welcome.isVisible()
    hold_crest(qtbot, kiosk)
    assert inside.page is Page.LOCKED
    assert inside.findings == {}


def test_a_screen_nobody_touches_closes_by_itself(kiosk: Kiosk, inside: TechnicianScreen) -> None:
    kiosk.window.left_alone.emit()
    assert kiosk.visits.welcome.isVisible()
    assert (inside.page, inside.findings, kiosk.technician._timer.isActive()) == (Page.LOCKED, {}, False)


@pytest.fixture
def after_power_cut(qtbot: QtBot, kiosk: Kiosk, player: Player, settings: Settings) -> Iterator[Kiosk]:
    """A number whose paper never came waits to be settled."""
    model_of(kiosk).model.set_power(False)
    player.play(kiosk.visits.catalog["signature-legalisation"], kiosk.window.theme.language)
    player.confirm()
    qtbot.waitUntil(lambda: kiosk.visits.ticket.paper is PaperState.FAILED, timeout=30_000)
    again = open_kiosk(settings, 540, 960)
    again.window.show()
    qtbot.waitExposed(again.window)
    yield again
    again.close()


@pytest.mark.parametrize("leaves", ["by touch", "alone"])
def test_what_a_power_cut_left_is_still_there_when_the_printer_was_looked_at(
    qtbot: QtBot, after_power_cut: Kiosk, settings: Settings, leaves: str
) -> None:
    hold_crest(qtbot, after_power_cut)
    assert after_power_cut.technician.screen.isVisible()
    if leaves == "alone":
        after_power_cut.window.left_alone.emit()
    else:
        Player(after_power_cut.window, after_power_cut.visits, settings.data).touch("go")
    assert after_power_cut.visits.trouble.isVisible()
    assert len(after_power_cut.visits.trouble.unfinished) == 1


def test_the_technician_reads_how_the_morning_was(
    qtbot: QtBot, kiosk: Kiosk, player: Player, screen: TechnicianScreen
) -> None:
    kiosk.morning._check_at = time(0)
    kiosk.morning.look_at_clock()
    qtbot.waitUntil(lambda: kiosk.morning.at is not None, timeout=30_000)
    hold_crest(qtbot, kiosk)
    type_pin(player, PIN)
    assert "ليس كل شيء على ما يرام" in words_on(screen)
