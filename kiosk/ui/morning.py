"""Every morning before the doors open the kiosk tries all that needs no person, and writes down what it found."""

import logging
from collections.abc import Callable
from datetime import date, datetime, time

from PySide6.QtCore import QObject, QTimer

from civic.language import Language
from kiosk.services.health import Finding
from kiosk.ui.checkup import Checkup, Ward
from kiosk.ui.health_words import finding_sentence, part_name
from kiosk.ui.language import Translator

_log = logging.getLogger(__name__)
_MINUTE_MS = 60_000


class Morning(QObject):
    """A kiosk switched on after the hour does it in its first minute. `found` is what it found last."""

    def __init__(self, ward: Ward, check_at: time, local_now: Callable[[], datetime]) -> None:
        super().__init__()
        self._check_at = check_at
        self._local_now = local_now
        self._last: date | None = None
        self._gathered: list[Finding] = []
        self.found: tuple[Finding, ...] = ()
        self.at: datetime | None = None
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

    def _write_down(self) -> None:
        self.found, self.at = tuple(self._gathered), self._local_now()
        _ = Translator(Language.ENGLISH)
        for finding in self.found:
            words = part_name(finding.part, _), finding_sentence(finding, _)
            _log.info("the morning's test: %s, %s: %s", finding.verdict, *words)
