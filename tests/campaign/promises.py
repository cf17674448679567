"""What must be true after everything that went wrong: read from the papers, the disk of the kiosk and the centre's."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from kiosk.services.intake import Prepared
from kiosk.ui.ticket_face import draw_face
from tests.campaign.citizen import Citizens
from tests.campaign.hall import Hall

_ALIKE = 0.002


def broken_promises(hall: Hall, citizens: Citizens) -> Iterator[str]:
    """A sentence for each; none when all were kept."""
    papers = Papers(hall)
    tickets = {row["id"]: row for row in _rows(hall.store, "tickets")}
    known = {row["id"]: row for row in _rows(hall.centre_store, "tickets")}
    yield from _held(tickets, known, papers, citizens)
    yield from _told(hall)
    for ticket_id, count in papers.unmarked.items():
        if count > 1:
            yield f"{tickets[ticket_id]['number']} is on {count} papers that do not say copy"
    given = {row["number"]: row["state"] for row in tickets.values()}
    for number in sorted(citizens.shown):
        if number not in given:
            yield f"{number} was shown to somebody, but the kiosk does not know it"
        elif given[number] != "held" and number not in citizens.cancelled:
            yield f"{number} was shown to somebody, and is {given[number]}"


class Papers:
    """Every whole paper that came out, known by the ticket whose face it bears; the others are scraps."""

    def __init__(self, hall: Hall) -> None:
        self.whole: dict[str, int] = defaultdict(int)
        self.unmarked: dict[str, int] = defaultdict(int)
        self.scraps = 0
        faces = [Face(each, copy) for each in hall.receipts.values() for copy in (False, True)]
        for paper in hall.kiosk.printer.papers:
            dots = paper.tobytes()
            face = min(faces, key=lambda each: each.unlike(dots), default=None)
            if face is None or face.unlike(dots) > _ALIKE:
                self.scraps += 1
                continue
            self.whole[face.ticket_id] += 1
            self.unmarked[face.ticket_id] += not face.copy


class Face:
    """What the paper of a ticket must look like, as one number of as many bits as it has dots."""

    def __init__(self, prepared: Prepared, copy: bool) -> None:
        self.ticket_id, self.copy = prepared.ticket_id, copy
        rows = bytes(0xFF ^ dots for dots in draw_face(prepared.receipt, 576, copy).rows)  # on paper, 1 is white
        self._size, self._dots = len(rows), int.from_bytes(rows)

    def unlike(self, paper: bytes) -> float:
        """The share of dots that differ at the end of that paper, whatever hung at the cutter before; 1 if too short.

        A face drawn again may differ in a few dots at the rims of its largest letters; another number, in thousands.
        """
        if len(paper) < self._size:
            return 1.0
        return (self._dots ^ int.from_bytes(paper[-self._size :])).bit_count() / (8 * self._size)


def _held(tickets: dict[str, Any], known: dict[str, Any], papers: Papers, citizens: Citizens) -> Iterator[str]:
    """A number waits only with somebody who holds it, and whoever holds one waits."""
    for ticket_id, ticket in tickets.items():
        number, state = ticket["number"], ticket["state"]
        if state == "prepared":
            yield f"{number} is neither held nor cancelled"
        if (state == "held") != (ticket_id in known):
            yield f"{number} is {state} at the kiosk, and the centre {'has' if ticket_id in known else 'lacks'} it"
    for ticket_id, ticket in known.items():
        number = ticket["number"]
        if ticket["held_by"] == "paper" and not papers.whole[ticket_id]:
            yield f"{number} is held on paper, but no whole paper of it came out"
        if ticket["held_by"] == "screen" and number not in citizens.noted:
            yield f"{number} is held from the screen, but nobody noted it"


def _told(hall: Hall) -> Iterator[str]:
    """The centre has every confirmed dossier and each fact once; nothing waits, nothing was refused."""
    ours = sorted(row["reference"] for row in _rows(hall.store, "dossiers"))
    theirs = sorted(row["reference"] for row in _rows(hall.centre_store, "dossiers"))
    if ours != theirs:
        yield f"the kiosk has the dossiers {ours}, the centre {theirs}"
    events = _rows(hall.store, "outbox_events")
    taken = _rows(hall.centre_store, "inbox")
    yield from (f"event {row['sequence']} is {row['state']}: {row['reason']}" for row in events if _waits(row))
    if sorted(row["id"] for row in events) != sorted(row["id"] for row in taken):
        yield f"the kiosk told {len(events)} facts, the centre took {len(taken)}"


def _waits(event: dict[str, Any]) -> bool:
    return bool(event["state"] != "accepted")


def _rows(database: Path, table: str) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=30)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(f"SELECT * FROM {table}")]  # noqa: S608  our own words
