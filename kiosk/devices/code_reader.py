"""A reader of codes on a serial line: one with such a plug, or a USB reader in its serial mode (CDC, "virtual COM").

A reader ends each code with CR, LF or both, as its sheet of settings says; one that does not is understood by silence.
"""

import logging
import threading
from collections.abc import Callable

from serial import Serial, SerialException

from kiosk.devices.base import ReaderState, Reading

_log = logging.getLogger(__name__)

LONGEST_CODE = 7089
"""Characters of the largest QR code, version 40-L in digits (ISO/IEC 18004): longer is no code."""
_LISTEN_S = 0.25
_SILENCES = 4
"""Empty listenings, one second in all, after which nothing more of a code will come."""
_RETRY_S = 0.5


class CodeStream:
    """Puts the bytes of a reader together to whole codes, however they come."""

    def __init__(self) -> None:
        self._begun = bytearray()

    def feed(self, data: bytes) -> tuple[Reading, ...]:
        """The codes these bytes end."""
        *ended, begun = (bytes(self._begun) + data).replace(b"\r", b"\n").split(b"\n")
        self._begun = bytearray(begun[: LONGEST_CODE + 1])  # what is too long stays so, and takes no more room
        return tuple(_reading(each) for each in ended if each.strip())

    def rest(self) -> tuple[Reading, ...]:
        """The code that silence ends."""
        return self.feed(b"\n")


class SerialReader:
    """Its own thread holds the port, alone, and opens it again after a loss: replugging the cable is enough."""

    def __init__(self, port: str, baud: int) -> None:
        self._port = port
        self._baud = baud
        self._state = ReaderState.OFFLINE
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def state(self) -> ReaderState:
        return self._state

    def listen(self, heard: Callable[[Reading], None]) -> None:
        self._thread = threading.Thread(target=self._run, args=(heard,), name="code reader", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self, heard: Callable[[Reading], None]) -> None:
        told = False
        while not self._stopping.is_set():
            try:
                with Serial(self._port, self._baud, timeout=_LISTEN_S, exclusive=True) as line:
                    told = False
                    self._state = ReaderState.READY
                    self._read(line, heard)
            except (SerialException, OSError) as fault:
                if not told:
                    told = True
                    _log.warning("the code reader is not on %s (%s)", self._port, type(fault).__name__)
            self._state = ReaderState.OFFLINE
            self._stopping.wait(_RETRY_S)

    def _read(self, line: Serial, heard: Callable[[Reading], None]) -> None:
        """Until the line is lost (SerialException, OSError) or the reader closed."""
        codes, silences = CodeStream(), 0
        while not self._stopping.is_set():
            data: bytes = line.read(max(1, line.in_waiting))
            silences = 0 if data else silences + 1
            for reading in codes.rest() if silences == _SILENCES else codes.feed(data):
                heard(reading)


def _reading(code: bytes) -> Reading:
    try:
        text = code.decode().strip()
    except UnicodeDecodeError:
        text = ""
    return Reading(text if len(code) <= LONGEST_CODE and text.isprintable() else "")
