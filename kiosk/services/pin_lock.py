"""The lock of the technician's screen: a PIN, and a pause for whoever guesses."""

import hmac
from collections.abc import Callable

from kiosk.services.patience import Patience


class PinLock:
    """An empty PIN opens nothing."""

    def __init__(self, pin: str, clock: Callable[[], float]) -> None:
        """`clock`: see `Patience`."""
        self._pin = pin
        self._patience = Patience(clock)

    @property
    def exists(self) -> bool:
        return bool(self._pin)

    @property
    def paused(self) -> bool:
        return self._patience.ended

    def opens_with(self, pin: str) -> bool:
        if not self._pin or self.paused:
            return False
        right = hmac.compare_digest(pin.encode(), self._pin.encode())
        self._patience.note(right=right)
        return right
