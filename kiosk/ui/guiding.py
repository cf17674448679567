"""Gives a person the list of what a service needs, on paper, before anything is promised."""

from concurrent.futures import Executor

from PySide6.QtCore import QObject

from civic.dossier import Draft
from kiosk.devices.base import PrinterFault
from kiosk.services.guide import Guidance
from kiosk.ui.faults import printer_sentence
from kiosk.ui.screens.guide import GuideScreen
from kiosk.ui.tasks import Tasks
from kiosk.ui.window import Window


class Guiding(QObject):
    """A list that does not come out is no loss: it stays on the screen, and goes on a phone."""

    def __init__(
        self, window: Window, screen: GuideScreen, guidance: Guidance, printer_thread: Executor, tasks: Tasks
    ) -> None:
        super().__init__()
        self._window = window
        self._screen = screen
        self._guidance = guidance
        self._thread = printer_thread
        self._tasks = tasks
        screen.print_wanted.connect(self._print)

    def show(self, draft: Draft) -> GuideScreen:
        self._screen.show_guide(self._guidance.guide(draft))
        return self._screen

    def _print(self) -> None:
        guide, language = self._screen.guide, self._window.theme.language
        if guide is None:
            return
        self._screen.show_printing(True)

        def done(_none: object) -> None:
            self._screen.show_printing(False)
            _ = self._window.translator
            self._window.tell(_("Your list is printed: take it below."), "printer")

        def failed(fault: PrinterFault) -> None:
            self._screen.show_printing(False)
            _ = self._window.translator
            self._window.tell(printer_sentence(fault.state, _) + " " + _("Take the list on your phone instead."))

        self._tasks.run(self._thread, lambda: self._guidance.print(guide, language), done, failed, (PrinterFault,))
