"""The dossiers of the town: opened by what a kiosk sent, moved and judged by agents, followed by their citizens."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, insert, select, update

from central.answers import Told, told
from central.assisted import Assisted, note_assistance, read_assisted
from central.changes import last_change, mark_dossier, note_change
from central.database import Database, insert_once
from central.kiosks import Kiosk
from central.papers import Decision, Paper, is_held, read_papers
from central.refusal import N_, Refused
from central.reminders import Reminder, read_reminders
from central.settings import CentreFault
from central.tables import documents, dossiers, steps
from central.terms import read_terms, terms_of
from civic.assistance import Assistance
from civic.catalog import Catalog, Service
from civic.course import Course
from civic.deadline import promise
from civic.dossier import Applicant, Document, IdentityKind
from civic.language import Language
from civic.reference import Reference
from civic.tracking import hash_token
from civic.workflow import Clock, Party, Stage, Step, Workflow, WorkflowFault
from sync.messages import DossierDeposited


@dataclass(frozen=True, slots=True)
class Dossier(Course):
    """A dossier as it stands; `change` is the town's last when it was read."""

    reference: Reference
    service: Service
    language: Language
    answers: Mapping[str, str]
    applicant: Applicant
    papers: tuple[Paper, ...]
    assisted: tuple[Assisted, ...]
    reminders: tuple[Reminder, ...]
    change: int

    @property
    def taken_by(self) -> Assistance | None:
        """The agent who took the deposit in; None where its citizen was alone."""
        return next((each.by for each in self.assisted if each.taken_at == self.deposited_at), None)

    @property
    def owed(self) -> tuple[Paper, ...]:
        """The papers the citizen has still to bring; none once an agent has let the clock run or has answered."""
        if self.over:
            return ()
        waits = self.stage.clock in (Clock.WAITING, Clock.PAUSED)
        return tuple(each for each in self.papers if each.decision is Decision.REFUSED or (waits and each.owed))

    @property
    def your_turn(self) -> bool:
        """Whether its citizen has something to do."""
        return not self.withdrawn and self.turn(bool(self.owed)) is Party.CITIZEN

    @property
    def asked_why(self) -> Reminder | None:
        """Somebody asked why it is late, and waits for the answer."""
        return next((each for each in self.reminders if each.reason is None and not self.over), None)

    @property
    def told(self) -> tuple[Told, ...]:
        return told(self.service, self.answers)

    @property
    def writes(self) -> bool:
        """Whether the citizen tells something an agent must read first, as a complaint does."""
        return any(each.file or each.pin or isinstance(each.words, str) for each in self.told)

    @property
    def next_stages(self) -> tuple[Stage, ...]:
        """Where an agent may move it from here."""
        return tuple(self.workflow[stage_id] for stage_id in self.stage.next)

    @property
    def starting(self) -> Stage | None:
        """The stage that says the file is complete and starts the clock; None when the clock has started before."""
        if not self.promise.deadline.starts_complete or self.promise.due_on is not None:
            return None
        return next((stage for stage in self.next_stages if stage.clock is Clock.RUNNING), None)


class Dossiers:
    """What agents do with dossiers, and what everybody may read of them."""

    def __init__(self, database: Database, catalog: Catalog, zone: tzinfo, now: Callable[[], datetime]) -> None:
        self._database = database
        self._catalog = catalog
        self._zone = zone
        self._now = now

    def find(self, reference: str) -> Dossier | None:
        return self._find(dossiers.c.reference == reference)

    def find_by_token(self, token: str) -> Dossier | None:
        return self._find(dossiers.c.token_hash == hash_token(token))

    def read(self, connection: Connection, reference: str) -> Dossier:
        """One that exists, in the caller's transaction."""
        dossier = self._read_one(connection, dossiers.c.reference == reference)
        if dossier is None:
            raise LookupError("there is no such dossier")
        return dossier

    def move(self, reference: str, wanted: str, agent: str) -> None:
        """Move it to a stage that follows. Raises Refused with a sentence for the agent."""
        with self._database.writing() as connection:
            change = note_change(connection, self._database.municipality)
            dossier = self._read_one(connection, dossiers.c.reference == reference)
            if dossier is None:
                raise Refused(N_("There is no such file."))
            try:
                stage = dossier.workflow.move(dossier.stage.id, wanted)
            except WorkflowFault:
                raise Refused(N_("The file cannot go there from where it is now.")) from None
            resumes = dossier.stage.clock in (Clock.WAITING, Clock.PAUSED) and stage.clock is Clock.RUNNING
            if resumes and any(each.owed for each in dossier.papers):
                raise Refused(N_("A paper is refused or missing: accept it first, or ask the citizen for it."))
            self._enter(connection, dossier, stage, agent, change)

    def decide(self, reference: str, requirement: str, decision: Decision, reason: str, agent: str) -> None:
        """Accept or refuse a paper. Raises Refused; a paper is only refused with a reason the citizen can read."""
        if decision is Decision.REFUSED and not reason.strip():
            raise Refused(N_("Say why the paper is refused: the citizen will read it."))
        with self._database.writing() as connection:
            town = self._database.municipality
            change = note_change(connection, town)
            dossier = self._read_one(connection, dossiers.c.reference == reference)
            if dossier is not None and dossier.over:
                raise Refused(N_("This file is over: its papers are not judged any more."))
            decided = connection.execute(
                update(documents)
                .where(
                    documents.c.municipality == town,
                    documents.c.reference == reference,
                    documents.c.requirement == requirement,
                )
                .values(
                    decision=decision.value,
                    reason=reason.strip() if decision is Decision.REFUSED else "",
                    decided_by=agent,
                    decided_at=self._now(),
                )
            )
            if decided.rowcount != 1:
                raise Refused(N_("This file has no such paper."))
            mark_dossier(connection, town, reference, change)

    def _enter(self, connection: Connection, dossier: Dossier, stage: Stage, agent: str, change: int) -> None:
        town, reference = self._database.municipality, str(dossier.reference)
        connection.execute(
            insert(steps).values(
                municipality=town,
                reference=reference,
                position=len(dossier.history),
                stage=stage.id,
                entered_at=self._now(),
                agent=agent,
            )
        )
        connection.execute(
            update(dossiers)
            .where(dossiers.c.municipality == town, dossiers.c.reference == reference)
            .values(stage=stage.id, change=change)
        )

    def _find(self, which: ColumnElement[bool]) -> Dossier | None:
        with self._database.reading() as connection:
            return self._read_one(connection, which)

    def _read_one(self, connection: Connection, which: ColumnElement[bool]) -> Dossier | None:
        town = self._database.municipality
        change = last_change(connection, town)
        row = connection.execute(select(dossiers).where(dossiers.c.municipality == town, which)).mappings().first()
        if row is None:
            return None
        service = self._catalog[row["service"]]
        deadline = service.deadline_for(row["answers"]) if row["terms"] is None else read_terms(row["terms"])
        if service.workflow is None or deadline is None:
            raise WorkflowFault(f"the service “{service.id}” has dossiers: it must be tracked")
        history = read_history(connection, town, row["reference"], service.workflow)
        today = self._now().astimezone(self._zone).date()
        promised = promise(deadline, history, today, self._zone)
        return Dossier(
            reference=Reference.parse(row["reference"]),
            service=service,
            workflow=service.workflow,
            language=Language(row["language"]),
            answers=row["answers"],
            applicant=_applicant(row),
            papers=read_papers(connection, town, row["reference"], service),
            history=history,
            assisted=read_assisted(connection, town, row["reference"]),
            promise=promised,
            late_days=promised.late_days(today),
            reminders=read_reminders(connection, town, row["reference"]),
            change=change,
        )


def open_dossier(
    connection: Connection, kiosk: Kiosk, fact: DossierDeposited, service: Service, then: Service, change: int
) -> None:
    """Keep what a citizen deposited, in the caller's transaction. Raises Refused.

    `then`: the service's card as it was when the citizen was promised an answer.
    """
    workflow, promised = service.workflow, then.deadline_for(fact.answers) or service.deadline_for(fact.answers)
    if workflow is None or promised is None:
        raise Refused(f"the service “{fact.service_id}” is immediate: it opens no dossier")
    if fact.reference.kiosk != kiosk.number:
        raise Refused("this reference belongs to another kiosk")
    key = {"municipality": kiosk.municipality, "reference": str(fact.reference)}
    fresh = insert_once(
        connection,
        dossiers,
        **key,
        site=kiosk.site,
        kiosk=kiosk.number,
        service=fact.service_id,
        language=fact.language.value,
        deposited_at=fact.deposited_at,
        answers=dict(fact.answers),
        applicant_name=fact.applicant.name,
        applicant_phone=fact.applicant.phone,
        identity_kind=fact.applicant.identity_kind,
        identity_number=fact.applicant.identity_number,
        token_hash=fact.token_hash,
        pin_salt=fact.pin_salt,
        pin_hash=fact.pin_hash,
        stage=workflow.first.id,
        change=change,
        terms=terms_of(promised),
    )
    if not fresh:
        raise Refused("a dossier with this reference or this token was deposited before")
    first: dict[str, Any] = {"stage": workflow.first.id, "entered_at": fact.deposited_at, "agent": None}
    connection.execute(insert(steps).values(**key, position=0, **first))
    note_assistance(connection, key["municipality"], key["reference"], fact.deposited_at, fact.assistance)
    for position, document in enumerate((*fact.documents, *(Document(each, ()) for each in fact.missing))):
        given = document.given if is_held(connection, kiosk.municipality, document) else None
        row = {
            "requirement": document.requirement_id,
            "position": position,
            "pages": list(document.pages),
            "excuse": fact.excuses.get(document.requirement_id),
            "decision": Decision.OPEN.value,
            "reason": "",
            "given_in": None if given is None else str(given.reference),
            "given_on": None if given is None else given.on,
        }
        if not insert_once(connection, documents, **key, **row):
            raise Refused("this dossier has the same paper twice")


def settle_terms(connection: Connection, town: str, catalog: Catalog) -> None:
    """Write down what was promised by those cards to whoever has no terms yet: other cards are about to hold."""
    mine = dossiers.c.municipality == town
    open_ended = select(dossiers.c.reference, dossiers.c.service, dossiers.c.answers).where(
        mine, dossiers.c.terms.is_(None)
    )
    for row in connection.execute(open_ended).all():
        deadline = catalog[row.service].deadline_for(row.answers)
        if deadline is not None:
            this = mine & (dossiers.c.reference == row.reference)
            connection.execute(update(dossiers).where(this).values(terms=terms_of(deadline)))


def check_catalog(connection: Connection, town: str, catalog: Catalog) -> None:
    """Every dossier kept must still have its service and its stage, or its page would fail. Raises CentreFault."""
    used = (
        select(dossiers.c.service, steps.c.stage)
        .join(steps, (steps.c.municipality == dossiers.c.municipality) & (steps.c.reference == dossiers.c.reference))
        .where(dossiers.c.municipality == town)
        .distinct()
    )
    known = {service.id: service.workflow for service in (*catalog.former, *catalog)}
    for service, stage in connection.execute(used):
        workflow = known.get(service)
        if workflow is None or stage not in [each.id for each in workflow.stages]:
            lost = f"The catalogue has no “{service}” with a stage “{stage}” any more"
            raise CentreFault(f"{lost}, and dossiers are there: put it back.")


def read_history(connection: Connection, town: str, reference: str, workflow: Workflow) -> tuple[Step, ...]:
    rows = (
        select(steps.c.stage, steps.c.entered_at)
        .where(steps.c.municipality == town, steps.c.reference == reference)
        .order_by(steps.c.position)
    )
    return tuple(Step(workflow[row.stage], row.entered_at) for row in connection.execute(rows))


def _applicant(row: RowMapping) -> Applicant:
    kind = row["identity_kind"]
    return Applicant(
        name=row["applicant_name"],
        phone=row["applicant_phone"],
        identity_kind=None if kind is None else IdentityKind(kind),
        identity_number=row["identity_number"],
    )
