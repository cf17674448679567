"""A line that remembers what went over it: the exact bytes of a ticket, and when the first of them left."""

import time
from dataclasses import dataclass, field

from kiosk.devices.escpos_line import STATUS_QUESTION
from kiosk.devices.link import Link, Wire


@dataclass
class Recording:
    """Every piece sent, with the moment (`time.perf_counter`) it left."""

    pieces: list[tuple[float, bytes]] = field(default_factory=list)

    def since(self, moment: float) -> bytes:
        """All that left at that moment or later."""
        return b"".join(data for left_at, data in self.pieces if left_at >= moment)

    def first_since(self, moment: float) -> float | None:
        """When the first byte of a paper left after that moment; None when none did. A question is not one."""
        return next((at for at, data in self.pieces if at >= moment and not data.startswith(STATUS_QUESTION)), None)


class RecordedLink:
    """Any link, with a recording of what is sent."""

    def __init__(self, link: Link, recording: Recording) -> None:
        self._link = link
        self._recording = recording

    @property
    def bytes_per_s(self) -> float:
        return self._link.bytes_per_s

    def open(self, patience_s: float) -> Wire:
        return _RecordedWire(self._link.open(patience_s), self._recording)


class _RecordedWire:
    def __init__(self, wire: Wire, recording: Recording) -> None:
        self._wire = wire
        self._recording = recording

    def send(self, data: bytes) -> None:
        self._recording.pieces.append((time.perf_counter(), data))
        self._wire.send(data)

    def receive(self) -> bytes:
        return self._wire.receive()

    def close(self) -> None:
        self._wire.close()
