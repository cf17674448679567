"""What the centre tells a kiosk in front of which somebody holds a receipt."""

import json
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import requests

from central.agents import Agents
from central.attempts import MOST
from central.database import Database
from central.dossiers import Dossiers
from central.papers import Decision
from central.queueing import Queue
from central.settings import Settings
from civic.card import read_catalog
from civic.reference import Reference
from civic.ticket import TicketState
from civic.tracking import TrackingKey
from civic.workflow import Party
from sync.messages import (
    FOLLOW_PATH,
    ByPin,
    ByToken,
    DossierDeposited,
    Inquiry,
    Standing,
    Unopened,
    Whereabouts,
    read_found,
)
from sync.signing import KioskKey
from tests.central.invented import KioskLine, a_deposit, a_ticket

REFERENCE = Reference(26, 14, 385)


@pytest.fixture
def dossiers(database: Database, settings: Settings) -> Dossiers:
    return Dossiers(database, read_catalog(settings.catalog), settings.zone, lambda: datetime.now(UTC))


@pytest.fixture
def filed(kiosk: KioskLine, key: TrackingKey) -> DossierDeposited:
    """A permit deposited today, with a ticket behind another one."""
    deposit = a_deposit(key, pages=("ab" * 32,))
    assert kiosk.say(deposit, a_ticket("216"), a_ticket("217", deposit.reference)) == ["", "", ""]
    return deposit


def post(kiosk: KioskLine, body: bytes) -> requests.Response:
    return kiosk.ask("POST", FOLLOW_PATH, body)


def ask(kiosk: KioskLine, inquiry: Inquiry) -> Whereabouts | Unopened:
    response = post(kiosk, json.dumps(inquiry.to_json()).encode())
    assert response.status_code == 200, response.text
    return read_found(response.json())


def found(kiosk: KioskLine, inquiry: Inquiry) -> Whereabouts:
    answer = ask(kiosk, inquiry)
    assert isinstance(answer, Whereabouts)
    return answer


def test_the_qr_and_the_two_numbers_tell_the_same(kiosk: KioskLine, filed: DossierDeposited, key: TrackingKey) -> None:
    told = found(kiosk, ByToken(key.token.lower()))
    assert told == found(kiosk, ByPin(REFERENCE, key.pin))
    assert (told.reference, told.standing, told.turn) == (REFERENCE, Standing.OPEN, Party.COUNTER)
    assert told.service.fr == "Permis de bâtir"
    assert len(told.history) == 1
    assert told.visit is not None
    assert (told.visit.number, told.visit.state, told.visit.ahead) == ("217", TicketState.HELD, 1)
    assert (told.pledge.days, told.pledge.due_on) == (45, None)


def test_nobody_is_named(kiosk: KioskLine, filed: DossierDeposited, key: TrackingKey) -> None:
    response = post(kiosk, json.dumps(ByToken(key.token).to_json()).encode())
    assert "Selma" not in response.text
    assert "78000001" not in response.text
    assert "house" not in response.text
    assert response.headers["Cache-Control"] == "no-store"


def test_a_refused_paper_is_told_with_its_reason(
    kiosk: KioskLine, filed: DossierDeposited, key: TrackingKey, dossiers: Dossiers
) -> None:
    dossiers.decide(str(REFERENCE), "survey", Decision.REFUSED, "cannot be read", "amel")
    told = found(kiosk, ByToken(key.token))
    assert told.turn is Party.CITIZEN
    assert [each.reason for each in told.owed] == ["cannot be read"]


def test_the_promised_date_comes_once_the_file_is_complete(
    kiosk: KioskLine, key: TrackingKey, dossiers: Dossiers
) -> None:
    kiosk.say(replace(a_deposit(key), deposited_at=datetime.now(UTC) - timedelta(days=50)))
    dossiers.move(str(REFERENCE), "complete", "amel")
    told = found(kiosk, ByToken(key.token))
    assert told.pledge.due_on is not None
    assert told.pledge.late_days == 5
    assert sum(told.shares.values()) == 50
    assert told.visit is None


def test_a_file_that_is_over_says_how_it_ended(
    kiosk: KioskLine, filed: DossierDeposited, key: TrackingKey, dossiers: Dossiers
) -> None:
    for stage in ("complete", "review", "commission", "refused"):
        dossiers.move(str(REFERENCE), stage, "amel")
    told = found(kiosk, ByToken(key.token))
    assert told.standing is Standing.ANSWERED
    assert told.pledge.answered_on is not None
    assert told.coming == ()


def test_a_file_given_up_is_withdrawn(
    kiosk: KioskLine, filed: DossierDeposited, key: TrackingKey, dossiers: Dossiers
) -> None:
    dossiers.move(str(REFERENCE), "complete", "amel")
    dossiers.move(str(REFERENCE), "withdrawn", "amel")
    assert found(kiosk, ByToken(key.token)).standing is Standing.WITHDRAWN


def test_a_called_number_tells_its_counter(
    kiosk: KioskLine, filed: DossierDeposited, key: TrackingKey, database: Database, settings: Settings, amel: str
) -> None:
    queue = Queue(database, read_catalog(settings.catalog), settings.zone, lambda: datetime.now(UTC))
    agent = Agents(database, lambda: datetime.now(UTC)).find(amel)
    assert agent is not None
    for after in ("", queue.line(agent.site).waiting[0].id):
        queue.call_next(agent, after)
    visit = found(kiosk, ByToken(key.token)).visit
    assert visit is not None
    assert (visit.state, visit.counter) == (TicketState.CALLED, 3)


def test_wrong_pins_are_counted_as_on_the_public_page(
    kiosk: KioskLine, filed: DossierDeposited, key: TrackingKey
) -> None:
    wrong, unknown = "000000" if key.pin != "000000" else "000001", Reference(26, 14, 4)
    for _ in range(MOST):
        assert ask(kiosk, ByPin(REFERENCE, wrong)) is ask(kiosk, ByPin(unknown, wrong)) is Unopened.UNKNOWN
    assert ask(kiosk, ByPin(REFERENCE, key.pin)) is ask(kiosk, ByPin(unknown, wrong)) is Unopened.TOO_OFTEN
    form = {"reference": str(REFERENCE), "pin": key.pin}
    assert requests.post(f"{kiosk.address}/", data=form, timeout=60).status_code == 429
    assert found(kiosk, ByToken(key.token)).reference == REFERENCE


def test_an_unknown_code_opens_nothing(kiosk: KioskLine) -> None:
    assert ask(kiosk, ByToken("A" * 26)) is Unopened.UNKNOWN


def test_only_a_kiosk_of_the_town_may_ask(kiosk: KioskLine, filed: DossierDeposited, key: TrackingKey) -> None:
    kiosk.key = KioskKey.make()
    assert post(kiosk, json.dumps(ByToken(key.token).to_json()).encode()).status_code == 401


@pytest.mark.parametrize(
    ("body", "status"), [(b"[]", 400), (b"{}", 400), (b"\xff", 400), (b"[" * 4000, 400), (b" " * 5000, 413)]
)
def test_what_is_no_inquiry_gets_one_sentence(kiosk: KioskLine, body: bytes, status: int) -> None:
    response = post(kiosk, body)
    assert response.status_code == status
    assert response.json()["error"]


def test_what_opened_a_file_is_in_no_log(
    kiosk: KioskLine, filed: DossierDeposited, key: TrackingKey, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        found(kiosk, ByToken(key.token))
        found(kiosk, ByPin(REFERENCE, key.pin))
    assert FOLLOW_PATH in caplog.text
    assert key.token not in caplog.text.upper()
    assert key.pin not in caplog.text
