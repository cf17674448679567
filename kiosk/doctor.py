"""The technician's doctor: what is plugged in, how every part of this kiosk is, and what to do about it, in words.

It starts nothing and changes nothing: the store is only read, and only by the user it belongs to; a printer the running
kiosk holds is left alone. With `strip` it prints one paper and reads it back.
"""

import os
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

from civic.kiosk_part import Part, part_name
from civic.language import Language
from kiosk.devices.base import PrinterState, ReaderState, ScannerState
from kiosk.devices.plugged import SaneDevice, sane_devices, serial_ports, usb_printers
from kiosk.services.health import Condition, Finding, Health
from kiosk.settings import MicrophoneKind, PrinterKind, ReaderKind, ScannerKind, Settings
from kiosk.store.database import StoreFault, StoreTrouble, in_use, open_store
from kiosk.ui.health_words import finding_sentence
from kiosk.ui.language import TRANSLATIONS, Translator
from kiosk.ui.theme import missing_fonts
from sync.messages import Verdict
from sync.outbox import Outbox

Say = Callable[[str], None]
_MARKS = {Verdict.GOOD: "✓", Verdict.NOTE: "·", Verdict.BAD: "✗"}
_INVISIBLE = dict.fromkeys((0x2068, 0x2069))


class Doctor:
    """Speaks one language to `say`, a line at a time."""

    def __init__(self, settings: Settings, health: Health, _: Translator, say: Say) -> None:
        """`health`: the devices of that profile, of which nothing has been asked yet."""
        self._settings = settings
        self._health = health
        self._ = _
        self._say = say
        self._running = in_use(self._settings.data / "kiosk.sqlite")

    def look(self) -> bool:
        """Say what was found and how everything is; whether nothing is wrong."""
        scanners = sane_devices()
        self._tell_found(scanners)
        well = True
        for finding in self._findings(scanners):
            self.tell(finding)
            well = well and finding.verdict is not Verdict.BAD
        return well

    @property
    def may_print(self) -> bool:
        """The printer is not in the hands of the running kiosk."""
        return not self._running

    def tell(self, finding: Finding) -> None:
        where = self._where(finding.part)
        name = part_name(finding.part, self._) + (f" ({where})" if where else "")
        self.line(f"{_MARKS[finding.verdict]} {name} — {finding_sentence(finding, self._)}")

    def line(self, text: str) -> None:
        """Outside Arabic the marks that hold numbers in their place are left out: not every terminal hides them."""
        self._say(text if self._.language.right_to_left else text.translate(_INVISIBLE))

    def _tell_found(self, scanners: tuple[SaneDevice, ...]) -> None:
        found = [f"{port.path} → {port.device.name}" for port in serial_ports()]
        found += [f"usb {each.address} {each.name}" for each in usb_printers()]
        found += [f"sane {each.device} {each.name}" for each in scanners]
        self.line(self._("Plugged into this machine:") if found else self._("Nothing is plugged into this machine."))
        for each in found:
            self.line(f"    {each}")

    def _findings(self, scanners: tuple[SaneDevice, ...]) -> Iterable[Finding]:
        yield from self._printer()
        yield from self._scanner(scanners)
        yield from self._reader()
        yield from self._microphone()
        yield from self._health.of_centre()
        yield from self._store()
        if self._settings.data.exists():
            yield from self._health.of_machine()
        yield from self._program()

    def _printer(self) -> Iterable[Finding]:
        obstacle = _obstacle(self._settings, self._running)
        if obstacle is not None:
            yield Finding(Part.PRINTER, obstacle, where=self._settings.printer.address)
            return
        state, paper = self._health.of_printer()
        usb = self._settings.printer.kind is PrinterKind.USB
        if state.condition is PrinterState.OFFLINE and usb and _usb_node(self._settings) is None:
            yield Finding(Part.PRINTER, Condition.NOT_THERE, where=self._settings.printer.address)
            return
        yield state
        if os.access(self._settings.data, os.R_OK | os.X_OK):
            yield paper

    def _scanner(self, found: tuple[SaneDevice, ...]) -> Iterable[Finding]:
        device = self._settings.scanner.device
        if self._settings.scanner.kind is ScannerKind.SIMULATED:
            yield Finding(Part.SCANNER, Condition.SIMULATED)
            return
        for finding in self._health.of_scanner():
            absent = finding.condition is ScannerState.OFFLINE and device not in {each.device for each in found}
            yield Finding(Part.SCANNER, Condition.NOT_THERE, where=device) if absent else finding

    def _reader(self) -> Iterable[Finding]:
        """A reader on a serial line says nothing unasked: that its port is there and free is what can be known of it.

        One that types is a keyboard to this machine; the strip tells whether it works.
        """
        reader = self._settings.reader
        if reader.kind is ReaderKind.SIMULATED:
            yield Finding(Part.READER, Condition.SIMULATED)
        elif reader.kind is ReaderKind.SERIAL:
            obstacle = _in_the_way(Path(reader.address), self._running)
            yield Finding(Part.READER, obstacle or ReaderState.READY, where=reader.address)

    def _microphone(self) -> Iterable[Finding]:
        """Listened to for a moment: nothing of it is kept."""
        if self._settings.microphone.kind is MicrophoneKind.SIMULATED:
            yield Finding(Part.MICROPHONE, Condition.SIMULATED)
        else:
            yield from self._health.of_microphone()

    def _store(self) -> Iterable[Finding]:
        """SQLite leaves files beside a store it reads: another user's would be in the kiosk's way at its next start."""
        folder = self._settings.data
        if folder.exists() and folder.stat().st_uid != os.geteuid():
            yield Finding(Part.STORE, Condition.NOT_ALLOWED, where=str(folder))
        elif not (folder / "kiosk.sqlite").exists():
            yield Finding(Part.STORE, Condition.NOT_STARTED)
        else:
            yield from self._kept(folder / "kiosk.sqlite")

    def _kept(self, path: Path) -> Iterable[Finding]:
        try:
            with closing(open_store(path)) as store:
                kept = (*self._health.of_store(store), *self._health.of_seal()) or (
                    Finding(Part.STORE, Condition.FINE),
                )
                return (*kept, *self._health.of_outbox(Outbox(store.transaction, "")))
        except StoreFault as fault:
            saves = fault.trouble is StoreTrouble.CORRUPT
            return (Finding(Part.STORE, Condition.TO_SAVE if saves else Condition.DAMAGED),)

    def _program(self) -> Iterable[Finding]:
        missing = [Finding(Part.PROGRAM, Condition.NO_FONT, where=name) for name in missing_fonts()]
        missing += [
            Finding(Part.PROGRAM, Condition.NO_TRANSLATION, where=language.value)
            for language in (Language.ARABIC, Language.FRENCH)
            if not (TRANSLATIONS / language.value / "LC_MESSAGES" / "citizen.mo").is_file()
        ]
        return [*missing, *self._health.of_cards()] or [Finding(Part.PROGRAM, Condition.FINE)]

    def _where(self, part: Part) -> str:
        """How the profile reaches it, in the profile's own words."""
        settings = self._settings
        match part:
            case Part.PRINTER if settings.printer.kind is PrinterKind.SERIAL:
                return f"serial, {settings.printer.address}, {settings.printer.baud} baud"
            case Part.PRINTER:
                return ", ".join(filter(None, (settings.printer.kind.value, settings.printer.address)))
            case Part.SCANNER:
                return ", ".join(filter(None, (settings.scanner.kind.value, settings.scanner.device)))
            case Part.READER:
                return ", ".join(filter(None, (settings.reader.kind.value, settings.reader.address)))
            case Part.MICROPHONE:
                return ", ".join((settings.microphone.kind.value, settings.microphone.device))
            case Part.CENTRE:
                return settings.centre.url
            case Part.STORE | Part.DISK:
                return str(settings.data)
            case _other:
                return ""


def _obstacle(settings: Settings, running: bool) -> Condition | None:
    """Why the printer cannot be asked at all; None when it can."""
    printer = settings.printer
    if printer.kind is PrinterKind.SIMULATED:
        return Condition.SIMULATED
    node = Path(printer.address) if printer.kind is PrinterKind.SERIAL else _usb_node(settings)
    return _in_the_way(node, running)


def _in_the_way(node: Path | None, running: bool) -> Condition | None:
    """Why the device behind that file cannot be asked; None for a node when there is no such file to look at."""
    if node is not None and not node.exists():
        return Condition.NOT_THERE
    if running:
        return Condition.TAKEN
    if node is not None and not os.access(node, os.R_OK | os.W_OK):
        return Condition.NOT_ALLOWED
    return None


def _usb_node(settings: Settings) -> Path | None:
    """The file through which the profile's USB printer is reached; None when none is seen, or it is not on USB."""
    if settings.printer.kind is not PrinterKind.USB:
        return None
    return next((each.node for each in usb_printers() if each.address == settings.printer.address), None)
