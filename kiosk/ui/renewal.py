"""Taking up the town's new cards: between two people, while nobody stands before the kiosk."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.ui.screens.sign_in import SignInScreen
from kiosk.ui.visit import Visits
from kiosk.ui.window import Window

_LOOK_MS = 200


class Renewal(QObject):
    """The kiosk is opened anew then, within a second; what it was told, and has to tell, stays on its disk."""

    wanted = Signal()

    def __init__(self, window: Window, visits: Visits, ready: Callable[[], bool]) -> None:
        """`ready`: newer cards are here, and nothing is being sent that would keep the kiosk from closing."""
        super().__init__()
        self._window = window
        self._visits = visits
        self._ready = ready
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        if self._nobody_there and self._ready():
            self.wanted.emit()

    def close(self) -> None:
        self._timer.stop()

    @property
    def _nobody_there(self) -> bool:
        """Neither a citizen nor, at the door of a counter, an agent who types; nor a technician."""
        at_rest = self._window.current is self._visits.welcome or isinstance(self._window.current, SignInScreen)
        return at_rest and not self._visits.serving and not self._visits.called and self._window.left
