"""What a citizen answered, ready to be read by an agent: words, a file to open, a place to look at on the map."""

from collections.abc import Mapping
from dataclasses import dataclass

from civic.catalog import Question, QuestionKind, Service
from civic.language import Wording
from civic.reference import Reference, ReferenceFault
from civic.spot import Spot
from civic.town import Landmark, TownMap
from civic.voice_note import VoiceNote


@dataclass(frozen=True, slots=True)
class Told:
    """One question and its answer: the `words` of the option chosen, or those the citizen wrote.

    `file` is a file of this town hall that is meant, `place` what a place is called, `note` what was spoken.
    """

    question: Wording
    words: Wording | str
    file: Reference | None = None
    pin: "Pin | None" = None
    note: VoiceNote | None = None


@dataclass(frozen=True, slots=True)
class Pin:
    """A point somebody touched on the map; `near` what it is near to. Only one the town's map holds is shown on it."""

    spot: Spot
    map: TownMap
    near: Landmark | None


def told(service: Service, answers: Mapping[str, str]) -> tuple[Told, ...]:
    """In the order asked."""
    return tuple(_told(question, answers[question.id]) for question in service.questions if question.id in answers)


def pin_of(service: Service, answers: Mapping[str, str]) -> Pin | None:
    """The place to be shown on the map, if one was touched there."""
    return next((each.pin for each in told(service, answers) if each.pin is not None), None)


def _told(question: Question, answer: str) -> Told:
    chosen = question.chosen(answer)
    if chosen is not None:
        return Told(question.text, chosen.text)
    if note := VoiceNote.find(answer):
        return Told(question.text, "", note=note)
    if question.kind is QuestionKind.FILE:
        return Told(question.text, answer, file=_reference(answer))
    if question.town is None:
        return Told(question.text, answer)
    spot, town = Spot.parse(answer), question.town
    on_map = spot.point is not None and town.map is not None and town.map.holds(spot.point)
    pin = Pin(spot, town.map, spot.near(town)) if on_map and town.map is not None else None
    return Told(question.text, spot.named(town) or spot.words or spot.neighbourhood, pin=pin)


def _reference(answer: str) -> Reference | None:
    try:
        return Reference.parse(answer)
    except ReferenceFault:
        return None
