"""Puts one kiosk together. The only room that knows every other."""

import logging
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from civic.municipality import Municipality
from civic.tracking import TrackingKey, new_tracking_key
from kiosk.devices.base import CodeReader, Microphone, Printer, ReaderState, Scanner
from kiosk.devices.code_reader import SerialReader
from kiosk.devices.fault_list import FaultList
from kiosk.devices.of_profile import Tap, open_microphone, open_printer, open_scanner, open_speaker
from kiosk.devices.paper_roll import PaperRoll
from kiosk.devices.simulated import SimulatedReader
from kiosk.devices.watched_printer import WatchedPrinter
from kiosk.services.agents import Agents
from kiosk.services.dictation import Dictation
from kiosk.services.earlier import Earlier
from kiosk.services.exchange import Exchange
from kiosk.services.following import Following
from kiosk.services.guide import Guidance
from kiosk.services.health import Health
from kiosk.services.hearing import Hearing
from kiosk.services.help_line import HelpLine
from kiosk.services.intake import Intake, Place
from kiosk.services.last_known import Memory
from kiosk.services.numbering import Numbering
from kiosk.services.pin_lock import PinLock
from kiosk.services.receipt import Office
from kiosk.services.rehearsal import Rehearsal
from kiosk.services.reminders import Reminders
from kiosk.services.report import Report
from kiosk.services.scanning import Scanning
from kiosk.services.ticketing import DrawFace, Ticketing
from kiosk.services.town_cards import TownCards, open_cards
from kiosk.services.town_seal import TownSeal
from kiosk.services.unfinished import Unfinished, has_prepared
from kiosk.settings import ReaderKind, ReaderSettings, Settings
from kiosk.store.agent_file import AgentFile
from kiosk.store.card_file import CardFile
from kiosk.store.database import Store
from kiosk.store.key_file import KeyFile
from kiosk.store.mirror import Mirror
from kiosk.store.salvage import open_or_salvage
from kiosk.store.seal_file import SealFile
from kiosk.store.vault import Vault
from kiosk.ui.checkup import Ward
from kiosk.ui.comfort import Offer
from kiosk.ui.counter import Counter, Shift
from kiosk.ui.first_frame import FirstFrame
from kiosk.ui.garbage import Garbage
from kiosk.ui.guide_face import draw_guide
from kiosk.ui.hall import Hall
from kiosk.ui.keyboard_reader import KeyboardReader
from kiosk.ui.listening import Listening
from kiosk.ui.morning import Morning
from kiosk.ui.qr_code import qr_modules
from kiosk.ui.reminder_face import draw_reminder
from kiosk.ui.renewal import Renewal
from kiosk.ui.switches import Switches
from kiosk.ui.technician import Bench, Technician
from kiosk.ui.theme import load_fonts
from kiosk.ui.threads import Threads
from kiosk.ui.ticket_face import draw_face
from kiosk.ui.town_news import TownNews
from kiosk.ui.visit import Visits
from kiosk.ui.window import Window
from sync.listener import Listener
from sync.outbox import Outbox
from sync.transport import HttpTransport
from sync.worker import SyncWorker

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kiosk:
    """A kiosk that runs. `close` lets every thread finish what it was doing."""

    window: Window
    visits: Visits
    technician: Technician
    counter: Counter | None
    morning: Morning
    printer: Printer
    scanner: Scanner
    reader: CodeReader | None
    microphone: Microphone | None
    listening: Listening | None
    switches: Switches | None
    outbox: Outbox
    store: Store
    worker: SyncWorker
    listener: Listener
    mirror: Mirror
    news: TownNews
    renewal: Renewal
    threads: Threads
    garbage: Garbage

    def close(self) -> None:
        if self.reader is not None:
            self.reader.close()
        if self.switches is not None:
            self.switches.close()
        if self.listening is not None:
            self.listening.close()
        self.morning.close()
        self.news.close()
        self.renewal.close()
        self.technician.close()
        if self.counter is not None:
            self.counter.close()
        self.visits.close()
        self.window.shut()
        self.threads.close()
        self.worker.stop()
        self.listener.stop()
        self.printer.close()
        self.scanner.close()
        self.store.close()
        self.garbage.close()
        application().processEvents()  # what was put off for a moment still finds its window
        delete(self.window)  # with all its timers, here and now: not whenever Python finds it


def application() -> QApplication:
    """The one Qt application, with the hall's fonts. Raises FontFault."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    load_fonts()
    return app


def open_kiosk(profile: Settings, width: int, height: int, tap: Tap | None = None, shift: Shift | None = None) -> Kiosk:
    """Put the rooms together and show the welcome screen. Raises CatalogFault, StoreFault, ValueError.

    With a `tap` the printer's own memory is not used: whoever listens on the line hears the whole paper.
    `shift`: see `Counter`.
    """
    profile.data.mkdir(parents=True, exist_ok=True)
    store = open_or_salvage(profile.data / "kiosk.sqlite", lambda: _now().astimezone(profile.zone).date())
    card_file = CardFile(profile.data)
    shown = open_cards(card_file, profile.catalog, settled=not has_prepared(store))
    catalog, settings = shown.edition.catalog, _of_town(profile, shown.edition.municipality)
    place = _place(settings, shown.number)
    seal = SealFile(settings.data)
    outbox = Outbox(store.transaction, f"/{settings.municipality}/kiosk/{settings.kiosk:03}", seal.find)
    vault = Vault(settings.data / "vault", seal.find)
    printer, scanner = open_printer(settings.printer, settings.data, tap), open_scanner(settings.scanner, settings.data)
    intake = Intake(store, outbox, place, _now)
    find_key = KeyFile(settings.data).read
    line, ear, calls = (HttpTransport(settings.centre.url, find_key) for _of_each_thread in range(3))
    transport = HttpTransport(settings.centre.url, find_key, pages_kbit_s=settings.centre.pages_kbit_s)
    mirror = Mirror(store.transaction, _now)
    town_cards = TownCards(card_file, ear.ask_cards, shown)
    faults = (FaultList(_now), FaultList(_now))
    watched = WatchedPrinter(printer, PaperRoll(settings.data / "paper-roll.json", settings.printer.roll_m), faults[0])
    threads = Threads()
    town_seal, numbering = TownSeal(seal, transport.ask_seal), Numbering(store, transport.ask_numbers, settings.lane)
    exchange = Exchange(outbox, vault, transport, store, town_seal, numbering)
    worker = SyncWorker(threads.afterwards(exchange.once))
    speaker, microphone = open_speaker(settings.speaker), open_microphone(settings.microphone)
    offer = Offer(voice=speaker is not None, switches=settings.switches is not None)
    desk = settings.counter
    window = Window(
        settings.town, settings.language, settings.idle_s, width, height, offer, at_counter=desk is not None
    )
    reader = open_reader(settings.reader, window)
    hall = Hall(
        catalog=catalog,
        guidance=Guidance(place, watched, draw_guide, _now),
        intake=intake,
        ticketing=Ticketing(store, outbox, watched, draw_face, _now),
        scanning=Scanning(scanner, vault, outbox.unsettled_pages),
        unfinished=Unfinished(store, intake, catalog),
        following=Following(line, Memory(store, mirror, catalog, place, _now), store, catalog, place),
        earlier=Earlier(line, _today(place)),
        reminders=Reminders(store, outbox, place, watched, draw_reminder, settings.answer_days, _now),
        help_line=HelpLine(calls),
        dictation=None if microphone is None else Dictation(microphone, vault),
        speaker=speaker,
        phone=settings.phone,
        reader_ready=lambda: reader is not None and reader.state() is ReaderState.READY,
        new_key=_new_key(place),
        today=_today(place),
        threads=threads,
    )
    listening = None if speaker is None else Listening(window, speaker)
    voice = None if listening is None else listening.voice
    switches = None if settings.switches is None else Switches(window, settings.switches, voice)
    visits = Visits(window, hall)
    visits.deposited.connect(lambda _prepared: worker.wake())
    visits.held.connect(worker.wake)
    visits.asked.connect(worker.wake)
    health = Health(watched, watched.roll, scanner, reader, microphone, settings.data, line.greet, _now)
    ward = Ward(health, store, outbox, threads)
    report = Report(store, outbox, _now)
    morning = Morning(ward, settings.technician.check_at, _local(place), report.keep, threads.store)
    morning.kept.connect(worker.wake)
    lock = PinLock(settings.technician.pin, time.monotonic)
    technician = _technician(window, visits, Bench(ward, place.office, lock, faults, _local(place)), morning)
    agents = Agents(line, AgentFile(settings.data), _now, time.monotonic)
    counter = None if desk is None else Counter(window, visits, desk, agents, threads.line, shift)
    hearing = Hearing(ear, town_cards, agents, _nobody if counter is None else counter.dismissed.emit)
    listener = Listener(mirror, hearing, hearing.heed)
    worker.start()
    listener.start()
    visits.open()
    if reader is not None:
        reader.listen(technician.read.emit)
    rehearsal = Rehearsal(catalog, place.office, watched, _drawn_by(threads.store))

    def rehearse() -> None:
        threads.begin()
        rehearsal.run_in(threads.printer)
        with suppress(RuntimeError):  # the kiosk is being switched off
            threads.scanner.submit(hall.scanning.rehearse)

    FirstFrame(window, rehearse)
    return Kiosk(
        window,
        visits,
        technician,
        counter,
        morning,
        printer,
        scanner,
        reader,
        microphone,
        listening,
        switches,
        outbox,
        store,
        worker,
        listener,
        mirror,
        TownNews(visits.welcome, mirror, _today(place), threads.store),
        Renewal(window, visits, lambda: town_cards.coming and worker.at_rest),
        threads,
        Garbage(window),
    )


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


def _nobody(_dismissed: tuple[str, ...]) -> None:
    """No agent signs in at a kiosk of the hall."""


def _of_town(profile: Settings, said: Municipality) -> Settings:
    """What the town says of itself goes before what each kiosk was installed with."""
    return replace(
        profile,
        town=said.name or profile.town,
        phone=said.phone or profile.phone,
        answer_days=said.answer_days or profile.answer_days,
    )


def _place(settings: Settings, cards: int) -> Place:
    office = Office(settings.town, settings.site, f"{settings.kiosk:03}", settings.phone)
    return Place(office, settings.kiosk, settings.lane, settings.zone, settings.centre.tracking, cards)


def _technician(window: Window, visits: Visits, bench: Bench, morning: Morning) -> Technician:
    """Who mends comes and goes only while nobody is served, and hears the reader first."""
    technician = Technician(window, bench, morning, lambda: not (visits.serving or window.covered))
    technician.passed_on.connect(visits.read)
    technician.left.connect(visits.open)
    visits.scanner_failed.connect(technician.note_scanner)
    window.crest_held.connect(technician.come)
    return technician


def _new_key(place: Place) -> Callable[[], TrackingKey]:
    """The keys of dossiers. The QR code of each is made with it: that is time nobody waits, long before the paper."""

    def new_key() -> TrackingKey:
        key = new_tracking_key()
        qr_modules(place.tracking_url(key.token))
        return key

    return new_key


def _local(place: Place) -> Callable[[], datetime]:
    return lambda: _now().astimezone(place.zone)


def _today(place: Place) -> Callable[[], date]:
    return lambda: _local(place)().date()


def _now() -> datetime:
    return datetime.now(UTC)


def _drawn_by(thread: ThreadPoolExecutor) -> DrawFace:
    """Each thread finds its own letters, so the one that draws a citizen's paper rehearses."""
    return lambda receipt, width_px, copy: thread.submit(draw_face, receipt, width_px, copy).result()
