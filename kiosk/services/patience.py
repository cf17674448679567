"""A pause for whoever guesses a secret."""

from collections.abc import Callable

_TRIES = 5
_PAUSE_S = 300.0


class Patience:
    """Ends for five minutes after five wrong tries, also for the right one. A restart forgets the tries."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """`clock` in seconds from anywhere, never set back (`time.monotonic`)."""
        self._clock = clock
        self._wrong = 0
        self._closed_until = 0.0

    @property
    def ended(self) -> bool:
        return self._clock() < self._closed_until

    def note(self, *, right: bool) -> None:
        """One more try, and how it was."""
        self._wrong = 0 if right else self._wrong + 1
        if self._wrong == _TRIES:
            self._wrong = 0
            self._closed_until = self._clock() + _PAUSE_S
