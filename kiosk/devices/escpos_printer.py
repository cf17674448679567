"""The receipt printer of the hall: prints a picture and knows whether the paper is out."""

import time
from collections.abc import Iterator
from itertools import chain

from kiosk.devices.base import PrinterFault, PrinterState, Raster
from kiosk.devices.escpos_job import CUT, STRIP_ROWS, pieces, preamble, white_filler
from kiosk.devices.escpos_line import EscposLine
from kiosk.devices.graphics_memory import GraphicsMemory
from kiosk.devices.link import LineLost, Link
from kiosk.devices.printer_profile import PrinterProfile

_WINDOW = 8  # strips that may be on their way: 24 mm of paper keep the motor running
_FRESH_S = 0.3
"""How long an answer is believed. Behind a USB adapter each question takes 16 ms, and a person waits for the paper."""


class EscposPrinter:
    """An ESC/POS printer on any link. A lost line is opened again by the next call.

    The job goes out a strip at a time, each followed by a mark the printer answers when the strip is on paper. The last
    strip and the cut leave only when all before is printed: what stays in the printer after a fault is no whole ticket.
    Whoever asks for the state just before printing has the first byte on its way at once: it is not asked again.
    """

    def __init__(
        self, link: Link, profile: PrinterProfile, patience_s: float = 2.0, memory: GraphicsMemory | None = None
    ) -> None:
        """`patience_s`: how long a silence or a delay is borne before it is a fault. `memory`: if the model has one."""
        self.width_px = profile.width_px
        self.dots_per_mm = profile.dots_per_mm
        self._link = link
        self._profile = profile
        self._patience_s = patience_s
        self._memory = memory
        self._line: EscposLine | None = None
        self._fresh_until = 0.0  # by the monotonic clock: so long it can print, as it has just said
        self._settled = False  # nothing of an earlier job waits in the printer
        self._half_printed = False  # a piece of an earlier job hangs at the cutter

    def state(self) -> PrinterState:
        try:
            line, state = self._ask()
            if state.can_print and not self._settled and not self._half_printed:
                self._settle(line)  # now, while nobody waits for a paper
        except LineLost:
            self._hang_up()
            return PrinterState.OFFLINE
        except PrinterFault as fault:
            return fault.state
        if state.can_print:
            self._fresh_until = time.monotonic() + _FRESH_S
        return state

    def print(self, image: Raster) -> None:
        if image.width_px > self.width_px:
            raise ValueError(f"a picture {image.width_px} pixels wide does not fit on {self.width_px}")
        try:
            self._print(self._ready_line(), image)
        except LineLost:
            self._hang_up()
            raise PrinterFault(PrinterState.OFFLINE) from None
        except PrinterFault:
            raise
        except Exception:
            self._hang_up()  # nobody knows what of it was sent: the next paper finds a line of its own
            raise

    def learn(self, picture: Raster) -> bool:
        if self._memory is None:
            return False
        try:
            return self._memory.learn(self._ready_line(), picture)
        except LineLost:
            self._hang_up()
            raise PrinterFault(PrinterState.OFFLINE) from None

    def close(self) -> None:
        self._hang_up()

    def _ready_line(self) -> EscposLine:
        """Raises PrinterFault. A printer that cannot print does not tell what it keeps either."""
        line = self._line
        if line is None or time.monotonic() > self._fresh_until:
            line, state = self._ask()
            if not state.can_print:
                raise PrinterFault(state)
        self._fresh_until = 0.0
        if self._memory is not None and not self._memory.met:
            self._memory.meet(line)
        return line

    def _ask(self) -> tuple[EscposLine, PrinterState]:
        """The line and the state. A printer drops a line that idles long, so a lost one is opened anew."""
        if self._line is not None:
            try:
                return self._line, self._line.state()
            except LineLost:
                self._hang_up()
        self._line = self._connect()
        return self._line, self._line.state()

    def _connect(self) -> EscposLine:
        """A line on which the printer hears commands again, also when an earlier one broke in the middle of a strip."""
        wire = self._link.open(self._patience_s)
        line = EscposLine(wire, self._patience_s, process_id=self._profile.process_id)
        try:
            if self._profile.process_id:
                line.clear()
            else:
                line.send(white_filler(self._profile))
        except LineLost:
            line.close()
            raise
        return line

    def _hang_up(self) -> None:
        self._settled = False
        if self._memory is not None:
            self._memory.part()
        if self._line is not None:
            self._line.close()
            self._line = None

    def _print(self, line: EscposLine, image: Raster) -> None:
        if not self._settled:
            self._settle(line)
        self._settled, self._half_printed = False, True
        key_of = self._memory.key_of if self._memory is not None else _keeps_nothing
        job = pieces(image, key_of, draws_codes=self._profile.draws_codes)
        self._send(line, chain([preamble(self._profile)], job), image.height_px)
        self._settled, self._half_printed = True, False
        if not self._profile.process_id and not (state := line.state()).can_print:
            raise PrinterFault(state)

    def _send(self, line: EscposLine, job: Iterator[bytes], rows: int) -> None:
        """Each piece leaves while the next is made."""
        deadline = time.monotonic() + self._time_limit_s(rows)
        last = next(job)
        try:
            for piece in job:
                self._wait(line, _WINDOW - 1, deadline)
                line.send_marked(last)
                last = piece
            self._wait(line, 0, deadline)
            line.send_marked(last + CUT)
            self._wait(line, 0, deadline)
        except PrinterFault:
            if self._profile.process_id:
                line.clear()  # now: whoever mends the printer must not find the rest of this job coming out
            raise

    def _wait(self, line: EscposLine, allowed: int, deadline: float) -> None:
        """Until at most `allowed` marks are unanswered. An unclear state may pass (a hot head), a fault does not."""
        while line.unanswered > allowed:
            if line.listen():
                continue
            state = line.state()
            if line.unanswered > allowed and not state.can_print and state is not PrinterState.UNKNOWN:
                raise PrinterFault(state)
            if time.monotonic() > deadline:
                raise PrinterFault(PrinterState.UNKNOWN)

    def _settle(self, line: EscposLine) -> None:
        """Rid the printer of an earlier job: what waits is gone or comes out now, what hangs is cut."""
        if not self._profile.process_id:
            line.forget()
            line.send_marked(b"")
            self._wait(line, 0, time.monotonic() + self._time_limit_s(_WINDOW * STRIP_ROWS))
            line.forget()
        if self._half_printed:
            self._send(line, iter([preamble(self._profile)]), 0)
        self._settled = True

    def _time_limit_s(self, rows: int) -> float:
        """Twice what the line and the motor need, and the patience everything gets."""
        line_s = rows * self.width_px / 8 / self._link.bytes_per_s
        motor_s = rows / self._profile.dots_per_mm / self._profile.mm_per_s
        return 2 * (line_s + motor_s) + self._patience_s


def _keeps_nothing(_picture: Raster) -> None:
    """The key of a picture, for a printer without a memory."""
