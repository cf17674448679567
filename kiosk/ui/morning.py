"""Every morning before the doors open the kiosk tries all that needs no person, and tells the log and the centre."""

import logging
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import date, datetime, time

from PySide6.QtCore import QObject, QTimer, Signal

from civic.kiosk_part import part_name
from civic.language import Language
from kiosk.services.health import Finding
from kiosk.store.database import StoreFault
from kiosk.ui.checkup import Checkup, Ward
from kiosk.ui.health_words import finding_sentence
from kiosk.ui.language import Translator
from kiosk.ui.tasks import Tasks

_log = logging.getLogger(__name__)
_MINUTE_MS = 60_000

Keep = Callable[[tuple[Finding, ...], datetime], None]
"""Keeps what was found, and when, for the centre. Raises StoreFault."""


class Morning(QObject):
    """A kiosk switched on after the hour does it in its first minute. `found` is what it found last."""

    kept = Signal()
    """The centre can be told."""

    def __init__(
        self, ward: Ward, check_at: time, local_now: Callable[[], datetime], keep: Keep, store_thread: Executor
    ) -> None:
        super().__init__()
        self._check_at = check_at
        self._local_now = local_now
        self._keep = keep
        self._store_thread = store_thread
        self._last: date | None = None
        self._gathered: list[Finding] = []
        self.found: tuple[Finding, ...] = ()
        self.at: datetime | None = None
        self._tasks = Tasks()
        self._checkup = Checkup(ward)
        self._checkup.found.connect(self._gathered.extend)
        self._checkup.done.connect(self._write_down)
        self._minute = QTimer(self, interval=_MINUTE_MS)
        self._minute.timeout.connect(self.look_at_clock)
        self._minute.start()

    def look_at_clock(self) -> None:
        """Begin, when it is time and this day has not seen it yet."""
        now = self._local_now()
        if now.time() >= self._check_at and now.date() != self._last:
            self._last = now.date()
            self._gathered.clear()
            self._checkup.look_at_everything()

    def close(self) -> None:
        self._minute.stop()
        self._checkup.forget()
        self._tasks.forget()

    def _write_down(self) -> None:
        found, at = tuple(self._gathered), self._local_now()
        self.found, self.at = found, at
        _ = Translator(Language.ENGLISH)
        for finding in found:
            words = part_name(finding.part, _), finding_sentence(finding, _)
            _log.info("the morning's test: %s, %s: %s", finding.verdict, *words)
        self._tasks.run(
            self._store_thread, lambda: self._keep(found, at), lambda _none: self.kept.emit(), _not_kept, (StoreFault,)
        )


def _not_kept(fault: StoreFault) -> None:
    """The kiosk goes on; the next morning is told again."""
    _log.warning("the centre cannot be told of the morning's test: the store is %s", fault.trouble)
