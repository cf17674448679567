"""Each morning the kiosk tries itself: the technician's log and the centre are told, and no citizen notices."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from civic.kiosk_part import Part
from kiosk.app import Kiosk
from kiosk.devices.base import PrinterState, ScannerState
from kiosk.devices.printer_model import Roll
from kiosk.devices.simulated import SimulatedPrinter
from kiosk.services.health import Condition, Finding
from kiosk.ui.morning import Morning
from sync.messages import KioskChecked, Told, Verdict
from tests.kiosk.ui.disk import Disk


class Clock:
    """The clock of the hall, set by hand."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock(kiosk: Kiosk) -> Clock:
    return Clock(kiosk.technician._bench.local_now().replace(hour=6, minute=59))


@pytest.fixture
def morning(kiosk: Kiosk, clock: Clock) -> Iterator[Morning]:
    """That of this kiosk, by our clock."""
    kiosk.morning._local_now = clock
    kiosk.morning._last = None
    assert isinstance(kiosk.printer, SimulatedPrinter)
    kiosk.printer.model.set_roll(Roll.OUT)
    yield kiosk.morning
    kiosk.morning.close()


def dawn(qtbot: QtBot, morning: Morning, clock: Clock) -> None:
    """It strikes seven; everything is looked at."""
    clock.now = clock.now.replace(hour=7, minute=0)
    morning.look_at_clock()
    qtbot.waitUntil(lambda: morning.at == clock.now, timeout=30_000)


def told(kiosk: Kiosk) -> list[KioskChecked]:
    return [each.fact for each in kiosk.outbox.waiting_events(99) if isinstance(each.fact, KioskChecked)]


def test_the_kiosk_tries_itself_once_each_morning(
    qtbot: QtBot, morning: Morning, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    morning.look_at_clock()
    dawn(qtbot, morning, clock)
    said = [record.getMessage() for record in caplog.records if "morning" in record.getMessage()]
    assert any("put in a new roll" in each for each in said)
    assert any("network cable" in each for each in said)
    morning.look_at_clock()
    assert morning._checkup._asked == set()


def test_what_the_morning_found_waits_to_be_told_to_the_centre(
    qtbot: QtBot, kiosk: Kiosk, morning: Morning, clock: Clock
) -> None:
    with qtbot.waitSignal(morning.kept, timeout=30_000):
        dawn(qtbot, morning, clock)
    [report] = told(kiosk)
    assert report.checked_at == clock.now
    assert report.parts[Part.PRINTER] == Told(Verdict.BAD, PrinterState.PAPER_OUT.value)
    assert report.parts[Part.CENTRE] == Told(Verdict.BAD, "unreachable")
    assert report.parts[Part.SCANNER].verdict is report.parts[Part.DISK].verdict is Verdict.GOOD
    assert report.papers_left == kiosk.technician._bench.ward.health.roll.papers_left
    assert Part.READER not in report.parts, "this kiosk has none"


def test_a_disk_that_keeps_no_report_disturbs_nobody_and_the_next_morning_is_told(
    qtbot: QtBot,
    kiosk: Kiosk,
    morning: Morning,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
    expected_logs: list[str],
) -> None:
    expected_logs.append("the centre cannot be told of the morning's test: the store is broken")
    disk = Disk(kiosk, "store")
    disk.worn = True
    dawn(qtbot, morning, clock)
    qtbot.waitUntil(lambda: expected_logs[0] in caplog.text, timeout=30_000)
    assert kiosk.visits.welcome.isVisible()
    disk.worn = False
    assert told(kiosk) == []
    clock.now += timedelta(days=1)
    with qtbot.waitSignal(morning.kept, timeout=30_000):
        dawn(qtbot, morning, clock)
    assert [each.checked_at for each in told(kiosk)] == [clock.now]


def test_a_test_that_breaks_off_is_told_and_the_next_morning_tries_everything(
    qtbot: QtBot, kiosk: Kiosk, morning: Morning, clock: Clock, expected_logs: list[str]
) -> None:
    expected_logs.append("failed in a way nobody foresaw")
    with pytest.MonkeyPatch.context() as bug:
        bug.setattr(kiosk.scanner, "state", unforeseen)
        dawn(qtbot, morning, clock)
    assert Finding(Part.PROGRAM, Condition.FAILED) in morning.found
    clock.now += timedelta(days=1)
    dawn(qtbot, morning, clock)
    assert {Part.PRINTER, Part.SCANNER, Part.CENTRE} <= {each.part for each in morning.found}
    assert Part.PROGRAM not in {each.part for each in morning.found}


def unforeseen() -> ScannerState:
    raise RuntimeError
