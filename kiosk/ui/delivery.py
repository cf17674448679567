"""Handing a number to its citizen: on paper, or noted from the screen; then the screen forgets it."""

from collections.abc import Callable
from concurrent.futures import Executor

from PySide6.QtCore import QObject, QTimer, Signal

from civic.ticket import HeldBy
from kiosk.devices.base import PrinterFault, PrinterState, Raster
from kiosk.services.intake import Prepared
from kiosk.services.ticketing import Ticketing
from kiosk.store.database import StoreFault
from kiosk.ui.screens.ticket import PaperState, TicketScreen
from kiosk.ui.tasks import Tasks

LINGER_S = 45
"""How long a finished ticket stays on the screen; whoever needs more asks for it."""


class Delivery(QObject):
    """One prepared ticket at a time. What the printer says arrives through `tasks`, whose owner may forget it."""

    held = Signal()
    """The printer confirmed the paper, or the person noted the number."""
    refused = Signal(object)
    """The disk would not keep that they did: a StoreFault."""
    over = Signal()
    """The person is done, or has left."""

    def __init__(self, screen: TicketScreen, ticketing: Ticketing, printer_thread: Executor, tasks: Tasks) -> None:
        super().__init__()
        self._screen = screen
        self._ticketing = ticketing
        self._thread = printer_thread
        self._tasks = tasks
        self._prepared: Prepared | None = None
        self._seconds = 0
        self._linger = QTimer(self, interval=1000)
        self._linger.timeout.connect(self._count_down)
        screen.noted.connect(self._note)
        screen.print_wanted.connect(self._print_again)
        screen.copy_wanted.connect(self._copy)
        screen.more_time_wanted.connect(lambda: self._linger_for(2 * LINGER_S))
        screen.went_on.connect(self.over)

    def begin(self, prepared: Prepared, paper: Raster) -> None:
        """It is kept: print it, then show it, for building a screen holds the first byte up."""
        self._prepared = prepared
        self._print(prepared, lambda: paper)
        self._screen.show_receipt(prepared.receipt)

    def forget(self) -> None:
        self._linger.stop()
        self._prepared = None

    def _print_again(self) -> None:
        """The first may have come out, whatever the printer said."""
        prepared = self._prepared
        if prepared is None:
            return
        self._linger.stop()
        self._screen.show_paper(PaperState.COMING)
        self._print(prepared, lambda: self._ticketing.draw(prepared.receipt, copy=True))

    def _print(self, prepared: Prepared, draw: Callable[[], Raster]) -> None:
        def failed(fault: PrinterFault | StoreFault) -> None:
            state = fault.state if isinstance(fault, PrinterFault) else PrinterState.UNKNOWN
            self._linger_for(4 * LINGER_S)
            self._screen.show_paper(PaperState.FAILED, state)

        self._tasks.run(
            self._thread,
            lambda: self._ticketing.issue(prepared.ticket_id, draw()),
            lambda _none: self._now_held(PaperState.OUT),
            failed,
            (PrinterFault, StoreFault),
        )

    def _note(self) -> None:
        """Held by screen: the person says they noted the number."""
        prepared = self._prepared
        if prepared is None:
            return
        self._tasks.run(
            self._thread,
            lambda: self._ticketing.hold(prepared.ticket_id, HeldBy.SCREEN),
            lambda _none: self._now_held(PaperState.NOTED),
            self.refused.emit,
            (StoreFault,),
        )

    def _now_held(self, paper: PaperState) -> None:
        self.held.emit()
        self._linger_for(LINGER_S)
        self._screen.show_paper(paper)

    def _copy(self) -> None:
        prepared = self._prepared
        if prepared is None:
            return
        self._linger.stop()
        self._screen.show_paper(PaperState.COMING)

        def done(_none: object) -> None:
            self._linger_for(LINGER_S)
            self._screen.show_paper(PaperState.OUT)

        self._tasks.run(self._thread, lambda: self._ticketing.copy(prepared.receipt), done, done, (PrinterFault,))

    def _linger_for(self, seconds: int) -> None:
        """Not at a counter: there the agent says when the next person comes."""
        if self._screen.theme.at_counter:
            return
        self._seconds = seconds * self._screen.theme.comfort.patience
        self._screen.show_seconds(self._seconds)
        self._linger.start()

    def _count_down(self) -> None:
        self._seconds -= 1
        self._screen.show_seconds(self._seconds)
        if self._seconds <= 0:
            self.over.emit()
