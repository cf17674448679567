"""The hall that is measured: a kiosk in a real window, its printer on a serial line, and a centre that answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from civic.language import Language
from kiosk.app import Kiosk, application, open_kiosk
from kiosk.devices.printer_ends import PtyEnd
from kiosk.devices.printer_model import PrinterModel
from kiosk.devices.recorded import RecordedLink, Recording
from kiosk.hall import simulated_settings
from kiosk.own_centre import OwnCentre
from kiosk.selftest import HEIGHT, WIDTH
from kiosk.settings import PrinterKind, PrinterSettings
from kiosk.ui.player import Player
from kiosk.ui.screens.ticket import PaperState


class Visitor(Player):
    """Plays a visit without stopping for pictures."""

    def photograph(self, name: str) -> None:
        """Nobody looks."""


@dataclass(frozen=True, slots=True)
class Hall:
    kiosk: Kiosk
    visitor: Visitor
    model: PrinterModel
    recording: Recording

    def visit(self, service: str, language: Language = Language.ARABIC) -> float:
        """One whole visit, paper included; the moment of the last touch (`time.perf_counter`)."""
        visits, visitor = self.kiosk.visits, self.visitor
        visitor.play(visits.catalog[service], language)
        visitor.confirm()
        touched_at = visitor.touched_at
        visitor.wait(lambda: visits.ticket.paper is PaperState.OUT or visits.ticket.failed or None, "no paper came out")
        if visits.ticket.failed:
            raise RuntimeError(f"the printer is {visits.ticket.printer}")
        visitor.touch("go")
        return touched_at

    def clear(self) -> None:
        """What only the measuring keeps is thrown away."""
        self.recording.pieces.clear()
        self.model.papers.clear()
        self.model.received.clear()


@contextmanager
def open_hall(folder: Path) -> Iterator[Hall]:
    application()
    model, recording = PrinterModel(), Recording()
    line = PtyEnd(model, folder / "ttyPrinter")
    try:
        with OwnCentre(folder / "centre") as centre:
            printer = PrinterSettings(PrinterKind.SERIAL, str(line.port), 115_200, "generic-80mm")
            settings = replace(simulated_settings(folder, centre), printer=printer)
            centre.enrol(settings.kiosk, settings.data)
            kiosk = open_kiosk(settings, WIDTH, HEIGHT, lambda link: RecordedLink(link, recording))
            try:
                kiosk.window.show()
                yield Hall(kiosk, Visitor(kiosk.window, kiosk.visits, folder), model, recording)
            finally:
                kiosk.close()
    finally:
        line.close()
