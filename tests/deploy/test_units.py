"""The services start as written: systemd itself reads the units, in a root that holds what a real hall holds."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

SYSTEMD = Path(__file__).parents[2] / "deploy/systemd"
UNITS = ["citizen-kiosk.service", "citizen-centre.service"]


@pytest.fixture
def hall(tmp_path: Path) -> Path:
    """A root with this machine's own units, ours, and a stub for each program they start."""
    shutil.copytree("/usr/lib/systemd/system", tmp_path / "usr/lib/systemd/system", symlinks=True)
    ours = tmp_path / "etc/systemd/system"
    ours.mkdir(parents=True)
    for program in ("usr/bin/cage", "opt/citizen-space/.venv/bin/python"):
        stub = tmp_path / program
        stub.parent.mkdir(parents=True, exist_ok=True)
        stub.write_text("#!/bin/sh\n")
        stub.chmod(0o755)
    for unit in UNITS:
        shutil.copy(SYSTEMD / unit, ours)
    return tmp_path


def complaints(hall: Path, unit: str) -> str:
    """What systemd says about that unit: nothing when all is well. A bad line alone does not change its exit code."""
    result = subprocess.run(
        ["systemd-analyze", "verify", f"--root={hall}", "--man=no", "--recursive-errors=no", unit],
        capture_output=True,
        text=True,
        check=False,
    )
    return result.stdout + result.stderr + (f"exit {result.returncode}" if result.returncode else "")


@pytest.mark.parametrize("unit", UNITS)
def test_systemd_accepts_every_line_of_the_unit(hall: Path, unit: str) -> None:
    assert complaints(hall, unit) == ""


def test_systemd_accepts_the_lines_that_bind_the_kiosks_keys_to_its_machine(hall: Path) -> None:
    beside = hall / "etc/systemd/system/citizen-kiosk.service.d"
    beside.mkdir()
    shutil.copy(SYSTEMD / "citizen-kiosk-keys.conf", beside / "keys.conf")
    assert complaints(hall, "citizen-kiosk.service") == ""
    (beside / "keys.conf").write_text("[Service]\nLoadCredentialsEncrypted=kiosk.key:/etc/kiosk.key\n")
    assert "keys.conf" in complaints(hall, "citizen-kiosk.service")


def test_systemd_would_tell_a_bad_line_and_a_program_that_is_not_there(hall: Path) -> None:
    unit = hall / "etc/systemd/system/citizen-centre.service"
    unit.write_text(unit.read_text().replace("Restart=always", "Restart=forever").replace("/.venv/", "/.nowhere/"))
    said = complaints(hall, unit.name)
    assert "forever" in said
    assert "/.nowhere/bin/python" in said


@pytest.mark.parametrize(("unit", "tenths"), [("citizen-centre.service", 15), ("citizen-kiosk.service", 45)])
def test_a_service_taken_over_reaches_little(unit: str, tenths: int) -> None:
    """systemd's own score: 0 is locked up, 100 is root with everything. The kiosk must reach its devices."""
    subprocess.run(
        ["systemd-analyze", "security", "--offline=true", f"--threshold={tenths}", "--no-pager", SYSTEMD / unit],
        check=True,
        capture_output=True,
    )


def test_the_kiosk_is_nobody_special_and_comes_back_at_once() -> None:
    unit = (SYSTEMD / "citizen-kiosk.service").read_text()
    assert re.search(r"^User=kiosk$", unit, re.MULTILINE)
    assert re.search(r"^Restart=always\nRestartSec=100ms$", unit, re.MULTILINE)
    pam = re.search(r"^PAMName=(.+)$", unit, re.MULTILINE)
    assert pam
    assert (SYSTEMD / f"{pam[1]}.pam").is_file()
