"""Why is this file late? What its citizen asks at a kiosk, and what is known of that afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from civic.language import Language, Wording
from civic.reference import Reference
from sync.messages.fields import count, moment, text, wording

MOST_REMINDERS = 99_999


@dataclass(frozen=True, slots=True)
class ReasonAsked:
    """Whoever holds the receipt of a late file asks why, and has it on paper.

    `number` counts the reminders of one kiosk; `answer_by` is the day the paper names, the town's own goal.
    """

    reference: Reference
    number: int
    asked_at: datetime
    answer_by: date

    def to_json(self) -> dict[str, Any]:
        return {
            "reference": str(self.reference),
            "number": self.number,
            "asked_at": self.asked_at.isoformat(),
            "answer_by": self.answer_by.isoformat(),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            reference=Reference.parse(data["reference"]),
            number=_number(data["number"]),
            asked_at=moment(data["asked_at"]),
            answer_by=date.fromisoformat(data["answer_by"]),
        )


@dataclass(frozen=True, slots=True)
class Reason:
    """Why it is late, in the words of the town hall."""

    words: Wording
    on: date


@dataclass(frozen=True, slots=True)
class Asked:
    """One time somebody asked. `number` is the reminder's, as printed; `reason` is None while the town hall owes it."""

    number: str
    asked_on: date
    answer_by: date
    reason: Reason | None

    def to_json(self) -> dict[str, Any]:
        reason = self.reason
        said = None if reason is None else {each.value: reason.words[each] for each in Language}
        return {
            "number": self.number,
            "asked_on": self.asked_on.isoformat(),
            "answer_by": self.answer_by.isoformat(),
            "reason": None if reason is None else {"words": said, "on": reason.on.isoformat()},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        said = data["reason"]
        return cls(
            number=text(data["number"]),
            asked_on=date.fromisoformat(data["asked_on"]),
            answer_by=date.fromisoformat(data["answer_by"]),
            reason=None if said is None else Reason(wording(said["words"]), date.fromisoformat(said["on"])),
        )


def _number(value: Any) -> int:
    number = count(value)
    if not 1 <= number <= MOST_REMINDERS:
        raise ValueError
    return number
