"""What an earlier file holds is told to who has its receipt, and serves another file without being scanned again."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from central.database import Database
from central.dossiers import Dossier, Dossiers
from central.papers import Decision
from central.settings import Settings
from civic.card import read_catalog
from civic.dossier import Document, Given
from civic.reference import Reference
from civic.reuse import HeldPaper
from civic.tracking import TrackingKey
from sync.messages import DossierDeposited, PapersAdded, Unopened, read_held
from tests.central.invented import PASSWORD, KioskLine, a_deposit
from tests.central.test_desk import Counter

IDENTITY, SURVEY, NEW = "ab" * 32, "cd" * 32, "ef" * 32


@pytest.fixture
def dossiers(database: Database, settings: Settings) -> Dossiers:
    return Dossiers(database, read_catalog(settings.catalog), settings.zone, lambda: datetime.now(UTC))


@pytest.fixture
def earlier(kiosk: KioskLine, key: TrackingKey) -> DossierDeposited:
    """A permit of last month with two papers, and a third still to bring."""
    fact = replace(
        a_deposit(key),
        documents=(Document("identity", (IDENTITY,)), Document("survey", (SURVEY,))),
        missing=("plans",),
        deposited_at=datetime.now(UTC).replace(microsecond=0, hour=12) - timedelta(days=30),
    )
    assert kiosk.say(fact) == [""]
    return fact


def ask(kiosk: KioskLine, **inquiry: str) -> tuple[HeldPaper, ...] | Unopened:
    return read_held(kiosk.ask("POST", "/exchange/papers", json.dumps(inquiry).encode()).json())


def papers(kiosk: KioskLine, key: TrackingKey) -> dict[str, HeldPaper]:
    held = ask(kiosk, token=key.token)
    assert not isinstance(held, Unopened)
    return {each.requirement_id: each for each in held}


def later(earlier: DossierDeposited, *documents: Document) -> DossierDeposited:
    """Another permit of the same person."""
    other = replace(earlier, reference=Reference(26, 14, 386), token_hash="12" * 32, missing=())
    return replace(other, deposited_at=datetime.now(UTC).replace(microsecond=0), documents=documents)


def read(dossiers: Dossiers, reference: Reference) -> Dossier:
    dossier = dossiers.find(str(reference))
    assert dossier is not None
    return dossier


def test_who_has_the_receipt_hears_which_papers_lie_there_since_when(
    kiosk: KioskLine, earlier: DossierDeposited, key: TrackingKey
) -> None:
    held = papers(kiosk, key)
    assert held.keys() == {"identity", "survey"}, "what is still to bring is not held"
    day = earlier.deposited_at.date()
    assert held["identity"] == HeldPaper(
        "building-permit", "identity", "identity-copy", (IDENTITY,), Given(earlier.reference, day)
    )
    assert held["survey"].shared == ""
    by_pin = ask(kiosk, reference=str(earlier.reference), pin=key.pin)
    assert by_pin == tuple(held.values())


def test_what_opens_nothing_tells_nothing(kiosk: KioskLine, earlier: DossierDeposited, key: TrackingKey) -> None:
    wrong = "000000" if key.pin != "000000" else "000001"
    assert ask(kiosk, token="A" * 26) is Unopened.UNKNOWN
    for _ in range(9):
        answer = ask(kiosk, reference=str(earlier.reference), pin=wrong)
    assert answer is Unopened.TOO_OFTEN
    assert kiosk.ask("POST", "/exchange/papers", b'{"cin": "01234567"}').status_code == 400


def test_a_refused_paper_is_not_offered_and_one_given_again_is_as_new(
    kiosk: KioskLine, dossiers: Dossiers, earlier: DossierDeposited, key: TrackingKey
) -> None:
    dossiers.decide(str(earlier.reference), "identity", Decision.REFUSED, "cannot be read", "amel")
    assert papers(kiosk, key).keys() == {"survey"}
    now = datetime.now(UTC).replace(microsecond=0)
    assert kiosk.say(PapersAdded(earlier.reference, now, (Document("identity", (NEW,)),))) == [""]
    held = papers(kiosk, key)["identity"]
    assert (held.pages, held.given.on) == ((NEW,), now.date())


def test_a_paper_used_again_keeps_its_day_and_the_desk_says_where_it_comes_from(
    kiosk: KioskLine, dossiers: Dossiers, earlier: DossierDeposited, key: TrackingKey, centre: str, amel: str
) -> None:
    given = papers(kiosk, key)["identity"].given
    fact = later(earlier, Document("identity", (IDENTITY,), given))
    assert kiosk.say(fact) == [""]
    [paper] = read(dossiers, fact.reference).papers
    assert (paper.pages, paper.given_in, paper.given_on) == ((IDENTITY,), str(earlier.reference), given.on)
    assert paper.decision is Decision.OPEN, "an agent confirms it"
    counter = Counter(centre)
    counter.sign_in(amel, PASSWORD)
    seen = counter.see(f"?file={fact.reference}&paper=identity")
    assert "in another file" in seen
    assert f'href="/desk?file={earlier.reference}"' in seen


def test_what_no_earlier_file_holds_is_kept_and_never_said_to_come_from_one(
    kiosk: KioskLine, dossiers: Dossiers, earlier: DossierDeposited, key: TrackingKey
) -> None:
    given = papers(kiosk, key)["identity"].given
    fact = later(earlier, Document("identity", (NEW,), given))
    assert kiosk.say(fact) == [""]
    [paper] = read(dossiers, fact.reference).papers
    assert (paper.pages, paper.given_in) == ((NEW,), None)
