"""Papers given before: what an earlier file holds that need not be scanned again, for who has its receipt."""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from civic.dossier import Draft
from civic.reuse import HeldPaper, Reusable, reusable
from sync.messages import Inquiry, Unopened
from sync.transport import CentralUnreachable


class Line(Protocol):
    """Where the centre is asked. May raise CentralUnreachable, within seconds."""

    def papers(self, inquiry: Inquiry) -> tuple[HeldPaper, ...] | Unopened: ...


class LineDown:
    """The centre did not answer: everything is scanned as usual."""


Offered = tuple[Reusable, ...] | Unopened | LineDown


class Earlier:
    """`ask` belongs to a thread that may wait."""

    def __init__(self, line: Line, today: Callable[[], date]) -> None:
        self._line = line
        self._today = today

    def ask(self, inquiry: Inquiry, draft: Draft) -> Offered:
        """What this request still lacks and that file holds. Never raises for the line: somebody waits."""
        try:
            held = self._line.papers(inquiry)
        except CentralUnreachable:
            return LineDown()
        if isinstance(held, Unopened):
            return held
        wanted = [each for each in draft.requirements if each.id not in draft.documents]
        return reusable(draft.service, wanted, held, self._today())


def may_reuse(draft: Draft) -> bool:
    """Whether anything this request lacks could have been given before."""
    lacks = (each for each in draft.requirements if each.id not in draft.documents)
    return draft.joins is None and any(each.valid_for is not None for each in lacks)
