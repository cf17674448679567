"""What the town hall tells everybody hangs on its kiosks until its day, and no longer."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from central.__main__ import main
from central.database import Database
from central.notices import LONGEST, MOST, list_notices, post, take_down
from central.settings import CentreFault
from civic.language import Wording
from sync.messages import TownNotice
from tests.central.invented import KioskLine, enrol_kiosk
from tests.central.test_exchange_changes import hear

TODAY = datetime.now(UTC).date()
WORDS = Wording("مغلق يوم الجمعة", "Fermé vendredi", "Closed on Friday")
TOMORROW = TODAY + timedelta(days=1)


def a_notice(until: date = TOMORROW, words: Wording = WORDS) -> TownNotice:
    return TownNotice(words, until)


def test_every_kiosk_hears_it_or_those_of_one_site(kiosk: KioskLine, database: Database) -> None:
    annexe = KioskLine(kiosk.address, enrol_kiosk(database, 15, "annexe"), 15)
    before = hear(kiosk)
    assert before.notices == ()
    post(database, a_notice(), None, TODAY)
    post(database, a_notice(words=Wording("أ", "b", "c")), "annexe", TODAY)
    told = hear(kiosk, before.cursor)
    assert told.cursor != before.cursor, "who listens is woken"
    assert told.notices == (a_notice(),)
    assert [each.words.fr for each in hear(annexe).notices] == ["Fermé vendredi", "b"]


def test_it_comes_down_by_its_number_and_by_itself(kiosk: KioskLine, database: Database) -> None:
    number = post(database, a_notice(), None, TODAY)
    post(database, a_notice(TODAY - timedelta(days=2)), None, TODAY)
    assert [each.number for each in list_notices(database, TODAY)] == [number]
    take_down(database, number)
    assert hear(kiosk).notices == ()
    with pytest.raises(CentreFault, match="no notice"):
        take_down(database, number)


@pytest.mark.parametrize(
    "words", [Wording("", "b", "c"), Wording("أ", " ", "c"), Wording("أ", "b", "c" * (LONGEST + 1))]
)
def test_it_is_said_in_three_languages_and_shortly(database: Database, words: Wording) -> None:
    with pytest.raises(CentreFault, match="three languages"):
        post(database, a_notice(words=words), None, TODAY)


def test_more_than_anybody_reads_is_refused(database: Database) -> None:
    for _ in range(MOST):
        post(database, a_notice(), None, TODAY)
    with pytest.raises(CentreFault, match="take one down first"):
        post(database, a_notice(), None, TODAY)


def test_it_is_posted_listed_and_taken_down_by_hand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = ["--data", str(tmp_path / "centre")]
    words = ["--ar", WORDS.ar, "--fr", WORDS.fr, "--en", WORDS.en, "--until", TOMORROW.isoformat()]
    assert main(["notice", *data, *words], {}) == 0
    assert main(["notices", *data], {}) == 0
    assert capsys.readouterr().out == f"1\n1  up to {TOMORROW}  everywhere  Closed on Friday\n"
    assert main(["unnotice", *data, "--number", "1"], {}) == 0
    assert main(["unnotice", *data, "--number", "1"], {}) == 2
