"""What the centre knows of its kiosks: the last word of each about itself, whatever came twice, late or wrong."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from central.checks import Check, Checks
from central.database import Database
from central.kiosks import HALL
from civic.kiosk_part import Part
from sync.messages import KioskChecked, Told, Verdict
from tests.central.invented import KioskLine, enrol_kiosk

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SEVEN = NOW.replace(hour=6)
WELL = KioskChecked(SEVEN, {Part.PRINTER: Told(Verdict.GOOD, "ready"), Part.PAPER: Told(Verdict.NOTE, "ends_soon")}, 25)
ILL = replace(WELL, parts={**WELL.parts, Part.PRINTER: Told(Verdict.BAD, "paper-out")}, papers_left=4)


@pytest.fixture
def checks(database: Database) -> Checks:
    return Checks(database, lambda: NOW)


def only(checks: Checks) -> Check:
    [check] = checks.round(HALL).checks
    return check


def test_a_kiosk_is_known_before_it_ever_said_how_it_is(kiosk: KioskLine, checks: Checks) -> None:
    assert only(checks) == Check(14, None, today=False, parts={}, papers_left=None)
    assert checks.round(HALL).waiting_for_hand == 1
    assert checks.round("annexe").checks == ()


def test_what_a_kiosk_said_last_is_known(kiosk: KioskLine, checks: Checks) -> None:
    assert kiosk.say(replace(WELL, checked_at=SEVEN - timedelta(days=1)), ILL) == ["", ""]
    check = only(checks)
    assert (check.kiosk, check.at, check.today, check.papers_left) == (14, SEVEN, True, None), (
        "a roll that has run out holds nothing"
    )
    assert check.parts == ILL.parts
    assert check.parts_that_are(Verdict.BAD) == (Part.PRINTER,)
    assert check.needs_hand
    kiosk.say(replace(WELL, checked_at=NOW, papers_left=None))
    assert only(checks) == Check(14, NOW, today=True, parts=WELL.parts, papers_left=None)
    assert not only(checks).needs_hand


def test_a_word_that_comes_again_or_late_changes_nothing(kiosk: KioskLine, checks: Checks) -> None:
    both = kiosk.batch(replace(ILL, checked_at=SEVEN - timedelta(days=1)), WELL)
    early, late = kiosk.split(both, 1)
    for batch in (late, early, both, late):
        answers = kiosk.send(batch).json()["answers"]
        assert [answer["outcome"] for answer in answers] == ["accepted"] * len(batch.links)
        assert only(checks).parts == WELL.parts


def test_the_order_is_the_one_the_kiosk_gave_though_its_clock_was_put_back(kiosk: KioskLine, checks: Checks) -> None:
    kiosk.say(replace(ILL, checked_at=SEVEN + timedelta(days=300)))
    kiosk.say(WELL)
    assert only(checks).parts == WELL.parts


def test_a_kiosk_whose_store_was_set_aside_is_heard_from_its_first_word(kiosk: KioskLine, checks: Checks) -> None:
    kiosk.say(WELL, WELL, WELL)
    kiosk.begin_life()
    kiosk.say(replace(ILL, checked_at=SEVEN + timedelta(minutes=5)))
    assert only(checks).parts == ILL.parts


def test_a_kiosk_silent_for_a_day_needs_a_hand_whatever_it_said_before(kiosk: KioskLine, checks: Checks) -> None:
    kiosk.say(replace(WELL, checked_at=NOW - timedelta(days=1, seconds=1)))
    assert not only(checks).today
    assert only(checks).needs_hand
    kiosk.say(replace(WELL, checked_at=NOW - timedelta(hours=23, minutes=59)))
    assert not only(checks).needs_hand


def test_those_who_need_a_hand_are_named_first(kiosk: KioskLine, database: Database, checks: Checks) -> None:
    other = KioskLine(kiosk.address, enrol_kiosk(database, 15), 15)
    kiosk.say(WELL)
    assert other.say(ILL) == [""]
    found = checks.round(HALL)
    assert [check.kiosk for check in found.checks] == [15, 14]
    assert found.waiting_for_hand == 1


def test_an_hour_no_clock_shows_is_refused(kiosk: KioskLine, checks: Checks) -> None:
    [reason] = kiosk.say(replace(WELL, checked_at=datetime(2999, 1, 1, tzinfo=UTC)))
    assert "clock" in reason
    assert only(checks).at is None
