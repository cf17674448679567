"""The lock of the technician's screen: a PIN, and a pause for whoever guesses."""

import hmac
from collections.abc import Callable

_TRIES = 5
_PAUSE_S = 300.0


class PinLock:
    """Five wrong PINs close it for five minutes, the right one too. A restart forgets the tries."""

    def __init__(self, pin: str, clock: Callable[[], float]) -> None:
        """`clock` in seconds from anywhere, never set back (`time.monotonic`). An empty PIN opens nothing."""
        self._pin = pin
        self._clock = clock
        self._wrong = 0
        self._closed_until = 0.0

    @property
    def exists(self) -> bool:
        return bool(self._pin)

    @property
    def paused(self) -> bool:
        return self._clock() < self._closed_until

    def opens_with(self, pin: str) -> bool:
        if not self._pin or self.paused:
            return False
        if hmac.compare_digest(pin.encode(), self._pin.encode()):
            self._wrong = 0
            return True
        self._wrong += 1
        if self._wrong == _TRIES:
            self._wrong = 0
            self._closed_until = self._clock() + _PAUSE_S
        return False
