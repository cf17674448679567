"""Where is this file? What a kiosk asks for the person in front of it, and what the centre answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, tzinfo
from enum import StrEnum
from typing import Any, Self

from civic.catalog import Service
from civic.course import Course, Holder, Standing
from civic.deadline import DeadlineKind
from civic.language import Language, Wording
from civic.reference import Reference
from civic.ticket import TicketState
from civic.workflow import Party
from sync.messages.fields import MessageFault, count, items, text, wording
from sync.messages.reasons import Asked

_NOT_OURS = (AttributeError, KeyError, OverflowError, TypeError, ValueError)


@dataclass(frozen=True, slots=True, repr=False)
class ByToken:
    """The token of the QR, which opens its file alone."""

    token: str

    def to_json(self) -> dict[str, Any]:
        return {"token": self.token}


@dataclass(frozen=True, slots=True, repr=False)
class ByPin:
    """The reference and the PIN printed beside it."""

    reference: Reference
    pin: str

    def to_json(self) -> dict[str, Any]:
        return {"reference": str(self.reference), "pin": self.pin}


Inquiry = ByToken | ByPin


def read_inquiry(message: Any) -> Inquiry:
    """Raises MessageFault, whose words never repeat what the message carried."""
    try:
        if "token" in message:
            return ByToken(text(message["token"]))
        return ByPin(Reference.parse(message["reference"]), text(message["pin"]))
    except _NOT_OURS as fault:
        raise MessageFault(f"not an inquiry of this protocol ({type(fault).__name__})") from None


class Unopened(StrEnum):
    """Why the centre shows nothing of a file: what was asked with opens none, or was tried wrongly too often.

    Never told by a status: any server on the way may say 404, and a citizen would hear that their file is unknown.
    """

    UNKNOWN = "unknown"
    TOO_OFTEN = "too-often"

    def to_json(self) -> dict[str, Any]:
        return {"unopened": self.value}


@dataclass(frozen=True, slots=True)
class Passed:
    """A stage and the day, in the town's time, on which the dossier came to it."""

    name: Wording
    on: date


@dataclass(frozen=True, slots=True)
class Owed:
    """A paper the citizen has still to bring; `reason` says why the one given was not accepted, if it was not.

    `excused`: they said that they cannot bring it, and an agent looks for another way.
    """

    requirement: str
    name: Wording
    reason: str
    excused: bool

    def to_json(self) -> dict[str, Any]:
        return {
            "requirement": self.requirement,
            "name": _wording_to_json(self.name),
            "reason": self.reason,
            "excused": self.excused,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(text(data["requirement"]), wording(data["name"]), text(data["reason"]), data["excused"] is True)


@dataclass(frozen=True, slots=True)
class Pledge:
    """What the town hall owes. `due_on` is None until the clock has started, `answered_on` until it has answered."""

    days: int
    kind: DeadlineKind
    basis: Wording
    due_on: date | None
    answered_on: date | None
    paused: bool
    late_days: int

    @classmethod
    def of(cls, course: Course, zone: tzinfo) -> Self:
        deadline, answered_at = course.promise.deadline, course.answered_at
        return cls(
            days=deadline.days,
            kind=deadline.kind,
            basis=deadline.basis,
            due_on=course.promise.due_on,
            answered_on=None if answered_at is None else answered_at.astimezone(zone).date(),
            paused=course.promise.paused,
            late_days=course.late_days,
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "days": self.days,
            "kind": self.kind.value,
            "basis": _wording_to_json(self.basis),
            "due_on": None if self.due_on is None else self.due_on.isoformat(),
            "answered_on": None if self.answered_on is None else self.answered_on.isoformat(),
            "paused": self.paused,
            "late_days": self.late_days,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            days=count(data["days"]),
            kind=DeadlineKind(data["kind"]),
            basis=wording(data["basis"]),
            due_on=_day_or_none(data["due_on"]),
            answered_on=_day_or_none(data["answered_on"]),
            paused=data["paused"] is True,
            late_days=count(data["late_days"]),
        )


@dataclass(frozen=True, slots=True)
class Visit:
    """The number of today. `ahead` people wait before it; `counter` has called it, if one has."""

    number: str
    state: TicketState
    counter: int | None
    ahead: int

    def to_json(self) -> dict[str, Any]:
        return {"number": self.number, "state": self.state.value, "counter": self.counter, "ahead": self.ahead}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        counter = None if data["counter"] is None else count(data["counter"])
        return cls(text(data["number"]), TicketState(data["state"]), counter, count(data["ahead"]))


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Everything the public page of a file shows, and nothing else: no name, no phone, no answer of its citizen.

    `history` is never empty, its last is where the file is; `coming` is the usual way from there. `shares` are
    calendar days. `asked`: who asked why it is late, oldest first; all but the last has its answer.
    """

    reference: Reference
    service_id: str
    service: Wording
    standing: Standing
    turn: Party
    history: tuple[Passed, ...]
    coming: tuple[Wording, ...]
    owed: tuple[Owed, ...]
    pledge: Pledge
    shares: Mapping[Holder, int]
    visit: Visit | None
    asked: tuple[Asked, ...] = ()

    @classmethod
    def of(
        cls,
        reference: Reference,
        service: Service,
        course: Course,
        owed: tuple[Owed, ...],
        visit: Visit | None,
        today: date,
        zone: tzinfo,
        asked: tuple[Asked, ...] = (),
    ) -> Self:
        """As it stands on that day, in the town's time."""
        return cls(
            reference=reference,
            service_id=service.id,
            service=service.name,
            standing=course.standing,
            turn=course.turn(bool(owed)),
            history=tuple(Passed(step.stage.name, step.entered_at.astimezone(zone).date()) for step in course.history),
            coming=tuple(stage.name for stage in course.coming),
            owed=owed,
            pledge=Pledge.of(course, zone),
            shares={share.holder: share.days for share in course.shares(today, zone)},
            visit=visit,
            asked=asked,
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "reference": str(self.reference),
            "service_id": self.service_id,
            "service": _wording_to_json(self.service),
            "standing": self.standing.value,
            "turn": self.turn.value,
            "history": [{"name": _wording_to_json(each.name), "on": each.on.isoformat()} for each in self.history],
            "coming": [_wording_to_json(each) for each in self.coming],
            "owed": [each.to_json() for each in self.owed],
            "pledge": self.pledge.to_json(),
            "shares": {holder.value: days for holder, days in self.shares.items()},
            "visit": None if self.visit is None else self.visit.to_json(),
            "asked": [each.to_json() for each in self.asked],
        }

    @classmethod
    def from_json(cls, message: Mapping[str, Any]) -> Self:
        first, *later = (Passed(wording(each["name"]), _day(each["on"])) for each in items(message["history"]))
        return cls(
            reference=Reference.parse(message["reference"]),
            service_id=text(message["service_id"]),
            service=wording(message["service"]),
            standing=Standing(message["standing"]),
            turn=Party(message["turn"]),
            history=(first, *later),
            coming=tuple(wording(each) for each in items(message["coming"])),
            owed=tuple(Owed.from_json(each) for each in items(message["owed"])),
            pledge=Pledge.from_json(message["pledge"]),
            shares={Holder(holder): count(days) for holder, days in message["shares"].items()},
            visit=None if message["visit"] is None else Visit.from_json(message["visit"]),
            asked=tuple(Asked.from_json(each) for each in items(message.get("asked", []))),
        )


def read_found(message: Any) -> Whereabouts | Unopened:
    """What the centre answers to an inquiry. Raises MessageFault."""
    try:
        return Unopened(message["unopened"]) if "unopened" in message else Whereabouts.from_json(message)
    except _NOT_OURS as fault:
        raise MessageFault(f"not the whereabouts of a file ({type(fault).__name__})") from None


def _wording_to_json(said: Wording) -> dict[str, str]:
    return {language.value: said[language] for language in Language}


def _day(value: Any) -> date:
    return date.fromisoformat(value)


def _day_or_none(value: Any) -> date | None:
    return None if value is None else _day(value)
