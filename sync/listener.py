"""The thread that hears the centre: it asks what is new, waits as long as nothing is, keeps the answer, asks again."""

import threading
from collections.abc import Callable
from typing import Protocol, TypeVar

from sync.engine import Exchanged
from sync.messages import Changes
from sync.transport import KeyUnknown
from sync.worker import RETRY_S, SyncWorker

_T = TypeVar("_T")
_BREATH_S = 0.1
"""Between two questions: a line that answers nothing at once is not asked without end."""


class Mirror(Protocol):
    """What the centre said, as this kiosk keeps it. Each method is one transaction."""

    def cursor(self) -> str:
        """How far the centre was heard; empty when nothing was."""
        ...

    def apply(self, changes: Changes, after: str) -> None:
        """Keep them with their cursor, if it still stands where it did when they were asked for."""
        ...

    def forget(self) -> None: ...


class Line(Protocol):
    def changes(self, cursor: str) -> Changes:
        """What is new after that cursor, perhaps after a while. Raises CentralUnreachable."""
        ...


class Listener:
    """A kiosk the centre listens to no more forgets what it heard: it may be in the wrong hands."""

    def __init__(
        self, mirror: Mirror, line: Line, heed: Callable[[Changes], object], retry_s: tuple[float, ...] = RETRY_S
    ) -> None:
        """`heed`: for what the centre said besides, once the mirror has its part."""
        self._mirror = mirror
        self._line = line
        self._heed = heed
        self._stopping = threading.Event()
        self._at_rest = threading.Event()
        self._at_rest.set()
        self._worker = SyncWorker(self._hear, retry_s, "listener")

    def start(self) -> None:
        self._worker.start()

    def stop(self) -> None:
        """Once this returns, no more is kept or heeded. A question still open at the centre is left to itself."""
        self._stopping.set()
        self._worker.leave()
        self._at_rest.wait()

    def _hear(self) -> Exchanged:
        """Ask, wait and keep, once."""
        cursor = self._unless_stopped(self._mirror.cursor) or ""
        try:
            changes = self._line.changes(cursor)
        except KeyUnknown:
            self._unless_stopped(self._mirror.forget)
            raise
        self._unless_stopped(lambda: self._keep(changes, cursor))
        if not changes.more:
            self._stopping.wait(_BREATH_S)
        return Exchanged(0, 0, more=True)

    def _keep(self, changes: Changes, after: str) -> None:
        self._mirror.apply(changes, after)
        self._heed(changes)

    def _unless_stopped(self, act: Callable[[], _T]) -> _T | None:
        """Either `stop` sees that this is not at rest, and waits; or this sees that it was told to stop."""
        self._at_rest.clear()
        try:
            return None if self._stopping.is_set() else act()
        finally:
            self._at_rest.set()
