"""A service's card: one TOML file of the catalogue, whose name is the service's id.

A card is written by a town hall, not by a programmer, so nothing in it is guessed: an unknown key, a missing
language, a condition on an answer nobody can give and a stage nobody can reach are all mistakes, told at once with
file and line.
"""

from collections.abc import Mapping

from civic.card_field import (
    ID,
    check_ids,
    take_conditions,
    take_fact,
    take_id,
    take_if_told,
    take_provenance,
    take_validity,
)
from civic.catalog import Catalog, Confidence, Option, Question, QuestionKind, Requirement, Service
from civic.common import Common, SharedPaper, read_common, read_groups
from civic.deadline import Deadline, DeadlineKind
from civic.language import Wording
from civic.places import FOLDER as PLACES
from civic.places import read_town
from civic.stage_list import take_workflow
from civic.toml_table import Folder, Table, TomlFile, beside
from civic.town import Town
from civic.workflow import Workflow

_NO_PAPER = SharedPaper(Wording("", "", ""), None, None, None)


class CatalogFault(ValueError):
    """The catalogue cannot be used. One line per mistake: `file:line: what is wrong`."""


def read_catalog(folder: Folder) -> Catalog:
    """Read every card of the folder, and what they share. Raises CatalogFault naming all the mistakes of all."""
    mistakes: list[str] = []
    common = read_common(folder, mistakes)
    town = read_town(beside(folder, PLACES), mistakes)
    services: dict[str, Service] = {}
    for path in cards_in(folder):
        file = TomlFile(path)
        card = file.read()
        if card is not None:
            if not ID.fullmatch(path.stem):
                card.blame("the file's name is the service's id: small letters and digits with single dashes between")
            services[path.stem] = _service(path.stem, card, common, town)
        mistakes += file.mistakes
    if not services and not mistakes:
        mistakes.append(f"{folder}: there is no card (*.toml) in this folder")
    groups = () if mistakes else read_groups(folder, services, mistakes)
    if mistakes:
        raise CatalogFault("\n".join(mistakes))
    in_order = {service.id: service for group in groups for service in group.services}
    return Catalog(tuple(in_order.values()), groups)


def cards_in(folder: Folder) -> list[Folder]:
    """In the order of their names; none where there is no such folder."""
    found: list[Folder] = [*folder.iterdir()] if folder.is_dir() else []
    return sorted((each for each in found if each.suffix == ".toml"), key=lambda each: each.name)


def _service(service_id: str, card: Table, common: Common, town: Town | None) -> Service:
    tracked = card.take_flag("tracked", True)
    questions: dict[str, Question] = {}
    for table in card.take_tables("question"):
        question = _question(table, questions, town)
        questions[question.id] = question
    deadlines = tuple(_deadline(table, questions) for table in card.take_tables("deadline"))
    _check_deadlines(card, deadlines, tracked)
    requirements = tuple(_requirement(each, questions, common) for each in card.take_tables("requirement"))
    check_ids(card, "requirement", [requirement.id for requirement in requirements])
    service = Service(
        id=service_id,
        code=card.take_text("code"),
        name=card.take_wording("name"),
        example=card.take_wording("example"),
        words=card.take_texts("words"),
        icon=card.take_text("icon"),
        tracked=tracked,
        anonymous=card.take_flag("anonymous", False),
        conditions=tuple(take_fact(table) for table in card.take_tables("condition")),
        questions=tuple(questions.values()),
        requirements=requirements,
        deadlines=deadlines,
        workflow=_workflow(card, tracked, common),
        delay=take_fact(card.take_table("delay")) if card.has("delay") else None,
        fee=take_fact(card.take_table("fee")) if card.has("fee") else None,
        provenance=take_provenance(card),
    )
    if tracked and service.delay is not None:
        card.blame("[delay] says how soon an immediate service is done; a tracked one has [[deadline]]s", "delay")
    card.finish()
    return service


def _question(table: Table, earlier: Mapping[str, Question], town: Town | None) -> Question:
    kind = table.take_word("kind", QuestionKind, QuestionKind.CHOICE)
    options = tuple(_option(option) for option in table.take_tables("option"))
    check_ids(table, "option", [option.id for option in options])
    if (kind is QuestionKind.CHOICE) != (len(options) >= 2):
        table.blame("a question of kind choice has two options or more, one of another kind has none")
    if len({bool(option.icon) for option in options}) == 2:
        table.blame("either every [[….option]] has an “icon”, or none has")
    if kind is QuestionKind.PLACE and town is None:
        table.blame("a question of kind place needs the town's places: the folder “places” beside that of the cards")
    question = Question(
        id=take_id(table),
        kind=kind,
        text=table.take_wording("text"),
        options=options,
        when=take_conditions(table, earlier),
        optional=table.take_flag("optional", False),
        town=town if kind is QuestionKind.PLACE else None,
    )
    if question.id in earlier:
        table.blame(f"two questions have the id “{question.id}”", "id")
    table.finish()
    return question


def _option(table: Table) -> Option:
    icon = table.take_text("icon", "")
    option = Option(take_id(table), table.take_wording("text"), take_if_told(table, "stop"), icon)
    table.finish()
    return option


def _requirement(table: Table, questions: Mapping[str, Question], common: Common) -> Requirement:
    """A paper of this card, or a shared one: what the card says of it goes before what all say."""
    named = table.take_text("paper") if table.has("paper") else None
    if named is not None and named not in common.papers:
        table.blame(f"“{named}” is not in common/papers.toml", "paper")
    shared = common.papers.get(named, _NO_PAPER) if named is not None else _NO_PAPER

    def told(key: str, shared_words: Wording | None) -> Wording | None:
        return take_if_told(table, key) or shared_words

    requirement = Requirement(
        id=take_id(table, named),
        name=table.take_wording("name") if named is None or table.has("name") else shared.name,
        hint=told("hint", shared.hint),
        where=told("where", shared.where),
        why=told("why", shared.why),
        copies=table.take_number("copies", 1),
        when=take_conditions(table, questions),
        optional=table.take_flag("optional", False),
        provenance=take_provenance(table),
        shared=named or "",
        valid_for=take_validity(table) or shared.valid_for,
    )
    table.finish()
    return requirement


def _deadline(table: Table, questions: Mapping[str, Question]) -> Deadline:
    deadline = Deadline(
        days=table.take_number("days"),
        kind=table.take_word("kind", DeadlineKind),
        basis=table.take_wording("basis"),
        when=take_conditions(table, questions),
        starts_complete=table.take_flag("starts_complete", False),
    )
    seen = take_provenance(table).confidence
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


def _workflow(card: Table, tracked: bool, common: Common) -> Workflow | None:
    """The card's own stages, or those it shares."""
    own = take_workflow(card)
    if not card.has("stages"):
        if tracked != (own is not None):
            card.blame("a tracked service has [[stage]]s or “stages”, an immediate one (tracked = false) has none")
        return own
    shared = card.take_text("stages")
    if own is not None or not tracked:
        card.blame("“stages” stands in a tracked service that has no [[stage]] of its own", "stages")
    elif shared not in common.stages:
        card.blame(f"“{shared}” is not in common/stages.toml", "stages")
    return common.stages.get(shared)
