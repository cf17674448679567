"""Somebody at a kiosk asks for an agent: every desk of the site sees it at once, one goes, and the kiosk is told."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from central.agents import hire_agent
from central.database import Database
from central.help_calls import HelpCalls
from central.kiosks import Kiosk
from central.refusal import Refused
from tests.central.invented import PASSWORD, KioskLine
from tests.central.test_desk import Counter


@pytest.fixture
def counter(centre: str, amel: str) -> Counter:
    counter = Counter(centre)
    counter.sign_in(amel, PASSWORD)
    return counter


def ask(kiosk: KioskLine, wanted: bool = True) -> bool:
    """Whether an agent is coming."""
    response = kiosk.ask("POST", "/exchange/help", json.dumps({"wanted": wanted}).encode())
    assert response.status_code == 200, response.text
    coming: bool = response.json()["coming"]
    return coming


def test_who_asks_is_seen_at_the_desk_and_hears_that_somebody_comes(kiosk: KioskLine, counter: Counter) -> None:
    assert "asks for help" not in counter.see()
    assert not ask(kiosk)
    assert "Kiosk \u206814\u2069 asks for help" in counter.see()
    assert not ask(kiosk)
    told = counter.wish("kiosks/14/go")
    assert "Somebody goes to kiosk \u206814\u2069" in told
    assert "amel" in told
    assert 'id="go-14"' not in told
    assert ask(kiosk)
    assert not ask(kiosk, wanted=False)
    assert "kiosk \u206814" not in counter.see()


def test_who_goes_too_late_hears_that_nobody_waits(kiosk: KioskLine, counter: Counter) -> None:
    ask(kiosk)
    ask(kiosk, wanted=False)
    assert "Nobody waits for help there any more." in counter.wish("kiosks/14/go")


def test_only_the_desks_of_its_site_hear_a_kiosk(kiosk: KioskLine, centre: str, database: Database) -> None:
    hire_agent(database, "sami", PASSWORD, 5, "annex")
    elsewhere = Counter(centre)
    elsewhere.sign_in("sami", PASSWORD)
    ask(kiosk)
    assert "asks for help" not in elsewhere.see()


def test_a_kiosk_that_asks_again_and_again_changes_nothing_and_one_that_fell_silent_is_forgotten(
    database: Database, kiosk: KioskLine
) -> None:
    now = [datetime.now(UTC)]
    calls, here = HelpCalls(database, lambda: now[0]), Kiosk(database.municipality, 14, "hall")
    assert not calls.call(here)
    [first] = calls.standing("hall")
    now[0] += timedelta(minutes=5)
    assert not calls.call(here)
    assert calls.standing("hall") == (first,)
    now[0] += timedelta(minutes=6)
    assert calls.standing("hall") == ()
    with pytest.raises(Refused):
        calls.go(14, "amel")
    assert not calls.call(here)
    assert [each.called_at for each in calls.standing("hall")] == [now[0]]


def test_what_is_no_call_is_refused(kiosk: KioskLine) -> None:
    for body in (b"", b"[]", b"{}", b'{"wanted": "yes"}', b'{"wanted": null}'):
        assert kiosk.ask("POST", "/exchange/help", body).status_code == 400
    assert kiosk.ask("POST", "/exchange/help", b" " * 5000).status_code == 413
