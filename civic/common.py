"""What cards have in common, each thing written once: the folder `common` beside them.

`papers.toml` holds the papers many services ask for, `stages.toml` the ways a file can go, and `groups.toml` what
people come for and which services go with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from civic.card_field import check_ids, take_id, take_if_told, take_provenance, take_review, take_validity
from civic.catalog import Group, Service, Validity
from civic.language import Wording
from civic.stage_list import take_workflow
from civic.toml_table import Folder, Table, TomlFile
from civic.workflow import Workflow

FOLDER = "common"
GROUPS = "groups.toml"


@dataclass(frozen=True, slots=True)
class SharedPaper:
    """A paper in the words every card uses; how many and when is for each card to say."""

    name: Wording
    hint: Wording | None
    where: Wording | None
    why: Wording | None
    valid_for: Validity | None = None


@dataclass(frozen=True, slots=True)
class Common:
    papers: Mapping[str, SharedPaper]
    stages: Mapping[str, Workflow]


def read_common(folder: Folder, mistakes: list[str]) -> Common:
    """What the cards of that folder share; a file that is not there shares nothing. Adds to the mistakes."""
    papers, stages = (_tables(folder / FOLDER / name) for name in ("papers.toml", "stages.toml"))
    common = Common(
        papers={name: _paper(table) for name, table in papers.tables.items()},
        stages={name: flow for name, table in stages.tables.items() if (flow := _workflow(table)) is not None},
    )
    mistakes += papers.file.mistakes + stages.file.mistakes
    return common


def read_groups(folder: Folder, services: Mapping[str, Service], mistakes: list[str]) -> tuple[Group, ...]:
    """The groups, in the order people see them; every service stands in one. Adds to the mistakes."""
    file = TomlFile(folder / FOLDER / GROUPS)
    whole = file.read()
    groups: tuple[Group, ...] = ()
    if whole is not None:
        groups = tuple(_group(table, services) for table in whole.take_tables("group"))
        check_ids(whole, "group", [group.id for group in groups])
        shown = {service.id for group in groups for service in group.services}
        for service_id in services:
            if service_id not in shown:
                whole.blame(f"no [[group]] names “{service_id}” among its services: nobody would find it")
        whole.finish()
    mistakes += file.mistakes
    return groups


def _group(table: Table, services: Mapping[str, Service]) -> Group:
    group_id = take_id(table)
    named = table.take_texts("services")
    for each in named:
        if each not in services:
            table.blame(f"“{each}” is not a card of this folder", "services")
    if not named:
        table.blame("“services” must name the cards of this group", "services")
    group = Group(
        id=group_id,
        icon=table.take_text("icon"),
        name=table.take_wording("name"),
        example=table.take_wording("example"),
        services=tuple(services[each] for each in named if each in services),
    )
    take_review(table)
    table.finish()
    return group


@dataclass(frozen=True, slots=True)
class _Tables:
    """A file of named tables."""

    file: TomlFile
    tables: Mapping[str, Table]


def _tables(path: Folder) -> _Tables:
    file = TomlFile(path)
    whole = file.read() if path.exists() else None
    return _Tables(file, {} if whole is None else {name: whole.take_table(name) for name in whole.keys})


def _paper(table: Table) -> SharedPaper:
    name = table.take_wording("name")
    hint, where, why = (take_if_told(table, key) for key in ("hint", "where", "why"))
    paper = SharedPaper(name, hint, where, why, take_validity(table))
    take_provenance(table)
    table.finish()
    return paper


def _workflow(table: Table) -> Workflow | None:
    workflow = take_workflow(table)
    if workflow is None:
        table.blame("there is no [[….stage]] in it")
    take_provenance(table)
    table.finish()
    return workflow
