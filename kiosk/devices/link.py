"""What the printer driver asks of a line: to be opened, to carry bytes both ways, and to say when it is lost."""

from typing import Protocol


class LineLost(Exception):
    """Nothing answers at the other end."""


class Wire(Protocol):
    """An open line to a printer."""

    def send(self, data: bytes) -> None:
        """All of it; raises LineLost."""
        ...

    def receive(self) -> bytes:
        """What came within a twentieth of a second, empty when nothing did; raises LineLost."""
        ...

    def close(self) -> None: ...


class Link(Protocol):
    """Where a printer is. Opening it again after a loss is all that a replugged cable needs."""

    @property
    def bytes_per_s(self) -> float: ...

    def open(self, patience_s: float) -> Wire:
        """`patience_s`: how long a connection or a write may hang; raises LineLost."""
        ...
