"""The stages of a file as a card, or the list several cards share, writes them: each reachable, each with an end."""

from civic.card_field import check_ids, take_id
from civic.toml_table import Table
from civic.workflow import Clock, Party, Stage, Workflow


def take_workflow(table: Table) -> Workflow | None:
    """What the [[stage]] of that table make together, None without any."""
    stages = tuple(_stage(each) for each in table.take_tables("stage"))
    _check(table, stages)
    return Workflow(stages) if stages else None


def _stage(table: Table) -> Stage:
    stage = Stage(
        id=take_id(table),
        name=table.take_wording("name"),
        party=table.take_word("party", Party),
        clock=table.take_word("clock", Clock),
        next=table.take_texts("next"),
    )
    table.finish()
    return stage


def _check(table: Table, stages: tuple[Stage, ...]) -> None:
    """Every arrow leads to a stage, every stage can be reached, and an answer is always possible."""
    check_ids(table, "stage", [stage.id for stage in stages])
    known = {stage.id: stage for stage in stages}
    reached = {stages[0].id} if stages else set()
    answered = {stage.id for stage in stages if stage.clock is Clock.ENDED}
    for _ in stages:
        reached |= {after for stage_id in reached & known.keys() for after in known[stage_id].next}
        answered |= {stage.id for stage in stages if answered.intersection(stage.next)}
    for position, stage in enumerate(stages):
        for after in stage.next:
            if after not in known:
                table.blame(f"stage “{stage.id}” leads to “{after}”, which is not a stage", "stage", position, "next")
        if stage.id not in reached:
            table.blame(f"no stage leads to “{stage.id}”", "stage", position)
        if stage.id not in answered:
            table.blame(f"no stage that ends the clock can follow “{stage.id}”", "stage", position)
