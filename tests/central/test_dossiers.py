"""A file moves only where the catalogue says, and a paper is refused only with a reason its citizen can read."""

from datetime import UTC, datetime

import pytest

from central.changes import note_change
from central.database import Database
from central.dossiers import Dossier, Dossiers, open_dossier
from central.kiosks import HALL, Kiosk
from central.papers import Decision
from central.refusal import Refused
from central.settings import Settings
from civic.card import read_catalog
from civic.reference import Reference
from civic.tracking import TrackingKey
from civic.workflow import Clock
from tests.central.invented import a_deposit

REFERENCE = str(Reference(26, 14, 385))


@pytest.fixture
def files(database: Database, settings: Settings, key: TrackingKey) -> Dossiers:
    """The files of a town where one building permit was deposited, with a scanned application and survey."""
    catalog = read_catalog(settings.catalog)
    fact = a_deposit(key, pages=("ab" * 32,))
    with database.writing() as connection:
        change = note_change(connection, database.municipality)
        open_dossier(
            connection,
            Kiosk(database.municipality, 14, HALL),
            fact,
            catalog[fact.service_id],
            catalog[fact.service_id],
            change,
        )
    return Dossiers(database, catalog, settings.zone, lambda: datetime.now(UTC))


def permit(files: Dossiers) -> Dossier:
    found = files.find(REFERENCE)
    assert found is not None
    return found


def test_the_token_opens_the_file_in_capitals_or_not(files: Dossiers, key: TrackingKey) -> None:
    assert files.find_by_token(key.token) == files.find_by_token(key.token.lower()) == permit(files)
    assert files.find_by_token("A" * 26) is None


def test_the_clock_starts_when_an_agent_finds_the_file_complete(files: Dossiers) -> None:
    starting = permit(files).starting
    assert permit(files).promise.due_on is None
    assert starting is not None
    files.move(REFERENCE, starting.id, "amel")
    assert permit(files).stage.id == "complete"
    assert permit(files).promise.due_on is not None
    assert permit(files).starting is None


def test_a_move_the_catalogue_does_not_know_is_refused(files: Dossiers) -> None:
    with pytest.raises(Refused, match="cannot go there"):
        files.move(REFERENCE, "granted", "amel")
    with pytest.raises(Refused, match="no such file"):
        files.move("26-014-00001-00", "complete", "amel")
    assert len(permit(files).history) == 1


def test_a_refused_paper_keeps_the_clock_from_starting(files: Dossiers) -> None:
    files.decide(REFERENCE, "survey", Decision.REFUSED, " Not readable ", "amel")
    assert [(each.requirement, each.reason) for each in permit(files).owed] == [("survey", "Not readable")]
    with pytest.raises(Refused, match="refused or missing"):
        files.move(REFERENCE, "complete", "amel")
    files.decide(REFERENCE, "survey", Decision.ACCEPTED, "", "amel")
    files.move(REFERENCE, "complete", "amel")
    assert permit(files).owed == ()


def test_a_paper_is_not_refused_without_a_reason(files: Dossiers) -> None:
    with pytest.raises(Refused, match="Say why"):
        files.decide(REFERENCE, "survey", Decision.REFUSED, "  ", "amel")
    with pytest.raises(Refused, match="no such paper"):
        files.decide(REFERENCE, "unheard-of", Decision.ACCEPTED, "", "amel")


def test_a_file_may_be_given_up_at_any_stage_before_the_answer(files: Dossiers) -> None:
    workflow = permit(files).workflow
    assert all("withdrawn" in stage.next for stage in workflow.stages if stage.clock is not Clock.ENDED)
    files.move(REFERENCE, "withdrawn", "amel")
    assert permit(files).withdrawn
    assert permit(files).next_stages == ()
    with pytest.raises(Refused, match="cannot go there"):
        files.move(REFERENCE, "checking", "amel")
    with pytest.raises(Refused, match="not judged any more"):
        files.decide(REFERENCE, "survey", Decision.ACCEPTED, "", "amel")


def test_dues_still_to_pay_do_not_give_a_file_up(files: Dossiers) -> None:
    for stage in ("complete", "review", "commission", "granted", "payment"):
        files.move(REFERENCE, stage, "amel")
    assert not permit(files).withdrawn
