"""A service's card: one TOML file of the catalogue, whose name is the service's id.

A card is written by a town hall, not by a programmer, so nothing in it is guessed: an unknown key, a missing
language, a condition on an answer nobody can give and a stage nobody can reach are all mistakes, told at once with
file and line.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from civic.catalog import (
    Catalog,
    Conditions,
    Confidence,
    Fee,
    Option,
    Provenance,
    Question,
    QuestionKind,
    Requirement,
    Service,
)
from civic.deadline import Deadline, DeadlineKind
from civic.language import Language
from civic.toml_table import Table, TomlFile
from civic.workflow import Clock, Party, Stage, Workflow

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class CatalogFault(ValueError):
    """The catalogue cannot be used. One line per mistake: `file:line: what is wrong`."""


def read_catalog(folder: Path) -> Catalog:
    """Read every card of the folder. Raises CatalogFault naming all the mistakes of all the cards."""
    mistakes: list[str] = []
    services: list[tuple[int, Service]] = []
    for path in sorted(folder.glob("*.toml")):
        file = TomlFile(path)
        card = file.read()
        if card is not None:
            if not _ID.fullmatch(path.stem):
                card.blame("the file's name is the service's id: small letters and digits with single dashes between")
            services.append(_service(path.stem, card))
        mistakes += file.mistakes
    if not services and not mistakes:
        mistakes.append(f"{folder}: there is no card (*.toml) in this folder")
    if mistakes:
        raise CatalogFault("\n".join(mistakes))
    return Catalog(tuple(service for _, service in sorted(services, key=lambda each: each[0])))


def _service(service_id: str, card: Table) -> tuple[int, Service]:
    order = card.take_number("order")
    tracked = card.take_flag("tracked", True)
    questions: dict[str, Question] = {}
    for table in card.take_tables("question"):
        question = _question(table, questions)
        questions[question.id] = question
    deadlines = tuple(_deadline(table, questions) for table in card.take_tables("deadline"))
    _check_deadlines(card, deadlines, tracked)
    stages = tuple(_stage(table) for table in card.take_tables("stage"))
    _check_stages(card, stages, tracked)
    requirements = tuple(_requirement(table, questions) for table in card.take_tables("requirement"))
    _check_ids(card, "requirement", [requirement.id for requirement in requirements])
    service = Service(
        id=service_id,
        code=card.take_text("code"),
        name=card.take_wording("name"),
        example=card.take_wording("example"),
        icon=card.take_text("icon"),
        tracked=tracked,
        anonymous=card.take_flag("anonymous", False),
        questions=tuple(questions.values()),
        requirements=requirements,
        deadlines=deadlines,
        workflow=Workflow(stages) if stages else None,
        fee=_fee(card.take_table("fee")) if card.has("fee") else None,
        provenance=_provenance(card),
    )
    card.finish()
    return order, service


def _provenance(table: Table) -> Provenance:
    source = table.take_text("source")
    confidence = table.take_word("confidence", Confidence)
    codes = [language.value for language in Language]
    review = table.take_texts("review")
    if not set(review) <= set(codes):
        table.blame("“review” lists the languages still to be reviewed: " + ", ".join(codes), "review")
        review = ()
    return Provenance(source, confidence, tuple(Language(code) for code in review))


def _id(table: Table) -> str:
    text = table.take_text("id")
    if text and not _ID.fullmatch(text):
        table.blame("an id is small letters and digits with single dashes between", "id")
    return text


def _check_ids(table: Table, key: str, ids: Sequence[str]) -> None:
    """No two tables of a list have the same id (an empty one is a mistake already told)."""
    for position, each in enumerate(ids):
        if each and each in ids[:position]:
            table.blame(f"two [[{key}]] have the id “{each}”", key, position, "id")


def _conditions(table: Table, questions: Mapping[str, Question]) -> Conditions:
    if not table.has("when"):
        return {}
    when = table.take_table("when")
    conditions = {question: when.take_texts(question) for question in when.keys}
    for question, answers in conditions.items():
        if not answers:
            table.blame(f"“when” accepts no answer to “{question}”: it would never hold", "when")
        if question not in questions:
            table.blame(f"“when” asks about “{question}”, which no question before this has as id", "when")
            continue
        possible = {option.id for option in questions[question].options}
        for answer in answers:
            if answer not in possible:
                table.blame(f"“{answer}” is not an answer to “{question}”", "when")
    return conditions


def _question(table: Table, earlier: Mapping[str, Question]) -> Question:
    kind = table.take_word("kind", QuestionKind, QuestionKind.CHOICE)
    options = tuple(_option(option) for option in table.take_tables("option"))
    _check_ids(table, "option", [option.id for option in options])
    if (kind is QuestionKind.CHOICE) != (len(options) >= 2):
        table.blame("a question of kind choice has two options or more, one of kind text has none")
    question = Question(
        id=_id(table),
        kind=kind,
        text=table.take_wording("text"),
        options=options,
        when=_conditions(table, earlier),
        optional=table.take_flag("optional", False),
    )
    if question.id in earlier:
        table.blame(f"two questions have the id “{question.id}”", "id")
    table.finish()
    return question


def _option(table: Table) -> Option:
    stop = table.take_wording("stop") if table.has("stop") else None
    option = Option(_id(table), table.take_wording("text"), stop)
    table.finish()
    return option


def _requirement(table: Table, questions: Mapping[str, Question]) -> Requirement:
    requirement = Requirement(
        id=_id(table),
        name=table.take_wording("name"),
        hint=table.take_wording("hint") if table.has("hint") else None,
        copies=table.take_number("copies", 1),
        when=_conditions(table, questions),
        optional=table.take_flag("optional", False),
        provenance=_provenance(table),
    )
    table.finish()
    return requirement


def _deadline(table: Table, questions: Mapping[str, Question]) -> Deadline:
    deadline = Deadline(
        days=table.take_number("days"),
        kind=table.take_word("kind", DeadlineKind),
        basis=table.take_wording("basis"),
        when=_conditions(table, questions),
        starts_complete=table.take_flag("starts_complete", False),
    )
    seen = _provenance(table).confidence
    if deadline.kind is DeadlineKind.LEGAL and seen not in (Confidence.KEF, Confidence.NATIONAL):
        table.blame("only a delay seen at El Kef or in a national text (K, N) may be called legal", "kind")
    table.finish()
    return deadline


def _check_deadlines(card: Table, deadlines: tuple[Deadline, ...], tracked: bool) -> None:
    """Every dossier is promised exactly one date, and no [[deadline]] is there for nothing."""
    if tracked != bool(deadlines):
        card.blame("a tracked service has a [[deadline]], an immediate one (tracked = false) has none")
    for position, deadline in enumerate(deadlines):
        last = position == len(deadlines) - 1
        if last and deadline.when:
            card.blame("the last [[deadline]] must hold for every answer: it has no “when”", "deadline", position)
        elif not last and not deadline.when:
            card.blame("a [[deadline]] without “when” comes last: none after it would hold", "deadline", position)


def _stage(table: Table) -> Stage:
    stage = Stage(
        id=_id(table),
        name=table.take_wording("name"),
        party=table.take_word("party", Party),
        clock=table.take_word("clock", Clock),
        next=table.take_texts("next"),
    )
    table.finish()
    return stage


def _check_stages(card: Table, stages: tuple[Stage, ...], tracked: bool) -> None:
    """Every arrow leads to a stage, every stage can be reached, and an answer is always possible."""
    if tracked != bool(stages):
        card.blame("a tracked service has [[stage]]s, an immediate one (tracked = false) has none")
    _check_ids(card, "stage", [stage.id for stage in stages])
    known = {stage.id: stage for stage in stages}
    reached = {stages[0].id} if stages else set()
    answered = {stage.id for stage in stages if stage.clock is Clock.ENDED}
    for _ in stages:
        reached |= {after for stage_id in reached & known.keys() for after in known[stage_id].next}
        answered |= {stage.id for stage in stages if answered.intersection(stage.next)}
    for position, stage in enumerate(stages):
        for after in stage.next:
            if after not in known:
                card.blame(f"stage “{stage.id}” leads to “{after}”, which is not a stage", "stage", position, "next")
        if stage.id not in reached:
            card.blame(f"no stage leads to “{stage.id}”", "stage", position)
        if stage.id not in answered:
            card.blame(f"no stage that ends the clock can follow “{stage.id}”", "stage", position)


def _fee(table: Table) -> Fee:
    fee = Fee(table.take_wording("text"), _provenance(table))
    table.finish()
    return fee
