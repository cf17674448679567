"""Reading a request to who cannot read or sign, before a witness: two screens between the review and the paper."""

from PySide6.QtCore import QObject, Signal

from kiosk.flow import Flow, Step
from kiosk.services.receipt import Promised
from kiosk.ui.screens.base import Screen
from kiosk.ui.screens.declaration import DeclarationScreen
from kiosk.ui.screens.witnesses import WitnessesScreen
from kiosk.ui.window import Window


class Witnessing(QObject):
    """Only at a counter, where an agent reads."""

    moved = Signal()
    """The flow leads elsewhere now."""
    attested = Signal(object)
    """Who heard it: a tuple of Witness. The citizen agreed, and it can be filed."""

    def __init__(self, window: Window, flow: Flow) -> None:
        super().__init__()
        self._window = window
        self._flow = flow
        self._declaration = DeclarationScreen(window.theme, window.translator)
        self._witnesses = WitnessesScreen(window.theme, window.translator)
        self._declaration.went_on.connect(self._attest)
        self._declaration.voice_wanted.connect(window.turn_voice)
        self._witnesses.given.connect(self.attested)

    @property
    def screens(self) -> tuple[Screen, ...]:
        return self._declaration, self._witnesses

    def begin(self) -> None:
        """It is to be read."""
        self._flow.declare()
        self.moved.emit()

    def show(self, promised: Promised) -> Screen:
        """The screen of the flow's step, filled."""
        if self._flow.step is Step.WITNESSES:
            return self._witnesses
        self._declaration.show_draft(self._flow.draft, promised, has_voice=self._window.has_voice)
        return self._declaration

    def _attest(self) -> None:
        self._flow.attest()
        self.moved.emit()
