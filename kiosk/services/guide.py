"""What a service needs, before anyone asks for it: shown, printed, or taken away on a phone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from civic.catalog import QuestionKind, Requirement, Service
from civic.deadline import Deadline
from civic.dossier import Draft
from civic.language import Language, Wording
from kiosk.devices.base import Printer, Raster
from kiosk.services.intake import Place
from kiosk.services.receipt import Office


@dataclass(frozen=True, slots=True)
class Guide:
    """Everything on the list, and nothing about the person. `given_at` is in the town's time zone."""

    office: Office
    service: Service
    needed: tuple[Requirement, ...]
    deadline: Deadline | None
    given_at: datetime
    url: str
    """The same on a phone."""

    @property
    def says_something(self) -> bool:
        """Whether there is anything to take away."""
        service = self.service
        return bool(self.needed or service.conditions or service.fee or service.delay)

    @property
    def delay(self) -> Wording | None:
        """How soon an immediate service is done, if anyone knows."""
        return None if self.service.delay is None else self.service.delay.text


DrawGuide = Callable[[Guide, Language, int], Raster]
"""Draw a guide for who reads that language, on a paper of that many dots."""


class Guidance:
    """`guide` may be asked by any thread; `print` by the printer's alone. Raises PrinterFault."""

    def __init__(self, place: Place, printer: Printer, draw: DrawGuide, now: Callable[[], datetime]) -> None:
        self._place = place
        self._printer = printer
        self._draw = draw
        self._now = now

    def guide(self, draft: Draft) -> Guide:
        """By the answers given so far."""
        return Guide(
            office=self._place.office,
            service=draft.service,
            needed=draft.requirements,
            deadline=draft.service.deadline_for(draft.answers),
            given_at=self._now().astimezone(self._place.zone),
            url=self._place.card_url(draft.service.id, _choices(draft.service, draft.answers)),
        )

    def print(self, guide: Guide, language: Language) -> None:
        self._printer.print(self._draw(guide, language, self._printer.width_px))


def _choices(service: Service, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers that may stand in an address: those chosen, never what was written."""
    chosen = {question.id for question in service.questions if question.kind is QuestionKind.CHOICE}
    return {question: answer for question, answer in answers.items() if question in chosen}
