"""The technician hears in time that a roll ends, and afterwards what failed while nobody looked."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.devices.base import PrinterFault, PrinterState, Raster
from kiosk.devices.fault_list import FaultList
from kiosk.devices.paper_roll import PaperRoll
from kiosk.devices.printer_model import Roll
from kiosk.devices.simulated import SimulatedPrinter
from kiosk.devices.watched_printer import WatchedPrinter

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def receipt(mm: int) -> Raster:
    return Raster(576, mm * 8, b"\x01" * (72 * mm * 8))


def watched(printer: SimulatedPrinter, ledger: Path) -> tuple[WatchedPrinter, PaperRoll, FaultList]:
    roll, faults = PaperRoll(ledger, 80), FaultList(lambda: NOON)
    return WatchedPrinter(printer, roll, faults), roll, faults


def test_a_new_roll_makes_so_many_receipts_and_each_takes_one(tmp_path: Path) -> None:
    printer, roll, _ = watched(SimulatedPrinter(), tmp_path / "roll.json")
    assert roll.papers_left == 380
    for _nth in range(10):
        printer.print(receipt(190))
    assert roll.papers_left == 370
    printer.close()


def test_a_town_whose_receipts_are_short_has_more_of_them(tmp_path: Path) -> None:
    roll = PaperRoll(tmp_path / "roll.json", 80)
    for _nth in range(100):
        roll.spend(80)
    assert 600 < roll.papers_left < 650


def test_the_count_outlives_a_power_cut_and_starts_again_with_a_new_roll(tmp_path: Path) -> None:
    PaperRoll(tmp_path / "roll.json", 80).spend(40_000)
    again = PaperRoll(tmp_path / "roll.json", 80)
    assert 0 < again.papers_left < 20
    again.spend(80_000)
    assert again.papers_left == 0
    again.change()
    assert PaperRoll(tmp_path / "roll.json", 80).papers_left == 380


def test_a_count_nobody_can_read_is_that_of_a_new_roll(tmp_path: Path) -> None:
    (tmp_path / "roll.json").write_text("{")
    assert PaperRoll(tmp_path / "roll.json", 80).papers_left == 380


def test_a_paper_that_is_out_stays_out_though_it_cannot_be_counted(tmp_path: Path, expected_logs: list[str]) -> None:
    expected_logs.append("could not be written down")
    (tmp_path / "file").write_text("not a folder")
    simulated = SimulatedPrinter()
    printer, _, _ = watched(simulated, tmp_path / "file" / "roll.json")
    printer.print(receipt(20))
    assert len(simulated.model.papers) == 1
    printer.close()


def test_a_fault_that_lasts_is_told_once_and_one_that_comes_again_twice(tmp_path: Path) -> None:
    simulated = SimulatedPrinter()
    printer, roll, faults = watched(simulated, tmp_path / "roll.json")
    simulated.model.set_roll(Roll.OUT)
    for _nth in range(3):
        assert printer.state() is PrinterState.PAPER_OUT
        with pytest.raises(PrinterFault):
            printer.print(receipt(20))
    simulated.model.set_roll(Roll.FULL)
    assert printer.state() is PrinterState.READY
    simulated.model.set_roll(Roll.OUT)
    printer.state()
    assert [(fault.at, fault.state) for fault in faults.faults] == [(NOON, PrinterState.PAPER_OUT)] * 2
    assert roll.used.papers == 0
    printer.close()


def test_only_the_last_faults_are_kept() -> None:
    faults = FaultList(lambda: NOON)
    for _nth in range(30):
        faults.note(PrinterState.OFFLINE)
        faults.mended()
    assert len(faults.faults) == 20
