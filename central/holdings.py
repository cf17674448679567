"""What an earlier file holds that another request may use again."""

from datetime import tzinfo

from central.dossiers import Dossier
from central.papers import Decision
from civic.dossier import Given
from civic.reference import Reference
from civic.reuse import HeldPaper


def held_papers(dossier: Dossier, zone: tzinfo) -> tuple[HeldPaper, ...]:
    """Every paper with pages that no agent has refused. One used again here keeps the day on which it was given."""
    shared = {requirement.id: requirement.shared for requirement in dossier.service.requirements}
    deposited_on = dossier.deposited_at.astimezone(zone).date()
    return tuple(
        HeldPaper(
            service_id=dossier.service.id,
            requirement_id=paper.requirement,
            shared=shared.get(paper.requirement, ""),
            pages=paper.pages,
            given=Given(
                dossier.reference if paper.given_in is None else Reference.parse(paper.given_in),
                paper.given_on or deposited_on,
            ),
        )
        for paper in dossier.papers
        if paper.pages and paper.decision is not Decision.REFUSED
    )
