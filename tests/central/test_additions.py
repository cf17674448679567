"""Papers that a citizen brings later, to any kiosk: kept whatever an agent does meanwhile, and the file goes on."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from central.database import Database
from central.dossiers import Dossier, Dossiers
from central.papers import Decision
from central.settings import Settings
from civic.card import read_catalog
from civic.dossier import Document
from civic.excuse import Excuse
from civic.reference import Reference
from civic.tracking import TrackingKey
from sync.messages import DossierDeposited, PapersAdded
from tests.central.invented import KioskLine, a_deposit

OLD, NEW = "ab" * 32, "cd" * 32


@pytest.fixture
def dossiers(database: Database, settings: Settings) -> Dossiers:
    return Dossiers(database, read_catalog(settings.catalog), settings.zone, lambda: datetime.now(UTC))


@pytest.fixture
def deposit(kiosk: KioskLine, key: TrackingKey) -> DossierDeposited:
    """One paper is there, one is missing, and of one the citizen said that it is lost."""
    fact = replace(
        a_deposit(key),
        documents=(Document("application", (OLD,)),),
        missing=("survey", "identity"),
        excuses={"identity": Excuse.LOST},
    )
    assert kiosk.say(fact) == [""]
    return fact


def added(deposit: DossierDeposited, *requirements: str) -> PapersAdded:
    documents = tuple(Document(each, (NEW,)) for each in requirements)
    return PapersAdded(deposit.reference, datetime.now(UTC), documents)


def read(dossiers: Dossiers, deposit: DossierDeposited) -> Dossier:
    dossier = dossiers.find(str(deposit.reference))
    assert dossier is not None
    return dossier


def pages(dossier: Dossier) -> dict[str, tuple[str, ...]]:
    return {each.requirement: each.pages for each in dossier.papers}


def test_what_was_owed_is_there_and_needs_no_excuse(
    kiosk: KioskLine, dossiers: Dossiers, deposit: DossierDeposited
) -> None:
    assert kiosk.say(added(deposit, "identity")) == [""]
    dossier = read(dossiers, deposit)
    assert pages(dossier) == {"application": (OLD,), "survey": (), "identity": (NEW,)}
    assert [each.requirement for each in dossier.owed] == ["survey"]
    assert all(each.excuse is None for each in dossier.papers)


def test_a_file_that_waited_for_its_citizen_goes_on_once_all_is_there(
    kiosk: KioskLine, dossiers: Dossiers, deposit: DossierDeposited, settings: Settings
) -> None:
    dossiers.move(str(deposit.reference), "incomplete", "amel")
    assert kiosk.say(added(deposit, "survey")) == [""]
    assert read(dossiers, deposit).stage.id == "incomplete"
    assert kiosk.say(added(deposit, "identity")) == [""]
    dossier = read(dossiers, deposit)
    assert dossier.stage.id == "checking"
    assert dossier.promise.due_on is None, "only an agent starts the clock"
    assert not dossier.your_turn


def test_a_refused_paper_given_again_is_open_again(
    kiosk: KioskLine, dossiers: Dossiers, deposit: DossierDeposited
) -> None:
    dossiers.decide(str(deposit.reference), "application", Decision.REFUSED, "not signed", "amel")
    assert kiosk.say(added(deposit, "application")) == [""]
    paper = next(each for each in read(dossiers, deposit).papers if each.requirement == "application")
    assert (paper.pages, paper.decision, paper.reason) == ((NEW,), Decision.OPEN, "")


def test_what_an_agent_accepted_meanwhile_stays_accepted_and_the_new_page_is_kept(
    kiosk: KioskLine, dossiers: Dossiers, deposit: DossierDeposited
) -> None:
    dossiers.decide(str(deposit.reference), "application", Decision.ACCEPTED, "", "amel")
    assert kiosk.say(added(deposit, "application")) == [""]
    paper = next(each for each in read(dossiers, deposit).papers if each.requirement == "application")
    assert (paper.pages, paper.decision) == ((OLD, NEW), Decision.ACCEPTED)


def test_papers_for_no_file_and_papers_nobody_asked_for_are_refused(
    kiosk: KioskLine, dossiers: Dossiers, deposit: DossierDeposited
) -> None:
    strange = replace(added(deposit, "survey"), reference=Reference(26, 14, 999))
    mixed = added(deposit, "survey", "a poem")
    assert all(reason for reason in kiosk.say(strange, mixed))
    assert pages(read(dossiers, deposit))["survey"] == ()
    late = replace(added(deposit, "survey"), added_at=datetime(9998, 1, 1, tzinfo=UTC))
    assert "set the kiosk's clock" in kiosk.say(late)[0]
