"""What a citizen sees with the receipt in hand, and what nobody sees without it."""

import logging
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import requests
from sqlalchemy import delete

from central.attempts import MOST
from central.database import Database
from central.dossiers import Dossiers
from central.papers import Decision
from central.settings import Settings
from central.tables import attempts
from civic.card import read_catalog
from civic.reference import Reference
from civic.tracking import TrackingKey
from tests.central.invented import KioskLine, a_deposit, a_ticket

REFERENCE = "26-014-00385-97"


@pytest.fixture
def dossiers(database: Database, settings: Settings) -> Dossiers:
    return Dossiers(database, read_catalog(settings.catalog), settings.zone, lambda: datetime.now(UTC))


@pytest.fixture
def filed(kiosk: KioskLine, key: TrackingKey) -> str:
    """The address of a permit deposited today, with a ticket behind another one."""
    deposit = a_deposit(key, pages=("ab" * 32,))
    assert kiosk.say(deposit, a_ticket("216"), a_ticket("217", deposit.reference)) == ["", "", ""]
    return f"{kiosk.address}/T/{key.token}"


def get(url: str, language: str = "en") -> requests.Response:
    return requests.get(url, params={"lang": language}, timeout=60)


def test_the_qr_opens_the_file_in_the_language_of_its_citizen(filed: str) -> None:
    for address in (filed, filed.replace("/T/", "/t/").lower()):
        page = requests.get(address, headers={"Accept-Language": "de"}, timeout=60).text
        assert 'lang="ar" dir="rtl"' in page
        assert "رخصة بناء" in page
        assert REFERENCE.replace("-", "\u2011") in page


def test_a_chosen_language_is_remembered(filed: str) -> None:
    phone = requests.Session()
    assert "Permis de bâtir" in phone.get(filed, params={"lang": "fr"}, timeout=60).text
    assert "Permis de bâtir" in phone.get(filed, timeout=60).text


def test_a_browser_is_answered_in_its_own_language_where_nothing_else_is_known(centre: str) -> None:
    for asked, spoken in (("fr-FR,en;q=0.5", "fr"), ("de, en;q=0.8, fr;q=0.2", "en"), ("", "ar"), ("de;q=x", "ar")):
        page = requests.get(centre, headers={"Accept-Language": asked}, timeout=60)
        assert page.headers["Content-Language"] == spoken


def test_the_page_names_nobody_and_leaves_no_trace(filed: str) -> None:
    page = get(filed)
    assert "Selma" not in page.text
    assert "78000001" not in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert "http" not in page.text.replace("http-equiv", "")


def test_the_number_of_the_day_says_how_many_are_before(filed: str) -> None:
    assert "1 person is before you." in get(filed).text


def test_a_refused_paper_is_the_citizens_turn_with_its_reason(filed: str, dossiers: Dossiers) -> None:
    assert "The counter has your file" in get(filed).text
    dossiers.decide(REFERENCE, "survey", Decision.REFUSED, "cannot be read <b>", "amel")
    page = get(filed).text
    assert "Your turn" in page
    assert "cannot be read &lt;b&gt;" in page


def test_the_date_is_promised_once_the_file_is_found_complete(filed: str, dossiers: Dossiers) -> None:
    assert "45 days" in get(filed).text
    assert "Answer promised by" not in get(filed).text
    dossiers.move(REFERENCE, "complete", "amel")
    page = get(filed).text
    assert "Answer promised by" in page
    assert "Left <b>45</b>" in page
    dossiers.move(REFERENCE, "incomplete", "amel")
    assert "The delay stands still" in get(filed).text


def test_a_late_file_says_by_how_many_days(kiosk: KioskLine, key: TrackingKey, dossiers: Dossiers) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=50)
    kiosk.say(replace(a_deposit(key), deposited_at=long_ago))
    dossiers.move(REFERENCE, "complete", "amel")
    assert "This date has passed: 5 days late." in get(f"{kiosk.address}/T/{key.token}").text


def test_an_answered_file_says_so(filed: str, dossiers: Dossiers) -> None:
    for stage in ("complete", "review", "commission", "refused"):
        dossiers.move(REFERENCE, stage, "amel")
    page = get(filed).text
    assert "The town hall has answered" in page
    assert "The answer</b>" not in page


def test_who_gives_a_file_up_is_neither_answered_nor_asked_for_anything(filed: str, dossiers: Dossiers) -> None:
    dossiers.move(REFERENCE, "complete", "amel")
    dossiers.move(REFERENCE, "withdrawn", "amel")
    page = get(filed).text
    assert "This file is closed" in page
    assert "Withdrawn by the applicant" in page
    for untrue in ("has answered", "Your turn", "promised", "The answer</b>", "late"):
        assert untrue not in page


def test_what_was_done_before_a_pause_is_not_told_as_coming(filed: str, dossiers: Dossiers) -> None:
    for stage in ("complete", "review", "incomplete"):
        dossiers.move(REFERENCE, stage, "amel")
    coming = get(filed).text.partition('class="to-come"')[2]
    assert "Technical commission" in coming
    assert "Site visit" not in coming
    assert "File complete" not in coming


def test_a_goal_of_the_town_is_not_shown_as_law(kiosk: KioskLine, key: TrackingKey, dossiers: Dossiers) -> None:
    complaint = replace(a_deposit(key), service_id="complaint", answers={"category": "roads"}, documents=())
    late = replace(complaint, deposited_at=complaint.deposited_at - timedelta(days=30))
    assert kiosk.say(late) == [""]
    for stage in ("handling", "answered"):
        page = get(f"{kiosk.address}/T/{key.token}").text
        assert "own goal" in page
        assert "promise goal" in page
        for lawful in ("The law", "romised by"):
            assert lawful not in page
        dossiers.move(REFERENCE, stage, "amel")


def test_a_page_is_light_enough_for_an_old_phone(filed: str, centre: str) -> None:
    page = get(filed)
    parts = re.findall(r'(?:href|src)="(/[^"?]+\.(?:css|js|svg))"', page.text)
    whole = len(page.content) + sum(len(get(centre + part).content) for part in set(parts))
    assert len(set(parts)) == 4
    assert whole < 50_000


def test_an_unknown_token_gets_a_friendly_page(centre: str) -> None:
    for path in ("/T/AAAA", "/T/AAAA/events", "/V/forged/events", "/nothing"):
        page = get(centre + path)
        assert page.status_code == 404
        assert "This address opens no file" in page.text


def test_reference_and_pin_open_the_file_for_a_while(filed: str, centre: str, key: TrackingKey) -> None:
    phone = requests.Session()
    page = phone.post(f"{centre}/", data={"reference": "26 014 00385 97", "pin": key.pin}, timeout=60)
    assert page.status_code == 200
    assert "/V/" in page.url
    assert key.token not in page.text
    assert "رخصة بناء" in page.text
    assert phone.get(f"{centre}/V/forged", timeout=60).url == f"{centre}/"


def test_the_language_chosen_at_the_form_opens_the_file_too(filed: str, centre: str, key: TrackingKey) -> None:
    phone = requests.Session()
    page = phone.post(f"{centre}/?lang=fr", data={"reference": REFERENCE, "pin": key.pin}, timeout=60)
    assert "Permis de bâtir" in page.text


def test_a_wrong_pin_and_an_unknown_file_sound_the_same_and_end_the_same(
    filed: str, centre: str, key: TrackingKey, database: Database
) -> None:
    def tried(reference: str, pin: str) -> requests.Response:
        return requests.post(f"{centre}/?lang=en", data={"reference": reference, "pin": pin}, timeout=60)

    unknown = str(Reference(26, 14, 4))
    wrong = "000000" if key.pin != "000000" else "000001"
    for _ in range(MOST):
        known_file, unknown_file = tried(REFERENCE, wrong), tried(unknown, wrong)
        assert known_file.status_code == unknown_file.status_code == 403
        assert known_file.text.replace(REFERENCE, unknown) == unknown_file.text
    assert tried(REFERENCE, key.pin).status_code == tried(unknown, wrong).status_code == 429
    assert tried("26-014-00385-98", key.pin).status_code == 403
    with database.writing() as connection:
        connection.execute(delete(attempts))
    assert "/V/" in tried(REFERENCE, key.pin).url


def test_the_access_log_never_holds_what_opens_a_file(
    filed: str, key: TrackingKey, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "uvicorn.access"):
        get(filed)
        get(filed.lower().replace("/t/", "/t/"))
    assert "/T/…" in caplog.text
    assert key.token not in caplog.text.upper()
