"""What an agent has before the eyes."""

from collections.abc import Sequence
from dataclasses import dataclass

from central.agents import Agent
from central.documents import PageFolder
from central.dossiers import Dossier
from central.papers import Decision, Paper
from central.queueing import Line, Ticket
from central.reminders import Owing
from civic.remark import HEAD_BYTES, Remark, read_remark


@dataclass(frozen=True, slots=True)
class View:
    """`asked` is the number of a file the agent looked up; empty while it is the visit's own. `stamp`: see Session."""

    agent: Agent
    stamp: str
    line: Line
    visit: Ticket | None
    owing: tuple[Owing, ...]
    dossier: Dossier | None
    paper: Paper | None
    asked: str


def choose_paper(dossier: Dossier | None, wanted: str) -> Paper | None:
    """The paper asked for, else the first nobody has judged, else the first."""
    if dossier is None or not dossier.papers:
        return None
    asked = [paper for paper in dossier.papers if paper.requirement == wanted]
    waiting = [paper for paper in dossier.papers if paper.decision is Decision.OPEN and paper.pages]
    return (asked or waiting or list(dossier.papers))[0]


def hear_of(dossier: Dossier | None, folder: PageFolder) -> frozenset[str]:
    """The SHA-256 of each voice note of the file that has come."""
    notes = () if dossier is None else (each.note for each in dossier.told)
    return frozenset(note.sha256 for note in notes if note is not None and folder.has(note.sha256))


def look_at(pages: Sequence[str], folder: PageFolder) -> dict[str, Remark | None]:
    """Those of the pages that have come, each with what its kiosk remarked; the head of each file tells both."""
    heads = {sha256: folder.head(sha256, HEAD_BYTES) for sha256 in pages}
    return {sha256: read_remark(head) for sha256, head in heads.items() if head is not None}
