"""Calling an agent to the kiosk, over the line and at once; nothing of it is kept."""

from enum import Enum, auto
from typing import Protocol

from sync.transport import CentralUnreachable


class Line(Protocol):
    """Where agents are called. May raise CentralUnreachable, within seconds."""

    def call_agent(self, *, wanted: bool) -> bool: ...


class Called(Enum):
    """What is known of a call."""

    WAITING = auto()
    COMING = auto()
    UNHEARD = auto()
    """The line is down: nobody knows of it."""


class HelpLine:
    """Belongs to a thread that may wait. Never raises for the line."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def call(self) -> Called:
        """Somebody asks for an agent, or has asked and waits."""
        try:
            return Called.COMING if self._line.call_agent(wanted=True) else Called.WAITING
        except CentralUnreachable:
            return Called.UNHEARD

    def cancel(self) -> Called:
        """Whoever asked has gone. A call the centre does not hear ended ends there by itself."""
        try:
            self._line.call_agent(wanted=False)
        except CentralUnreachable:
            return Called.UNHEARD
        return Called.WAITING
