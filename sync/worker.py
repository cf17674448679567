"""The thread that keeps the centre informed: it wakes when there is news, and tries again, more and more patiently."""

import logging
import threading
from collections.abc import Callable

from sync.engine import Exchanged
from sync.transport import CentralUnreachable

_log = logging.getLogger(__name__)

IDLE_S = 30.0
RETRY_S = (1.0, 2.0, 5.0, 10.0, 30.0)


class SyncWorker:
    """Runs `exchange` whenever woken, and again until nothing waits."""

    def __init__(
        self, exchange: Callable[[], Exchanged], retry_s: tuple[float, ...] = RETRY_S, name: str = "sync"
    ) -> None:
        self._exchange = exchange
        self._retry_s = retry_s
        self._news = threading.Event()
        self._stopping = threading.Event()
        self._busy = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._news.set()
        self._thread.start()

    def wake(self) -> None:
        """Something new waits. From any thread; returns at once."""
        self._news.set()

    @property
    def at_rest(self) -> bool:
        """Nothing is being said just now: `stop` would not wait."""
        return not self._busy

    def stop(self) -> None:
        """Finish what is being said, then end. What was not settled is said again next time."""
        self.leave()
        self._thread.join()

    def leave(self) -> None:
        """The same, without waiting for it."""
        self._stopping.set()
        self._news.set()

    def _run(self) -> None:
        failures = 0
        pause = 0.0
        while True:
            self._news.wait(pause)
            self._news.clear()
            if self._stopping.is_set():
                return
            self._busy = True
            try:
                done = self._exchange()
                pause = done.rest_s if done.more else IDLE_S
                failures = 0
            except CentralUnreachable as fault:
                pause = self._patience(failures, str(fault))
                failures += 1
            except Exception:  # the border: a bug here must not stop the town from hearing later facts
                _log.exception("the exchange with the centre failed in a way nobody foresaw")
                pause = self._retry_s[-1]
                failures += 1
            self._busy = False

    def _patience(self, failures: int, why: str) -> float:
        if failures == 0:
            _log.info("the centre is out of reach: %s", why)
        return self._retry_s[min(failures, len(self._retry_s) - 1)]
