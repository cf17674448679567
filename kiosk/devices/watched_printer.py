"""The hall's printer with somebody beside it who counts its paper and remembers how it failed."""

from collections.abc import Iterator
from contextlib import contextmanager

from kiosk.devices.base import PrinterFault, PrinterState, Raster
from kiosk.devices.escpos_printer import EscposPrinter
from kiosk.devices.fault_list import FaultList
from kiosk.devices.paper_roll import PaperRoll


class WatchedPrinter:
    """Prints as `printer` does. Used by its one thread."""

    def __init__(self, printer: EscposPrinter, roll: PaperRoll, faults: FaultList) -> None:
        self.width_px = printer.width_px
        self._printer = printer
        self.roll = roll
        self._faults = faults

    def state(self) -> PrinterState:
        state = self._printer.state()
        if state.can_print:
            self._faults.mended()
        else:
            self._faults.note(state)
        return state

    def print(self, image: Raster) -> None:
        with self._watching():
            self._printer.print(image)
        self.roll.spend(image.height_px / self._printer.dots_per_mm)

    def learn(self, picture: Raster) -> bool:
        with self._watching():
            return self._printer.learn(picture)

    def close(self) -> None:
        self._printer.close()

    @contextmanager
    def _watching(self) -> Iterator[None]:
        try:
            yield
        except PrinterFault as fault:
            self._faults.note(fault.state)
            raise
        self._faults.mended()
