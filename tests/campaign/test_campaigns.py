"""The campaigns in short: each finds nothing, and would find something."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.campaign.any_schedule import draw_schedules
from tests.campaign.dying_centre import kill_centre
from tests.campaign.failing_disk import fail_disk
from tests.campaign.five_at_once import deliver_at_once
from tests.campaign.hostile_line import spoil_line
from tests.campaign.jumping_clock import jump_clock
from tests.campaign.long_silence import keep_silent
from tests.campaign.power_cut import cut_power
from tests.campaign.spoilt_store import spoil_store
from tests.campaign.stepped_clock import step_clock
from tests.campaign.sudden_death import die_at_writes
from tests.journeys.hall import complaints

SEED = 26
SAVED = "the store was damaged and is begun again"


@pytest.fixture
def may_save(caplog: pytest.LogCaptureFixture, expected_logs: list[str]) -> Iterator[None]:
    """A writing cut off, by the power or by the disk, may look like damage: then the kiosk says that it saved all."""
    yield
    if any(SAVED in record.getMessage() for record in caplog.get_records("call")):
        expected_logs.append(SAVED)


@pytest.mark.usefixtures("may_save")
def test_what_was_promised_survives_the_power_being_cut_at_any_moment(tmp_path: Path) -> None:
    assert cut_power(tmp_path, visits=9, cuts=60, seed=SEED).kept


@pytest.mark.usefixtures("may_save")
def test_a_kiosk_that_does_not_wait_for_its_disk_is_found_out(tmp_path: Path) -> None:
    assert cut_power(tmp_path, visits=6, cuts=12, seed=SEED, careless=True).lost


def test_a_kiosk_killed_at_any_write_has_all_of_a_change_or_nothing(tmp_path: Path, expected_logs: list[str]) -> None:
    expected_logs.append(SAVED)
    found = die_at_writes(tmp_path, most=16, seed=SEED, tell=print)
    assert found.tried == 16
    assert found.kept


@pytest.mark.usefixtures("may_save")
def test_a_disk_that_fails_or_is_full_costs_no_promise(tmp_path: Path) -> None:
    assert fail_disk(tmp_path, visits=3, most=8, seed=SEED).kept


def test_a_spoilt_page_of_the_store_costs_no_promise_but_those_written_on_it(
    tmp_path: Path, expected_logs: list[str]
) -> None:
    expected_logs.append(SAVED)
    found = spoil_store(tmp_path, visits=5, most=14, seed=SEED)
    assert found.kept
    assert found.unseen < found.tried / 2


def test_a_hostile_line_loses_and_doubles_nothing(tmp_path: Path) -> None:
    found = spoil_line(tmp_path, visits=20, seed=SEED)
    assert found.tried > 10
    assert found.kept
    assert complaints(tmp_path / "centre" / "centre.log") == []


def test_whatever_a_line_does_in_whatever_order_every_fact_arrives_once() -> None:
    assert draw_schedules(40, None, print).kept


def test_a_kiosk_that_takes_silence_for_consent_is_found_out() -> None:
    assert draw_schedules(40, None, print, gullible=True).lost


def test_a_clock_that_jumps_loses_and_doubles_nothing(tmp_path: Path) -> None:
    found = jump_clock(tmp_path, visits=20, seed=SEED)
    assert found.tried > 10
    assert found.kept


def test_a_whole_kiosk_whose_clock_is_set_in_the_middle_of_visits_loses_and_doubles_nothing(tmp_path: Path) -> None:
    found = step_clock(tmp_path, visits=3, seed=SEED)
    assert found.tried > 10
    assert found.kept


def test_after_six_days_without_a_centre_it_is_told_everything_facts_first(tmp_path: Path) -> None:
    assert keep_silent(tmp_path, visits=5).kept


def test_two_hundred_facts_delivered_five_times_at_once_are_stored_once(tmp_path: Path) -> None:
    found = deliver_at_once(tmp_path, rounds=1)
    assert found.tried == 1000
    assert found.kept


def test_a_centre_that_is_killed_again_and_again_is_heard_to_the_end_and_nothing_twice(tmp_path: Path) -> None:
    assert kill_centre(tmp_path, kills=4, seed=SEED).kept
