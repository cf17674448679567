"""Keeping up with the town's seal: asked for when the kiosk starts, and then every hour."""

import logging
import time
from collections.abc import Callable

from kiosk.store.seal_file import SealFile
from sync.messages import SealOffer
from sync.transport import CentralUnreachable

_log = logging.getLogger(__name__)
_EVERY_S = 3600.0


class TownSeal:
    """`ask` asks the centre. Used by the thread that talks with it."""

    def __init__(
        self, file: SealFile, ask: Callable[[], SealOffer], clock_s: Callable[[], float] = time.monotonic
    ) -> None:
        self._file = file
        self._ask = ask
        self._clock_s = clock_s
        self._next_s = clock_s()

    def refresh(self) -> None:
        """When it is due. A centre that does not answer, or a full disk, is asked again the next time."""
        if self._clock_s() < self._next_s:
            return
        try:
            believed = self._file.learn(self._ask())
        except (CentralUnreachable, OSError):
            return
        self._next_s = self._clock_s() + _EVERY_S
        if not believed:
            _log.warning("the centre's seal is not of the town this kiosk was enrolled in: enrol the kiosk again")
