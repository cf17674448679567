"""Leads whoever gave papers before, by the receipt of that file, to those that need not be scanned again."""

from collections.abc import Callable
from concurrent.futures import Executor

from PySide6.QtCore import QObject

from civic.reference import Reference
from kiosk.devices.base import Reading
from kiosk.flow import Flow
from kiosk.services.earlier import Earlier, Offered
from kiosk.ui.screens.earlier import EarlierScreen
from kiosk.ui.tasks import Tasks
from kiosk.ui.window import Window
from sync.messages import ByToken, Inquiry, Unopened


class Recalling(QObject):
    """Hears the reader while its screen is in front. What the centre answers arrives through `tasks`."""

    def __init__(
        self,
        window: Window,
        flow: Flow,
        screen: EarlierScreen,
        earlier: Earlier,
        line_thread: Executor,
        tasks: Tasks,
        recognise: Callable[[str], ByToken | Reference | None],
    ) -> None:
        super().__init__()
        self._window = window
        self._flow = flow
        self._screen = screen
        self._earlier = earlier
        self._thread = line_thread
        self._tasks = tasks
        self._recognise = recognise
        screen.inquired.connect(self._ask)

    def hear(self, reading: Reading) -> None:
        self._window.touched()
        _, shown = self._window.translator, self._recognise(reading.text)
        if isinstance(shown, ByToken):
            self._ask(shown)
        elif shown is not None:
            self._screen.show_form(shown)
        else:
            self._window.tell(_("This code is not from this town hall. Show the square code of your receipt."))

    def _ask(self, inquiry: Inquiry) -> None:
        draft = self._flow.draft
        self._screen.show_asking()
        self._tasks.run(self._thread, lambda: self._earlier.ask(inquiry, draft), self._answered, self._answered, ())

    def _answered(self, offered: Offered) -> None:
        self._window.touched()
        if isinstance(offered, Unopened):
            self._screen.show_unopened(offered)
        else:
            self._screen.show_offers(offered)
