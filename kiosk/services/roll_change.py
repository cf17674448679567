"""Changing the roll, one step after the other: the printer itself says when each is done."""

from enum import StrEnum

from kiosk.devices.base import PrinterState


class RollStep(StrEnum):
    OPEN = "open"
    """The cover is still closed."""
    LOAD = "load"
    """It is open: the old core comes out, the new roll goes in, and the cover is pressed down."""
    PAPER = "paper"
    """It is closed, but the printer sees no paper: open it again."""
    READY = "ready"


class RollChange:
    """A printer that feels its cover must have had it open; one that does not goes from no paper to ready at once."""

    def __init__(self) -> None:
        self.step = RollStep.OPEN
        self._was_empty = False

    def see(self, state: PrinterState) -> bool:
        """What the printer says now; True when that is another step. A silent printer changes nothing."""
        before = self.step
        begun = self.step in (RollStep.LOAD, RollStep.PAPER)
        if self.step is RollStep.READY:
            return False
        if state is PrinterState.COVER_OPEN:
            self.step = RollStep.LOAD
        elif state is PrinterState.PAPER_OUT:
            self._was_empty = True
            self.step = RollStep.PAPER if begun else RollStep.OPEN
        elif state.can_print and (begun or self._was_empty):
            self.step = RollStep.READY
        return self.step is not before
