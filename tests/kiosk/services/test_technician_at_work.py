"""The technician's lock, and the order in which a printer lets its roll be changed."""

import pytest

from kiosk.devices.base import PrinterState
from kiosk.services.pin_lock import PinLock
from kiosk.services.roll_change import RollChange, RollStep

OUT, OPEN, READY, LOW = PrinterState.PAPER_OUT, PrinterState.COVER_OPEN, PrinterState.READY, PrinterState.PAPER_LOW


@pytest.mark.parametrize(
    ("told", "step"),
    [
        ([], RollStep.OPEN),
        ([READY], RollStep.OPEN),
        ([OUT], RollStep.OPEN),
        ([OUT, READY], RollStep.READY),
        ([READY, OPEN], RollStep.LOAD),
        ([OUT, OPEN, PrinterState.OFFLINE], RollStep.LOAD),
        ([OPEN, OUT], RollStep.PAPER),
        ([OPEN, OUT, OPEN], RollStep.LOAD),
        ([OPEN, OUT, READY], RollStep.READY),
        ([OPEN, LOW], RollStep.READY),
        ([OPEN, READY, OUT], RollStep.READY),
    ],
)
def test_the_printer_itself_says_how_far_the_hand_is(told: list[PrinterState], step: RollStep) -> None:
    change = RollChange()
    for state in told:
        change.see(state)
    assert change.step is step


def test_a_step_is_told_once() -> None:
    change = RollChange()
    assert [change.see(state) for state in (OPEN, OPEN, READY, READY)] == [True, False, True, False]


def test_five_wrong_pins_close_the_door_for_five_minutes() -> None:
    moments = [0.0]
    lock = PinLock("271828", lambda: moments[-1])
    assert [lock.opens_with("111111") for _ in range(5)] == [False] * 5
    assert (lock.paused, lock.opens_with("271828")) == (True, False)
    moments.append(301.0)
    assert (lock.paused, lock.opens_with("271828")) == (False, True)


def test_the_right_pin_forgets_the_wrong_ones() -> None:
    lock = PinLock("271828", lambda: 0.0)
    for _nth in range(3):
        assert [lock.opens_with("111111") for _ in range(4)] == [False] * 4
        assert lock.opens_with("271828")


def test_no_pin_opens_nothing() -> None:
    lock = PinLock("", lambda: 0.0)
    assert not lock.exists
    assert not lock.opens_with("")
