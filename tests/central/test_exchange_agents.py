"""An agent signs in at a counter's kiosk, and nobody guesses their way in there either."""

import json
import logging

import pytest
import requests

from central.attempts import MOST
from sync.messages import AGENT_PATH, SignIn
from sync.signing import KioskKey
from tests.central.invented import PASSWORD, KioskLine


def ask(kiosk: KioskLine, name: str, password: str) -> requests.Response:
    return kiosk.ask("POST", AGENT_PATH, json.dumps(SignIn(name, password).to_json()).encode())


def test_the_centre_knows_its_agents_by_the_name_of_the_desk(kiosk: KioskLine, amel: str) -> None:
    response = ask(kiosk, " AMEL", PASSWORD)
    assert response.status_code == 200
    told = response.json()
    assert (told["agent"], bool(told["seal"])) == ("amel", True)
    assert response.headers["Cache-Control"] == "no-store"


def test_a_wrong_password_and_an_unknown_name_look_the_same(kiosk: KioskLine, amel: str) -> None:
    for name, password in (("amel", "something-else"), ("nobody", PASSWORD)):
        assert ask(kiosk, name, password).json() == {"agent": None}


def test_wrong_tries_at_a_kiosk_and_at_the_desk_count_together(kiosk: KioskLine, amel: str, centre: str) -> None:
    for _ in range(MOST):
        ask(kiosk, "amel", "something-else")
    assert ask(kiosk, "amel", PASSWORD).json() == {"agent": None}
    form = {"name": "amel", "password": PASSWORD, "counter": ""}
    assert requests.post(f"{centre}/desk/sign-in", data=form, timeout=60).status_code == 403


def test_only_a_kiosk_of_the_town_may_ask(kiosk: KioskLine, amel: str) -> None:
    kiosk.key = KioskKey.make()
    assert ask(kiosk, "amel", PASSWORD).status_code == 401


@pytest.mark.parametrize(
    ("body", "status"), [(b"[]", 400), (b"{", 400), (b'{"name": "amel"}', 400), (b" " * 5000, 413)]
)
def test_nothing_else_is_a_sign_in(kiosk: KioskLine, body: bytes, status: int) -> None:
    assert kiosk.ask("POST", AGENT_PATH, body).status_code == status


def test_no_password_is_ever_in_a_log(kiosk: KioskLine, amel: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        ask(kiosk, "amel", PASSWORD)
        ask(kiosk, "amel", "something-else")
    assert PASSWORD not in caplog.text
    assert "something-else" not in caplog.text
