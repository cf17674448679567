"""Where a visit is, and where each touch leads. Pure: no widget, device, database; a screen asks, the flow answers."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum

from civic.catalog import Group, Question, Service
from civic.dossier import Applicant, Document, Draft, IdentityKind
from civic.excuse import Excuse
from civic.reference import Reference


class Step(StrEnum):
    """The screens of a visit, in the order most people meet them."""

    WELCOME = "welcome"
    GROUPS = "groups"
    CHOOSE = "choose"
    SEARCH = "search"
    QUESTIONS = "questions"
    GUIDE = "guide"
    APPLICANT = "applicant"
    DOCUMENTS = "documents"
    REVIEW = "review"
    DECLARATION = "declaration"
    WITNESSES = "witnesses"
    TICKET = "ticket"
    FOLLOW = "follow"
    EARLIER = "earlier"
    TROUBLE = "trouble"


_ALWAYS = (Step.CHOOSE, Step.QUESTIONS, Step.GUIDE, Step.APPLICANT, Step.DOCUMENTS, Step.REVIEW)
"""The parts of a visit, until the service is known and has fewer."""


class Flow:
    """One person's way through the screens. Starting over forgets everything they said."""

    def __init__(self) -> None:
        self.step = Step.WELCOME
        self._group: Group | None = None
        self._draft: Draft | None = None
        self._chosen_at = Step.WELCOME
        self._asking = 0

    @property
    def group(self) -> Group:
        """What the person comes for. Only asked for once it is known."""
        if self._group is None:
            raise LookupError("nobody has said what they come for")
        return self._group

    @property
    def draft(self) -> Draft:
        """What has been said so far. Only asked for between choosing a service and starting over."""
        if self._draft is None:
            raise LookupError("nothing has been chosen yet")
        return self._draft

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions that apply, given the answers so far."""
        return self.draft.service.questions_for(self.draft.answers)

    @property
    def question(self) -> Question:
        """The one being asked."""
        return self.questions[self._asking]

    @property
    def asked(self) -> int:
        """How many questions stand before the one being asked."""
        return self._asking

    @property
    def filing(self) -> bool:
        """Whether a person has said something that is not filed yet and must not be lost."""
        return self._draft is not None and self.step is not Step.TICKET

    @property
    def parts(self) -> tuple[Step, ...]:
        """The screens between the welcome and the ticket, as told above the page; choosing is one of them."""
        if self._draft is None:
            return _ALWAYS
        if self._draft.joins is not None:
            return (Step.DOCUMENTS,)
        return (Step.CHOOSE, *(step for step in _ALWAYS[1:] if self._has(step)))

    @property
    def part(self) -> Step:
        """Which of the parts this is."""
        match self.step:
            case Step.GROUPS | Step.SEARCH:
                return Step.CHOOSE
            case Step.EARLIER:
                return Step.DOCUMENTS
            case Step.DECLARATION | Step.WITNESSES:
                return Step.REVIEW
            case step:
                return step

    def follow(self) -> None:
        """The person wants to see where a file is; whatever was said is over."""
        self.start_over()
        self.step = Step.FOLLOW

    def add_papers(self, service: Service, joins: Reference, owed: tuple[str, ...]) -> None:
        """The person has with them what the file they follow still lacks."""
        self._draft = Draft(service, joins=joins, owed=owed)
        self.step = Step.DOCUMENTS

    def offer(self) -> None:
        """The person wants something, and will say what they come for."""
        self.step = Step.GROUPS

    def enter(self, group: Group) -> None:
        """That is what they come for: which service?"""
        self._group = group
        self.step = Step.CHOOSE

    def search(self) -> None:
        """They will write what it is called."""
        self.step = Step.SEARCH

    def choose(self, service: Service) -> None:
        """Whoever comes back to the same finds what they said."""
        self._chosen_at = self.step
        if self._draft is None or self._draft.service is not service:
            self._draft = Draft(service)
        self._enter(Step.QUESTIONS)

    def propose(self, service: Service, answers: Mapping[str, str]) -> None:
        """A request of which everything needed is known already: one look at it and one touch are left."""
        self.start_over()
        self._draft = Draft(service, answers)
        self.step = Step.REVIEW

    def answer(self, answer: str) -> None:
        """Keep the answer and go on. Answers to questions that no longer apply are forgotten with it."""
        said = {**self.draft.answers, self.question.id: answer}
        applies = {question.id for question in self.draft.service.questions_for(said)}
        answers = {question: text for question, text in said.items() if question in applies and text}
        self._draft = replace(self.draft, answers=answers)
        self._asking += 1
        if self._asking == len(self.questions):
            self._enter(Step.GUIDE)

    def prepare(self) -> None:
        """The person has seen what is needed, and goes on."""
        self._enter(Step.APPLICANT)

    def introduce(self, applicant: Applicant) -> None:
        self._draft = replace(self.draft, applicant=applicant)
        self._enter(Step.DOCUMENTS)

    def identify(self, card_number: str) -> None:
        """The person wants the number of their national card on the file."""
        who = replace(self.draft.applicant, identity_kind=IdentityKind.CIN, identity_number=card_number)
        self._draft = replace(self.draft, applicant=who)

    def attach(self, requirement_id: str, page: str) -> None:
        """One more page (its SHA-256) for that paper."""
        held = self.draft.documents.get(requirement_id, Document(requirement_id, ()))
        self.excuse(requirement_id, None)
        self._keep(replace(held, pages=(*held.pages, page)))

    def detach(self, requirement_id: str) -> None:
        """Take the last page of that paper away; one used again goes whole."""
        held = self.draft.documents[requirement_id]
        self._keep(replace(held, pages=() if held.given else held.pages[:-1]))

    def recall(self) -> None:
        """The person gave papers before, and has the receipt with them."""
        self.step = Step.EARLIER

    def reuse(self, documents: Iterable[Document]) -> None:
        """These lie at the town hall already, and need not be scanned."""
        for document in documents:
            self.excuse(document.requirement_id, None)
            self._keep(document)
        self.step = Step.DOCUMENTS

    def excuse(self, requirement_id: str, excuse: Excuse | None) -> None:
        """Why that paper cannot come; None: it will, or it has."""
        others = {name: each for name, each in self.draft.excuses.items() if name != requirement_id}
        excuses = others if excuse is None else {**others, requirement_id: excuse}
        self._draft = replace(self.draft, excuses=excuses)

    def gather(self) -> None:
        """The person has shown the papers they have."""
        self._enter(Step.REVIEW)

    def declare(self) -> None:
        """All of it is read aloud to a person who cannot read or sign."""
        self.step = Step.DECLARATION

    def attest(self) -> None:
        """They heard it: who else did?"""
        self.step = Step.WITNESSES

    def correct(self, step: Step) -> None:
        """Go back from the review to one part of it; what was said stays."""
        self._asking = 0
        self.step = step

    def deposit(self) -> None:
        self.step = Step.TICKET

    def back(self) -> None:
        """One step back; what was said stays, until another service is chosen."""
        if self.step is Step.QUESTIONS and self._asking > 0:
            self._asking -= 1
            return
        if self._draft is not None and self._draft.joins is not None:
            self._draft = None
            self.step = Step.FOLLOW
            return
        self.step = self._before()
        if self.step is Step.WELCOME:
            self.start_over()
        elif self.step is Step.QUESTIONS:
            self._asking = len(self.questions) - 1

    def start_over(self) -> None:
        self.step = Step.WELCOME
        self._group = None
        self._draft = None
        self._chosen_at = Step.WELCOME
        self._asking = 0

    def fail(self) -> None:
        """Something unknown went wrong: nothing is kept, nothing is half-said."""
        self.start_over()
        self.step = Step.TROUBLE

    def _enter(self, step: Step) -> None:
        """Go to that step, or past it when this service has nothing to say there."""
        self._asking = 0
        order = list(Step)
        self.step = next(each for each in order[order.index(step) :] if self._has(each))

    def _before(self) -> Step:
        """Where one was before this step."""
        match self.step:
            case Step.CHOOSE | Step.SEARCH:
                return Step.GROUPS
            case Step.EARLIER:
                return Step.DOCUMENTS
            case Step.GROUPS | Step.FOLLOW:
                return Step.WELCOME
            case Step.DECLARATION:
                return Step.REVIEW
            case Step.WITNESSES:
                return Step.DECLARATION
            case _part:
                return self._part_before()

    def _part_before(self) -> Step:
        """The first part of a service comes after where it was chosen: by its group, by its name, or at the welcome."""
        before = [step for step in self.parts[: self.parts.index(self.step)] if step is not Step.CHOOSE]
        return before[-1] if before else self._chosen_at

    def _has(self, step: Step) -> bool:
        """Whether this service has something to say there. An immediate one ends with what to bring, and a number."""
        service = self.draft.service
        match step:
            case Step.QUESTIONS:
                return bool(self.questions)
            case Step.GUIDE:
                return not service.tracked or any(not each.optional for each in self.draft.requirements)
            case Step.DOCUMENTS:
                return service.tracked and bool(self.draft.requirements)
            case _who_asks_and_the_review:
                return service.tracked

    def _keep(self, document: Document) -> None:
        others = {name: each for name, each in self.draft.documents.items() if name != document.requirement_id}
        if document.pages:
            others[document.requirement_id] = document
        self._draft = replace(self.draft, documents=others)
