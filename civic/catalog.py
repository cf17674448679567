"""The services a town hall offers, as the citizen meets them: questions, papers, delays, stages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from civic.deadline import Deadline
from civic.language import Language, Wording
from civic.reference import Reference
from civic.spot import Spot
from civic.town import Town
from civic.voice_note import VoiceNote
from civic.workflow import Workflow

Conditions = Mapping[str, tuple[str, ...]]
"""Question → the answers that satisfy it; every question named must be satisfied. Empty: always."""


def holds(when: Conditions, answers: Mapping[str, str]) -> bool:
    """Whether these answers meet every condition."""
    return all(answers.get(question) in accepted for question, accepted in when.items())


class Confidence(StrEnum):
    """Where a fact was seen, from best to none; the town hall confirms them one by one."""

    KEF = "K"  # about El Kef itself
    NATIONAL = "N"  # a national text or body
    MUNICIPAL = "M"  # another Tunisian municipality
    PACKAGE = "P"  # public code or data
    GENERAL = "G"  # general knowledge, no source seen
    UNKNOWN = "U"  # looked for and not found


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who says so, and which of its wordings a native reader has still to review."""

    source: str
    confidence: Confidence
    review: tuple[Language, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer. `stop` says why the town hall cannot take this request, and where to go instead.

    `icon` is its picture, a file of assets/icons without `.svg`; empty when it is told by its words alone.
    """

    id: str
    text: Wording
    stop: Wording | None
    icon: str = ""


class QuestionKind(StrEnum):
    CHOICE = "choice"
    TEXT = "text"
    PLACE = "place"
    """Where in the town: a `Spot`."""
    FILE = "file"
    """Which file of the town hall: its `Reference`."""


@dataclass(frozen=True, slots=True)
class Question:
    """Asked only because the answer changes what is needed, promised or done."""

    id: str
    kind: QuestionKind
    text: Wording
    options: tuple[Option, ...]
    when: Conditions
    optional: bool
    town: Town | None = None
    """Where a place is asked for."""

    def chosen(self, answer: str) -> Option | None:
        """The option that answer is."""
        return next((option for option in self.options if option.id == answer), None)

    def openly(self, answer: str) -> str:
        """As much of an answer as says nothing of who gave it."""
        if self.town is not None:
            return str(Spot.parse(answer).roughly(self.town))
        return answer if self.chosen(answer) is not None or VoiceNote.find(answer) is not None else ""


@dataclass(frozen=True, slots=True)
class Validity:
    """For how many days after it was given a paper need not be asked for again, and who says so."""

    days: int
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Requirement:
    """A paper a service needs, perhaps under a condition.

    `hint` says what exactly is meant, `where` one gets it, `why` it is asked. `shared` is its name among the papers
    many services ask for, empty when it is the service's own. `valid_for` is None when nobody knows: it is asked anew.
    """

    id: str
    name: Wording
    hint: Wording | None
    where: Wording | None
    why: Wording | None
    copies: int
    when: Conditions
    optional: bool
    provenance: Provenance
    shared: str = ""
    valid_for: Validity | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """Something true of a service, told in words: a fee, a condition, how soon it is done. And who says so."""

    text: Wording
    provenance: Provenance


@dataclass(frozen=True)
class Service:
    """A card of the catalogue. An untracked service is immediate: a ticket and a list of what to bring, no dossier."""

    id: str
    code: str
    name: Wording
    example: Wording
    words: tuple[str, ...]
    """What people also call it, in any language and spelling: only for searching, never shown."""
    icon: str
    tracked: bool
    anonymous: bool
    conditions: tuple[Fact, ...]
    questions: tuple[Question, ...]
    requirements: tuple[Requirement, ...]
    deadlines: tuple[Deadline, ...]
    workflow: Workflow | None
    delay: Fact | None
    """How soon an immediate service is done."""
    fee: Fact | None
    """What is paid, in words: amounts differ and are paid at delivery."""
    provenance: Provenance

    def questions_for(self, answers: Mapping[str, str]) -> tuple[Question, ...]:
        """The questions that apply, given the answers so far."""
        return tuple(question for question in self.questions if holds(question.when, answers))

    def answers_about(self, file: Reference) -> Mapping[str, str] | None:
        """What somebody has answered who asks this about that file; None when it asks about no file."""
        asked = next((question for question in self.questions if question.kind is QuestionKind.FILE), None)
        if asked is None:
            return None
        return {**{question: accepted[0] for question, accepted in asked.when.items()}, asked.id: str(file)}

    def requirements_for(self, answers: Mapping[str, str]) -> tuple[Requirement, ...]:
        return tuple(paper for paper in self.requirements if holds(paper.when, answers))

    def deadline_for(self, answers: Mapping[str, str]) -> Deadline | None:
        """The first deadline whose conditions hold; None for an immediate service."""
        return next((deadline for deadline in self.deadlines if holds(deadline.when, answers)), None)


@dataclass(frozen=True, slots=True)
class Group:
    """What happens in a life, or what one wants to do, and the services that go with it; one may stand in several."""

    id: str
    icon: str
    name: Wording
    example: Wording
    services: tuple[Service, ...]


class UnknownService(LookupError):
    """No card has that name."""


@dataclass(frozen=True)
class Catalog:
    """Every service of this town hall, in the order of its groups.

    `former` were offered by earlier cards: they are found by their names, because files of them are there, and no more.
    """

    services: tuple[Service, ...]
    groups: tuple[Group, ...]
    former: tuple[Service, ...] = ()

    @cached_property
    def _by_id(self) -> dict[str, Service]:
        return {service.id: service for service in (*self.former, *self.services)}

    def __iter__(self) -> Iterator[Service]:
        return iter(self.services)

    def __getitem__(self, service_id: str) -> Service:
        try:
            return self._by_id[service_id]
        except KeyError:
            known = ", ".join(self._by_id)
            raise UnknownService(f"There is no service “{service_id}”. The catalogue has: {known}.") from None
