"""The town's services for anyone with a phone: what each needs, by the answers in the address. Nobody signs in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from central.pages import Pages
from central.settings import ASSETS
from civic.catalog import Catalog, Conditions, Option, Question, QuestionKind, Requirement, Service, UnknownService
from civic.deadline import Deadline

_ICONS = ASSETS / "icons"


@dataclass(frozen=True, slots=True)
class Needed:
    """A paper, and the questions still to answer on which it depends, each with the answers that ask for it."""

    paper: Requirement
    only_if: tuple[tuple[Question, tuple[Option, ...]], ...]


@dataclass(frozen=True, slots=True)
class Due:
    deadline: Deadline
    only_if: tuple[tuple[Question, tuple[Option, ...]], ...]


class Reading:
    """A service as somebody who has answered so much reads it."""

    def __init__(self, service: Service, answers: Mapping[str, str]) -> None:
        self.service = service
        self._answers = answers
        self._questions = {question.id: question for question in service.questions}

    @property
    def said(self) -> Iterator[tuple[Question, Option]]:
        """Each question answered, with its answer."""
        for question in self.service.questions:
            for option in question.options:
                if self._answers.get(question.id) == option.id:
                    yield question, option

    @property
    def stop(self) -> Option | None:
        """The answer with which the town hall cannot take this request."""
        return next((option for _, option in self.said if option.stop is not None), None)

    @property
    def asked(self) -> Question | None:
        """The next question that changes what is needed."""
        still_open = (each for each in _choices(self.service) if each.id not in self._answers)
        return next((each for each in still_open if self._may_hold(each.when) and self._matters(each)), None)

    @property
    def needed(self) -> tuple[Needed, ...]:
        papers = (each for each in self.service.requirements if self._may_hold(each.when))
        return tuple(Needed(each, self._still_open(each.when)) for each in papers)

    @property
    def due(self) -> tuple[Due, ...]:
        """The delay promised, or each there may be: the first that certainly holds is the last told."""
        told: list[Due] = []
        for deadline in self.service.deadlines:
            if not self._may_hold(deadline.when):
                continue
            told.append(Due(deadline, self._still_open(deadline.when)))
            if not told[-1].only_if:
                break
        return tuple(told)

    def _matters(self, question: Question) -> bool:
        """Whether any answer to it changes the list, the delay, or where to go."""
        conditions = [
            *(paper.when for paper in self.service.requirements),
            *(deadline.when for deadline in self.service.deadlines),
            *(other.when for other in _choices(self.service)),
        ]
        return any(option.stop for option in question.options) or any(question.id in when for when in conditions)

    def _may_hold(self, when: Conditions) -> bool:
        """Not contradicted by any answer so far; a question that will not be asked has none."""
        return all(
            self._answers[name] in accepted if name in self._answers else self._may_hold(self._questions[name].when)
            for name, accepted in when.items()
        )

    def _still_open(self, when: Conditions) -> tuple[tuple[Question, tuple[Option, ...]], ...]:
        return tuple(
            (self._questions[name], tuple(each for each in self._questions[name].options if each.id in accepted))
            for name, accepted in when.items()
            if name not in self._answers
        )


class Cards:
    """Pages that know nobody: they answer from the catalogue alone."""

    def __init__(self, pages: Pages, catalog: Catalog) -> None:
        self._pages = pages
        self._catalog = catalog

    def routes(self) -> list[Route]:
        """In capitals too: so stands the address in the square of the kiosk's list."""
        return [
            Route(address, answer, methods=["GET"])
            for start in ("/services", "/SERVICES")
            for address, answer in ((start, self.list), (f"{start}/{{service}}{{answers:path}}", self.read))
        ]

    def list(self, request: Request) -> Response:
        return self._render(request, "services.html", {"groups": self._catalog.groups})

    def read(self, request: Request) -> Response:
        words = (request.path_params["service"] + request.path_params["answers"]).lower().split("/")
        try:
            service = self._catalog[words[0]]
        except UnknownService:
            raise HTTPException(404) from None
        here = "/services/" + "/".join(words)
        values = {"reading": Reading(service, _answers(service, words[1:])), "here": here}
        return self._render(request, "service.html", values)

    def _render(self, request: Request, template: str, values: Mapping[str, Any]) -> Response:
        return self._pages.render(request, template, {"icon": _icon} | dict(values))


def _answers(service: Service, words: list[str]) -> dict[str, str]:
    """Question, answer, question, answer. Whoever made up an address is told that nothing is there."""
    questions = {question.id: question for question in _choices(service)}
    answers = dict(zip(words[::2], words[1::2], strict=False))
    for question, answer in answers.items():
        if question not in questions or answer not in {option.id for option in questions[question].options}:
            raise HTTPException(404)
    if len(words) != 2 * len(answers):
        raise HTTPException(404)
    return answers


def _choices(service: Service) -> list[Question]:
    return [question for question in service.questions if question.kind is QuestionKind.CHOICE]


@cache
def _icon(name: str) -> Markup:
    """The drawing itself: a page is one file, and asks for no other."""
    path = _ICONS / f"{name}.svg"
    return Markup((path if path.is_file() else _ICONS / "document.svg").read_text(encoding="utf-8").strip())  # noqa: S704  our own files
