"""What the centre finds in the chains of its kiosks: tampering is named, and what is honest is taken exactly once."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, insert, select, update

from central.__main__ import main
from central.database import Database, open_database
from central.findings import SENTENCES, list_findings
from central.settings import Settings, read_settings
from central.tables import batches, heads, inbox, keys, tickets
from central.verifying import verify
from sync.messages import EVENTS_PATH, Flaw
from tests.central.conftest import serving
from tests.central.invented import KioskLine, a_ticket, enrol_kiosk, send


def found(database: Database) -> list[tuple[Flaw, int]]:
    return [(finding.flaw, finding.sequence) for finding in list_findings(database)]


def wrong(database: Database) -> list[tuple[Flaw, int]]:
    return [(each.flaw, each.sequence) for life in verify(database) for each in life.wrong]


def waiting(database: Database) -> int:
    with database.reading() as connection:
        return connection.execute(select(func.count()).select_from(tickets)).scalar_one()


def three(kiosk: KioskLine) -> list[Any]:
    return kiosk.split(kiosk.batch(*(a_ticket(str(200 + nth)) for nth in range(6))), 2)


def test_what_comes_in_its_order_has_no_flaw(kiosk: KioskLine, database: Database) -> None:
    for part in three(kiosk):
        kiosk.send(part)
    assert found(database) == wrong(database) == []
    with database.reading() as connection:
        head = connection.execute(select(heads.c.sequence, heads.c.hash)).one()
    assert tuple(head) == (6, kiosk.previous)


def test_a_batch_that_comes_late_is_taken_and_what_was_missed_is_no_longer(
    kiosk: KioskLine, database: Database
) -> None:
    first, second, third = three(kiosk)
    kiosk.send(third)
    kiosk.send(first)
    assert found(database) == [(Flaw.GAP, 5)]
    assert wrong(database) == [(Flaw.GAP, 3), (Flaw.GAP, 4)]
    kiosk.send(second)
    assert found(database) == wrong(database) == []
    assert waiting(database) == 6


def test_facts_that_never_come_are_missed_and_the_next_are_taken(kiosk: KioskLine, database: Database) -> None:
    first, _lost, third = three(kiosk)
    for part in (first, third):
        assert kiosk.send(part).json()["answers"][0]["outcome"] == "accepted"
    assert found(database) == [(Flaw.GAP, 5)]
    assert waiting(database) == 4


def test_a_disk_put_back_to_an_earlier_day_is_a_fork_and_no_citizen_is_lost(
    kiosk: KioskLine, database: Database
) -> None:
    kiosk.say(a_ticket("201"))
    sequence, previous = kiosk.sequence, kiosk.previous
    kiosk.say(a_ticket("202"), a_ticket("203"))
    kiosk.sequence, kiosk.previous = sequence, previous
    assert kiosk.say(a_ticket("204")) == [""]
    assert found(database) == [(Flaw.FORK, 2)]
    assert kiosk.say(a_ticket("205"), a_ticket("206")) == ["", ""]
    assert waiting(database) == 6
    assert {flaw for flaw, _ in wrong(database)} == {Flaw.FORK}


def test_facts_that_follow_what_was_never_said_are_a_fork(kiosk: KioskLine, database: Database) -> None:
    kiosk.say(a_ticket("201"))
    kiosk.previous = "ab" * 32
    assert kiosk.say(a_ticket("202")) == [""]
    assert found(database) == wrong(database) == [(Flaw.FORK, 2)]


def test_what_comes_late_and_does_not_lead_to_what_came_before_it_is_a_fork(
    kiosk: KioskLine, database: Database
) -> None:
    first, second = kiosk.split(kiosk.batch(a_ticket("201"), a_ticket("202")), 1)
    kiosk.send(second)
    kiosk.sequence, kiosk.previous = 0, first.head.previous
    assert kiosk.say(a_ticket("209")) == [""]
    assert (Flaw.FORK, 2) in found(database)


def test_a_fact_told_again_in_other_words_is_refused_and_the_first_one_stands(
    kiosk: KioskLine, database: Database
) -> None:
    batch = kiosk.batch(a_ticket("201"))
    kiosk.send(batch)
    kiosk.begin_life()
    life = kiosk.life
    kiosk.life, kiosk.previous = batch.head.life, batch.head.previous
    other = kiosk.batch(a_ticket("666"))
    message = {**other.messages[0], "id": batch.links[0].id}
    again = type(batch).of(kiosk.source, batch.head.life, batch.head.previous, [message])
    [answer] = kiosk.send(again).json()["answers"]
    assert answer["outcome"] == "refused"
    assert "other words" in answer["reason"]
    assert found(database) == [(Flaw.EDIT, 1)]
    assert kiosk.send(batch).json()["answers"][0]["outcome"] == "accepted"
    assert life != kiosk.life
    assert waiting(database) == 1


def test_one_id_twice_in_a_batch_is_told_once(kiosk: KioskLine, database: Database) -> None:
    batch = kiosk.batch(a_ticket("201"), a_ticket("202"))
    second = {**batch.messages[1], "id": batch.links[0].id}
    twice = type(batch).of(kiosk.source, kiosk.life, batch.head.previous, [batch.messages[0], second])
    outcomes = [answer["outcome"] for answer in kiosk.send(twice).json()["answers"]]
    assert outcomes == ["accepted", "refused"]
    assert waiting(database) == 1
    assert found(database) == [(Flaw.EDIT, 2)]


def test_a_kiosk_with_a_new_store_is_heard_and_it_is_known_that_it_began_again(
    kiosk: KioskLine, database: Database
) -> None:
    kiosk.say(a_ticket("201"))
    kiosk.begin_life()
    assert kiosk.say(a_ticket("202")) == [""]
    assert found(database) == [(Flaw.RESTART, 0)]
    assert wrong(database) == []


def test_every_flaw_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Flaw)


def test_a_batch_nobody_signed_is_another_matter_than_a_refused_event(kiosk: KioskLine, database: Database) -> None:
    batch = kiosk.batch(a_ticket("201"))
    forged = {**kiosk.wire(batch), "signature": "00" * 64}
    response = kiosk.post(forged)
    assert (response.status_code, response.json()["refusal"], response.json()["flaw"]) == (422, "chain", "forged")
    assert kiosk.post(forged).status_code == 422
    assert [(each.flaw, each.times) for each in list_findings(database)] == [(Flaw.FORGED, 2)]
    assert waiting(database) == 0
    assert kiosk.send(batch).json()["answers"][0]["outcome"] == "accepted"


@pytest.fixture
def told(kiosk: KioskLine) -> KioskLine:
    for part in three(kiosk):
        kiosk.send(part)
    kiosk.say(a_ticket("<b>"))
    return kiosk


def row(sequence: int) -> Any:
    return inbox.c.sequence == sequence


@pytest.mark.parametrize("name", ["id", "kind", "time", "data_hash", "previous", "hash"])
def test_a_word_changed_at_the_centre_is_found(told: KioskLine, database: Database, name: str) -> None:
    with database.writing() as connection:
        connection.execute(update(inbox).where(row(3)).values({name: "ab" * 32}))
    flaws = wrong(database)
    assert (Flaw.EDIT, 3) in flaws


def test_the_words_of_a_refused_event_are_held_to_as_well(told: KioskLine, database: Database) -> None:
    assert wrong(database) == []
    with database.writing() as connection:
        connection.execute(update(inbox).where(row(7)).values(data={"number": "218"}))
    assert wrong(database) == [(Flaw.EDIT, 7)]


@pytest.mark.parametrize("sequence", [1, 4, 7])
def test_a_fact_taken_out_at_the_centre_is_missed(told: KioskLine, database: Database, sequence: int) -> None:
    with database.writing() as connection:
        connection.execute(delete(inbox).where(row(sequence)))
    assert (Flaw.GAP, sequence) in wrong(database)


def test_a_fact_slipped_in_at_the_centre_is_signed_by_nobody(told: KioskLine, database: Database) -> None:
    slipped = told.batch(a_ticket("666"))
    link = slipped.links[0]
    values = {"sequence": link.sequence, "kind": link.kind, "time": link.time, "data_hash": link.data_hash}
    with database.writing() as connection:
        kept = dict(connection.execute(select(inbox).where(row(6))).one()._mapping)
        values |= {"id": link.id, "previous": link.previous, "hash": slipped.head.hash}
        connection.execute(insert(inbox).values(kept | values))
    assert wrong(database) == [(Flaw.FORGED, 8)]


def test_a_signature_put_in_anothers_place_is_found(told: KioskLine, database: Database) -> None:
    with database.writing() as connection:
        connection.execute(update(batches).where(batches.c.first == 3).values(signature="00" * 64))
    assert (Flaw.FORGED, 3) in wrong(database)
    with database.writing() as connection:
        connection.execute(delete(keys))
    assert {sequence for _, sequence in wrong(database)} == set(range(1, 8))


def test_the_centre_says_in_plain_words_what_does_not_hold(
    told: KioskLine, database: Database, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told.previous = "ab" * 32
    told.say(a_ticket("208"))
    arguments, environment = ["--data", str(tmp_path / "centre")], {"DATABASE_URL": settings.database_url}
    assert main(["verify", *arguments], environment) == 1
    out, err = capsys.readouterr()
    assert "NOT as it signed them" in out
    assert "fork at fact 8: it follows another fact" in out
    assert "does not hold" in err
    assert main(["kiosks", *arguments], environment) == 0
    assert "fork at fact 8" in capsys.readouterr().out


Tampering = Callable[[dict[str, Any], int], None]


def _edit(body: dict[str, Any], at: int) -> None:
    body["events"][at]["data"]["number"] = "999"


def _rename(body: dict[str, Any], at: int) -> None:
    body["events"][at]["id"] += "-bis"


def _drop(body: dict[str, Any], at: int) -> None:
    del body["events"][at]


def _double(body: dict[str, Any], at: int) -> None:
    body["events"].insert(at, copy.deepcopy(body["events"][at]))


def _turn(body: dict[str, Any], at: int) -> None:
    body["events"].insert(0 if at else 2, body["events"].pop(at))


def _splice(body: dict[str, Any], at: int) -> None:
    body["events"][at]["data"] = body["events"][at - 1]["data"]


def _head(body: dict[str, Any], _at: int) -> None:
    body["head"] = body["previous"]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return read_settings(tmp_path_factory.mktemp("town"), {})


@given(st.data())
@hypothesis_settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_happens_on_the_way_the_honest_is_taken_once_and_the_rest_is_named(
    town: Settings, data: st.DataObject
) -> None:
    database = open_database(town.database_url, town.municipality)
    with serving(town) as address:
        kiosk = KioskLine(address, enrol_kiosk(database, 14))
        before, parts = waiting(database), three(kiosk)
        for nth in data.draw(st.lists(st.integers(0, 2), max_size=5)):
            if data.draw(st.booleans()):
                assert kiosk.send(parts[nth]).status_code == 200
                continue
            body = kiosk.wire(parts[nth])
            body["events"] = copy.deepcopy(body["events"])
            tamper: Tampering = data.draw(st.sampled_from([_edit, _rename, _drop, _double, _turn, _splice, _head]))
            tamper(body, data.draw(st.integers(0, 1)))
            response = kiosk.post(body)
            assert response.status_code == 422, tamper
            assert Flaw(response.json()["flaw"]) in {finding.flaw for finding in list_findings(database)}
        for part in parts:
            assert kiosk.send(part).status_code == 200
        assert waiting(database) == before + 6
        # an example that is broken off leaves a life half told: only this one was told to its end
        assert [life.wrong for life in verify(database) if life.life == kiosk.life] == [()]
    database.close()


def test_a_kiosk_cannot_speak_for_another(kiosk: KioskLine, database: Database) -> None:
    other = KioskLine(kiosk.address, enrol_kiosk(database, 15), 15)
    batch = kiosk.batch(a_ticket("201"))
    response = other.post({**kiosk.wire(batch), "signature": other.key.sign(batch.head.statement()).hex()})
    assert response.json()["flaw"] == "foreign"


def test_a_request_recorded_on_the_line_is_not_heard_again(kiosk: KioskLine, database: Database) -> None:
    request = kiosk.request("POST", EVENTS_PATH, json.dumps(kiosk.wire(kiosk.batch(a_ticket("201")))).encode())
    assert send(request).status_code == 200
    again = send(request)
    assert (again.status_code, again.json()["refusal"]) == (401, "replay")
    assert found(database) == [(Flaw.REPLAY, 0)]
    assert waiting(database) == 1
