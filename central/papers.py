"""The papers of a dossier, and what agents said of each."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, select

from central.tables import documents
from civic.catalog import Service
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

    `excuse`: why the citizen says that they cannot bring it.
    """

    requirement: str
    name: Wording
    pages: tuple[str, ...]
    excuse: Excuse | None
    decision: Decision
    reason: str

    @property
    def owed(self) -> bool:
        """Whether the citizen has still to bring it."""
        return self.decision is Decision.REFUSED or (not self.pages and self.decision is Decision.OPEN)


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
        )
        for row in connection.execute(rows)
    )
