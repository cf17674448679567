"""A citizen asks why a file is late, an agent says why in one sentence, and whoever follows the file reads it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import requests

from central.database import Database
from central.dossiers import Dossiers
from central.reminders import Owing, Reminders
from central.settings import Settings
from civic.card import read_catalog
from civic.reference import Reference
from civic.tracking import TrackingKey
from sync.messages import Asked, ByToken, DossierDeposited, ReasonAsked, Whereabouts, read_found
from tests.central.invented import PASSWORD, KioskLine, a_deposit
from tests.central.test_desk import Counter


@pytest.fixture
def late(kiosk: KioskLine, key: TrackingKey) -> DossierDeposited:
    """A complaint of two months ago, answered by nobody."""
    long_ago = datetime.now(UTC).replace(microsecond=0) - timedelta(days=60)
    fact = replace(a_deposit(key), service_id="complaint", answers={}, deposited_at=long_ago)
    assert kiosk.say(fact) == [""]
    return fact


@pytest.fixture
def counter(centre: str, amel: str) -> Counter:
    counter = Counter(centre)
    counter.sign_in(amel, PASSWORD)
    return counter


def asked(deposit: DossierDeposited, number: int = 7, days_ago: int = 0) -> ReasonAsked:
    at = datetime.now(UTC).replace(microsecond=0) - timedelta(days=days_ago)
    return ReasonAsked(deposit.reference, number, at, at.date() + timedelta(days=7))


def shown(kiosk: KioskLine, key: TrackingKey) -> tuple[Asked, ...]:
    """What a kiosk shows of it."""
    response = kiosk.ask("POST", "/exchange/follow", f'{{"token": "{key.token}"}}'.encode())
    found = read_found(response.json())
    assert isinstance(found, Whereabouts)
    return found.asked


def page(centre: str, key: TrackingKey, language: str = "en") -> str:
    return requests.get(f"{centre}/T/{key.token}?lang={language}", timeout=60).text


def test_the_desk_has_the_question_and_the_page_of_the_file_the_answer_in_every_language(
    centre: str, kiosk: KioskLine, counter: Counter, late: DossierDeposited, key: TrackingKey
) -> None:
    assert "Waiting to hear why" not in counter.see()
    assert kiosk.say(asked(late)) == [""]
    assert f'href="/desk?file={late.reference}"' in counter.see()
    assert "014\u201100007" in counter.see(f"?file={late.reference}")
    assert "You asked on" in page(centre, key)
    [question] = shown(kiosk, key)
    assert (question.number, question.reason) == ("014-00007", None)

    told = counter.wish(f"files/{late.reference}/reason", file=str(late.reference), ready="signature")
    assert "The answer is ready and waits to be signed." in told
    assert 'id="answering"' not in told
    assert "Waiting to hear why" not in counter.see()
    for language, words in (
        ("en", "The answer is ready and waits to be signed."),
        ("fr", "La réponse est prête et attend d&#39;être signée."),
        ("ar", "الجواب جاهز وفي انتظار الإمضاء."),
    ):
        assert words in page(centre, key, language)
    [answered] = shown(kiosk, key)
    assert answered.reason is not None
    assert answered.reason.words.fr == "La réponse est prête et attend d'être signée."


def test_an_agent_says_it_in_their_own_words_and_never_in_none(
    centre: str, kiosk: KioskLine, counter: Counter, late: DossierDeposited, key: TrackingKey
) -> None:
    assert kiosk.say(asked(late)) == [""]
    address = f"files/{late.reference}/reason"
    assert "Say why the file is late" in counter.wish(address, reason="  ")
    assert "The road is closed." in counter.wish(address, file=str(late.reference), reason=" The road is closed. ")
    assert "The road is closed." in page(centre, key, "ar")
    assert "Nobody waits for an answer" in counter.wish(address, ready="busy")


def test_who_asks_again_keeps_the_answer_they_had_and_waits_for_another(
    kiosk: KioskLine, counter: Counter, late: DossierDeposited, key: TrackingKey
) -> None:
    assert kiosk.say(asked(late, 7, days_ago=9), asked(late, 8, days_ago=8)) == ["", ""]
    assert [each.number for each in shown(kiosk, key)] == ["014-00008"]
    counter.wish(f"files/{late.reference}/reason", ready="visit")
    assert kiosk.say(asked(late, 9)) == [""]
    answered, waiting = shown(kiosk, key)
    assert (answered.number, waiting.number) == ("014-00008", "014-00009")
    assert answered.reason is not None
    assert waiting.reason is None


def test_what_was_told_twice_is_kept_once_and_a_strange_file_is_refused(
    kiosk: KioskLine, database: Database, settings: Settings, late: DossierDeposited
) -> None:
    assert kiosk.say(asked(late), asked(late)) == ["", ""]
    strange = replace(asked(late), reference=Reference(26, 14, 999))
    assert "not known here" in kiosk.say(strange)[0]
    assert "set the kiosk's clock" in kiosk.say(replace(asked(late), answer_by=date(9998, 1, 1)))[0]
    reminders = Reminders(database, read_catalog(settings.catalog), lambda: datetime.now(UTC))
    assert [each.reference for each in reminders.owing("hall")] == [late.reference]
    assert reminders.owing("elsewhere") == ()


def test_the_most_urgent_stands_first_and_a_file_that_is_over_waits_for_nothing(
    kiosk: KioskLine, database: Database, settings: Settings, late: DossierDeposited
) -> None:
    catalog = read_catalog(settings.catalog)
    other = replace(late, reference=Reference(26, 14, 386), token_hash="ab" * 32)
    assert kiosk.say(other, asked(late, 1), asked(other, 2, days_ago=3), asked(other, 3)) == [""] * 4
    reminders = Reminders(database, catalog, lambda: datetime.now(UTC))
    first = asked(other, 2, days_ago=3).answer_by
    assert reminders.owing("hall") == (
        Owing(other.reference, first),
        Owing(late.reference, asked(late, 1).answer_by),
    )
    dossiers = Dossiers(database, catalog, settings.zone, lambda: datetime.now(UTC))
    end(dossiers, str(other.reference))
    assert [each.reference for each in reminders.owing("hall")] == [late.reference]
    over = dossiers.find(str(other.reference))
    assert over is not None
    assert over.asked_why is None


def end(dossiers: Dossiers, reference: str) -> None:
    """By the usual way, to its answer."""
    dossier = dossiers.find(reference)
    while dossier is not None and not dossier.over:
        dossiers.move(reference, dossier.next_stages[0].id, "amel")
        dossier = dossiers.find(reference)


def test_nobody_without_the_receipt_hears_anything(kiosk: KioskLine, late: DossierDeposited) -> None:
    assert kiosk.say(asked(late)) == [""]
    stranger = ByToken("A" * 26)
    assert "asked" not in kiosk.ask("POST", "/exchange/follow", f'{{"token": "{stranger.token}"}}'.encode()).text
