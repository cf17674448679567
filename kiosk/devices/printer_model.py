"""A thermal receipt printer in software: speaks ESC/POS, draws the paper, and has hands to make a real one's faults.

It stands in for the hall's printer in training and in tests, on the same bytes (Epson's ESC/POS command reference).
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum

from PIL import Image

from kiosk.devices.escpos_stream import CLEAR, RECOVER, ReceiveBuffer
from kiosk.devices.model_code import ModelCode
from kiosk.devices.model_memory import ModelMemory

_LINE_DOTS = 30


class Roll(StrEnum):
    FULL = "full"
    LOW = "low"
    OUT = "out"


class PrinterModel:
    """One printer, one cable. Hands and cable may be on different threads: the lock stands for its one mechanism.

    While it cannot print it still answers real-time status and keeps what it received; mended, it goes on.
    """

    def __init__(
        self,
        width_px: int = 576,
        dots_per_mm: int = 8,
        mm_per_s: float | None = None,
        on_paper: Callable[[Image.Image], None] | None = None,
        memory: ModelMemory | None = None,
    ) -> None:
        """Without `mm_per_s` it prints as fast as it is fed. `on_paper` gets each paper, on the printing thread.

        `memory` outlives a loss of power, and may be carried over to another printer as a swapped one would be.
        """
        self.papers: list[Image.Image] = []
        self.received = bytearray()
        self.unknown = bytearray()
        self._width_px = width_px
        self._dots_per_mm = dots_per_mm
        self._dpi = round(dots_per_mm * 25.4)  # whole, as makers count: one of 203 units to the inch is one dot
        self._on_paper = on_paper
        self._send: Callable[[bytes], None] | None = None
        self._lock = threading.RLock()
        self._outgoing: deque[bytes | Image.Image] = deque()
        self._buffer = ReceiveBuffer()
        self._rows: list[bytes] = []
        self._raster = (0, 0)  # bytes a row, rows still to come
        self._kept_rows: deque[bytes] = deque()  # of a picture kept or a code drawn here, still to come
        self._white_rows = 0  # of a feed, still to come
        self._cut_due = False
        self._power, self._cover_open, self._cutter_stuck, self._cutter_error = True, False, False, False
        self._roll = Roll.FULL
        self._after: tuple[int, Callable[[], None]] | None = None
        self.memory = memory or ModelMemory()
        self._code = ModelCode()
        self._units_per_inch, self._margin, self._centred = 0, 0, False
        self._reset()
        self._closed = threading.Event()
        self._work = threading.Event()
        self._motor: threading.Thread | None = None
        if mm_per_s is not None:
            self._motor = threading.Thread(
                target=self._run_motor, args=(1 / mm_per_s,), name="printer motor", daemon=True
            )
            self._motor.start()

    # the cable

    def plug(self, send: Callable[[bytes], None] | None) -> None:
        """From now on answers go to `send`; None when the cable is out."""
        with self._lock:
            self._send = send

    def feed(self, data: bytes) -> None:
        """Bytes as they come, cut anywhere."""
        with self._mechanism():
            if not self._power:
                return
            self.received += data
            for request in self._buffer.take_in(data):
                if request == CLEAR:
                    self._drop_command()
                    self._cutter_error = False
                    self._answer(b"\x37\x25\x00")
                elif request == RECOVER:
                    self._cutter_error = False
                else:
                    self._answer(bytes([self._status(request[-1])]))

    # the hands

    def set_cover_open(self, is_open: bool) -> None:
        with self._mechanism():
            self._cover_open = is_open

    def set_roll(self, roll: Roll) -> None:
        with self._mechanism():
            self._roll = roll

    def set_cutter_stuck(self, stuck: bool) -> None:
        with self._mechanism():
            self._cutter_stuck = stuck
            self._cutter_error = self._cutter_error and stuck

    def set_power(self, on: bool) -> None:
        """Off: everything waiting inside is lost; a half-printed paper stays where it is."""
        with self._mechanism():
            self._power = on
            self._cutter_error = False
            self._buffer = ReceiveBuffer()
            self._drop_command()
            self._reset()

    def after_rows(self, rows: int, happening: Callable[[], None]) -> None:
        """When so many more rows are on paper, this happens: the way to a fault in the middle of a job."""
        with self._lock:
            self._after = (rows, happening)

    def run_out_after(self, rows: int) -> None:
        self.after_rows(rows, lambda: self.set_roll(Roll.OUT))

    # what a person sees

    @property
    def hanging(self) -> Image.Image | None:
        """The piece of paper printed but not cut yet."""
        with self._lock:
            return self._picture() if self._rows else None

    @property
    def cover_open(self) -> bool:
        return self._cover_open

    @property
    def roll(self) -> Roll:
        return self._roll

    @property
    def power(self) -> bool:
        return self._power

    def close(self) -> None:
        """Stop the motor of a slow printer."""
        self._closed.set()
        self._work.set()
        if self._motor is not None:
            self._motor.join()

    # inside

    @contextmanager
    def _mechanism(self) -> Iterator[None]:
        with self._lock:
            yield
            while self._motor is None and self._step():
                pass
        self._work.set()
        self._deliver()

    def _run_motor(self, mm_s: float) -> None:
        """A millimetre at a time."""
        while not self._closed.is_set():
            with self._lock:
                moved = sum(1 for _ in range(self._dots_per_mm) if self._step())
                if not moved:
                    self._work.clear()
            self._deliver()
            if not moved:
                self._work.wait()
            else:
                self._closed.wait(mm_s)

    def _deliver(self) -> None:
        """Answers and papers leave outside the lock: whoever takes them may use the hands."""
        while True:
            with self._lock:
                if not self._outgoing:
                    return
                leaving, send = self._outgoing.popleft(), self._send
            if isinstance(leaving, bytes):
                if send is not None:
                    send(leaving)
            elif self._on_paper is not None:
                self._on_paper(leaving)

    def _answer(self, data: bytes) -> None:
        self._outgoing.append(data)

    def _status(self, question: int) -> int:
        """DLE EOT: bits 1 and 4 are always set, 0 and 7 never."""
        out = self._roll is Roll.OUT
        offline = self._cover_open or out or self._cutter_error
        bits = {
            1: 0x08 * offline,
            2: 0x04 * self._cover_open | 0x20 * out | 0x40 * self._cutter_error,
            3: 0x08 * self._cutter_error,
            4: 0x0C * (self._roll is not Roll.FULL) | 0x60 * out,
        }
        return 0x12 | bits[question]

    def _reset(self) -> None:
        """ESC @, and what power off leaves. One inch is twice the dots, as many models start."""
        self._units_per_inch = self._dpi * 2
        self._margin, self._centred = 0, False

    def _drop_command(self) -> None:
        """Leave the command being printed where it is."""
        self._raster, self._white_rows, self._cut_due = (0, 0), 0, False
        self._kept_rows.clear()

    def _step(self) -> bool:
        """Print one row, or do one command; False when there is nothing to do or no way to do it."""
        if not self._power or self._cover_open or self._roll is Roll.OUT or self._cutter_error:
            return False
        if self._white_rows:
            self._white_rows -= 1
            self._print_row(b"")
            return True
        if self._kept_rows:
            self._print_row(self._kept_rows.popleft())
            return True
        row_bytes, rows = self._raster
        if rows:
            row = self._buffer.take(row_bytes)
            if row is None:
                return False
            self._raster = (row_bytes, rows - 1)
            self._print_row(row)
            return True
        if self._cut_due:
            return self._cut()
        command = self._buffer.next_command()
        if command is not None:
            self._obey(command)
        return command is not None

    def _print_row(self, row: bytes) -> None:
        size = self._width_px // 8
        whole, dots = divmod(self._margin, 8)
        if dots:
            row = (int.from_bytes(row + b"\x00", "big") >> dots).to_bytes(len(row) + 1, "big")
        self._rows.append((bytes(whole) + row)[:size].ljust(size, b"\x00"))
        if self._after is not None:
            rows, happening = self._after
            self._after = (rows - 1, happening)
            if rows <= 1:
                self._after = None
                happening()

    def _cut(self) -> bool:
        if self._cutter_stuck:
            self._cutter_error = True
            return False
        self._cut_due = False
        if self._rows:
            paper = self._picture()
            self._rows = []
            self.papers.append(paper)
            self._outgoing.append(paper)
        return True

    def _picture(self) -> Image.Image:
        return Image.frombytes("1", (self._width_px // 8 * 8, len(self._rows)), b"".join(self._rows), "raw", "1;I")

    def _obey(self, command: bytes) -> None:
        match command[:2]:
            case b"\x1b@":
                self._reset()
            case b"\x1bJ" | b"\x1bd" as feed:
                unit = _LINE_DOTS if feed == b"\x1bd" else self._dpi / self._units_per_inch
                self._white_rows = round(command[2] * unit)
            case b"\x1ba":
                self._centred = command[2] in b"\x011"
            case b"\x1dL":
                units = int.from_bytes(command[2:4], "little")
                self._margin = round(units * self._dpi / self._units_per_inch)
            case b"\x1dP":
                self._units_per_inch = command[3] or self._units_per_inch
            case b"\x1dv":
                self._raster = (int.from_bytes(command[4:6], "little"), int.from_bytes(command[6:8], "little"))
            case b"\x1dV":
                self._cut_due = True
                self._white_rows = command[3] if len(command) > 3 else 0
            case other:
                self._answer_or_keep(other, command)

    def _answer_or_keep(self, head: bytes, command: bytes) -> None:
        match head:
            case b"\x1dr":
                self._answer(bytes([0x03 if self._roll is Roll.LOW else 0x00]))
            case b"\x1d(":
                self._obey_function(command[2:3], command[6], command[7:])
            case b"\x1dI":
                self._answer(b"_" + self.memory.serial.encode() + b"\x00" if command[2] == 68 else b"\x00")
            case b"\x06":
                self._answer(self.memory.tell_more())
            case b"\x10\x04" | b"\x10\x05":
                pass  # obeyed when it came
            case _:
                self.unknown += command

    def _obey_function(self, group: bytes, function: int, data: bytes) -> None:
        if group == b"H" and function == 48:
            self._answer(b"\x37\x22" + data + b"\x00")
        elif group == b"L" and function == 69:
            self._kept_rows.extend(self.memory.rows_of(data[:2]))
        elif group == b"L" and (told := self.memory.obey(function, data)):
            self._answer(told)
        elif group == b"k":
            self._kept_rows.extend(self._code.obey(function, data, self._width_px if self._centred else 0))
