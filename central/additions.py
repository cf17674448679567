"""Papers that a citizen brings to a file which lies here already, at any kiosk, with its receipt in hand."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from central.assisted import note_assistance
from central.changes import mark_dossier
from central.dossiers import read_history
from central.papers import Decision, read_papers
from central.refusal import Refused
from central.tables import documents, dossiers, steps
from civic.catalog import Catalog
from civic.workflow import after_papers
from sync.messages import PapersAdded


def add_papers(connection: Connection, town: str, fact: PapersAdded, catalog: Catalog, change: int) -> None:
    """Keep them, in the caller's transaction; once nothing is owed, the file waits for the town hall. Raises Refused.

    Pages of a paper that was owed stand in its place; of any other they come behind those an agent has seen, because
    what a citizen was told is received is never dropped.
    """
    reference = str(fact.reference)
    mine = (documents.c.municipality == town) & (documents.c.reference == reference)
    kept = {row["requirement"]: row for row in connection.execute(select(documents).where(mine)).mappings()}
    for document in fact.documents:
        row = kept.get(document.requirement_id)
        if row is None:
            raise Refused("this dossier asks for no such paper, or is not known here")
        this = mine & (documents.c.requirement == document.requirement_id)
        connection.execute(update(documents).where(this).values(_joined(row, document.pages, fact.added_at)))
    note_assistance(connection, town, reference, fact.added_at, fact.assistance)
    mark_dossier(connection, town, reference, change)
    _go_on(connection, town, fact, catalog)


def _joined(row: RowMapping, pages: tuple[str, ...], added_at: datetime) -> Mapping[str, Any]:
    if row["decision"] == Decision.REFUSED or not row["pages"]:
        asked_again = {"pages": list(pages), "excuse": None, "decision": Decision.OPEN.value, "reason": ""}
        now_given = {"given_in": None, "given_on": added_at.date()}
        return asked_again | now_given | {"decided_by": None, "decided_at": None}
    return {"pages": [*row["pages"], *pages]}


def _go_on(connection: Connection, town: str, fact: PapersAdded, catalog: Catalog) -> None:
    reference = str(fact.reference)
    mine = (dossiers.c.municipality == town) & (dossiers.c.reference == reference)
    service = catalog[connection.execute(select(dossiers.c.service).where(mine)).scalar_one()]
    if service.workflow is None or any(each.owed for each in read_papers(connection, town, reference, service)):
        return
    history = read_history(connection, town, reference, service.workflow)
    stage = after_papers(service.workflow, history)
    if stage is not None:
        step = {"municipality": town, "reference": reference, "position": len(history), "stage": stage.id}
        entered_at = max(fact.added_at, history[-1].entered_at)
        connection.execute(insert(steps).values(**step, entered_at=entered_at, agent=None))
        connection.execute(update(dossiers).where(mine).values(stage=stage.id))
