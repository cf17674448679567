"""The papers of a dossier, and what agents said of each."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection, select

from central.tables import documents
from civic.catalog import Service
from civic.dossier import Document
from civic.excuse import Excuse
from civic.language import Wording


class Decision(StrEnum):
    """What an agent said of a paper. `OPEN`: nothing yet."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of a dossier: `pages` by their SHA-256, none when it was still to bring. `reason` says why refused.

    `excuse`: why the citizen says that they cannot bring it. `given_in`, `given_on`: see `central.tables`.
    """

    requirement: str
    name: Wording
    pages: tuple[str, ...]
    excuse: Excuse | None
    decision: Decision
    reason: str
    given_in: str | None
    given_on: date | None

    @property
    def owed(self) -> bool:
        """Whether the citizen has still to bring it."""
        return self.decision is Decision.REFUSED or (not self.pages and self.decision is Decision.OPEN)


def is_held(connection: Connection, town: str, document: Document) -> bool:
    """Whether an earlier file holds those pages, as the kiosk was told."""
    if document.given is None:
        return False
    there = (documents.c.municipality == town) & (documents.c.reference == str(document.given.reference))
    kept = connection.execute(select(documents.c.pages).where(there)).scalars()
    return any(set(document.pages) <= set(pages) for pages in kept)


def read_papers(connection: Connection, town: str, reference: str, service: Service) -> tuple[Paper, ...]:
    rows = (
        select(documents)
        .where(documents.c.municipality == town, documents.c.reference == reference)
        .order_by(documents.c.position)
    )
    names = {requirement.id: requirement.name for requirement in service.requirements}
    return tuple(
        Paper(
            requirement=row.requirement,
            name=names.get(row.requirement, Wording(row.requirement, row.requirement, row.requirement)),
            pages=tuple(row.pages),
            excuse=None if row.excuse is None else Excuse(row.excuse),
            decision=Decision(row.decision),
            reason=row.reason,
            given_in=row.given_in,
            given_on=row.given_on,
        )
        for row in connection.execute(rows)
    )
