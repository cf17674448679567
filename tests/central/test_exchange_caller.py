"""Who is heard at the centre: a kiosk of the town, now, once, and with the very words it signed."""

import json
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from sqlalchemy import func, select, text, update

from central.attempts import MOST
from central.database import Database
from central.enrolment import LASTS, Enrolments, NotEnrolled
from central.kiosks import find_kiosk
from central.tables import codes, inbox, nonces
from kiosk.services.enrolment import Enrolment as Enrolling
from kiosk.services.enrolment import EnrolmentFault, EnrolmentTrouble
from kiosk.store.key_file import KeyFile
from sync.messages import (
    ENROLMENT_PATH,
    EVENTS_PATH,
    GREETING_PATH,
    NUMBERS_PATH,
    SEAL_PATH,
    UPLOADS_PATH,
    Enrolment,
    EnrolmentCode,
    Refusal,
)
from sync.signing import KioskKey
from sync.transport import HttpTransport
from tests.central.invented import KioskLine, a_ticket, enrol_kiosk, send


def events(kiosk: KioskLine) -> requests.PreparedRequest:
    body = json.dumps(kiosk.wire(kiosk.batch(a_ticket()))).encode()
    return kiosk.request("POST", EVENTS_PATH, body)


def refusal(response: requests.Response) -> str:
    assert response.status_code == 401, response.text
    assert response.headers["WWW-Authenticate"] == f'Signature refusal="{response.json()["refusal"]}"'
    assert response.json()["error"].endswith(".")
    return str(response.json()["refusal"])


def nothing_was_taken(database: Database) -> bool:
    with database.reading() as connection:
        return connection.execute(select(func.count()).select_from(inbox)).scalar_one() == 0


@pytest.mark.parametrize("name", ["Signature", "Signature-Input", "Content-Digest", "Date"])
def test_a_header_stripped_on_the_way_is_seen(kiosk: KioskLine, database: Database, name: str) -> None:
    request = events(kiosk)
    del request.headers[name]
    assert refusal(send(request)) == Refusal.SIGNATURE
    assert nothing_was_taken(database)


def test_another_body_under_the_same_signature_is_seen(kiosk: KioskLine, database: Database) -> None:
    request, other = events(kiosk), events(kiosk)
    assert isinstance(request.body, bytes)
    request.body = other.body
    request.headers["Content-Length"] = other.headers["Content-Length"]
    assert refusal(send(request)) == Refusal.SIGNATURE
    assert nothing_was_taken(database)


def test_another_digest_for_another_body_is_seen(kiosk: KioskLine, database: Database) -> None:
    request, other = events(kiosk), events(kiosk)
    request.body = other.body
    for name in ("Content-Length", "Content-Digest"):
        request.headers[name] = other.headers[name]
    assert refusal(send(request)) == Refusal.SIGNATURE
    assert nothing_was_taken(database)


def test_a_signature_for_one_place_opens_no_other(kiosk: KioskLine) -> None:
    request = kiosk.request("GET", GREETING_PATH, b"")
    request.method = "POST"
    request.url = kiosk.address + EVENTS_PATH
    assert refusal(send(request)) == Refusal.SIGNATURE


@pytest.mark.parametrize("path", [GREETING_PATH, SEAL_PATH, NUMBERS_PATH])
def test_what_somebody_adds_to_a_question_is_not_read(kiosk: KioskLine, path: str) -> None:
    request = kiosk.request("GET", path, b"")
    request.body, request.headers["Content-Length"] = b"?", "1"
    assert send(request).status_code == 413


def test_a_strangers_signature_is_no_kiosks(kiosk: KioskLine) -> None:
    kiosk.key = KioskKey.make()
    assert refusal(send(events(kiosk))) == Refusal.STRANGER


def test_a_stranger_is_told_so_before_it_has_said_all(kiosk: KioskLine) -> None:
    """Nobody unknown fills the memory of the centre."""
    kiosk.key = KioskKey.make()
    request = kiosk.request("POST", UPLOADS_PATH, bytes(1000))
    host, port = kiosk.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=60) as line:
        headers = {**request.headers, "Host": host, "Content-Length": str(20 * 2**20)}
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        line.sendall(f"POST {request.path_url} HTTP/1.1\r\n{head}\r\n".encode())
        assert line.recv(4096).startswith(b"HTTP/1.1 401")


@pytest.mark.parametrize("minutes", [6, -6, 5_256_000, -5_256_000])
def test_a_request_of_another_day_is_not_heard_and_is_told_the_time(kiosk: KioskLine, minutes: int) -> None:
    kiosk.ahead = timedelta(minutes=minutes)
    response = send(events(kiosk))
    assert refusal(response) == Refusal.CLOCK
    assert response.headers["Date"]


@pytest.mark.parametrize("years", [-10, 10])
def test_what_a_citizen_was_promised_arrives_whatever_the_kiosks_clock_shows(
    kiosk: KioskLine, database: Database, years: int
) -> None:
    clock = datetime.now(UTC) + timedelta(days=365 * years)
    transport = HttpTransport(kiosk.address, lambda: kiosk.key, now=lambda: clock)
    [answer] = transport.send_batch(kiosk.batch(a_ticket()))
    assert answer.reason == ""


def test_what_was_heard_is_forgotten_when_it_can_no_longer_be_played_again(
    kiosk: KioskLine, database: Database
) -> None:
    send(events(kiosk))
    with database.writing() as connection:
        connection.execute(update(nonces).values(until=datetime.now(UTC) - timedelta(seconds=1)))
    send(events(kiosk))
    with database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(nonces)).scalar_one() == 1


def test_a_database_that_fails_does_not_make_a_kiosk_a_stranger(
    kiosk: KioskLine, database: Database, expected_logs: list[str]
) -> None:
    expected_logs.append("the disk or the database failed")
    with database.writing() as connection:
        connection.execute(text("ALTER TABLE keys RENAME TO elsewhere"))
    assert send(events(kiosk)).status_code == 503
    with database.writing() as connection:
        connection.execute(text("ALTER TABLE elsewhere RENAME TO keys"))


def ask(kiosk: KioskLine, asked: object, key: KioskKey) -> requests.Response:
    kiosk.key = key
    return kiosk.ask("POST", ENROLMENT_PATH, json.dumps(asked).encode())


def test_after_five_wrong_codes_nobody_may_try_for_a_while(kiosk: KioskLine, tmp_path: Path) -> None:
    troubles = []
    for _ in range(MOST + 1):
        with pytest.raises(EnrolmentFault) as fault:
            Enrolling(kiosk.address, 14, tmp_path).enrol(str(EnrolmentCode.draw()))
        troubles.append(fault.value.trouble)
    assert troubles == [EnrolmentTrouble.WRONG_CODE] * MOST + [EnrolmentTrouble.TOO_OFTEN]
    assert KeyFile(tmp_path).read() is None


def test_an_enrolment_is_signed_with_the_key_it_brings(kiosk: KioskLine) -> None:
    mine, other = KioskKey.make(), KioskKey.make()
    asked = Enrolment(14, EnrolmentCode.draw(), mine.public).to_json()
    assert refusal(ask(kiosk, asked, other)) == Refusal.SIGNATURE
    kiosk.key, body = mine, json.dumps(asked).encode()
    request = kiosk.request("POST", ENROLMENT_PATH, body)
    request.body = body.replace(b'"kiosk": 14', b'"kiosk": 15')
    assert refusal(send(request)) == Refusal.SIGNATURE
    kiosk.ahead = timedelta(hours=1)
    assert refusal(ask(kiosk, asked, mine)) == Refusal.CLOCK


def test_what_is_no_enrolment_gets_one_sentence(kiosk: KioskLine) -> None:
    key = KioskKey.make()
    for body, status in (({}, 400), ([], 400), ({"kiosk": 14, "code": "1", "key": ""}, 400), ("x" * 5000, 413)):
        response = ask(kiosk, body, key)
        assert response.status_code == status
        assert response.json()["error"]


def test_an_answer_lost_on_the_way_does_no_harm(database: Database) -> None:
    enrolments, key, now = Enrolments(database, "secret"), KioskKey.make(), datetime.now(UTC)
    asked = Enrolment(14, enrolments.invite(14, None, now), key.public)
    enrolments.enrol(asked, now)
    enrolments.enrol(asked, now)
    assert find_kiosk(database, key.id) is not None


def test_a_code_is_good_for_a_day_and_only_the_last_one(database: Database) -> None:
    enrolments, key, now = Enrolments(database, "secret"), KioskKey.make(), datetime.now(UTC)
    first = enrolments.invite(14, None, now)
    second = enrolments.invite(14, None, now)
    for code, at in ((first, now), (second, now + LASTS + timedelta(seconds=1))):
        with pytest.raises(NotEnrolled) as fault:
            enrolments.enrol(Enrolment(14, code, key.public), at)
        assert fault.value.refusal is Refusal.CODE
    with database.reading() as connection:
        assert second.digits not in str(connection.execute(select(codes)).one())


def test_a_key_that_was_revoked_does_not_come_back(database: Database) -> None:
    key, now = enrol_kiosk(database, 14), datetime.now(UTC)
    enrol_kiosk(database, 14)
    enrolments = Enrolments(database, "secret")
    with pytest.raises(NotEnrolled):
        enrolments.enrol(Enrolment(14, enrolments.invite(14, None, now), key.public), now)


def test_a_kiosk_enrolled_again_stays_where_it_stands(database: Database) -> None:
    enrol_kiosk(database, 14, site="annexe")
    enrolments, key, now = Enrolments(database, "secret"), KioskKey.make(), datetime.now(UTC)
    enrolments.enrol(Enrolment(14, enrolments.invite(14, None, now), key.public), now)
    known = find_kiosk(database, key.id)
    assert known is not None
    assert known.kiosk.site == "annexe"
