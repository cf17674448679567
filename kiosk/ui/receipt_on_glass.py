"""A receipt laid on the scanner, where no reader sees its square code."""

from collections.abc import Callable
from concurrent.futures import Executor
from threading import Event

from PySide6.QtCore import QObject, Signal

from kiosk.devices.base import Reading, ScannerFault, ScannerState, Watch
from kiosk.services.scanning import Glimpse, Scanning
from kiosk.ui.screens.receipt import OnGlass, ReceiptScreen
from kiosk.ui.tasks import Tasks


class ReceiptOnGlass(QObject):
    """One look at a time; nothing of the page is kept. `forget` stops the lamp."""

    read = Signal(object)
    """A Reading, as if a code reader had seen it."""
    failed = Signal(object)
    """No page came: the ScannerState that says why."""
    _moved = Signal(int, float)

    def __init__(
        self,
        screen: ReceiptScreen,
        scanning: Scanning,
        scanner_thread: Executor,
        tasks: Tasks,
        is_ours: Callable[[str], bool],
    ) -> None:
        """`is_ours` says of a code whether it opens a file: a paper may carry others beside it."""
        super().__init__()
        self._screen = screen
        self._scanning = scanning
        self._thread = scanner_thread
        self._tasks = tasks
        self._is_ours = is_ours
        self._stop = Event()
        screen.glass_wanted.connect(self._look)
        self._moved.connect(self._show_share)

    def forget(self) -> None:
        self._stop.set()

    def _look(self) -> None:
        stop = Event()
        self._stop = stop
        watch = Watch(moved=self._moved.emit, unwanted=stop.is_set)
        self._screen.show_reading()
        self._tasks.run(self._thread, lambda: self._scanning.look(watch), self._seen, self._missed, (ScannerFault,))

    def _show_share(self, _sheet: int, share: float) -> None:
        self._screen.show_share(share)

    def _seen(self, glimpse: Glimpse) -> None:
        ours = (code for code in glimpse.codes if self._is_ours(code))
        code = next(ours, next(iter(glimpse.codes), ""))
        self._screen.show_unread(None if code else OnGlass.NO_CODE)
        if code:
            self.read.emit(Reading(code))

    def _missed(self, fault: ScannerFault) -> None:
        self._screen.show_unread(fault.state)
        if fault.state is not ScannerState.STOPPED:
            self.failed.emit(fault.state)
