"""Which papers does an earlier file hold? What a kiosk asks for whoever has its receipt, and what the centre answers.

Of each paper its hashes only: what was scanned never comes back to a kiosk.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from civic.dossier import Given
from civic.reference import Reference
from civic.reuse import HeldPaper
from sync.messages.fields import MessageFault, items, sha256, text
from sync.messages.following import Unopened


def held_to_json(papers: Iterable[HeldPaper]) -> dict[str, Any]:
    return {
        "papers": [
            {
                "service": each.service_id,
                "requirement": each.requirement_id,
                "shared": each.shared,
                "pages": list(each.pages),
                "given": given_to_json(each.given),
            }
            for each in papers
        ]
    }


def read_held(message: Any) -> tuple[HeldPaper, ...] | Unopened:
    """Raises MessageFault."""
    try:
        if "unopened" in message:
            return Unopened(message["unopened"])
        return tuple(_held(each) for each in items(message["papers"]))
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as fault:
        raise MessageFault(f"not the papers of a file ({type(fault).__name__})") from None


def _held(data: Mapping[str, Any]) -> HeldPaper:
    return HeldPaper(
        service_id=text(data["service"]),
        requirement_id=text(data["requirement"]),
        shared=text(data["shared"]),
        pages=tuple(sha256(page) for page in items(data["pages"])),
        given=read_given(data["given"]),
    )


def given_to_json(given: Given) -> dict[str, str]:
    return {"reference": str(given.reference), "on": given.on.isoformat()}


def read_given(data: Mapping[str, Any]) -> Given:
    return Given(Reference.parse(data["reference"]), date.fromisoformat(data["on"]))
