"""Puts one kiosk together. The only room that knows every other."""

import logging
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QEvent, QObject, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from civic.card import read_catalog
from civic.tracking import new_tracking_key
from kiosk.devices.base import CodeReader, Printer, Scanner
from kiosk.devices.code_reader import SerialReader
from kiosk.devices.escpos_links import NetworkLink, SerialLink, UsbLink
from kiosk.devices.escpos_printer import EscposPrinter
from kiosk.devices.graphics_memory import GraphicsMemory
from kiosk.devices.link import Link
from kiosk.devices.printer_profile import read_profile
from kiosk.devices.sane_scanner import SaneScanner
from kiosk.devices.simulated import SimulatedPrinter, SimulatedReader, SimulatedScanner
from kiosk.services.following import Following
from kiosk.services.intake import Intake, Place
from kiosk.services.receipt import Office
from kiosk.services.rehearsal import Rehearsal
from kiosk.services.scanning import Scanning
from kiosk.services.ticketing import Ticketing
from kiosk.services.unfinished import Unfinished
from kiosk.settings import (
    ASSETS,
    PrinterKind,
    PrinterSettings,
    ReaderKind,
    ReaderSettings,
    ScannerKind,
    ScannerSettings,
    Settings,
)
from kiosk.store.database import Store, open_store
from kiosk.store.vault import Vault
from kiosk.ui.hall import Hall
from kiosk.ui.keyboard_reader import KeyboardReader
from kiosk.ui.theme import load_fonts
from kiosk.ui.ticket_face import draw_face
from kiosk.ui.visit import Visits
from kiosk.ui.window import Window
from sync.engine import exchange_once
from sync.outbox import Outbox
from sync.transport import HttpTransport
from sync.worker import SyncWorker

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kiosk:
    """A kiosk that runs. `close` lets every thread finish what it was doing."""

    window: Window
    visits: Visits
    printer: Printer
    scanner: Scanner
    reader: CodeReader | None
    outbox: Outbox
    store: Store
    worker: SyncWorker
    threads: tuple[ThreadPoolExecutor, ...]

    def close(self) -> None:
        if self.reader is not None:
            self.reader.close()
        self.visits.close()
        self.window.shut()
        for thread in self.threads:
            thread.shutdown()
        self.worker.stop()
        self.printer.close()
        self.scanner.close()
        self.store.close()


def application() -> QApplication:
    """The one Qt application, with the hall's fonts. Raises FontFault."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    load_fonts()
    return app


@contextmanager
def ending_when_told(app: QApplication) -> Iterator[None]:
    """SIGTERM and Ctrl-C end Qt's loop, and so the kiosk in its own time: what is being printed or said is finished.

    Python's own handlers would wait for the next touch, because Qt sleeps outside Python; a byte on a socket wakes it.
    One that comes before the loop runs is answered as soon as it does. `quit` would ask the window, which refuses.
    """
    told, telling = socket.socketpair()
    with told, telling:
        telling.setblocking(False)
        notifier = QSocketNotifier(told.fileno(), QSocketNotifier.Type.Read)
        notifier.activated.connect(lambda: app.exit(0))
        wakeup = signal.set_wakeup_fd(telling.fileno())
        before = {each: signal.signal(each, lambda *_: None) for each in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            signal.set_wakeup_fd(wakeup)
            for each, handler in before.items():
                signal.signal(each, handler)
            notifier.setEnabled(False)


class FirstFrame(QObject):
    """Does something once, when the window has been painted: nothing before that may keep people waiting for it."""

    def __init__(self, window: Window, then: Callable[[], object]) -> None:
        super().__init__(window)
        self._then = then
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._then)
        return False


Tap = Callable[[Link], Link]
"""Puts something between the printer's driver and its line."""


def open_kiosk(settings: Settings, width: int, height: int, tap: Tap | None = None) -> Kiosk:
    """Put the rooms together and show the welcome screen. Raises CatalogFault, StoreFault, ValueError.

    With a `tap` the printer's own memory is not used: whoever listens on the line hears the whole paper.
    """
    catalog = read_catalog(settings.catalog)
    settings.data.mkdir(parents=True, exist_ok=True)
    store = open_store(settings.data / "kiosk.sqlite")
    outbox = Outbox(store.transaction, f"/{settings.municipality}/kiosk/{settings.kiosk:03}")
    vault = Vault(settings.data / "vault")
    printer, scanner = open_printer(settings.printer, settings.data, tap), open_scanner(settings.scanner, settings.data)
    place = _place(settings)
    intake = Intake(store, outbox, place, _now)
    transport = HttpTransport(settings.centre.url, settings.centre.key)
    worker = SyncWorker(lambda: exchange_once(outbox, vault, transport))
    threads = tuple(ThreadPoolExecutor(1, thread_name_prefix=name) for name in ("store", "printer", "scanner", "line"))
    hall = Hall(
        catalog=catalog,
        intake=intake,
        ticketing=Ticketing(store, outbox, printer, draw_face, _now),
        scanning=Scanning(scanner, vault, outbox.unsettled_pages),
        unfinished=Unfinished(store, intake, catalog),
        following=Following(HttpTransport(settings.centre.url, settings.centre.key), store, catalog, place),
        has_reader=settings.reader.kind is not ReaderKind.NONE,
        new_key=new_tracking_key,
        today=_today(place),
        store_thread=threads[0],
        printer_thread=threads[1],
        scanner_thread=threads[2],
        line_thread=threads[3],
    )
    window = Window(settings.town, settings.language, settings.idle_s, width, height)
    visits = Visits(window, hall)
    visits.deposited.connect(lambda _prepared: worker.wake())
    visits.held.connect(worker.wake)
    worker.start()
    visits.open()
    reader = open_reader(settings.reader, window)
    if reader is not None:
        reader.listen(visits.read.emit)
    rehearsal = Rehearsal(catalog, place.office, printer, draw_face)
    FirstFrame(window, lambda: _rehearse(rehearsal, threads[1]))
    return Kiosk(window, visits, printer, scanner, reader, outbox, store, worker, threads)


def open_printer(settings: PrinterSettings, data: Path, tap: Tap | None) -> Printer:
    """The printer of the profile; nothing is asked of it yet. Raises ValueError or OSError for an unknown model."""
    if settings.kind is PrinterKind.SIMULATED:
        return SimulatedPrinter(tap=tap)
    profile = read_profile(ASSETS / "printers" / f"{settings.model}.toml")
    if tap is not None:
        return EscposPrinter(tap(_link(settings)), profile)
    memory = GraphicsMemory(data / "printer-memory.json") if profile.keeps_pictures else None
    return EscposPrinter(_link(settings), profile, memory=memory)


def open_scanner(settings: ScannerSettings, data: Path) -> Scanner:
    if settings.kind is ScannerKind.SIMULATED:
        return SimulatedScanner(settings.dpi)
    return SaneScanner(settings.device, data / "sane", dpi=settings.dpi, options=settings.options)


def open_reader(settings: ReaderSettings, window: Window) -> CodeReader | None:
    """None when this kiosk has no code reader."""
    match settings.kind:
        case ReaderKind.SERIAL:
            return SerialReader(settings.address, settings.baud)
        case ReaderKind.KEYBOARD:
            return KeyboardReader(window)
        case ReaderKind.SIMULATED:
            return SimulatedReader()
        case ReaderKind.NONE:
            return None


def run(settings: Settings) -> int:
    """The kiosk of a hall, full screen, until the session ends."""
    app = application()
    size = app.primaryScreen().size()
    with ending_when_told(app):
        kiosk = open_kiosk(settings, size.width(), size.height())
        sys.excepthook = crash_into(kiosk.visits)
        kiosk.window.showFullScreen()
        try:
            return app.exec()
        finally:
            kiosk.close()


def _link(settings: PrinterSettings) -> Link:
    match settings.kind:
        case PrinterKind.USB:
            vendor, product = settings.address.split(":")
            return UsbLink(int(vendor, 16), int(product, 16))
        case PrinterKind.NETWORK:
            host, _, port = settings.address.partition(":")
            return NetworkLink(host, int(port or 9100))
        case _serial:
            return SerialLink(settings.address, settings.baud)


def _place(settings: Settings) -> Place:
    office = Office(settings.town, settings.site, f"{settings.kiosk:03}", settings.phone)
    return Place(office, settings.kiosk, settings.lane, settings.zone, settings.centre.tracking)


def _today(place: Place) -> Callable[[], date]:
    return lambda: _now().astimezone(place.zone).date()


def _now() -> datetime:
    return datetime.now(UTC)


def _rehearse(rehearsal: Rehearsal, thread: ThreadPoolExecutor) -> None:
    """A step, and then the next behind whatever has come meanwhile: a citizen's paper goes first."""

    def step() -> None:
        if rehearsal.go_on():
            _rehearse(rehearsal, thread)

    with suppress(RuntimeError):  # the kiosk is being switched off
        thread.submit(step)


def crash_into(visits: Visits) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """What Python does with an exception nobody caught: log it, wipe the visit, show the trouble screen."""

    def hook(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        _log.critical("the kiosk failed in a way nobody foresaw", exc_info=(kind, fault, trace))
        visits.crash()

    return hook
