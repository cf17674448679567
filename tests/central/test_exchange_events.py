"""What happens to the events a kiosk sends."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import requests
from sqlalchemy import func, select

from central.database import Database
from central.tables import dossiers, inbox, tickets
from civic.reference import Reference
from civic.tracking import TrackingKey
from sync.messages import EVENTS_PATH, Answer, Outcome, TicketVoided
from tests.central.invented import KioskLine, a_deposit, a_ticket


def _count(database: Database, what: str) -> int:
    table = {"dossiers": dossiers, "inbox": inbox, "tickets": tickets}[what]
    with database.reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_a_deposit_and_its_ticket_are_accepted(kiosk: KioskLine, database: Database, key: TrackingKey) -> None:
    deposit = a_deposit(key)
    assert kiosk.say(deposit, a_ticket(reference=deposit.reference)) == ["", ""]
    assert _count(database, "dossiers") == _count(database, "tickets") == 1


def test_events_are_applied_in_the_order_of_their_sequence(kiosk: KioskLine, key: TrackingKey) -> None:
    deposit = a_deposit(key)
    first, second = kiosk.event(deposit), kiosk.event(a_ticket(reference=deposit.reference))
    answers = kiosk.post([second.to_json(), first.to_json()]).json()["answers"]
    assert [Answer.from_json(each) for each in answers] == [
        Answer(second.id, Outcome.ACCEPTED),
        Answer(first.id, Outcome.ACCEPTED),
    ]


def test_two_hundred_events_sent_five_times_at_once_are_stored_once(kiosk: KioskLine, database: Database) -> None:
    messages = [kiosk.event(a_ticket(str(1000 + each))).to_json() for each in range(200)]

    def send(worker: int) -> list[str]:
        said: list[str] = []
        for start in range(0, 200, 20):
            batch = [messages[(start + worker * 37 + offset) % 200] for offset in range(20)]
            response = kiosk.post(batch)
            assert response.status_code == 200, response.text
            said += [answer["outcome"] for answer in response.json()["answers"]]
        return said

    with ThreadPoolExecutor(5) as workers:
        outcomes = [outcome for said in workers.map(send, range(5)) for outcome in said]
    assert outcomes == ["accepted"] * 1000
    assert _count(database, "inbox") == _count(database, "tickets") == 200


def test_a_refused_event_sent_again_gets_the_same_answer(kiosk: KioskLine, key: TrackingKey) -> None:
    deposit = a_deposit(key)
    early = kiosk.event(a_ticket(reference=deposit.reference)).to_json()
    first = kiosk.post([early]).json()["answers"]
    assert "not known" in first[0]["reason"]
    assert kiosk.say(deposit) == [""]
    assert kiosk.post([early]).json()["answers"] == first


def test_a_reference_is_deposited_once(kiosk: KioskLine, database: Database, key: TrackingKey) -> None:
    deposit = a_deposit(key)
    again = replace(deposit, token_hash="ab" * 32)
    accepted, refused = kiosk.say(deposit, again)
    assert accepted == ""
    assert "deposited before" in refused
    assert _count(database, "dossiers") == 1


def test_what_cannot_be_is_refused_and_holds_up_nothing(kiosk: KioskLine, key: TrackingKey) -> None:
    deposit = a_deposit(key)
    foreign = kiosk.event(a_ticket("301"))
    scanned = a_deposit(key, number=7, pages=("ab" * 32,))
    twice = replace(scanned, token_hash="cd" * 32, missing=("survey",))
    messages = [
        {"id": "not-an-event", "data": []},
        "not even an object",
        kiosk.event(replace(deposit, service_id="flying-carpet")).to_json(),
        kiosk.event(replace(deposit, service_id="signature-legalisation")).to_json(),
        kiosk.event(replace(deposit, reference=Reference(26, 15, 1))).to_json(),
        kiosk.event(replace(deposit, deposited_at=datetime(9999, 12, 1, tzinfo=UTC))).to_json(),
        kiosk.event(twice).to_json(),
        kiosk.event(a_ticket("<b>1</b>")).to_json(),
        replace(foreign, source="/el-kef/kiosk/015").to_json(),
        kiosk.event(a_ticket("218")).to_json(),
    ]
    answers = kiosk.post(messages).json()["answers"]
    assert [answer["outcome"] for answer in answers] == ["refused"] * 9 + ["accepted"]
    assert answers[0]["id"] == "not-an-event"
    for answer, word in zip(
        answers[2:9], ["flying", "immediate", "another", "clock", "twice", "six", "014"], strict=True
    ):
        assert word in answer["reason"]


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
    assert _count(database, "tickets") == 1


def test_only_a_kiosk_with_its_key_is_heard(kiosk: KioskLine) -> None:
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic wrong"}):
        response = requests.post(kiosk.address + EVENTS_PATH, json={"events": []}, headers=headers, timeout=60)
        assert response.status_code == 401
        assert "enrol" in response.json()["error"]


def test_a_body_of_another_shape_or_too_large_is_refused(kiosk: KioskLine) -> None:
    url = kiosk.address + EVENTS_PATH
    for body in (b"", b"[]", b'{"events": 1}', b"\xff", b"[" * 100_000, json.dumps({"event": []}).encode()):
        response = requests.post(url, data=body, headers=kiosk.headers, timeout=60)
        assert response.status_code == 400
        assert "JSON" in response.json()["error"]
    large = requests.post(url, data=b" " * (9 * 2**20), headers=kiosk.headers, timeout=60)
    assert large.status_code == 413
    assert "fewer" in large.json()["error"]


def test_an_unknown_address_answers_with_a_sentence(kiosk: KioskLine) -> None:
    response = requests.get(f"{kiosk.address}/exchange/nothing", timeout=60)
    assert response.status_code == 404
    assert response.json() == {"error": "There is nothing at this address."}
