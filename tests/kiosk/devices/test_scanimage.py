"""What a run of scanimage says, in whatever pieces it arrives."""

from pathlib import Path

from kiosk.devices.base import Watch
from kiosk.devices.scanimage import run_scanimage


def moves_told(script: str, config_dir: Path) -> list[tuple[int, float]]:
    told: list[tuple[int, float]] = []
    watch = Watch(moved=lambda sheet, share: told.append((sheet, share)), unwanted=lambda: False)
    run_scanimage(["sh", "-c", script], config_dir, 10.0, watch, is_all=lambda _: False)
    return told


def test_the_end_of_a_sheet_is_not_told_of_the_next_one(tmp_path: Path) -> None:
    """The feeder is asked for one more sheet than it has: that one never moves."""
    script = "printf 'Scanning page 10\\nProgress: 50.0%%\\rProgress: 100.0%%\\rScanning page 11\\n' >&2"
    assert moves_told(script, tmp_path) == [(10, 0.5), (10, 1.0)]


def test_a_number_heard_in_two_halves_is_one_number(tmp_path: Path) -> None:
    script = "printf 'Scanning page 1' >&2; sleep 0.2; printf '2\\nProgress: 7' >&2; sleep 0.2; printf '5.0%%\\r' >&2"
    assert moves_told(script, tmp_path) == [(12, 0.75)]
