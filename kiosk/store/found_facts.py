"""The facts found in a damaged store: which are whole, which the centre has, and which are gone."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count, groupby
from pathlib import Path
from typing import Any, Self

from civic.reference import Reference
from civic.ticket import TicketState
from civic.voice_note import VoiceNote
from kiosk.store import numbers
from kiosk.store.wreck import Wreck
from sync.kept import STATES, WAITING, Kept
from sync.messages import Outcome

_SHA256 = re.compile(r"[0-9a-f]{64}")
_ROW = re.compile(
    rb"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(waiting|refused)"
    rb'(\{"specversion"[^\0]*?"sequence":"(\d{10})"[^\0]*?\})([0-9a-f]{64})'
)
"""A fact with nothing between its columns; one that was refused for a reason is not found."""
_SETTLING = {"ticket.held": TicketState.HELD, "ticket.voided": TicketState.VOID}


@dataclass(frozen=True, slots=True)
class FoundFacts:
    """`untold`: whole and, as far as is known, not answered yet, or refused; in their order.

    `gone`: the numbers that cannot be read, behind the last one that was answered.
    """

    untold: tuple[Kept, ...]
    gone: tuple[int, ...]

    @classmethod
    def among(cls, wreckage: Wreck) -> Self:
        found: dict[int, Kept] = {}
        rows = (Kept.from_row(row.key, row.values) for row in (*wreckage.rows, *wreckage.older))
        for kept in (*rows, *_loose(wreckage)):
            if kept is not None and not (kept.sequence in found and _is_known(found[kept.sequence])):
                found[kept.sequence] = kept
        known = {number: each for number, each in sorted(found.items()) if _is_known(each)}
        answered = max((number for number, each in known.items() if _is_answered(each)), default=0)
        gone = (number for number in range(answered + 1, max(found, default=0) + 1) if number not in known)
        untold = {each.id: _to_tell(each) for each in known.values() if each.body is not None}
        return cls(tuple(untold.values()), tuple(gone))

    @property
    def missing(self) -> str:
        """`gone`, as people write it: 41–60, 77."""
        numbered = zip(self.gone, count(), strict=False)
        runs = [[number for number, _ in run] for _, run in groupby(numbered, lambda each: each[0] - each[1])]
        return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)

    @property
    def settled_tickets(self) -> dict[str, TicketState]:
        """What they say became of tickets, by their ids."""
        return {str(data.get("ticket")): _SETTLING[kind] for kind, data in self._said() if kind in _SETTLING}

    @property
    def numbers(self) -> dict[str, int]:
        """The last number they tell of, in each series."""
        given: dict[str, int] = {}
        for kind, data in self._said():
            for series, number in _numbers_in(kind, data):
                given[series] = max(number, given.get(series, 0))
        return given

    def pages(self, wreckage: Wreck, vault: Path) -> dict[str, str]:
        """The pages that must stay, and whether they wait or were refused, by their SHA-256.

        What is sealed does not say which pages it speaks of: then each page in the vault may be one of them.
        """
        states: dict[str, str] = {}
        for row in (*wreckage.rows, *wreckage.older):
            match row.values:
                case (str(sha256), str(state)) if _SHA256.fullmatch(sha256) and state in STATES:
                    states.setdefault(sha256, state)
        for _kind, data in self._said():
            for sha256 in [path.name for path in vault.glob("?" * 64)] if "sealed" in data else _pages_of(data):
                states.setdefault(sha256, WAITING)
        return {sha256: state for sha256, state in states.items() if state != Outcome.ACCEPTED.value}

    def _said(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The kind and the data of each."""
        for each in self.untold:
            message = each.message or {}
            yield message["type"], message["data"]


def _pages_of(data: Mapping[str, Any]) -> Iterator[str]:
    """The pages a readable fact speaks of, and the sounds."""
    yield from (page for document in data.get("documents", ()) for page in document["pages"])
    notes = (VoiceNote.find(answer) for answer in data.get("answers", {}).values())
    yield from (note.sha256 for note in notes if note is not None)


def _loose(wreckage: Wreck) -> Iterator[Kept]:
    """Facts on a page of which the beginning, which says where its rows are, is gone."""
    for page in wreckage.pages:
        for id_, state, body, sequence, hash_ in _ROW.findall(page):
            yield Kept(int(sequence), id_.decode(), state.decode(), body.decode(errors="replace"), "", hash_.decode())


def _is_known(kept: Kept) -> bool:
    """The centre has it, or its words are whole."""
    return kept.body is None or kept.message is not None


def _is_answered(kept: Kept) -> bool:
    return kept.body is None or kept.state == Outcome.REFUSED.value


def _to_tell(kept: Kept) -> Kept:
    return kept if kept.state == Outcome.REFUSED.value else replace(kept, state=WAITING, reason="")


def _numbers_in(kind: str, data: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    try:
        match kind:
            case "dossier.deposited":
                reference = Reference.parse(data["reference"])
                yield numbers.references(reference.year), reference.number
            case "ticket.held" | "ticket.voided":
                yield f"tickets {data['day']}", int(data["number"][1:])
            case "reason.asked":
                yield numbers.REMINDERS, int(data["number"])
    except (KeyError, TypeError, ValueError):
        return
