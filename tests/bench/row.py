"""One line of the table: a number, what it counts, and how it came about."""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """`limit`: what the hall must not pass, or with `at_least` what it must reach. `n`: how often it was measured."""

    value: float
    unit: str
    limit: float
    n: int
    note: str = ""
    at_least: bool = False

    @property
    def kept(self) -> bool:
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    def to_json(self) -> dict[str, object]:
        return asdict(self)


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that so many percent of all do not pass (nearest rank)."""
    rank = math.ceil(len(values) * percent / 100)
    return round(sorted(values)[rank - 1], 1)
