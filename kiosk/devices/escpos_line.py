"""A conversation with an ESC/POS printer: questions, answers told apart by their fixed bits, and marks in the stream.

A mark is a request the printer answers only when everything sent before it is on paper: the process ID where the model
has it, otherwise GS r, whose answer comes in the order of the data.
"""

import secrets
import time
from collections import deque

from kiosk.devices.base import PrinterState
from kiosk.devices.link import LineLost, Wire

STATUS_QUESTION = b"\x10\x04"  # DLE EOT, and which
_CLEAR = bytes.fromhex("10140801031401060208")  # DLE DC4 fn 8: drop all that waits, recover from an error
_CLEARED = b"\x37\x25\x00"
_MARKED = b"\x37\x22"
_BLOCK_HEADS = (b"\x37", b"\x5f")
"""What every longer answer begins with; it ends with NUL."""
_QUIET_LISTENS = 4


class EscposLine:
    """One open line. Every method raises LineLost when the line breaks or the printer is silent for `patience_s`."""

    def __init__(self, wire: Wire, patience_s: float, *, process_id: bool) -> None:
        self._wire = wire
        self._patience_s = patience_s
        self._process_id = process_id
        self._inbox = b""
        self._statuses: deque[int] = deque()
        self._expected: deque[bytes] = deque()
        self._cleared = False
        self._answers: deque[bytes] = deque()

    @property
    def unanswered(self) -> int:
        """Marks sent whose paper is not known to be printed."""
        return len(self._expected)

    def send(self, data: bytes) -> None:
        self._wire.send(data)

    def send_marked(self, data: bytes) -> None:
        """`data`, and a mark after it."""
        name = bytes(secrets.choice(range(33, 127)) for _ in range(4))
        self._expected.append(name)
        self._wire.send(data + (b"\x1d(H\x06\x0000" + name if self._process_id else b"\x1dr\x01"))

    def ask(self, question: bytes, head: bytes) -> bytes:
        """What the printer answers, between `head` and NUL; the question waits its turn behind what was sent."""
        self._answers.clear()
        self._wire.send(question)
        patience = time.monotonic() + self._patience_s
        while True:
            while self._answers:
                answer = self._answers.popleft()
                if answer.startswith(head):
                    return answer[len(head) : -1]
            self._listen_until(patience)

    def listen(self) -> bool:
        """Take in what the printer says; False when it said nothing for a twentieth of a second."""
        heard = self._wire.receive()
        self._inbox += heard
        while self._inbox and (used := self._take()):
            self._inbox = self._inbox[used:]
        return bool(heard)

    def state(self) -> PrinterState:
        if self._status(2) & 0x04:
            return PrinterState.COVER_OPEN
        paper = self._status(4)
        if paper & 0x60:
            return PrinterState.PAPER_OUT
        error = self._status(3)
        if error & 0x08:
            return PrinterState.CUTTER_ERROR
        if error & 0x60 or self._status(1) & 0x08:
            return PrinterState.UNKNOWN
        return PrinterState.PAPER_LOW if paper & 0x0C else PrinterState.READY

    def clear(self) -> None:
        """Drop everything that waits in the printer, of whatever job."""
        self._cleared = False
        self._wire.send(_CLEAR)
        patience = time.monotonic() + self._patience_s
        while not self._cleared:
            self._listen_until(patience)
        self._expected.clear()

    def forget(self) -> None:
        """Let late answers of an earlier job pass by."""
        quiet = 0
        while quiet < _QUIET_LISTENS:
            quiet = 0 if self.listen() else quiet + 1
        self._expected.clear()

    def close(self) -> None:
        self._wire.close()

    def _status(self, question: int) -> int:
        """DLE EOT. A raster may hold these bytes by chance and draw an answer nobody asked for: that one is dropped."""
        while self._statuses:
            self._statuses.clear()
            self.listen()
        self._wire.send(STATUS_QUESTION + bytes([question]))
        patience = time.monotonic() + self._patience_s
        while not self._statuses:
            self._listen_until(patience)
        return self._statuses.popleft()

    def _listen_until(self, patience: float) -> None:
        if not self.listen() and time.monotonic() > patience:
            raise LineLost("the printer is silent")

    def _take(self) -> int:
        """Understand the first answer in the inbox; how many bytes it has, 0 while it is not whole."""
        first = self._inbox[0]
        if self._inbox[:1] in _BLOCK_HEADS:
            return self._take_response()
        if first & 0x93 == 0x12:
            self._statuses.append(first)
        elif first & 0x90 == 0 and self._expected and not self._process_id:
            self._expected.popleft()
        return 1

    def _take_response(self) -> int:
        end = self._inbox.find(b"\x00") + 1
        response = self._inbox[:end]
        if response == _CLEARED:
            self._cleared = True
        elif response.startswith(_MARKED) and response[2:-1] in self._expected:
            while self._expected.popleft() != response[2:-1]:
                pass  # an answer to a later mark is an answer to all before it
        elif response:
            self._answers.append(response)
        return end
