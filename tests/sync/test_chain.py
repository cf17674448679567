"""A chain of facts cannot be changed, thinned, doubled, turned round or mixed with another without its being named."""

import copy
from datetime import UTC, date, datetime
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from sync.messages import (
    Batch,
    ChainFault,
    Event,
    Flaw,
    MessageFault,
    TicketVoided,
    canonical,
    first_hash,
    link,
    read_batch,
)
from sync.signing import KioskKey, is_signed
from tests.sync.test_messages import FACTS

NOW = datetime(2026, 11, 23, 8, 41, tzinfo=UTC)
SOURCE, OTHER = "/el-kef/kiosk/014", "/el-kef/kiosk/015"
LIFE, OTHER_LIFE = "0f" * 16, "1e" * 16
KEY = KioskKey.make()
SIMPLE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(max_codepoint=127)), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(SIMPLE)
def test_the_canonical_form_is_the_standards(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@given(FACTS)
def test_every_fact_has_the_canonical_form_of_the_standard(fact: Any) -> None:
    message = Event("1", SOURCE, 1, NOW, fact, "ab" * 32).to_json()
    assert canonical(message) == rfc8785.dumps(message)


def batch(first: int = 1, count: int = 4, life: str = LIFE, source: str = SOURCE) -> dict[str, Any]:
    """What an honest kiosk sends: the facts `first` and following of a life."""
    messages = []
    for number in range(1, first + count):
        fact = TicketVoided(f"ticket-{life[:2]}-{number}", str(200 + number), date(2026, 11, 23))
        message = Event(f"{source}-{life[:2]}-{number}", source, number, NOW, fact, "ab" * 32).to_json()
        del message["previoushash"]
        messages.append(message)
    whole = Batch.of(source, life, first_hash(source, life), messages)
    part = Batch.of(source, life, whole.links[first - 1].previous, messages[first - 1 :])
    return copy.deepcopy(part.to_json(KEY.sign(part.head.statement())))


def flaw_of(body: dict[str, Any]) -> Flaw | None:
    """What is wrong with it, as the centre would find."""
    try:
        read, signature = read_batch(SOURCE, body)
    except ChainFault as fault:
        return fault.flaw
    return None if is_signed(KEY.public, read.head.statement(), signature) else Flaw.FORGED


def test_an_honest_batch_has_no_flaw() -> None:
    assert flaw_of(batch()) is None
    assert flaw_of(batch(first=3)) is None


positions = st.integers(0, 3)


@given(
    positions, st.sampled_from(["id", "time", "type", "data"]), st.text(st.characters(max_codepoint=127), min_size=1)
)
def test_a_changed_word_is_an_edit(position: int, where: str, word: str) -> None:
    body = batch()
    event = body["events"][position]
    if where == "data":
        event["data"]["number"] += word
    else:
        event[where] += word.replace("\0", "0")
    assert flaw_of(body) is Flaw.EDIT


@given(positions)
def test_a_dropped_fact_is_missed(position: int) -> None:
    body = batch()
    del body["events"][position]
    assert flaw_of(body) is (Flaw.GAP if position in (1, 2) else Flaw.EDIT)


@given(positions, st.integers(0, 4))
def test_a_doubled_fact_is_out_of_place(position: int, at: int) -> None:
    body = batch()
    body["events"].insert(at, copy.deepcopy(body["events"][position]))
    assert flaw_of(body) in (Flaw.DISORDER, Flaw.GAP)


@given(st.permutations(range(4)).filter(lambda order: list(order) != [0, 1, 2, 3]))
def test_facts_turned_round_are_out_of_place(order: list[int]) -> None:
    body = batch()
    body["events"] = [body["events"][position] for position in order]
    assert flaw_of(body) in (Flaw.DISORDER, Flaw.GAP)


@given(positions, st.sampled_from([(SOURCE, OTHER_LIFE), (OTHER, LIFE)]))
def test_a_fact_of_another_life_or_another_kiosk_does_not_fit(position: int, whose: tuple[str, str]) -> None:
    source, life = whose
    body = batch()
    body["events"][position] = batch(life=life, source=source)["events"][position]
    assert flaw_of(body) is (Flaw.EDIT if source == SOURCE else Flaw.FOREIGN)


@pytest.mark.parametrize("name", ["previous", "head", "life", "signature"])
def test_what_stands_around_the_facts_is_signed_as_well(name: str) -> None:
    for body in (batch(), batch(first=3)):
        body[name] = batch(life=OTHER_LIFE)[name]
        assert flaw_of(body) in (Flaw.EDIT, Flaw.FORGED)


def test_the_signature_of_a_part_is_none_of_the_whole() -> None:
    body = batch()
    body["signature"] = batch(count=3)["signature"]
    assert flaw_of(body) is Flaw.FORGED


def test_a_batch_of_another_kiosk_is_foreign() -> None:
    assert flaw_of(batch(source=OTHER)) is Flaw.FOREIGN


def test_two_lives_of_one_number_have_nothing_in_common() -> None:
    assert first_hash(SOURCE, LIFE) != first_hash(SOURCE, OTHER_LIFE) != first_hash(OTHER, LIFE)
    body = batch()
    body["previous"] = first_hash(SOURCE, OTHER_LIFE)
    assert flaw_of(body) is Flaw.EDIT


@pytest.mark.parametrize(
    "wrong",
    [
        {"events": []},
        {"events": {}},
        {"events": ["fact"]},
        {"life": "0f"},
        {"life": 5},
        {"previous": "ab"},
        {"head": None},
        {"signature": "xyz"},
    ],
)
def test_what_is_no_batch_is_no_flaw_of_a_chain(wrong: dict[str, Any]) -> None:
    with pytest.raises(MessageFault):
        read_batch(SOURCE, {**batch(), **wrong})
    for left_out in wrong:
        with pytest.raises(MessageFault):
            read_batch(SOURCE, {name: value for name, value in batch().items() if name != left_out})
    with pytest.raises(MessageFault):
        read_batch(SOURCE, [])


@pytest.mark.parametrize(
    "wrong",
    [{"id": ""}, {"id": "x" * 201}, {"specversion": "2.0"}, {"sequence": "1"}, {"datacontenttype": "text/plain"}],
)
def test_an_event_has_the_attributes_of_this_protocol_and_no_other(wrong: dict[str, Any]) -> None:
    [event] = batch(count=1)["events"]
    with pytest.raises(MessageFault):
        link({**event, **wrong}, "ab" * 32)
    with pytest.raises(MessageFault):
        link({**event, "note": ""}, "ab" * 32)
    for name in event:
        with pytest.raises(MessageFault):
            link({each: value for each, value in event.items() if each != name}, "ab" * 32)
