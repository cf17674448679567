"""What a receipt weighs on the line and how long it is on it, with a printer that remembers and one that does not."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from civic.card import read_catalog
from civic.dossier import Document, Draft
from civic.language import Language, Wording
from civic.reference import Reference
from kiosk.app import application
from kiosk.devices.base import Raster
from kiosk.devices.escpos_links import SerialLink
from kiosk.devices.escpos_printer import EscposPrinter
from kiosk.devices.graphics_memory import GraphicsMemory
from kiosk.devices.printer_ends import PtyEnd
from kiosk.devices.printer_model import PrinterModel
from kiosk.devices.printer_profile import PrinterProfile
from kiosk.services.receipt import Office, write_receipt
from kiosk.services.rehearsal import Rehearsal
from kiosk.settings import ASSETS
from kiosk.ui.ticket_face import draw_face
from tests.bench.row import Row

_TOWN = Wording("بلدية الكاف", "Commune du Kef", "El Kef town hall")
_OFFICE = Office(_TOWN, _TOWN, "014", "78 000 000")
_URL = "HTTPS://SUIVI.KEF.EXAMPLE/T/ABCDEFGHIJKLMNOPQRSTUVWX23"
_BAUD = 115_200
_WIDTHS = {"80": 576, "58": 384}
_KEPT = {Language.ARABIC: 11_520, Language.FRENCH: 11_520, Language.ENGLISH: 80_000}
"""Bytes: a second at 115 200 baud, and for English what is left when the memory is full of the others."""


def measure(folder: Path, times: int) -> dict[str, Row]:
    application()
    rows: dict[str, Row] = {}
    for paper, width in _WIDTHS.items():
        for language in Language:
            face = _permit(width, language)
            with _printer(folder / f"{paper}-{language}", width, keeps=False) as (printer, model):
                rows[f"ticket_bytes_{language}_{paper}"] = _weigh(printer, model, face, 110_000, "nothing kept")
            with _printer(folder / f"{paper}-{language}-kept", width, keeps=True) as (printer, model):
                rehearsal = Rehearsal(read_catalog(ASSETS / "catalog"), _OFFICE, printer, draw_face)
                while rehearsal.go_on():
                    pass
                rows[f"ticket_bytes_{language}_{paper}_kept"] = _weigh(
                    printer, model, face, _KEPT[language], "parts kept by a printer of 256 kB, Arabic and French first"
                )
    for language in (Language.ARABIC, Language.FRENCH):
        kept = rows[f"ticket_bytes_{language}_80_kept"]
        note = (
            f"{kept.value:.0f} bytes at {_BAUD} baud, on a line that takes its time; with every answer of the printer"
        )
        rows[f"ticket_wire_115200_{language}_ms"] = Row(_time(folder, language, times), "ms", 1000, times, note)
    return rows


def _weigh(printer: EscposPrinter, model: PrinterModel, face: Raster, limit: float, note: str) -> Row:
    before = len(model.received)
    printer.print(face)
    return Row(len(model.received) - before, "bytes", limit, 1, f"building permit, all papers given; {note}")


def _time(folder: Path, language: Language, times: int) -> float:
    """The shortest of some: the rest is what else the machine did."""
    ledger = folder / f"80-{language}-kept"
    with _printer(ledger, 576, keeps=True, baud=_BAUD) as (printer, _):
        rehearsal = Rehearsal(read_catalog(ASSETS / "catalog"), _OFFICE, printer, draw_face)
        while rehearsal.go_on():
            pass
        face, taken = _permit(576, language), []
        for _nth in range(times):
            start = time.perf_counter()
            printer.print(face)
            taken.append(time.perf_counter() - start)
    return round(min(taken) * 1000, 1)


@contextmanager
def _printer(
    folder: Path, width: int, *, keeps: bool, baud: int | None = None
) -> Iterator[tuple[EscposPrinter, PrinterModel]]:
    folder.mkdir(exist_ok=True)
    model = PrinterModel(width)
    end = PtyEnd(model, folder / "tty", baud)
    profile = PrinterProfile("measured", width, process_id=True, mm_per_s=250, draws_codes=keeps, keeps_pictures=keeps)
    memory = GraphicsMemory(folder / f"memory-{baud}.json") if keeps else None
    printer = EscposPrinter(SerialLink(str(end.port), _BAUD), profile, memory=memory)
    try:
        yield printer, model
    finally:
        printer.close()
        end.close()


def _permit(width: int, language: Language) -> Raster:
    service = read_catalog(ASSETS / "catalog")["building-permit"]
    asked = Draft(service, {question.id: question.options[0].id for question in service.questions})
    documents = {each.id: Document(each.id, ("aa",)) for each in asked.requirements}
    given_at = datetime(2026, 11, 23, 9, 41)  # noqa: DTZ001  as printed
    opened = (Reference(26, 14, 385), "482913", _URL)
    draft = Draft(service, asked.answers, documents=documents)
    return draw_face(write_receipt(_OFFICE, draft, language, "217", given_at, opened), width, copy=False)
