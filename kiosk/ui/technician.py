"""The technician's visit: from a long touch of the crest to the tests and back, while nobody else is served."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from civic.kiosk_part import Part
from kiosk.devices.base import PrinterFault, PrinterState, Reading, ScannerFault, ScannerState
from kiosk.devices.fault_list import Fault, FaultList
from kiosk.services.health import Finding
from kiosk.services.pin_lock import PinLock
from kiosk.services.receipt import Office
from kiosk.services.roll_change import RollChange, RollStep
from kiosk.services.scanning import Glimpse, look_at
from kiosk.services.strip import Strip, new_strip
from kiosk.ui.checkup import Checkup, Ward
from kiosk.ui.morning import Morning
from kiosk.ui.screens.technician import Note, Page, TechnicianScreen
from kiosk.ui.strip_face import draw_strip
from kiosk.ui.tasks import Tasks
from kiosk.ui.window import Window
from sync.messages import Verdict

_LOOK_MS = 2000
_SCANNER_LOOKS = 5
"""A scanner is opened to be asked: every tenth second is enough."""
_SCANNER_FAULTS = (ScannerState.JAMMED, ScannerState.COVER_OPEN, ScannerState.OFFLINE)


@dataclass(frozen=True, slots=True)
class Bench:
    """What the technician works with. `faults`: the printer's, which its thread writes, and the scanner's."""

    ward: Ward
    office: Office
    lock: PinLock
    faults: tuple[FaultList, FaultList]
    local_now: Callable[[], datetime]


class Technician(QObject):
    """Owns the screen while it is shown. Everything is forgotten when it is left, or when nobody touches it."""

    read = Signal(object)
    """A Reading of the code reader, from whatever thread."""
    passed_on = Signal(object)
    """A Reading that is not for the technician."""
    left = Signal()
    """The technician is done."""

    def __init__(self, window: Window, bench: Bench, morning: Morning, may_come: Callable[[], bool]) -> None:
        """`may_come`: whether nobody is being served."""
        super().__init__()
        self._window = window
        self._bench = bench
        self._morning = morning
        self._may_come = may_come
        self._tasks = Tasks()
        self._checkup = Checkup(bench.ward)
        self._roll = RollChange()
        self._strip: Strip | None = None
        self._looks = 0
        self._came = False
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self.screen = TechnicianScreen(window.theme, window.translator)
        window.add(self.screen)
        self._connect()

    def _connect(self) -> None:
        screen = self.screen
        screen.pin_entered.connect(self._try)
        screen.strip_wanted.connect(self._print)
        screen.scan_wanted.connect(self._scan)
        screen.centre_wanted.connect(self._ask_centre)
        screen.roll_wanted.connect(self._change_roll)
        screen.roll_changed.connect(lambda: self._show_step(RollStep.READY))
        screen.went_on.connect(self._leave)
        screen.hidden.connect(self._forget)
        self._window.left_alone.connect(self._leave)
        self._checkup.found.connect(self._show)
        self.read.connect(self._hear, Qt.ConnectionType.QueuedConnection)

    def come(self) -> None:
        """Somebody touched the crest for as long as nobody does by chance."""
        if self._bench.lock.exists and self._may_come():
            self.screen.show_page(Page.PAUSED if self._bench.lock.paused else Page.LOCKED)
            self._window.show_screen(self.screen)
            self._came = True

    def _leave(self) -> None:
        """Back to the welcome, or to what a power cut left to settle; also when nobody touches the screen any more."""
        if self._came:
            self._came = False
            self.left.emit()

    def close(self) -> None:
        """The kiosk is being switched off."""
        self.screen.hidden.disconnect(self._forget)
        self._stop()

    def _try(self, pin: str) -> None:
        lock = self._bench.lock
        if lock.opens_with(pin):
            self._come_in()
        else:
            self.screen.show_page(Page.PAUSED if lock.paused else Page.LOCKED, Note.WRONG_PIN)

    def _come_in(self) -> None:
        at, found = self._morning.at, self._morning.found
        if at is not None:
            self.screen.morning = at, all(each.verdict is not Verdict.BAD for each in found)
        self.screen.show_page(Page.BENCH)
        self._checkup.look_at_everything()
        self._timer.start()

    def _look(self) -> None:
        self._looks += 1
        self._checkup.look_at_printer()
        if self._looks % _SCANNER_LOOKS == 0 and self.screen.page is Page.BENCH:
            self._checkup.look_at_scanner()

    def _ask_centre(self) -> None:
        self._checkup.look_at_centre()

    def _show(self, findings: tuple[Finding, ...]) -> None:
        for finding in findings:
            if isinstance(finding.condition, PrinterState):
                self._see_printer(finding.condition)
            elif isinstance(finding.condition, ScannerState):
                self._see_scanner(finding)
        self.screen.show_findings(findings, self._faults())

    def note_scanner(self, state: ScannerState) -> None:
        """How a scan failed. That no paper lay there, or that a person stopped it, is no fault of the scanner."""
        if state in _SCANNER_FAULTS:
            self._bench.faults[1].note(state)

    def _see_printer(self, state: PrinterState) -> None:
        """Whoever changes a roll touches the printer, not the screen: what the printer feels is a touch."""
        if self.screen.page is Page.ROLL and self._roll.see(state):
            self._window.touched()
            self._show_step(self._roll.step)

    def _see_scanner(self, finding: Finding) -> None:
        if finding.verdict is Verdict.BAD and isinstance(finding.condition, ScannerState):
            self.note_scanner(finding.condition)
        elif finding.verdict is Verdict.GOOD:
            self._bench.faults[1].mended()

    def _change_roll(self) -> None:
        self._roll = RollChange()
        self.screen.step = self._roll.step
        self.screen.show_page(Page.ROLL)
        self._checkup.look_at_printer()

    def _show_step(self, step: RollStep) -> None:
        self.screen.show_step(step)
        if step is RollStep.READY:
            ward = self._bench.ward
            self._tasks.run(
                ward.threads.printer, ward.health.roll.change, lambda _none: self._checkup.look_at_printer(), _never, ()
            )

    def _print(self) -> None:
        bench, printer = self._bench, self._bench.ward.health.printer
        strip = new_strip(bench.office.kiosk, bench.local_now())
        self.screen.show_note(Note.WORKING)

        def out(_nothing: None) -> None:
            self._strip = strip
            self.screen.show_note(Note.STRIP_OUT)

        self._tasks.run(
            bench.ward.threads.printer,
            lambda: printer.print(draw_strip(strip, bench.office, printer.width_px)),
            out,
            lambda fault: self.screen.show_note(Finding(Part.PRINTER, fault.state)),
            (PrinterFault,),
        )

    def _scan(self) -> None:
        scanner = self._bench.ward.health.scanner
        self.screen.show_note(Note.WORKING)

        def seen(page: Glimpse) -> None:
            self._window.touched()
            read = self._strip is not None and self._strip.is_among(page.codes)
            self.screen.show_note(Note.STRIP_READ if read else Note.PAGE_SEEN, page.thumbnail)

        self._tasks.run(
            self._bench.ward.threads.scanner,
            lambda: look_at(scanner.scan()),
            seen,
            lambda fault: self.screen.show_note(Finding(Part.SCANNER, fault.state)),
            (ScannerFault,),
        )

    def _hear(self, reading: Reading) -> None:
        if self._strip is not None and self._strip.is_among((reading.text,)):
            self._window.touched()
            self.screen.show_note(Note.STRIP_READ)
        else:
            self.passed_on.emit(reading)

    def _faults(self) -> tuple[Fault, ...]:
        """Of all devices, oldest first, as the clock of the hall shows it."""
        zone = self._bench.local_now().tzinfo
        all_of_them = (fault for each in self._bench.faults for fault in each.faults)
        local = (replace(fault, at=fault.at.astimezone(zone)) for fault in all_of_them)
        return tuple(sorted(local, key=lambda fault: fault.at))

    def _forget(self) -> None:
        self._stop()
        self._strip = None
        self.screen.clear()

    def _stop(self) -> None:
        self._timer.stop()
        self._tasks.forget()
        self._checkup.forget()


def _never(_fault: object) -> None:
    """What never fails has nothing to say."""
