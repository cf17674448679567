"""The number people wait with: one lane, one place, one number; and a visit that can only go forward."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic.ticket import TicketState, ticket_number

PLACES = st.tuples(st.integers(1, 9), st.integers(1, 10_000))


@pytest.mark.parametrize(
    ("lane", "nth", "number"), [(2, 1, "201"), (2, 99, "299"), (2, 100, "2100"), (9, 1234, "91234")]
)
def test_the_number_begins_with_the_lane(lane: int, nth: int, number: str) -> None:
    assert ticket_number(lane, nth) == number


@given(PLACES, PLACES)
def test_two_visits_of_a_day_never_share_a_number(one: tuple[int, int], other: tuple[int, int]) -> None:
    assert (ticket_number(*one) == ticket_number(*other)) == (one == other)


@pytest.mark.parametrize(("lane", "nth"), [(0, 1), (10, 1), (2, 0), (2, -1)])
def test_a_place_that_does_not_exist_has_no_number(lane: int, nth: int) -> None:
    with pytest.raises(ValueError, match="no ticket has lane"):
        ticket_number(lane, nth)


def test_nobody_is_called_with_a_number_nobody_holds() -> None:
    assert not TicketState.PREPARED.may_become(TicketState.CALLED)
    assert not TicketState.VOID.may_become(TicketState.HELD)
    assert not TicketState.SERVED.may_become(TicketState.CALLED)


def test_a_number_is_held_then_called_then_served() -> None:
    assert TicketState.PREPARED.may_become(TicketState.HELD)
    assert TicketState.HELD.may_become(TicketState.CALLED)
    assert TicketState.CALLED.may_become(TicketState.SERVED)


def test_who_missed_the_call_can_be_called_again() -> None:
    assert TicketState.CALLED.may_become(TicketState.MISSED)
    assert TicketState.MISSED.may_become(TicketState.CALLED)


def test_every_state_knows_what_follows() -> None:
    for state in TicketState:
        assert not state.may_become(TicketState.PREPARED)
