"""A ticket: one visit in a queue. Its number is a promise, so it exists for others only once the citizen holds it."""

from enum import StrEnum


class TicketState(StrEnum):
    """Where a visit is. `PREPARED` is known to the kiosk alone: nobody waits with it yet."""

    PREPARED = "prepared"
    HELD = "held"
    CALLED = "called"
    SERVED = "served"
    MISSED = "missed"
    VOID = "void"

    def may_become(self, other: "TicketState") -> bool:
        return other in _NEXT[self]


_NEXT: dict[TicketState, frozenset[TicketState]] = {
    TicketState.PREPARED: frozenset({TicketState.HELD, TicketState.VOID}),
    TicketState.HELD: frozenset({TicketState.CALLED, TicketState.VOID}),
    TicketState.CALLED: frozenset({TicketState.CALLED, TicketState.SERVED, TicketState.MISSED}),
    TicketState.MISSED: frozenset({TicketState.CALLED}),
    TicketState.SERVED: frozenset(),
    TicketState.VOID: frozenset(),
}


class HeldBy(StrEnum):
    """How the citizen holds the number: on paper the printer confirmed, or noted from the screen."""

    PAPER = "paper"
    SCREEN = "screen"


def ticket_number(lane: int, nth_today: int) -> str:
    """The number people wait with: the kiosk's lane (1-9), then how many it has given today, at least two digits.

    Lane 2 gives 201, 202 … 299, 2100: no other lane can make the same one, and there is no letter to misread.
    """
    if not (1 <= lane <= 9 and nth_today >= 1):
        raise ValueError(f"no ticket has lane {lane} and position {nth_today}")
    return f"{lane}{nth_today:02}"
