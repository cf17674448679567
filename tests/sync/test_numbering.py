"""Which numbers a kiosk gave: what the centre answers is read strictly."""

from datetime import date
from typing import Any

import pytest

from sync.messages import MessageFault, NumbersGiven
from sync.transport import CentralUnreachable
from tests.sync.test_exchange import transport_to

GIVEN = NumbersGiven({26: 385, 5: 0}, {date(2026, 11, 30): {2: 104, 3: 5}}, 7)


def test_what_is_told_is_what_is_read() -> None:
    said = GIVEN.to_json()
    assert said["references"] == {"26": 385, "05": 0}
    assert NumbersGiven.from_json(said) == GIVEN


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        {},
        {**GIVEN.to_json(), "references": {"100": 1}},
        {**GIVEN.to_json(), "references": {"26": -1}},
        {**GIVEN.to_json(), "references": {"26": True}},
        {**GIVEN.to_json(), "references": None},
        {**GIVEN.to_json(), "tickets": {"today": {"2": 1}}},
        {**GIVEN.to_json(), "tickets": {"2026-11-30": {"0": 1}}},
        {**GIVEN.to_json(), "reminders": "7"},
    ],
)
def test_anything_else_is_not_an_answer(wrong: Any) -> None:
    with pytest.raises(MessageFault):
        NumbersGiven.from_json(wrong)


def test_the_centre_is_asked_and_believed_when_it_answers() -> None:
    transport, centre = transport_to(lambda _: (200, GIVEN.to_json()))
    assert transport.ask_numbers() == GIVEN
    assert centre.asked[0].url == "http://centre.test/exchange/numbers"


@pytest.mark.parametrize("answer", [(200, b"<html>"), (200, {"references": 1}), (404, b"")])
def test_only_the_centre_itself_says_which_numbers_were_given(answer: tuple[int, Any]) -> None:
    transport, _ = transport_to(lambda _: answer)
    with pytest.raises(CentralUnreachable):
        transport.ask_numbers()
