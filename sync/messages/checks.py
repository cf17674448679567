"""How a kiosk found itself, told to the centre. No word of it is meant for people: those are made where it is shown."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto
from typing import Any, Self

from civic.kiosk_part import Part
from sync.messages.fields import count, moment, text

_CODE = re.compile(r"[a-z]+([_-][a-z]+)*")
_LONGEST_CODE = 40
_KNOWN = frozenset(Part)
"""A later kiosk may have parts that nobody here has heard of."""
MOST_PAPERS = 99_999


class Verdict(StrEnum):
    GOOD = auto()
    NOTE = auto()
    """Nothing is known to be wrong, but somebody should read it."""
    BAD = auto()


@dataclass(frozen=True, slots=True)
class Told:
    """How one part was. `code` is the kiosk's own word for it: a centre that does not know it goes by the verdict."""

    verdict: Verdict
    code: str

    def to_json(self) -> dict[str, Any]:
        return {"verdict": self.verdict.value, "code": self.code}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(Verdict(data["verdict"]), _code(data["code"]))


@dataclass(frozen=True, slots=True)
class KioskChecked:
    """A kiosk tried itself. `papers_left`: about how many receipts the roll still holds; None when it is not known."""

    checked_at: datetime
    parts: Mapping[Part, Told]
    papers_left: int | None

    def to_json(self) -> dict[str, Any]:
        return {
            "checked_at": self.checked_at.isoformat(),
            "parts": {part.value: told.to_json() for part, told in self.parts.items()},
            "papers_left": self.papers_left,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        left = data["papers_left"]
        return cls(
            checked_at=moment(data["checked_at"]),
            parts={Part(part): Told.from_json(told) for part, told in data["parts"].items() if part in _KNOWN},
            papers_left=None if left is None else _papers(left),
        )


def _code(value: Any) -> str:
    """Small Latin words joined by - or _: nothing a person wrote passes for one."""
    code = text(value)
    if len(code) > _LONGEST_CODE or not _CODE.fullmatch(code):
        raise ValueError
    return code


def _papers(value: Any) -> int:
    """More than any roll holds is no count of papers, and no database need keep it."""
    papers = count(value)
    if papers > MOST_PAPERS:
        raise ValueError
    return papers
