"""What an agent has before the eyes."""

from dataclasses import dataclass

from central.agents import Agent
from central.dossiers import Dossier
from central.papers import Decision, Paper
from central.queueing import Line, Ticket


@dataclass(frozen=True, slots=True)
class View:
    """`asked` is the number of a file the agent looked up; empty while it is the visit's own. `stamp`: see Session."""

    agent: Agent
    stamp: str
    line: Line
    visit: Ticket | None
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
