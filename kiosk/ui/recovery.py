"""After a power cut: the numbers whose paper may not have come out are printed again, or cancelled, one by one."""

from concurrent.futures import Executor

from PySide6.QtCore import QObject, Signal

from kiosk.devices.base import PrinterFault, PrinterState
from kiosk.services.ticketing import Ticketing
from kiosk.services.unfinished import Unfinished
from kiosk.store.database import StoreFault
from kiosk.ui.screens.trouble import TroubleScreen
from kiosk.ui.tasks import Tasks


class Recovery(QObject):
    """Works on the trouble screen, before anybody is welcomed."""

    changed = Signal()
    """One of them is settled: look again what is left."""
    refused = Signal(object)
    """The disk would not keep it: a StoreFault."""

    def __init__(
        self,
        screen: TroubleScreen,
        unfinished: Unfinished,
        ticketing: Ticketing,
        printer_thread: Executor,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._screen = screen
        self._unfinished = unfinished
        self._ticketing = ticketing
        self._thread = printer_thread
        self._tasks = tasks
        screen.print_wanted.connect(self._print)
        screen.void_wanted.connect(self._void)

    def show(self) -> bool:
        """Put what is left on the screen; False when nothing is."""
        left = self._unfinished.find()
        if left:
            self._screen.show_unfinished(left)
        return bool(left)

    def _print(self, ticket_id: str) -> None:
        """The paper says copy: one may be out already."""
        prepared = next(each for each in self._screen.unfinished if each.ticket_id == ticket_id)
        self._screen.show_busy()

        def failed(fault: PrinterFault | StoreFault) -> None:
            state = fault.state if isinstance(fault, PrinterFault) else PrinterState.UNKNOWN
            self._screen.show_unfinished(self._screen.unfinished, state)

        self._tasks.run(
            self._thread,
            lambda: self._ticketing.issue(ticket_id, self._ticketing.draw(prepared.receipt, copy=True)),
            lambda _none: self.changed.emit(),
            failed,
            (PrinterFault, StoreFault),
        )

    def _void(self, ticket_id: str) -> None:
        self._screen.show_busy()
        self._tasks.run(
            self._thread,
            lambda: self._ticketing.void(ticket_id),
            lambda _none: self.changed.emit(),
            self.refused.emit,
            (StoreFault,),
        )
