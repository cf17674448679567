"""Papers the town hall holds already, in an earlier file, that this request need not ask for again.

No administration may ask again for a paper given to it before while it is valid (décret 2010-1882). How long that is
stands in the catalogue; a paper of which nothing is said there is always asked for anew.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from civic.catalog import Requirement, Service
from civic.dossier import Document, Given


@dataclass(frozen=True, slots=True)
class HeldPaper:
    """A paper of an earlier file: which one it was there, and the SHA-256 of its pages. `shared`: see `Requirement`."""

    service_id: str
    requirement_id: str
    shared: str
    pages: tuple[str, ...]
    given: Given


@dataclass(frozen=True, slots=True)
class Reusable:
    """A paper held already that answers `requirement`, until that day included."""

    requirement: Requirement
    held: HeldPaper
    valid_until: date

    @property
    def document(self) -> Document:
        return Document(self.requirement.id, self.held.pages, self.held.given)


def reusable(
    service: Service, wanted: Iterable[Requirement], held: Sequence[HeldPaper], today: date
) -> tuple[Reusable, ...]:
    """What of `wanted` need not be given again, in its order; of two that would do, the one valid longest."""
    found = (_best(service, requirement, held, today) for requirement in wanted)
    return tuple(each for each in found if each is not None)


def _best(service: Service, wanted: Requirement, held: Sequence[HeldPaper], today: date) -> Reusable | None:
    if wanted.valid_for is None:
        return None
    days = timedelta(days=wanted.valid_for.days)
    will_do = [
        Reusable(wanted, each, each.given.on + days)
        for each in held
        if each.pages and _same(service, wanted, each) and today <= each.given.on + days
    ]
    return max(will_do, key=lambda each: each.valid_until, default=None)


def _same(service: Service, wanted: Requirement, held: HeldPaper) -> bool:
    """The same shared paper, or the same paper of the same service."""
    if wanted.shared:
        return wanted.shared == held.shared
    return (service.id, wanted.id) == (held.service_id, held.requirement_id)
