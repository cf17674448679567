"""Work that must not stop the screen: it runs on its device's own thread and answers on the thread that draws."""

import logging
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

_log = logging.getLogger(__name__)
_Done = TypeVar("_Done")


class Tasks(QObject):
    """Runs work for one visit at a time. What a visit asked for is not delivered once `forget` was called."""

    crashed = Signal()
    """Something nobody foresaw happened in the work of the current visit."""
    _finished = Signal(int, object, object)

    def __init__(self) -> None:
        super().__init__()
        self._visit = 0
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        executor: Executor,
        work: Callable[[], _Done],
        done: Callable[[_Done], None],
        failed: Callable[[Any], None],
        faults: tuple[type[Exception], ...],
    ) -> None:
        """Run `work` on `executor`; then, here, `done` with its result or `failed` with one of the `faults`."""
        visit = self._visit

        def job() -> None:
            try:
                result = work()
            except faults as fault:
                self._finished.emit(visit, failed, fault)
            except Exception:  # the border: whatever it is, the person is told and the visit ends cleanly
                _log.exception("work for the screen failed in a way nobody foresaw")
                self._finished.emit(visit, self._crash, None)
            else:
                self._finished.emit(visit, done, result)

        executor.submit(job)

    def forget(self) -> None:
        """The visit is over: what is still running will answer nobody."""
        self._visit += 1

    def _deliver(self, visit: int, then: Callable[[Any], None], value: object) -> None:
        if visit == self._visit:
            then(value)

    def _crash(self, _nothing: object) -> None:
        self.crashed.emit()
