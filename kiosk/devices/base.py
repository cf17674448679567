"""The whole contract of the kiosk's devices. A driver or a simulator keeps it; everything above knows nothing else."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Protocol

from civic.language import Language


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code in a picture, alone and in the middle of its rows: a printer may draw the same by itself.

    `top` and `height` in rows, `module_px` the width of one module, error correction at level M.
    """

    text: str
    top: int
    height: int
    module_px: int


@dataclass(frozen=True, slots=True)
class Raster:
    """A black and white picture: rows of `width_px` bits padded to bytes, first pixel in the top bit, 1 = black."""

    width_px: int
    height_px: int
    rows: bytes
    seams: tuple[int, ...] = ()
    """Rows where it may be taken apart: what stands between two of them comes again as it is, or never."""
    codes: tuple[Code, ...] = ()


class PrinterState(StrEnum):
    READY = "ready"
    PAPER_LOW = "paper-low"
    PAPER_OUT = "paper-out"
    COVER_OPEN = "cover-open"
    CUTTER_ERROR = "cutter-error"
    OFFLINE = "offline"
    UNKNOWN = "unknown"

    @property
    def can_print(self) -> bool:
        return self in (PrinterState.READY, PrinterState.PAPER_LOW)


class PrinterFault(Exception):
    """The paper is not known to be out. `state` says why."""

    def __init__(self, state: PrinterState) -> None:
        super().__init__(state.value)
        self.state = state


class Printer(Protocol):
    """A receipt printer. Used by one thread."""

    width_px: int

    def state(self) -> PrinterState:
        """Ask the printer now; `OFFLINE` when it does not answer. Never raises."""
        ...

    def print(self, image: Raster) -> None:
        """Print and cut. Returns only when the printer has confirmed that the paper is out; raises PrinterFault."""
        ...

    def learn(self, picture: Raster) -> bool:
        """Keep a picture that will stand between two seams of others in the printer's own memory, for good.

        False when the printer has no memory or no room for it; raises PrinterFault.
        """
        ...

    def close(self) -> None: ...


class ScannerState(StrEnum):
    READY = "ready"
    EMPTY = "empty"
    JAMMED = "jammed"
    COVER_OPEN = "cover-open"
    BUSY = "busy"
    OFFLINE = "offline"
    STOPPED = "stopped"
    """Whoever waited wanted it no longer."""


class ScannerFault(Exception):
    """No whole page came. `state` says why; nothing of a partial page is kept."""

    def __init__(self, state: ScannerState) -> None:
        super().__init__(state.value)
        self.state = state


@dataclass(frozen=True, slots=True)
class Scan:
    """One whole page as the glass saw it: a picture file (PNM, JPEG or PNG) and its resolution in dots per inch."""

    picture: bytes
    dpi: int


@dataclass(frozen=True, slots=True)
class Watch:
    """Whoever waits for a page. Both are called on the scanner's thread."""

    moved: Callable[[int, float], None]
    """Gets how far the lamp is: the how-manieth sheet from 1, and the share of it from 0 to 1."""
    unwanted: Callable[[], bool]
    """Asked again and again: true once the page is no longer wanted."""


UNWATCHED = Watch(moved=lambda _sheet, _share: None, unwanted=lambda: False)


class Scanner(Protocol):
    """A document scanner. Used by one thread."""

    def state(self) -> ScannerState:
        """What is known without moving the lamp. Never raises."""
        ...

    def scan(self, watch: Watch = UNWATCHED) -> Scan:
        """One page from the glass or the feeder; raises ScannerFault."""
        ...

    def scan_all(self, watch: Watch = UNWATCHED) -> Iterator[Scan]:
        """The page on the glass, or every page of the pile in the feeder; raises ScannerFault after those that came."""
        ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True, repr=False)
class Reading:
    """One code as a reader saw it; empty when it was no text, or longer than any code. It may open a file: no log."""

    text: str


class ReaderState(StrEnum):
    READY = "ready"
    OFFLINE = "offline"


class CodeReader(Protocol):
    """Reads what people hold in front of it, at any time."""

    def state(self) -> ReaderState:
        """What is known without waiting; any thread may ask. Never raises."""
        ...

    def listen(self, heard: Callable[[Reading], None]) -> None:
        """From now on `heard` gets every code, on whatever thread is the reader's own. Told once."""
        ...

    def close(self) -> None:
        """Nothing is heard any more once this returns."""
        ...


@dataclass(frozen=True, slots=True, repr=False)
class Saying:
    """A text as a screen shows it, to be said in its language. It may be about a person: no log."""

    text: str
    language: Language


class Volume(Enum):
    """How loud a voice is, in decibels below the loudest: a technician sets that, a person chooses among these."""

    SOFTEST = -20
    SOFT = -15
    USUAL = -10
    LOUD = -5
    LOUDEST = 0

    @property
    def gain(self) -> float:
        """What every sample is multiplied with."""
        return float(10 ** (self.value / 20))

    def step(self, steps: int) -> "Volume":
        """So many steps louder (softer below 0), as far as it goes."""
        each = tuple(Volume)
        return each[min(max(each.index(self) + steps, 0), len(each) - 1)]


RATE = 22_050
"""Of every sound of the kiosk: one channel, 16 bits, little-endian."""


class SpeakerState(StrEnum):
    READY = "ready"
    OFFLINE = "offline"


class Speaker(Protocol):
    """Says sentences aloud on a thread of its own: no call waits for a voice. Used by one thread."""

    private: bool
    """Only the person hears it, in a headset; false: so does the hall."""
    volume: Volume
    """Of each sentence that begins from now on."""

    @property
    def speaking(self) -> bool:
        """Whether something is still being said."""
        ...

    def state(self) -> SpeakerState:
        """As the last attempt found it, without waiting. Never raises."""
        ...

    def say(self, sayings: Sequence[Saying], begun: Callable[[int], None]) -> None:
        """These from now on, and nothing of those before. `begun` hears of each as it starts, on whatever thread."""
        ...

    def play(self, sound: bytes) -> None:
        """This sound from now on, and nothing of what was before: samples as `RATE` says."""
        ...

    def hush(self) -> None:
        """Silence, at once."""
        ...

    def close(self) -> None:
        """Silent for good."""
        ...


class MicrophoneState(StrEnum):
    READY = "ready"
    MUTE = "mute"
    """It answers, but not even the hum of the room comes: its plug is out, or it is switched off."""
    OFFLINE = "offline"


class MicrophoneFault(Exception):
    """Nobody can be heard. The words say which program did not do its part, and nothing of what was spoken."""


@dataclass(frozen=True, slots=True)
class Ear:
    """Whoever wants to hear. Both are called on the microphone's thread."""

    heard: Callable[[float], None]
    """Gets how loud the last tenth of a second was, from 0 to 1."""
    enough: Callable[[], bool]
    """Asked again and again: true once the person has finished, or nobody wants it any more."""


class Microphone(Protocol):
    """Hears one person at a time. Used by one thread."""

    def state(self) -> MicrophoneState:
        """Listens for a moment, keeps nothing of it, and tells what came. Never raises."""
        ...

    def record(self, ear: Ear) -> bytes:
        """What is heard until it is enough, or `LONGEST_S` are over, as samples; raises MicrophoneFault."""
        ...
