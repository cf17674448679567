"""The doctor's test strip: printed, laid down by whoever stands there, and read back by the kiosk's own eyes."""

import io
from collections.abc import Callable
from datetime import datetime

from civic.kiosk_part import Part
from kiosk.devices.base import CodeReader, Printer, PrinterFault, Scanner, ScannerFault
from kiosk.devices.fault_list import DeviceState
from kiosk.devices.simulated import SimulatedPrinter, SimulatedScanner
from kiosk.services.health import Finding
from kiosk.services.receipt import Office
from kiosk.services.scanning import look_at
from kiosk.services.strip import new_strip
from kiosk.ui.language import Translator, isolate
from kiosk.ui.strip_face import draw_strip

_TRIES = 3


class StripTest:
    """`tell` says a finding, `line` a sentence, `wait` returns when the person has done what was asked.

    What was typed meanwhile comes with it: some readers are keyboards to a machine.
    """

    def __init__(
        self,
        tell: Callable[[Finding], None],
        line: Callable[[str], None],
        wait: Callable[[], str],
        _: Translator,
    ) -> None:
        self._tell = tell
        self._line = line
        self._wait = wait
        self._ = _

    def prove(
        self, printer: Printer, scanner: Scanner, reader: CodeReader | None, office: Office, now: datetime
    ) -> bool:
        """Whether the strip that was printed is the one that was read."""
        strip = new_strip(office.kiosk, now)
        heard: list[str] = []
        if reader is not None:
            reader.listen(lambda reading: heard.append(reading.text))
        try:
            printer.print(draw_strip(strip, office, printer.width_px))
        except PrinterFault as fault:
            self._fail(Part.PRINTER, fault.state)
            return False
        _ = self._
        ask = (
            _("Lay the strip on the scanner, then press Enter.")
            if reader is None
            else _("Hold the strip in front of the code reader, or lay it on the scanner; then press Enter.")
        )
        for _try in range(_TRIES):
            self._line(ask)
            heard.append(self._wait().strip())
            _lay(printer, scanner)
            if strip.is_among(heard) or strip.is_among(self._scanned(scanner)):
                time = isolate(self._.time(now))
                self._line("✓ " + self._("The strip was read back: printer, paper and reading work."))
                self._line(self._("It says {time}: compare it with your watch.").format(time=time))
                return True
            self._line("✗ " + self._("The strip was not read. Lay it flat, its printed side to the glass."))
        return False

    def _scanned(self, scanner: Scanner) -> tuple[str, ...]:
        try:
            return look_at(scanner.scan()).codes
        except ScannerFault as fault:
            self._fail(Part.SCANNER, fault.state)
            return ()

    def _fail(self, part: Part, state: DeviceState) -> None:
        self._tell(Finding(part, state))


def _lay(printer: Printer, scanner: Scanner) -> None:
    """What is only simulated has nobody's hands: its paper goes to its glass by itself."""
    if isinstance(printer, SimulatedPrinter) and isinstance(scanner, SimulatedScanner):
        paper = io.BytesIO()
        printer.model.papers[-1].save(paper, "PNG")
        scanner.insert(paper.getvalue())
