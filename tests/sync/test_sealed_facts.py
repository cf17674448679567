"""Facts wait, and go over the line, with their personal words sealed."""

import base64
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import create_engine

from civic.dossier import Document
from sync.engine import exchange_once
from sync.messages import (
    Answer,
    MessageFault,
    Outcome,
    PapersAdded,
    SealFault,
    SealOffer,
    link,
    offer_statement,
    open_words,
    read_fact,
    seal_words,
)
from sync.outbox import Outbox, metadata
from sync.sealing import SealKey
from sync.signing import KioskKey
from sync.transport import CentralUnreachable
from tests.sync.test_exchange import NOW, SOURCE, Shelf, accept, deposited, put, sent, told, transport_to, voided

KEY = SealKey.make()
PAGE = "ab" * 32


@pytest.fixture
def outbox(tmp_path: Path) -> tuple[Any, Outbox]:
    engine = create_engine(f"sqlite:///{tmp_path / 'outbox.sqlite'}")
    metadata.create_all(engine)
    return engine, Outbox(engine.begin, SOURCE, lambda: KEY.seal)


def told_by(outbox: tuple[Any, Outbox]) -> tuple[Any, dict[str, Any]]:
    """The one event that was sent, and the batch it went in."""
    engine, facts = outbox
    put(engine, facts, deposited(PAGE))
    transport, centre = transport_to(accept)
    exchange_once(facts, Shelf(**{PAGE: b"a page"}), transport)
    [event] = sent(centre.asked[0])
    return event, told(centre.asked[0])


def test_the_line_and_the_disk_hold_no_name_and_the_town_reads_all_of_it(outbox: tuple[Any, Outbox]) -> None:
    engine, facts = outbox
    put(engine, facts, deposited(PAGE))
    with engine.connect() as connection:
        body = connection.exec_driver_sql("SELECT body FROM outbox_events").scalar_one()
    for secret in ("Zitouna", PAGE, deposited(PAGE).pin_hash, "deed"):
        assert secret not in body
    transport, centre = transport_to(accept)
    exchange_once(facts, Shelf(**{PAGE: b"a page"}), transport)
    [event] = sent(centre.asked[0])
    assert set(event["data"]) == {"reference", "service", "deposited_at", "sealed"}
    words = open_words(SOURCE, link(event, "0" * 64), event["data"], KEY)
    assert read_fact(event["type"], words) == deposited(PAGE)


def test_papers_that_join_a_file_are_sealed_too(outbox: tuple[Any, Outbox]) -> None:
    engine, facts = outbox
    fact = PapersAdded(deposited().reference, NOW, (Document("deed", (PAGE,)),))
    put(engine, facts, fact)
    transport, centre = transport_to(accept)
    exchange_once(facts, Shelf(**{PAGE: b"a page"}), transport)
    [event] = sent(centre.asked[0])
    assert set(event["data"]) == {"reference", "added_at", "sealed"}
    assert read_fact(event["type"], open_words(SOURCE, link(event, "0" * 64), event["data"], KEY)) == fact


def test_a_fact_that_names_nobody_stays_as_it_is(outbox: tuple[Any, Outbox]) -> None:
    engine, facts = outbox
    put(engine, facts, voided(1))
    [event] = facts.waiting_events(9)
    assert event.fact == voided(1)


def test_a_fact_of_a_kind_nobody_has_thought_of_is_sealed() -> None:
    message = {"type": "pet.registered", "id": "1", "source": SOURCE, "data": {"name": "Zitouna"}}
    assert set(seal_words(message, KEY.seal)["data"]) == {"sealed"}


@pytest.mark.parametrize(
    "changed",
    [{"id": "another"}, {"source": "/el-kef/kiosk/015"}, {"type": "papers.added"}, {"data": {"reference": "26"}}],
)
def test_the_sealed_part_of_one_fact_opens_in_no_other(outbox: tuple[Any, Outbox], changed: dict[str, Any]) -> None:
    event, _ = told_by(outbox)
    other = {**event, **changed}
    if "data" in changed:
        other["data"] = {**event["data"], **changed["data"]}
    with pytest.raises(SealFault):
        open_words(other["source"], link(other, "0" * 64), other["data"], KEY)


def test_what_is_not_sealed_is_read_as_it_stands() -> None:
    event = link(
        {
            "specversion": "1.0",
            "id": "1",
            "source": SOURCE,
            "sequence": "0000000001",
            "type": "dossier.deposited",
            "time": NOW.isoformat(),
            "datacontenttype": "application/json",
            "data": [],
        },
        "0" * 64,
    )
    assert open_words(SOURCE, event, deposited().to_json(), KEY) == deposited().to_json()
    assert open_words(SOURCE, event, ["a list"], KEY) == ["a list"]
    for nothing in (7, "not base64!", "zz"):
        with pytest.raises(MessageFault, match="base64"):
            open_words(SOURCE, event, {"sealed": nothing}, KEY)


def test_what_was_sealed_and_is_no_fact_is_refused() -> None:
    class Anything:
        """Whoever has the seal can seal anything."""

        def open(self, sealed: bytes, purpose: bytes) -> bytes:
            assert purpose
            return sealed

    event = link(
        {
            "specversion": "1.0",
            "id": "1",
            "source": SOURCE,
            "sequence": "0000000001",
            "type": "dossier.deposited",
            "time": NOW.isoformat(),
            "datacontenttype": "application/json",
            "data": [],
        },
        "0" * 64,
    )
    for words in (b"{", b"[1]", b"7"):
        with pytest.raises(MessageFault, match="not the rest of a fact"):
            open_words(SOURCE, event, {"sealed": base64.b64encode(words).decode()}, Anything())


def test_what_waited_from_before_is_told_as_it_is(outbox: tuple[Any, Outbox]) -> None:
    engine, facts = outbox
    put(engine, Outbox(engine.begin, SOURCE), deposited())
    put(engine, facts, deposited(PAGE))
    transport, centre = transport_to(accept)
    exchange_once(facts, Shelf(**{PAGE: b"a page"}), transport)
    before, after = sent(centre.asked[0])
    assert before["data"] == deposited().to_json()
    assert "sealed" in after["data"]


def test_the_oldest_that_waits_tells_since_when(outbox: tuple[Any, Outbox]) -> None:
    engine, facts = outbox
    assert facts.oldest() is None
    put(engine, facts, deposited(PAGE), voided(2))
    assert facts.oldest() == NOW


def test_what_waits_and_what_was_refused_is_listed_without_a_name(outbox: tuple[Any, Outbox]) -> None:
    engine, facts = outbox
    put(engine, facts, deposited(PAGE), voided(2), voided(3))
    first, second, third = facts.untold()
    assert (first.number, first.kind, first.since, first.reference) == (
        1,
        "dossier.deposited",
        NOW,
        str(deposited().reference),
    )
    assert (second.reference, second.refused, second.reason) == ("", False, "")
    [_, batch_end] = [facts.next_batch(9), facts.next_batch(9, after=2)]
    assert batch_end is not None
    assert [each.sequence for each in batch_end.links] == [3]
    assert facts.next_batch(9, after=3) is None
    facts.settle([Answer(batch_end.links[0].id, Outcome.REFUSED, "unknown service")])
    [*_, last] = facts.untold()
    assert (last.number, last.refused, last.reason) == (third.number, True, "unknown service")


def test_an_offer_of_a_seal_goes_over_the_line_whole() -> None:
    town, key = KioskKey.make(), KEY.seal.public
    offer = SealOffer(town.public, 2, key, town.sign(offer_statement(2, key)))
    assert SealOffer.from_json(orjson.loads(orjson.dumps(offer.to_json()))) == offer
    assert replace(offer, number=3).statement() != offer.statement()
    for wrong in ({}, {"key": "ab"}, {"town": "ab"}, {"number": -1}, {"signature": 7}):
        with pytest.raises(MessageFault):
            SealOffer.from_json({**offer.to_json(), **wrong} if wrong else {})


def test_the_seal_is_asked_for_and_anything_else_is_not_the_centre() -> None:
    town, key = KioskKey.make(), KEY.seal.public
    offer = SealOffer(town.public, 1, key, town.sign(offer_statement(1, key)))
    transport, centre = transport_to(lambda _: (200, offer.to_json()))
    assert transport.ask_seal() == offer
    assert [(each.method, each.path_url) for each in centre.asked] == [("GET", "/exchange/seal")]
    others: list[tuple[int, Any]] = [(200, {}), (200, b"<html>"), (204, b""), (404, b"")]
    for answer in others:
        transport, _ = transport_to(partial(_say, answer))
        with pytest.raises(CentralUnreachable):
            transport.ask_seal()


def _say(answer: tuple[int, Any], _request: object) -> tuple[int, Any]:
    return answer
