"""What an agent does at a counter, by forms alone as without JavaScript."""

import hashlib
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import requests

from central.agents import hire_agent
from central.database import Database
from civic.assistance import Assistance, Witness
from civic.dossier import Document
from civic.excuse import Excuse
from civic.tracking import TrackingKey
from sync.messages import PapersAdded
from tests.central.invented import PASSWORD, KioskLine, a_deposit, a_ticket

PAGE = b"\xff\xd8\xff an invented page"
NAME = hashlib.sha256(PAGE).hexdigest()
REFERENCE = "26-014-00385-97"


class Counter:
    """An agent's browser without JavaScript."""

    def __init__(self, centre: str) -> None:
        self.centre = centre
        self.browser = requests.Session()
        self.browser.cookies.set("lang", "en")

    def sign_in(self, name: str, password: str, counter: str = "") -> requests.Response:
        form = {"name": name, "password": password, "counter": counter}
        return self.browser.post(f"{self.centre}/desk/sign-in", data=form, timeout=60)

    def see(self, query: str = "") -> str:
        return self.browser.get(f"{self.centre}/desk{query}", timeout=60).text

    def wish(self, path: str, **fields: str) -> str:
        """Send a form of the page as it is now."""
        page = self.see()
        ticket = re.search(r'name="ticket" value="([^"]*)"', page)
        stamp = re.search(r'name="stamp" value="([^"]+)"', page)
        assert ticket
        assert stamp
        form = {"stamp": stamp[1], "ticket": ticket[1]} | fields
        answer = self.browser.post(f"{self.centre}/desk/{path}", data=form, timeout=60)
        assert answer.status_code == 200
        return answer.text


def text_of(page: str) -> str:
    """What one reads of it, without its marks."""
    return " ".join(re.sub(r"<[^>]+>|[\u2066-\u2069]", "", page).split())


@pytest.fixture
def counter(centre: str, amel: str) -> Counter:
    counter = Counter(centre)
    counter.sign_in(amel, PASSWORD)
    return counter


@pytest.fixture
def waiting(kiosk: KioskLine, key: TrackingKey) -> None:
    """A permit with a scanned page and a paper to bring waits as 217, a signature behind it as 218."""
    deposit = replace(
        a_deposit(key), documents=(Document("survey", (NAME,)),), missing=("presentation",), answers={"inside": "yes"}
    )
    assert kiosk.put(NAME, PAGE).status_code == 201
    assert kiosk.say(deposit, a_ticket("217", deposit.reference), a_ticket("218")) == ["", "", ""]


def test_an_agent_signs_in_with_name_and_password(centre: str, amel: str) -> None:
    counter = Counter(centre)
    assert "Sign in" in counter.see()
    assert counter.sign_in(amel, "wrong").status_code == 403
    assert counter.sign_in("nobody", PASSWORD).status_code == 403
    assert "Counter \u20683\u2069" in counter.sign_in(" Amel ", PASSWORD).text
    assert "Counter \u20687\u2069" in counter.sign_in(amel, PASSWORD, "7").text


def test_the_session_cannot_be_read_by_scripts_or_sent_by_other_sites(centre: str, amel: str) -> None:
    form = {"name": amel, "password": PASSWORD}
    answer = requests.post(f"{centre}/desk/sign-in", data=form, allow_redirects=False, timeout=60)
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert "SameSite=strict" in answer.headers["Set-Cookie"]


def test_five_wrong_passwords_close_the_door_even_to_the_right_one(centre: str, amel: str) -> None:
    counter = Counter(centre)
    for _ in range(5):
        assert counter.sign_in(amel, "wrong").status_code == 403
    assert counter.sign_in(amel, PASSWORD).status_code == 403


def test_a_new_password_ends_the_sessions_of_the_old_one(counter: Counter, database: Database) -> None:
    assert "Next" in counter.see()
    hire_agent(database, "amel", "another-olive-tree", 3)
    assert "Sign in" in counter.see()


def test_a_form_from_elsewhere_does_nothing(counter: Counter, waiting: None) -> None:
    for stamp in ({}, {"stamp": "guessed"}, {"stamp": "éà"}):
        answer = counter.browser.post(f"{counter.centre}/desk/next", data=stamp, timeout=60)
        assert answer.status_code == 403
    assert 'id="called"' not in counter.see()


def test_an_agent_who_leaves_must_sign_in_again(counter: Counter) -> None:
    assert "Sign in" in counter.wish("sign-out")
    answer = counter.browser.post(f"{counter.centre}/desk/next", timeout=60)
    assert "Sign in" in answer.text
    assert counter.browser.get(f"{counter.centre}/desk/events", timeout=60).status_code == 403


def test_why_a_paper_cannot_come_is_read_before_it_is_judged(
    counter: Counter, kiosk: KioskLine, key: TrackingKey
) -> None:
    deposit = replace(a_deposit(key), missing=("presentation",), excuses={"presentation": Excuse.OUT_OF_REACH})
    assert kiosk.say(deposit, a_ticket("217", deposit.reference)) == ["", ""]
    page = counter.wish("next")
    assert "Cannot be brought" in page
    assert "Too far to fetch, or too dear" in page
    page = counter.wish(f"files/{deposit.reference}/papers/presentation", decision="accepted")
    assert "Cannot be brought" not in page


def test_what_an_agent_took_in_is_told_with_counter_name_and_witness(
    counter: Counter, kiosk: KioskLine, key: TrackingKey
) -> None:
    heard = Assistance("amel", 3, (Witness("Hedi Zitouna-Test", "07654321"),))
    deposit = replace(a_deposit(key), documents=(), missing=("survey",), assistance=heard)
    later = PapersAdded(deposit.reference, datetime.now(UTC), (Document("survey", (NAME,)),), Assistance("mongi", 4))
    assert kiosk.say(deposit, later) == ["", ""]
    page = text_of(counter.see(f"?file={deposit.reference}"))
    assert page.count("Taken in at counter 3 by amel") == 2
    assert "Read aloud and agreed to before: Hedi Zitouna-Test (national card 07654321)" in page
    assert page.count("Taken in at counter 4 by mongi") == 1


def test_what_a_citizen_did_alone_names_no_agent(counter: Counter, waiting: None) -> None:
    assert "Taken in" not in counter.see(f"?file={REFERENCE}")


def test_next_shows_the_number_its_file_and_its_papers(counter: Counter, waiting: None) -> None:
    page = counter.wish("next")
    assert 'id="called">217<' in page
    assert "Selma Zitouna-Test" in page
    assert "To bring" in page
    assert "Is the plot inside the municipal area?" in page
    assert f'src="/desk/pages/{NAME}"' in page
    shown = counter.browser.get(f"{counter.centre}/desk/pages/{NAME}", timeout=60)
    assert (shown.content, shown.headers["Content-Type"]) == (PAGE, "image/jpeg")
    assert counter.browser.get(f"{counter.centre}/desk/pages/{'0' * 64}", timeout=60).status_code == 404


def test_scanned_pages_are_for_agents_alone(counter: Counter, waiting: None) -> None:
    assert requests.get(f"{counter.centre}/desk/pages/{NAME}", timeout=60).status_code == 403


def test_the_clock_starts_once_every_paper_is_there(counter: Counter, waiting: None) -> None:
    counter.wish("next")
    move = f"files/{REFERENCE}/move"
    assert "A paper is refused or missing" in counter.wish(move, stage="complete")
    assert "A paper is refused or missing" not in counter.see()
    page = counter.wish(f"files/{REFERENCE}/papers/presentation", decision="accepted")
    assert "Accepted on paper" in page
    assert "start-clock" in page
    page = counter.wish(move, stage="complete")
    assert "Answer promised by" in page
    assert "start-clock" not in page
    assert 'id="move-site-visit"' in page


def test_a_paper_is_refused_only_with_a_reason(counter: Counter, waiting: None) -> None:
    counter.wish("next")
    paper = f"files/{REFERENCE}/papers/survey"
    assert "Say why the paper is refused" in counter.wish(paper, decision="refused", reason="  ")
    assert "cannot be read" in counter.wish(paper, decision="refused", reason="cannot be read")
    assert "no such paper" in counter.wish(f"files/{REFERENCE}/papers/nothing", decision="accepted")


def test_a_file_goes_only_where_its_stages_lead(counter: Counter, waiting: None) -> None:
    counter.wish("next")
    for stage in ("granted", "nowhere"):
        assert "cannot go there" in counter.wish(f"files/{REFERENCE}/move", stage=stage)
    assert "There is no such file." in counter.wish("files/26-014-00001-11/move", stage="complete")


def test_a_file_is_found_by_its_number_without_its_citizen(counter: Counter, waiting: None) -> None:
    page = counter.see("?file=26 014 00385 97&paper=presentation")
    assert "Selma Zitouna-Test" in page
    assert 'id="called"' not in page
    assert "To bring" in counter.wish(f"files/{REFERENCE}/move", stage="checking", file=REFERENCE)
    for typed in ("26-014-00385-98", "26-014-00001-73", "x"):
        assert "There is no file with this number." in counter.see(f"?file={typed}")


def test_a_visit_ends_served_or_missed_and_a_missed_one_is_called_again(counter: Counter, waiting: None) -> None:
    counter.wish("next")
    page = counter.wish("missed")
    assert "Nobody came" in page
    missed = re.findall(r'name="ticket" value="([^"]+)"', page)[0]
    page = counter.wish("next")
    assert 'id="called">218<' in page
    assert "Ask for:" in page
    assert "Finish this visit before" in counter.wish("again", ticket=missed)
    assert "Ready for the next" in counter.wish("served")
    assert "already over" in counter.wish("served", ticket=missed)
    assert 'id="called">217<' in counter.wish("again", ticket=missed)
    assert 'id="called">217<' in counter.wish("again")
