"""What the centre has to say to a kiosk, from a cursor on: its site's files, its hall's line, the town's cards."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Self

from civic.language import Wording
from civic.reference import Reference
from sync.messages.cards_offer import CardsOffer
from sync.messages.fields import MessageFault, count, identifier, items, moment, text, wording
from sync.messages.locked import LockedFile

LONGEST_WAIT_S = 25
"""The centre keeps a question open for so long at most, while there is nothing to say."""
MOST_FILES = 200
"""In one answer; the rest comes with the next."""
LONGEST_CURSOR = 300
_NOT_OURS = (AttributeError, KeyError, OverflowError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class ChangesWanted:
    """A kiosk knows everything up to `cursor` (empty: nothing), and waits so many seconds for something new.

    `agents`: who may sign in there without the centre, each with the seal the centre gave.
    """

    cursor: str
    wait_s: int
    agents: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        agents = {"agents": dict(self.agents)} if self.agents else {}
        return {"cursor": self.cursor, "wait_s": self.wait_s, **agents}

    @classmethod
    def from_json(cls, data: Any) -> Self:
        """Raises MessageFault."""
        try:
            agents = {identifier(name): text(seal) for name, seal in data.get("agents", {}).items()}
            return cls(_cursor(data["cursor"]), count(data["wait_s"]), agents)
        except _NOT_OURS as fault:
            raise MessageFault(f"not a question of this protocol ({type(fault).__name__})") from None


@dataclass(frozen=True, slots=True)
class CalledNumber:
    number: str
    counter: int

    def to_json(self) -> dict[str, Any]:
        return {"number": self.number, "counter": self.counter}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(text(data["number"]), count(data["counter"]))


@dataclass(frozen=True, slots=True)
class HallLine:
    """The waiting line of a site on that day: how many wait, and the numbers called last, the latest first."""

    day: date
    waiting: int
    called: tuple[CalledNumber, ...]

    def to_json(self) -> dict[str, Any]:
        called = [each.to_json() for each in self.called]
        return {"day": self.day.isoformat(), "waiting": self.waiting, "called": called}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        called = tuple(CalledNumber.from_json(each) for each in items(data["called"]))
        return cls(date.fromisoformat(data["day"]), count(data["waiting"]), called)


@dataclass(frozen=True, slots=True)
class TownNotice:
    """What the town hall tells everybody who comes, up to that day and on it."""

    words: Wording
    until: date

    def to_json(self) -> dict[str, Any]:
        return {"ar": self.words.ar, "fr": self.words.fr, "en": self.words.en, "until": self.until.isoformat()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(wording(data), date.fromisoformat(data["until"]))


@dataclass(frozen=True, slots=True)
class Changes:
    """What is so at `at`, by the centre's clock. Each thing is told as it stands: to hear it twice changes nothing.

    `reset`: what was known before is void. `more`: ask again at once; only without it is everything known.
    `gone`: files a kiosk has no longer to know. `cards`: the edition the town published last, None when it never did.
    `dismissed`: of the agents the kiosk named, those who may not sign in any more as they did.
    """

    cursor: str
    reset: bool
    more: bool
    at: datetime
    files: tuple[LockedFile, ...]
    gone: tuple[Reference, ...]
    line: HallLine
    notices: tuple[TownNotice, ...] = ()
    cards: CardsOffer | None = None
    dismissed: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "cursor": self.cursor,
            "reset": self.reset,
            "more": self.more,
            "at": self.at.isoformat(),
            "files": [each.to_json() for each in self.files],
            "gone": [str(each) for each in self.gone],
            "line": self.line.to_json(),
            "notices": [each.to_json() for each in self.notices],
            "cards": None if self.cards is None else self.cards.to_json(),
            "dismissed": list(self.dismissed),
        }

    @classmethod
    def from_json(cls, data: Any) -> Self:
        """Raises MessageFault."""
        try:
            return cls(
                cursor=_cursor(data["cursor"]),
                reset=data["reset"] is True,
                more=data["more"] is True,
                at=moment(data["at"]),
                files=tuple(LockedFile.from_json(each) for each in items(data["files"])),
                gone=tuple(Reference.parse(each) for each in items(data["gone"])),
                line=HallLine.from_json(data["line"]),
                notices=tuple(TownNotice.from_json(each) for each in items(data["notices"])),
                cards=None if data.get("cards") is None else CardsOffer.from_json(data["cards"]),
                dismissed=tuple(text(each) for each in items(data.get("dismissed", []))),
            )
        except _NOT_OURS as fault:
            raise MessageFault(f"not what a centre tells a kiosk ({type(fault).__name__})") from None


def _cursor(value: Any) -> str:
    cursor = text(value)
    if len(cursor) > LONGEST_CURSOR:
        raise ValueError
    return cursor
