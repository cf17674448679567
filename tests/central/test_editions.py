"""A town changes its cards: every page and kiosk has them at once, and what was promised before stays promised."""

import hashlib
import json
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from sqlalchemy import update

from central.agents import Agents, hire_agent
from central.changes import note_change
from central.database import Database
from central.dossiers import Dossier, Dossiers
from central.editions import Editions, begin, publish
from central.seal_keys import SealKeys
from central.settings import Settings
from central.tables import dossiers, editions
from civic.edition import pack
from civic.reference import Reference
from civic.tracking import TrackingKey
from sync.messages import CARDS_PATH, CHANGES_PATH, CardsOffer, Changes, ChangesWanted
from sync.signing import is_signed
from tests.central.conftest import serving
from tests.central.invented import KioskLine, a_deposit, a_ticket, enrol_kiosk
from tests.central.test_exchange_changes import hear, heard_in_time
from tests.own_cards import FEE, OwnCards

REFERENCE = Reference(26, 14, 385)
Door = Callable[..., str]


@pytest.fixture
def town(tmp_path: Path) -> OwnCards:
    return OwnCards(tmp_path / "town")


@pytest.fixture
def publishing(settings: Settings, database: Database, town: OwnCards, kiosk: KioskLine) -> Callable[[], int]:
    """Publishes what is in the town's folder; the number of the edition, once the centre that runs has taken it up."""
    keys = SealKeys(settings.seal_keys)

    def do_it() -> int:
        number = publish(database, keys, town.cards, datetime.now(UTC)).number
        end = datetime.now(UTC) + timedelta(seconds=60)
        while (offer := hear(kiosk).cards) is None or offer.number != number:
            assert datetime.now(UTC) < end
        return number

    return do_it


def offered(kiosk: KioskLine) -> CardsOffer:
    offer = hear(kiosk).cards
    assert offer is not None
    return offer


def page(address: str, language: str) -> str:
    return requests.get(f"{address}/services/birth-extract?lang={language}", timeout=60).text


def find(database: Database, settings: Settings, number: int = 385) -> Dossier:
    """As the pages find it, by the cards that hold."""
    cases = Dossiers(database, Editions(database).in_force().catalog, settings.zone, lambda: datetime.now(UTC))
    found = cases.find(str(Reference(26, 14, number)))
    assert found is not None
    return found


def reads(address: str, words: str, language: str = "ar") -> None:
    """A page speaks by the new cards within the time it takes to notice."""
    end = datetime.now(UTC) + timedelta(seconds=60)
    while words not in page(address, language):
        assert datetime.now(UTC) < end, words


def test_one_command_and_every_page_of_every_process_says_the_new_fee(
    centre: str,
    settings: Settings,
    town: OwnCards,
    door: Door,
) -> None:
    town.change_fee()
    assert FEE["ar"] not in page(centre, "ar")
    with serving(settings) as beside:
        told = door("catalogue", str(town.folder))
        assert told == (
            "changed: catalog/birth-extract.toml\n"
            "23 services. Each kiosk shows them as soon as nobody is being served there.\n"
        )
        for address in (centre, beside):
            for language, words in FEE.items():
                reads(address, words, language)
    with serving(settings) as again:
        assert FEE["fr"] in page(again, "fr"), "and so after a start"
    assert "nothing was changed" in door("catalogue", str(town.cards))


@pytest.mark.parametrize(
    ("name", "before", "after", "told"),
    [
        ("catalog/birth-extract.toml", "tracked = false", "tracked = no", "birth-extract.toml:5: Invalid value"),
        ("catalog/birth-extract.toml", "[fee]", "[fees]", "birth-extract.toml:32: “fees” is not a word of this file"),
        ("catalog/common/groups.toml", '"complaint", ', "", "no [[group]] names “complaint”"),
        ("places/neighbourhoods.toml", "[[neighbourhood]]", "[[quarter]]", "there is no [[neighbourhood]] in it"),
    ],
)
def test_a_mistake_in_a_card_is_one_sentence_and_changes_nothing(
    kiosk: KioskLine,
    town: OwnCards,
    door: Door,
    name: str,
    before: str,
    after: str,
    told: str,
) -> None:
    town.change(name, before, after)
    said = door("catalogue", str(town.folder), status=2)
    assert told in said
    assert said.endswith("Nothing was changed: correct this, then try again.\n")
    assert hear(kiosk).cards is None


def test_a_folder_that_is_not_there_is_said_so(door: Door, tmp_path: Path) -> None:
    assert "there is no card" in door("catalogue", str(tmp_path / "nowhere"), status=2)


def test_a_kiosk_is_told_what_the_town_signed_and_has_it_for_the_asking(
    kiosk: KioskLine, settings: Settings, town: OwnCards, publishing: Callable[[], int]
) -> None:
    assert hear(kiosk).cards is None
    town.change_fee()
    number = publishing()
    offer = offered(kiosk)
    assert offer.number == number
    assert is_signed(SealKeys(settings.seal_keys).offer().town, offer.statement(), offer.signature)
    answer = kiosk.ask("GET", f"{CARDS_PATH}/{offer.sha256}", b"")
    assert hashlib.sha256(answer.content).hexdigest() == offer.sha256
    assert answer.content == pack(town.cards)
    other = kiosk.ask("GET", f"{CARDS_PATH}/{'ab' * 32}", b"")
    assert (other.status_code, other.json()["error"]) == (404, "The town never published these cards.")
    kiosk.key = type(kiosk.key).make()
    assert kiosk.ask("GET", f"{CARDS_PATH}/{offer.sha256}", b"").status_code == 401


def test_a_kiosk_that_listens_hears_of_it_at_once_and_begins_anew(
    kiosk: KioskLine, town: OwnCards, database: Database, settings: Settings
) -> None:
    cursor = hear(kiosk).cursor
    town.change_fee()
    keys = SealKeys(settings.seal_keys)
    woken = heard_in_time(kiosk, cursor, lambda: publish(database, keys, town.cards, datetime.now(UTC)))
    told = hear(kiosk, woken.json()["cursor"], 25)
    assert told.reset, "days and stages are told by other cards"
    assert told.cards is not None


def test_numbers_grow_also_after_a_copy_of_the_database_was_put_back(
    database: Database,
    settings: Settings,
    town: OwnCards,
    centre: str,
) -> None:
    keys, now = SealKeys(settings.seal_keys), datetime.now(UTC)
    numbers = []
    for nth in range(3):
        town.say(f"answer_days = {nth + 1}")
        numbers.append(publish(database, keys, town.cards, now + timedelta(days=nth // 2)).number)
    assert numbers[1] == numbers[0] + 1
    assert numbers[2] >= numbers[0] + 24 * 60, "what was published since the copy had a smaller one"
    assert publish(database, keys, town.cards, now).number == numbers[2], "the same cards are no other edition"


def test_the_town_is_called_as_it_calls_itself(
    centre: str, town: OwnCards, publishing: Callable[[], int], settings: Settings
) -> None:
    assert settings.town.fr in page(centre, "fr")
    town.say('name = { ar = "بلدية الكاف الكبرى", fr = "Commune du Grand Kef", en = "Greater El Kef" }\n')
    publishing()
    reads(centre, "Commune du Grand Kef", "fr")
    assert "Commune du Grand Kef" in requests.get(f"{centre}/nowhere?lang=fr", timeout=60).text


def test_what_was_promised_stays_promised_when_the_delay_is_another(
    kiosk: KioskLine,
    key: TrackingKey,
    database: Database,
    settings: Settings,
    town: OwnCards,
    publishing: Callable[[], int],
) -> None:
    kiosk.say(a_deposit(key))
    promised = find(database, settings).promise.deadline
    town.change("catalog/building-permit.toml", "days = 45", "days = 30")
    number = publishing()
    assert find(database, settings).promise.deadline == replace(promised, when={})
    before = replace(a_deposit(key, 386), token_hash="12" * 32)
    after = replace(a_deposit(key, 387), token_hash="34" * 32, cards=number)
    unheard_of = replace(a_deposit(key, 388), token_hash="56" * 32, cards=7)
    assert kiosk.say(before, after, unheard_of) == ["", "", ""]
    days = [find(database, settings, each).promise.deadline.days for each in (386, 387, 388)]
    assert days == [45, 30, 30], "told late, it is what its paper says"


def test_who_was_promised_something_before_there_were_editions_keeps_it(
    kiosk: KioskLine,
    key: TrackingKey,
    database: Database,
    settings: Settings,
    town: OwnCards,
    publishing: Callable[[], int],
) -> None:
    kiosk.say(a_deposit(key), replace(a_deposit(key, 386), token_hash="12" * 32, service_id="complaint", answers={}))
    with database.writing() as connection:
        connection.execute(update(dossiers).values(terms=None))
    town.change("catalog/building-permit.toml", "days = 45", "days = 30")
    publishing()
    assert find(database, settings).promise.deadline.days == 45


def test_a_town_that_changes_its_cards_where_they_lie_keeps_what_it_promised_by_them(
    key: TrackingKey, database: Database, settings: Settings, town: OwnCards
) -> None:
    own = replace(settings, catalog=town.cards)
    with serving(own) as address:
        kiosk = KioskLine(address, enrol_kiosk(database, 14))
        kiosk.say(a_deposit(key))
        town.change("catalog/building-permit.toml", "days = 45", "days = 30")
        begin(database, town.cards, datetime.now(UTC))
        publish(database, SealKeys(settings.seal_keys), town.cards, datetime.now(UTC))
        kiosk.say(replace(a_deposit(key, 386), token_hash="12" * 32))
    with serving(own):
        days = [find(database, settings, each).promise.deadline.days for each in (385, 386)]
        assert days == [45, 45], "both papers came from kiosks that had the cards of before"


def test_a_service_that_is_offered_no_more_is_still_known_by_the_files_of_it(
    kiosk: KioskLine,
    key: TrackingKey,
    database: Database,
    settings: Settings,
    town: OwnCards,
    publishing: Callable[[], int],
) -> None:
    kiosk.say(a_deposit(key), a_ticket("217", REFERENCE))
    town.take_away("building-permit")
    publishing()
    town.change_fee()
    publishing()
    late = replace(a_deposit(key, 386), token_hash="12" * 32)
    assert kiosk.say(late) == [""], "a kiosk without a line filed it when it was offered"
    for number in (385, 386):
        assert find(database, settings, number).service.id == "building-permit"
    with serving(settings) as address:
        assert requests.get(f"{address}/board", timeout=60).status_code == 200
        assert "/services/building-permit" not in requests.get(f"{address}/services", timeout=60).text


def test_a_stage_some_file_has_reached_is_not_taken_away(
    kiosk: KioskLine,
    key: TrackingKey,
    town: OwnCards,
    door: Door,
) -> None:
    kiosk.say(a_deposit(key))
    town.change("catalog/common/stages.toml", 'id = "filed"', 'id = "put-down"')
    said = door("catalogue", str(town.folder), status=2)
    assert "no “building-permit” with a stage “filed” any more" in said


def test_a_centre_that_cannot_read_the_new_cards_goes_on_and_refuses_no_fact_for_them(
    kiosk: KioskLine, database: Database, town: OwnCards, expected_logs: list[str]
) -> None:
    """Another process of it, brought up to date before this one, published what this program does not know."""
    expected_logs.append("are not taken up: update this centre")
    town.change("catalog/birth-extract.toml", "tracked = false", 'tracked = false\ncolour = "teal"')
    packed, cursor = pack(town.cards), hear(kiosk).cursor
    row = {"municipality": database.municipality, "number": 7, "packed": packed, "published_at": datetime.now(UTC)}
    row |= {"sha256": hashlib.sha256(packed).hexdigest(), "signature": "00"}

    def publish_elsewhere() -> None:
        with database.writing() as connection:
            note_change(connection, database.municipality)
            connection.execute(editions.insert().values(row))

    told = heard_in_time(kiosk, cursor, publish_elsewhere).json()
    assert (told["cards"], told["reset"]) == (None, False)
    assert kiosk.say(a_ticket("217")) == [""]
    new_service = kiosk.send(kiosk.batch(replace(a_ticket("218"), service_id="new-service")))
    assert new_service.status_code == 503, "it is told again, once this centre knows the service"


def test_an_agent_who_was_dismissed_or_has_another_password_is_told_to_the_counter_that_knows_them(
    kiosk: KioskLine,
    database: Database,
    amel: str,
    door: Door,
    settings: Settings,
) -> None:
    agent = Agents(database, lambda: datetime.now(UTC)).find(amel)
    assert agent is not None

    def dismissed(wait_s: int = 0, **seals: str) -> tuple[str, ...]:
        question = ChangesWanted(cursor, wait_s, seals)
        answer = kiosk.ask("POST", CHANGES_PATH, json.dumps(question.to_json()).encode())
        return Changes.from_json(answer.json()).dismissed

    cursor = hear(kiosk).cursor
    assert dismissed(amel=agent.seal) == dismissed(amel="") == dismissed() == ()
    assert dismissed(amel=agent.seal, mongi="") == ("mongi",)
    hire_agent(database, amel, "cedar-tree-2026", 3)
    assert dismissed(25, amel=agent.seal) == ("amel",), "at once: nobody waits for more news"
    assert dismissed(amel="") == (), "a kiosk that was given no seal cannot tell"
    told: list[tuple[str, ...]] = []
    cursor = hear(kiosk).cursor
    listening = threading.Thread(target=lambda: told.append(dismissed(25, amel="")))
    listening.start()
    door("dismiss", "--name", "Amel ")
    listening.join(60)
    assert told == [("amel",)]
    assert "no agent “amel”" in door("dismiss", "--name", "amel", status=2)
    with serving(settings) as address:
        form = {"name": amel, "password": "cedar-tree-2026"}
        assert 'id="next"' not in requests.post(f"{address}/desk/sign-in", data=form, timeout=60).text
