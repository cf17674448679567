"""The kiosk's devices where no real ones are configured: for a first look, for training and for tests."""

import queue
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence

from civic.language import Language
from civic.spoken import sentences
from kiosk.devices.alsa_microphone import LONGEST, TENTH, loudness
from kiosk.devices.base import (
    UNWATCHED,
    Ear,
    MicrophoneFault,
    MicrophoneState,
    ReaderState,
    Reading,
    Saying,
    Scan,
    ScannerFault,
    ScannerState,
    SpeakerState,
    Volume,
    Watch,
)
from kiosk.devices.code_reader import CodeStream
from kiosk.devices.escpos_printer import EscposPrinter
from kiosk.devices.graphics_memory import GraphicsMemory
from kiosk.devices.invented_page import invented_page
from kiosk.devices.invented_voice import invented_voice
from kiosk.devices.link import LineLost, Link, Wire
from kiosk.devices.printer_model import PrinterModel
from kiosk.devices.printer_profile import PrinterProfile

_LISTEN_S = 0.05
_LAMP_STEPS = 20
PROFILE_80MM = PrinterProfile(name="Simulated, 80 mm", width_px=576, process_id=True, mm_per_s=150)


class DirectLink:
    """A cable straight into a printer model, in this process."""

    bytes_per_s = 1_000_000.0

    def __init__(self, model: PrinterModel) -> None:
        self._model = model
        self._plugged = True

    def plug(self) -> None:
        self._plugged = True

    def pull(self) -> None:
        self._plugged = False

    def open(self, patience_s: float) -> Wire:  # noqa: ARG002  opening takes no time here
        return _DirectWire(self, self._model)

    def check(self) -> None:
        """Raises LineLost when the cable is out."""
        if not self._plugged:
            raise LineLost("the cable is out")


class _DirectWire:
    def __init__(self, link: DirectLink, model: PrinterModel) -> None:
        link.check()
        self._link = link
        self._model = model
        self._answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        model.plug(self._answers.put)

    def send(self, data: bytes) -> None:
        self._link.check()
        self._model.feed(data)

    def receive(self) -> bytes:
        self._link.check()
        try:
            return self._answers.get(timeout=_LISTEN_S)
        except queue.Empty:
            return b""

    def close(self) -> None:
        self._model.plug(None)


class SimulatedPrinter(EscposPrinter):
    """The real driver on a printer model: every byte is the one a real printer would get. `model` has the hands."""

    def __init__(
        self,
        model: PrinterModel | None = None,
        profile: PrinterProfile = PROFILE_80MM,
        patience_s: float = 2.0,
        tap: Callable[[Link], Link] | None = None,
        memory: GraphicsMemory | None = None,
    ) -> None:
        """`tap` may put something between the driver and the cable, such as a RecordedLink."""
        self.model = model or PrinterModel(profile.width_px, profile.dots_per_mm)
        self.cable = DirectLink(self.model)
        super().__init__(tap(self.cable) if tap else self.cable, profile, patience_s, memory)


class SimulatedScanner:
    """A scanner with a new invented page on its glass each time, unless a picture is laid there."""

    def __init__(self, dpi: int = 150, *, feeder: bool = False, lamp_s: float = 0.0) -> None:
        """`lamp_s`: how long the lamp takes over a page."""
        self.lamp_s = lamp_s
        self._dpi = dpi
        self._feeder = feeder
        self._state = ScannerState.READY
        self._sheets_before = 0
        self._pictures: deque[bytes] = deque()

    def state(self) -> ScannerState:
        return ScannerState.READY if self._sheets_before else self._state

    def scan(self, watch: Watch = UNWATCHED) -> Scan:
        return self._take(1, watch)

    def scan_all(self, watch: Watch = UNWATCHED) -> Iterator[Scan]:
        pile = max(1, len(self._pictures)) if self._feeder else 1
        for sheet in range(1, pile + 1):
            yield self._take(sheet, watch)

    def _take(self, sheet: int, watch: Watch) -> Scan:
        if self.state() is not ScannerState.READY:
            raise ScannerFault(self._state)
        for step in range(_LAMP_STEPS + 1):
            watch.moved(sheet, step / _LAMP_STEPS)
            if watch.unwanted():
                raise ScannerFault(ScannerState.STOPPED)
            time.sleep(self.lamp_s / _LAMP_STEPS)
        self._sheets_before = max(0, self._sheets_before - 1)
        picture = self._pictures.popleft() if self._pictures else invented_page(self._dpi)
        return Scan(picture, self._dpi)

    def close(self) -> None:
        """Nothing is held."""

    def insert(self, picture: bytes) -> None:
        """A picture file (PNM, JPEG or PNG at this scanner's resolution) for the next scan; several make a pile."""
        self._pictures.append(picture)

    def jam(self, after_sheets: int = 0) -> None:
        """At once, or when so many sheets have gone through."""
        self._sheets_before = after_sheets
        self._state = ScannerState.JAMMED

    def lift_cover(self) -> None:
        self._state = ScannerState.COVER_OPEN

    def empty(self) -> None:
        self._state = ScannerState.EMPTY

    def mend(self) -> None:
        self._state = ScannerState.READY


class SimulatedReader:
    """A code reader in whose light any bytes can be held; they are heard on the thread that holds them."""

    def __init__(self) -> None:
        self._codes = CodeStream()
        self._heard: Callable[[Reading], None] | None = None
        self._plugged = True

    def state(self) -> ReaderState:
        return ReaderState.READY if self._plugged else ReaderState.OFFLINE

    def listen(self, heard: Callable[[Reading], None]) -> None:
        self._heard = heard

    def close(self) -> None:
        self._heard = None

    def show(self, text: str) -> None:
        """Hold a code with that text in front of it."""
        self.send(text.encode() + b"\r")

    def send(self, data: bytes) -> None:
        """Bytes as they come out of a reader's cable."""
        self._hear(self._codes.feed(data))

    def fall_silent(self) -> None:
        """Nothing comes for longer than a code takes."""
        self._hear(self._codes.rest())

    def pull(self) -> None:
        self._plugged = False

    def plug(self) -> None:
        """What was lost with the line does not come back with it."""
        self._codes, self._plugged = CodeStream(), True

    def _hear(self, readings: tuple[Reading, ...]) -> None:
        for reading in readings:
            if self._heard is not None and self._plugged:
                self._heard(reading)


class SimulatedSpeaker:
    """Says everything in no time, and keeps what anybody near it would have heard, in the words that were said."""

    def __init__(self, *, private: bool = True) -> None:
        self.private = private
        self.volume = Volume.USUAL
        self.volumes: list[Volume] = []
        """How loud each of them was said."""
        self.heard: list[str] = []
        self.languages: list[Language] = []
        """In which language each of them was said."""
        self.played: list[bytes] = []
        """The sounds that are no sentences."""
        self.lasting = False
        """Whether those go on until somebody wants silence; otherwise they too take no time."""
        self.speaking = False
        self.hushed = 0

    def state(self) -> SpeakerState:
        return SpeakerState.READY

    def say(self, sayings: Sequence[Saying], begun: Callable[[int], None]) -> None:
        for nth, saying in enumerate(sayings):
            begun(nth)
            self.heard.append(" ".join(each.text for each in sentences(saying.text, saying.language)))
            self.languages.append(saying.language)
            self.volumes.append(self.volume)

    def play(self, sound: bytes) -> None:
        self.played.append(sound)
        self.speaking = self.lasting

    def hush(self) -> None:
        self.speaking = False
        self.hushed += 1

    def close(self) -> None:
        """Nothing is held."""


class SimulatedMicrophone:
    """Hears somebody who speaks without end, in syllables and with pauses, unless it is told what is said before it."""

    def __init__(self, *, tenth_s: float = 0.1) -> None:
        """`tenth_s`: how long a tenth of a second takes."""
        self.tenth_s = tenth_s
        self._said: bytes | None = None
        self._state = MicrophoneState.READY

    def state(self) -> MicrophoneState:
        return self._state

    def record(self, ear: Ear) -> bytes:
        if self._state is MicrophoneState.OFFLINE:
            raise MicrophoneFault("the microphone is not plugged in")
        taken = bytearray()
        while len(taken) < LONGEST and not ear.enough():
            tenth = self._tenth(len(taken))
            taken += tenth
            ear.heard(loudness(tenth))
            time.sleep(self.tenth_s)
        return bytes(taken)

    def say(self, samples: bytes) -> None:
        """From now on whoever is heard says exactly that, and then nothing."""
        self._said = samples

    def mute(self) -> None:
        self._said, self._state = b"", MicrophoneState.MUTE

    def pull(self) -> None:
        self._state = MicrophoneState.OFFLINE

    def mend(self) -> None:
        self._said, self._state = None, MicrophoneState.READY

    def _tenth(self, at: int) -> bytes:
        said = invented_voice() if self._said is None else self._said
        start = at % len(said) if self._said is None else at
        return said[start : start + TENTH].ljust(TENTH, b"\0")
