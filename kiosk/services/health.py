"""How a kiosk is: every part looked at without a person, and a finding for each. The words are the screen's."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum, auto
from pathlib import Path

from civic.kiosk_part import Part
from kiosk.devices.base import (
    CodeReader,
    Microphone,
    MicrophoneState,
    Printer,
    PrinterState,
    ReaderState,
    Scanner,
    ScannerState,
)
from kiosk.devices.fault_list import DeviceState
from kiosk.devices.paper_roll import PaperRoll
from kiosk.store.beginning import salvages
from kiosk.store.card_file import CardFile
from kiosk.store.database import Store
from kiosk.store.seal_file import SealFile
from sync.messages import Verdict
from sync.outbox import Outbox
from sync.transport import CentralUnreachable, KeyUnknown

_FEW_PAPERS = 30
_LITTLE_ROOM_MB, _LITTLE_MEMORY_MB = 500, 150
_LONG = timedelta(hours=24)
_CLOCK = timedelta(minutes=2)
_MEMORY = Path("/proc/meminfo")


class Condition(StrEnum):
    """What there is to say of a part, besides what a device says of itself."""

    FINE = auto()
    SIMULATED = auto()
    TAKEN = auto()
    NOT_ALLOWED = auto()
    NOT_STARTED = auto()
    ENDS_SOON = auto()
    NOT_THERE = auto()
    UNREACHABLE = auto()
    KEY_UNKNOWN = auto()
    WRONG_TIME = auto()
    REFUSED = auto()
    WAITS_LONG = auto()
    TOO_LITTLE = auto()
    UNSEALED = auto()
    """What citizens say is readable on the disk while it waits: no town has given this kiosk its seal."""
    DAMAGED = auto()
    TO_SAVE = auto()
    """It is damaged; the next start of the kiosk saves what can be read."""
    SAVED = auto()
    """It was damaged, and begun again; the damaged file is still there."""
    FACTS_LOST = auto()
    """The same, and some of what had not been told yet could not be read."""
    CARDS_REFUSED = auto()
    """The town has newer cards, which this kiosk would not have."""
    FAILED = auto()
    """A test itself ended in a way nobody foresaw."""
    NO_FONT = auto()
    NO_TRANSLATION = auto()


_WELL = (
    PrinterState.READY,
    ScannerState.READY,
    ScannerState.EMPTY,
    ReaderState.READY,
    MicrophoneState.READY,
    Condition.FINE,
)
_NOTED = (
    PrinterState.PAPER_LOW,
    ScannerState.BUSY,
    Condition.SIMULATED,
    Condition.TAKEN,
    Condition.NOT_ALLOWED,
    Condition.NOT_STARTED,
    Condition.ENDS_SOON,
    Condition.UNSEALED,
    Condition.SAVED,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One part and how it is. `where` it is reached and the `amount` belong to its sentence."""

    part: Part
    condition: DeviceState | Condition
    where: str = ""
    amount: int = 0

    @property
    def verdict(self) -> Verdict:
        if self.condition in _WELL:
            return Verdict.GOOD
        return Verdict.NOTE if self.condition in _NOTED else Verdict.BAD


@dataclass(frozen=True, slots=True)
class Health:
    """Each method belongs on the thread of what it asks; those of the centre and the machine on a patient one."""

    printer: Printer
    roll: PaperRoll
    scanner: Scanner
    reader: CodeReader | None
    microphone: Microphone | None
    data: Path
    greet: Callable[[], datetime]
    """Raises CentralUnreachable; otherwise what the centre's clock shows."""
    now: Callable[[], datetime]

    def of_printer(self) -> tuple[Finding, ...]:
        left = self.roll.papers_left
        paper = Condition.FINE if left > _FEW_PAPERS else Condition.ENDS_SOON
        return Finding(Part.PRINTER, self.printer.state()), Finding(Part.PAPER, paper, amount=left)

    def of_scanner(self) -> tuple[Finding, ...]:
        return (Finding(Part.SCANNER, self.scanner.state()),)

    def of_reader(self) -> tuple[Finding, ...]:
        return () if self.reader is None else (Finding(Part.READER, self.reader.state()),)

    def of_microphone(self) -> tuple[Finding, ...]:
        return () if self.microphone is None else (Finding(Part.MICROPHONE, self.microphone.state()),)

    def of_centre(self) -> tuple[Finding, ...]:
        try:
            apart = abs(self.now() - self.greet())
        except KeyUnknown:
            return (Finding(Part.CENTRE, Condition.KEY_UNKNOWN),)
        except CentralUnreachable:
            return (Finding(Part.CENTRE, Condition.UNREACHABLE),)
        clock = Condition.FINE if apart < _CLOCK else Condition.WRONG_TIME
        return Finding(Part.CENTRE, Condition.FINE), Finding(Part.CLOCK, clock, amount=apart // timedelta(minutes=1))

    def of_outbox(self, outbox: Outbox) -> tuple[Finding, ...]:
        """What the centre was not told yet, and what it would not take."""
        if refused := len(outbox.refused()):
            return (Finding(Part.OUTBOX, Condition.REFUSED, amount=refused),)
        since = outbox.oldest()
        oldest = timedelta(0) if since is None else self.now() - since
        if oldest > _LONG:
            return (Finding(Part.OUTBOX, Condition.WAITS_LONG, amount=oldest // timedelta(hours=1)),)
        return (Finding(Part.OUTBOX, Condition.FINE, amount=outbox.waiting()),)

    def of_seal(self) -> tuple[Finding, ...]:
        """Nothing to say while all is well."""
        return (Finding(Part.STORE, Condition.UNSEALED),) if SealFile(self.data).find() is None else ()

    def of_cards(self) -> tuple[Finding, ...]:
        """Nothing to say while all is well."""
        return (Finding(Part.PROGRAM, Condition.CARDS_REFUSED),) if CardFile(self.data).refused() else ()

    def of_store(self, store: Store) -> tuple[Finding, ...]:
        """The damaged stores that lie beside it until somebody has removed them; nothing to say when there are none."""
        with store.transaction() as connection:
            kept = [each for each in salvages(connection) if (self.data / each.wreck).exists()]
        saved = tuple(Finding(Part.STORE, Condition.SAVED, where=each.wreck, amount=each.saved) for each in kept)
        lost = (each for each in kept if each.lost)
        return (
            *saved,
            *(Finding(Part.STORE, Condition.FACTS_LOST, where=each.missing, amount=each.lost) for each in lost),
        )

    def of_machine(self) -> tuple[Finding, ...]:
        free_mb = shutil.disk_usage(self.data).free >> 20
        disk = Condition.FINE if free_mb > _LITTLE_ROOM_MB else Condition.TOO_LITTLE
        memory_mb = _available_mb()
        memory = Condition.FINE if memory_mb > _LITTLE_MEMORY_MB else Condition.TOO_LITTLE
        return Finding(Part.DISK, disk, amount=free_mb), Finding(Part.MEMORY, memory, amount=memory_mb)


def _available_mb() -> int:
    """What programs could still be given, as Linux reckons it."""
    lines = (line.split() for line in _MEMORY.read_text(encoding="ascii").splitlines())
    return next(int(words[1]) >> 10 for words in lines if words[0] == "MemAvailable:")
