"""Takes the question why a file is late, once, and gives the paper that proves it was asked."""

from concurrent.futures import Executor

from PySide6.QtCore import QObject, Signal

from kiosk.devices.base import PrinterFault, PrinterState
from kiosk.services.reminders import Reminder, Reminders
from kiosk.store.database import StoreFault
from kiosk.ui.screens.follow import FollowScreen
from kiosk.ui.screens.ticket import PaperState
from kiosk.ui.tasks import Tasks
from sync.messages import Whereabouts


class Reminding(QObject):
    """The question is asked once it is kept; a paper that does not come out takes nothing back."""

    asked = Signal()
    refused = Signal(object)
    """The disk would not keep it: a StoreFault."""

    def __init__(
        self,
        screen: FollowScreen,
        reminders: Reminders,
        store_thread: Executor,
        printer_thread: Executor,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._screen = screen
        self._reminders = reminders
        self._store_thread = store_thread
        self._printer_thread = printer_thread
        self._tasks = tasks
        self._asking = False
        screen.reason_wanted.connect(self._ask)
        screen.reminder_wanted.connect(lambda reminder: self._print(reminder, copy=True))

    def forget(self) -> None:
        self._asking = False

    def _ask(self, found: Whereabouts) -> None:
        if self._asking:
            return
        self._asking = True

        def kept(reminder: Reminder) -> None:
            self._asking = False
            self.asked.emit()
            self._print(reminder, copy=reminder.again)

        self._tasks.run(self._store_thread, lambda: self._reminders.ask(found), kept, self.refused.emit, (StoreFault,))

    def _print(self, reminder: Reminder, *, copy: bool) -> None:
        language = self._screen.theme.language
        self._screen.show_reminder(reminder, PaperState.COMING, PrinterState.READY)

        def done(_none: object) -> None:
            self._screen.show_reminder(reminder, PaperState.OUT, PrinterState.READY)

        def failed(fault: PrinterFault) -> None:
            self._screen.show_reminder(reminder, PaperState.FAILED, fault.state)

        self._tasks.run(
            self._printer_thread,
            lambda: self._reminders.print(reminder, language, copy=copy),
            done,
            failed,
            (PrinterFault,),
        )
