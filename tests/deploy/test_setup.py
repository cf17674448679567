"""Setting a machine up: when something is in the way, one plain sentence says what to do."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A clone on a machine that holds no Debian package of ours; its `bin` stands before the real commands."""
    shutil.copytree(ROOT / "deploy", tmp_path / "deploy")
    for lock in ROOT.glob("requirements*.lock"):
        shutil.copy(lock, tmp_path)
    for room in ("civic", "kiosk", "sync", "central"):
        (tmp_path / room).mkdir()
    command(tmp_path, "dpkg-query", "exit 0")
    command(tmp_path, "apt-get", "echo apt-get was asked >&2; exit 99")
    return tmp_path


def command(machine: Path, name: str, script: str) -> None:
    path = machine / "bin" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def setup(machine: Path, option: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [machine / "deploy/setup.sh", option],
        env={**os.environ, "PATH": f"{machine}/bin:{os.environ['PATH']}"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_wrong_option_tells_the_right_ones(machine: Path) -> None:
    result = setup(machine, "--all")
    assert result.returncode == 1
    assert result.stderr.splitlines() == [
        "setup: There is no option “--all”. Use deploy/setup.sh --run or deploy/setup.sh --dev."
    ]


def test_without_network_it_says_to_check_the_network(machine: Path) -> None:
    command(machine, "id", "echo 0")
    command(machine, "apt-get", "echo 'Temporary failure resolving'; exit 100")
    result = setup(machine, "--run")
    assert result.returncode == 1
    assert "Temporary failure resolving" in result.stderr
    assert result.stderr.splitlines()[-1].startswith("setup: Debian packages could not be installed. Check the network")


def test_when_sudo_refuses_it_says_who_should_run_it(machine: Path) -> None:
    command(machine, "id", "echo 1000")
    command(machine, "sudo", "exit 1")
    result = setup(machine, "--run")
    assert result.returncode == 1
    assert "Run deploy/setup.sh once as somebody who may use sudo." in result.stderr
    assert "apt-get was asked" not in result.stderr


def test_a_translation_that_lost_its_placeholder_is_named(machine: Path) -> None:
    every_package_is_there(machine)
    python_is_ready(machine)
    french(machine, '#, python-format\nmsgid "Number %(number)s"\nmsgstr "Numéro %(nombre)s"\n')
    result = setup(machine, "--run")
    assert result.returncode == 1
    assert "fr/LC_MESSAGES/citizen.po" in result.stderr
    assert result.stderr.splitlines()[-1].startswith("setup: A translation could not be compiled.")


def test_a_translation_is_compiled_when_it_changed(machine: Path) -> None:
    every_package_is_there(machine)
    python_is_ready(machine)
    compiled = french(machine, 'msgid "Number"\nmsgstr "Numéro"\n').with_suffix(".mo")
    assert setup(machine, "--run").returncode == 0
    first = compiled.stat().st_mtime_ns
    assert setup(machine, "--run").returncode == 0
    assert compiled.stat().st_mtime_ns == first
    french(machine, 'msgid "Number"\nmsgstr "Chiffre"\n')
    assert setup(machine, "--run").returncode == 0
    assert b"Chiffre" in compiled.read_bytes()


def test_programs_are_compiled_for_who_may_not_write_beside_them(machine: Path) -> None:
    every_package_is_there(machine)
    python_is_ready(machine)
    (machine / "kiosk" / "door.py").write_text("DOOR = 1\n")
    assert setup(machine, "--run").returncode == 0
    [compiled] = (machine / "kiosk" / "__pycache__").iterdir()
    assert compiled.name.startswith("door.")
    (machine / "kiosk" / "torn.py").write_text("DOOR = \n")
    broken = setup(machine, "--run")
    assert broken.returncode == 1
    assert broken.stderr.splitlines()[-1].startswith("setup: A program could not be compiled")


def test_a_machine_that_has_everything_is_left_alone(machine: Path) -> None:
    every_package_is_there(machine)
    python_is_ready(machine)
    for option in ("--run", "--dev"):
        result = setup(machine, option)
        assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def french(machine: Path, messages: str) -> Path:
    catalogue = machine / "assets/translations/fr/LC_MESSAGES/citizen.po"
    catalogue.parent.mkdir(parents=True, exist_ok=True)
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    catalogue.write_text(header + messages, encoding="utf-8")
    return catalogue


def every_package_is_there(machine: Path) -> None:
    names = [
        line
        for listing in machine.glob("deploy/packages-*.txt")
        for line in listing.read_text().splitlines()
        if line and not line.startswith("#")
    ]
    command(machine, "dpkg-query", "\n".join(f"echo installed {name}" for name in names))


def python_is_ready(machine: Path) -> None:
    """What setup leaves behind once the checks' packages are in: the stamp, and the tools of this environment."""
    tools = machine / ".venv/bin"
    tools.mkdir(parents=True)
    (tools / "pybabel").symlink_to(ROOT / ".venv/bin/pybabel")
    script = (machine / "deploy/setup.sh").read_text().split("\ndebian_packages\npython_packages\n")[0]
    stamp = f'{script}\nmade_from "$lock" >".venv/$lock.stamp"\n'
    (machine / "deploy/stamp.sh").write_text(stamp)
    subprocess.run(["/bin/bash", machine / "deploy/stamp.sh", "--dev"], check=True)
