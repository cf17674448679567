"""The threads behind the screen: one for each thing that may keep somebody waiting."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_Done = TypeVar("_Done")
_PATIENCE_S = 3.0
"""So long the first frame is waited for at most: a window nobody shows has none."""


class Threads:
    """They begin once people see the kiosk: what they load and ask would keep them waiting for it."""

    def __init__(self) -> None:
        self._seen = threading.Event()
        self.store = self._one("store")
        self.printer = self._one("printer")
        self.scanner = self._one("scanner")
        """It also writes the pages that come from there."""
        self.line = self._one("line")
        self.help = self._one("help")
        self.microphone = self._one("microphone")
        self._all = (self.store, self.printer, self.scanner, self.line, self.help, self.microphone)

    def begin(self) -> None:
        """The first frame is there."""
        self._seen.set()

    def afterwards(self, work: Callable[[], _Done]) -> Callable[[], _Done]:
        """The same work on a thread of its own, which waits for the first frame as well."""

        def waited() -> _Done:
            self._seen.wait(_PATIENCE_S)
            return work()

        return waited

    def close(self) -> None:
        """Each finishes what it was given; none waits for a frame any more."""
        self.begin()
        for thread in self._all:
            thread.shutdown()

    def _one(self, name: str) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(1, name, initializer=self._seen.wait, initargs=(_PATIENCE_S,))
