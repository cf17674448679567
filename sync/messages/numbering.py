"""Which numbers did I give? A kiosk whose store is new asks the centre, so that it gives none of them again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from sync.messages.fields import MessageFault, count


@dataclass(frozen=True, slots=True)
class NumbersGiven:
    """The highest that the centre knows of: `references` by their year (0-99), `reminders`, and `tickets` by their day.

    Those of a day are by their lane (1-9): the centre does not know which lane is the kiosk's.
    """

    references: Mapping[int, int]
    tickets: Mapping[date, Mapping[int, int]]
    reminders: int

    def to_json(self) -> dict[str, Any]:
        return {
            "references": {f"{year:02}": number for year, number in self.references.items()},
            "tickets": {
                day.isoformat(): {str(lane): position for lane, position in lanes.items()}
                for day, lanes in self.tickets.items()
            },
            "reminders": self.reminders,
        }

    @classmethod
    def from_json(cls, data: Any) -> Self:
        """Raises MessageFault."""
        try:
            return cls(
                references={_between(year, 0, 99): count(number) for year, number in data["references"].items()},
                tickets={
                    date.fromisoformat(day): {_between(lane, 1, 9): count(last) for lane, last in lanes.items()}
                    for day, lanes in data["tickets"].items()
                },
                reminders=count(data["reminders"]),
            )
        except (AttributeError, KeyError, TypeError, ValueError) as fault:
            raise MessageFault(f"not an answer about numbers ({type(fault).__name__})") from None


def _between(digits: str, least: int, most: int) -> int:
    number = int(digits)
    if not least <= number <= most:
        raise ValueError
    return number
