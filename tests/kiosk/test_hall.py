"""The whole hall in one box, as somebody starts it for a first look, with and without a display."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import psutil
import pytest
from PIL import Image

from tests.screen import Finger, open_screen

ROOT = Path(__file__).parents[2]


@contextmanager
def hall(data: Path, display: str | None) -> Iterator[subprocess.Popen[str]]:
    """`make run`, once everything is installed. Whatever it started is gone afterwards."""
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    if display is not None:
        environment["DISPLAY"] = display
    command = [sys.executable, "-m", "kiosk", "hall", "--data", str(data), "--port", "0"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def told(process: subprocess.Popen[str], label: str) -> str:
    """What the line with that label says, once it comes."""
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith(label):
            return line.removeprefix(label).split()[0]
    pytest.fail(f"the hall never said “{label}”: {process.stderr and process.stderr.read()}")


def end(process: subprocess.Popen[str], how: signal.Signals) -> str:
    """Tell it to end; what it complained of. Nothing it started stays behind."""
    started = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(how)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    _gone, left = psutil.wait_procs(started, timeout=30)
    assert left == []
    return said


def size(path: Path) -> tuple[int, int]:
    with Image.open(path) as picture:
        return picture.size


def test_without_a_display_a_visit_is_played_and_the_centre_stays_up(tmp_path: Path) -> None:
    with hall(tmp_path, display=None) as process:
        screens, ticket = told(process, "Every screen:"), told(process, "The ticket:")
        tracking = told(process, "Its tracking page:")
        told(process, "The centre stays up")
        assert {size(path) for path in Path(screens).glob("*.png")} == {(1080, 1920)}
        assert size(Path(ticket))[0] == 576
        with urlopen(tracking, timeout=20) as page:  # noqa: S310  our own address
            assert re.search(r"\d{2}.014.00001", page.read().decode())
        assert "Traceback" not in end(process, signal.SIGINT)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_with_a_display_the_kiosk_and_its_devices_stand_side_by_side(tmp_path: Path, how: signal.Signals) -> None:
    with open_screen(1100, 1000) as display, hall(tmp_path, display) as process:
        told(process, "A citizen's page:")
        tray = windows(display, "--name", "الأجهزة")[0]  # the last thing to come up
        left, right = sorted(place(display, each) for each in windows(display, "--pid", str(process.pid)))
        assert place(display, tray) == right
        assert left[0] + left[2] <= right[0]
        assert left[2] * 16 == left[3] * 9
        Finger(display).tap((right[0] + right[2] // 2, right[1] + 30))  # opens the printer's cover
        assert "Traceback" not in end(process, how)


def windows(display: str, *which: str) -> list[str]:
    """Those that are seen, once there is one."""
    return _xdotool(display, "search", "--sync", "--onlyvisible", *which).split()


def place(display: str, window: str) -> tuple[int, int, int, int]:
    """Left, top, width and height on the screen."""
    said = dict(line.split("=") for line in _xdotool(display, "getwindowgeometry", "--shell", window).splitlines())
    return int(said["X"]), int(said["Y"]), int(said["WIDTH"]), int(said["HEIGHT"])


def _xdotool(display: str, *words: str) -> str:
    environment = {**os.environ, "DISPLAY": display}
    return subprocess.run(["xdotool", *words], env=environment, capture_output=True, text=True, check=True).stdout
