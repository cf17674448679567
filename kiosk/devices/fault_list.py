"""What failed lately, in memory only: a device, what it said and when. Nothing of a citizen is in it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kiosk.devices.base import MicrophoneState, PrinterState, ReaderState, ScannerState

_MOST = 20

DeviceState = PrinterState | ScannerState | ReaderState | MicrophoneState


@dataclass(frozen=True, slots=True)
class Fault:
    at: datetime
    state: DeviceState


class FaultList:
    """Of one device, whose thread alone writes; any may read `faults`, oldest first."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._lasting: DeviceState | None = None
        self.faults: tuple[Fault, ...] = ()

    def note(self, state: DeviceState) -> None:
        """It failed so; a fault that lasts is one fault, however often it is met."""
        if state is not self._lasting:
            self._lasting = state
            self.faults = (*self.faults[1 - _MOST :], Fault(self._now(), state))

    def mended(self) -> None:
        """It works again."""
        self._lasting = None
