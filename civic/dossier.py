"""The case of one citizen, while it is being put together: what is asked for, by whom, with which papers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from civic.assistance import Assistance
from civic.catalog import Requirement, Service
from civic.excuse import Excuse
from civic.reference import Reference


class IdentityKind(StrEnum):
    """The paper a person shows. A CIN is never compulsory: El Kef has thousands of residents without one."""

    CIN = "cin"
    PASSPORT = "passport"
    FOREIGNER_CARD = "foreigner-card"


_CARD_NUMBER = re.compile(r"(?!0{8})\d{8}", re.ASCII)


def is_card_number(text: str) -> bool:
    """The form of a CIN's number: eight digits, kept as text because zeros lead. No rule for its digits is public."""
    return _CARD_NUMBER.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Applicant:
    """The citizen of a dossier. Everything may be empty in a complaint; a name is enough elsewhere."""

    name: str = ""
    phone: str = ""
    identity_kind: IdentityKind | None = None
    identity_number: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """A paper the town hall holds already: in which earlier file, and since which day."""

    reference: Reference
    on: date


@dataclass(frozen=True, slots=True)
class Document:
    """The answer to a requirement: the SHA-256 (hex) of each page, in order.

    `given`: it was not scanned now, but lies in an earlier file; its pages are at the centre and nowhere else.
    """

    requirement_id: str
    pages: tuple[str, ...]
    given: Given | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What a citizen has said so far. Nothing of it is promised or kept before it is confirmed."""

    service: Service
    answers: Mapping[str, str] = field(default_factory=dict)
    applicant: Applicant = field(default_factory=Applicant)
    documents: Mapping[str, Document] = field(default_factory=dict)
    excuses: Mapping[str, Excuse] = field(default_factory=dict)
    """Requirement → why the person cannot bring that paper; none of them has a document."""
    joins: Reference | None = None
    """The file that lies at the town hall already, when these are papers it still lacks."""
    owed: tuple[str, ...] = ()
    """The requirements that file lacks."""
    assistance: Assistance | None = None
    """Who takes it in at a counter; None where the citizen does it alone."""

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """The papers this draft needs, by the answers given; of a file that lies there, those it lacks."""
        if self.joins is not None:
            return tuple(each for each in self.service.requirements if each.id in self.owed)
        return self.service.requirements_for(self.answers)

    @property
    def missing(self) -> tuple[Requirement, ...]:
        """The papers still to bring; an optional one is never missing."""
        return tuple(each for each in self.requirements if not each.optional and each.id not in self.documents)

    @property
    def excused(self) -> Mapping[str, Excuse]:
        """The missing papers that the person says they cannot bring, and why."""
        return {each.id: self.excuses[each.id] for each in self.missing if each.id in self.excuses}

    @property
    def complete(self) -> bool:
        return not self.missing
