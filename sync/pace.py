"""How fast pages may go, so that they leave the line to others."""

import math
import time
from collections.abc import Callable


class Pace:
    """`kbit_s`: thousands of bits in a second, on the average of a few; None: as fast as the line carries them."""

    def __init__(self, kbit_s: int | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._bytes_per_s = math.inf if kbit_s is None else kbit_s * 1000 / 8
        self._clock = clock
        self._free_at = -math.inf

    def portion(self, seconds: float) -> float:
        """The bytes that go in so long."""
        return self._bytes_per_s * seconds

    def spend(self, size: int) -> None:
        """So many bytes go now."""
        self._free_at = self._clock() + size / self._bytes_per_s

    @property
    def rest_s(self) -> float:
        """How long the next must wait."""
        return max(0.0, self._free_at - self._clock())
