"""What a fact says of the agent who took it in. One without an agent says nothing, as every fact once did."""

from collections.abc import Mapping
from typing import Any

from civic.assistance import HIGHEST_COUNTER, Assistance, Witness
from sync.messages.fields import count, items, text


def assisted_to_json(assistance: Assistance | None) -> dict[str, Any]:
    """The field `assisted`, or none."""
    if assistance is None:
        return {}
    witnesses = [{"name": each.name, "card": each.card} for each in assistance.witnesses]
    return {"assisted": {"agent": assistance.agent, "counter": assistance.counter, "witnesses": witnesses}}


def read_assisted(data: Mapping[str, Any]) -> Assistance | None:
    """Raises KeyError, TypeError or ValueError."""
    said = data.get("assisted")
    if said is None:
        return None
    if not 1 <= count(said["counter"]) <= HIGHEST_COUNTER:
        raise ValueError
    witnesses = tuple(Witness(text(each["name"]), text(each["card"])) for each in items(said["witnesses"]))
    return Assistance(text(said["agent"]), said["counter"], witnesses)
