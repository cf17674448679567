"""What happens to the events a kiosk sends."""

import gzip
import json
import secrets
import socket
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from sqlalchemy import func, select

from central.database import Database
from central.exchange.body import TooLarge, decoded
from central.tables import dossiers, inbox, tickets
from civic.dossier import Applicant, Document
from civic.reference import Reference
from civic.tracking import TrackingKey
from sync.messages import EVENTS_PATH, Answer, Outcome, TicketVoided
from tests.central.invented import KioskLine, a_deposit, a_ticket


def _count(database: Database, what: str) -> int:
    table = {"dossiers": dossiers, "inbox": inbox, "tickets": tickets}[what]
    with database.reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _answers(response: requests.Response) -> list[dict[str, Any]]:
    assert response.status_code == 200, response.text
    answers: list[dict[str, Any]] = response.json()["answers"]
    return answers


def test_a_deposit_and_its_ticket_are_accepted(kiosk: KioskLine, database: Database, key: TrackingKey) -> None:
    deposit = a_deposit(key)
    batch = kiosk.batch(deposit, a_ticket(reference=deposit.reference))
    assert [Answer.from_json(each) for each in _answers(kiosk.send(batch))] == [
        Answer(each.id, Outcome.ACCEPTED) for each in batch.links
    ]
    assert _count(database, "dossiers") == _count(database, "tickets") == 1


def test_a_batch_whose_answer_was_lost_gets_the_same_answers_again(
    kiosk: KioskLine, database: Database, key: TrackingKey
) -> None:
    deposit = a_deposit(key)
    batch = kiosk.batch(deposit, a_ticket("<b>1</b>"), a_ticket(reference=deposit.reference))
    first = _answers(kiosk.send(batch))
    assert [each["outcome"] for each in first] == ["accepted", "refused", "accepted"]
    assert _answers(kiosk.send(batch)) == first
    assert [_answers(kiosk.send(part)) for part in kiosk.split(batch, 1)] == [[each] for each in first]
    assert _count(database, "tickets") == 1


def test_two_hundred_events_sent_five_times_at_once_are_stored_once(kiosk: KioskLine, database: Database) -> None:
    parts = kiosk.split(kiosk.batch(*(a_ticket(str(1000 + each)) for each in range(200))), 20)

    def send(worker: int) -> list[str]:
        turned = parts[worker * 3 :] + parts[: worker * 3]
        return [answer["outcome"] for part in turned for answer in _answers(kiosk.send(part))]

    with ThreadPoolExecutor(5) as workers:
        outcomes = [outcome for said in workers.map(send, range(5)) for outcome in said]
    assert outcomes == ["accepted"] * 1000
    assert _count(database, "inbox") == _count(database, "tickets") == 200


def test_a_refused_event_sent_again_gets_the_same_answer(kiosk: KioskLine, key: TrackingKey) -> None:
    deposit = a_deposit(key)
    early = kiosk.batch(a_ticket(reference=deposit.reference))
    first = _answers(kiosk.send(early))
    assert "not known" in first[0]["reason"]
    assert kiosk.say(deposit) == [""]
    assert _answers(kiosk.send(early)) == first


def test_a_refused_event_keeps_its_words_and_an_accepted_one_is_not_kept_twice(
    kiosk: KioskLine, database: Database, key: TrackingKey
) -> None:
    deposit = a_deposit(key)
    kiosk.say(deposit, replace(deposit, token_hash="ab" * 32))
    with database.reading() as connection:
        accepted, refused = connection.execute(select(inbox.c.data).order_by(inbox.c.sequence)).scalars()
    assert accepted is None
    assert refused["applicant"]["name"] == deposit.applicant.name


def test_a_reference_is_deposited_once(kiosk: KioskLine, database: Database, key: TrackingKey) -> None:
    deposit = a_deposit(key)
    again = replace(deposit, token_hash="ab" * 32)
    accepted, refused = kiosk.say(deposit, again)
    assert accepted == ""
    assert "deposited before" in refused
    assert _count(database, "dossiers") == 1


def test_what_cannot_be_is_refused_and_holds_up_nothing(kiosk: KioskLine, key: TrackingKey) -> None:
    deposit = a_deposit(key)
    scanned = a_deposit(key, number=7, pages=("ab" * 32,))
    batch = kiosk.batch(
        ("ticket.held", []),
        ("weather.forecast", {"sky": "blue"}),
        replace(deposit, service_id="flying-carpet"),
        replace(deposit, service_id="signature-legalisation"),
        replace(deposit, reference=Reference(26, 15, 1)),
        replace(deposit, deposited_at=datetime(9999, 12, 1, tzinfo=UTC)),
        replace(scanned, token_hash="cd" * 32, missing=("survey",)),
        a_ticket("<b>1</b>"),
        a_ticket("218"),
    )
    answers = _answers(kiosk.send(batch))
    assert [answer["outcome"] for answer in answers] == ["refused"] * 8 + ["accepted"]
    for answer, word in zip(answers[2:8], ["flying", "immediate", "another", "clock", "twice", "six"], strict=True):
        assert word in answer["reason"]


def test_what_no_database_could_keep_is_refused_and_holds_up_nothing(kiosk: KioskLine, key: TrackingKey) -> None:
    deposit = a_deposit(key)
    endless = "7" * 9000
    checked = {"checked_at": "2026-11-30T08:00:00+00:00", "parts": {}, "papers_left": 2**52}
    ticket = a_ticket("217")
    batch = kiosk.batch(
        replace(ticket, ticket_id=secrets.token_hex(5000)),
        replace(ticket, ticket_id=""),
        replace(deposit, missing=(secrets.token_hex(5000),)),
        replace(deposit, documents=(Document(secrets.token_hex(5000), ()),)),
        replace(deposit, applicant=Applicant("\0", "78000001")),
        ("weather.forecast", {"\0": "\ud7ff\0"}),
        ("ticket.voided", {"ticket": endless, "number": endless, "day": "2026-11-30"}),
        ("kiosk.checked", checked),
        a_ticket("218"),
    )
    answers = _answers(kiosk.send(batch))
    assert [answer["outcome"] for answer in answers] == ["refused"] * 8 + ["accepted"]


def test_a_line_that_breaks_in_the_middle_of_a_batch_disturbs_nobody(kiosk: KioskLine) -> None:
    batch = kiosk.batch(a_ticket())
    body = json.dumps(kiosk.wire(batch)).encode()
    request = kiosk.request("POST", EVENTS_PATH, body)
    named = "".join(f"{name}: {value}\r\n" for name, value in request.headers.items())
    where = urlsplit(kiosk.address)
    with socket.create_connection((where.hostname, where.port)) as line:
        line.sendall(f"POST {EVENTS_PATH} HTTP/1.1\r\nHost: centre\r\n{named}\r\n".encode() + body[: len(body) // 2])
    assert [answer["outcome"] for answer in _answers(kiosk.send(batch))] == ["accepted"]


def test_a_void_number_waits_no_more(kiosk: KioskLine, database: Database, key: TrackingKey) -> None:
    deposit = a_deposit(key)
    ticket = a_ticket(reference=deposit.reference)
    unheard = TicketVoided("never-held", "219", ticket.day)
    void = TicketVoided(ticket.ticket_id, ticket.number, ticket.day)
    assert kiosk.say(deposit, ticket, void, unheard) == [""] * 4
    with database.reading() as connection:
        assert connection.execute(select(tickets.c.state)).scalars().all() == ["void"]


def test_a_number_is_held_once(kiosk: KioskLine, database: Database) -> None:
    ticket = a_ticket()
    assert kiosk.say(ticket, ticket) == ["", "this ticket is already held"]
    assert kiosk.say(ticket) == ["this ticket is already held"]
    assert _count(database, "tickets") == 1


def test_a_ticket_does_not_overtake_the_dossier_it_belongs_to(kiosk: KioskLine, key: TrackingKey) -> None:
    deposit = a_deposit(key)
    first, second = a_ticket("216"), a_ticket("217", deposit.reference)
    assert kiosk.say(first, deposit, second) == ["", "", ""]


def test_events_may_come_compressed(kiosk: KioskLine) -> None:
    body = gzip.compress(json.dumps(kiosk.wire(kiosk.batch(a_ticket()))).encode())
    assert _answers(kiosk.ask("POST", EVENTS_PATH, body, Content_Encoding="gzip"))[0]["outcome"] == "accepted"


@pytest.mark.parametrize("encoding", ["gzip", "br", "gzip, gzip"])
def test_a_body_that_is_not_in_the_encoding_it_names_is_refused(kiosk: KioskLine, encoding: str) -> None:
    whole = gzip.compress(json.dumps(kiosk.wire(kiosk.batch(a_ticket()))).encode())
    for body in (b"", b"{}", whole[:-9], whole + b"!", whole + whole):
        assert kiosk.ask("POST", EVENTS_PATH, body, Content_Encoding=encoding).status_code == 400


def test_a_small_body_that_would_fill_the_memory_is_refused(kiosk: KioskLine) -> None:
    bomb = gzip.compress(bytes(256 * 2**20))
    response = kiosk.ask("POST", EVENTS_PATH, bomb, Content_Encoding="gzip")
    assert response.status_code == 413
    assert "fewer" in response.json()["error"]
    tracemalloc.start()
    with pytest.raises(TooLarge):
        decoded(bomb, "gzip", 2**20)
    assert tracemalloc.get_traced_memory()[1] < 4 * 2**20
    tracemalloc.stop()


def test_a_body_of_another_shape_or_too_large_is_refused(kiosk: KioskLine) -> None:
    whole = kiosk.wire(kiosk.batch(a_ticket()))
    [event] = whole["events"]
    wrong = (
        *({**whole, name: value} for name in whole for value in (None, 5, "", "zz", [], [5])),
        *({name: value for name, value in whole.items() if name != left_out} for left_out in whole),
        *({**whole, "events": [{**event, name: None}]} for name in event if name != "data"),
        {**whole, "events": [{**event, "note": "one attribute more"}]},
        {**whole, "events": [{**event, "id": ""}]},
        {**whole, "events": [{**event, "specversion": "2.0"}]},
    )
    bodies = (b"", b"[]", b"\xff", b"[" * 100_000, *(json.dumps(each).encode() for each in wrong))
    for body in bodies:
        response = kiosk.ask("POST", EVENTS_PATH, body)
        assert response.status_code in (400, 422), body
        assert response.json()["error"]
    large = kiosk.ask("POST", EVENTS_PATH, b" " * (9 * 2**20))
    assert large.status_code == 413
    assert "fewer" in large.json()["error"]


def test_an_unknown_address_answers_with_a_sentence(kiosk: KioskLine) -> None:
    response = requests.get(f"{kiosk.address}/exchange/nothing", timeout=60)
    assert response.status_code == 404
    assert response.json() == {"error": "There is nothing at this address."}
