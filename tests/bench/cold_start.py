"""From the power to the welcome: a kiosk process starts, its first frame is seen, and a touch on it is answered."""

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from PySide6.QtCore import QRect
from PySide6.QtTest import QTest

from tests.bench.glass import pixels
from tests.bench.row import Row
from tests.screen import Finger

ROOT = Path(__file__).parents[2]
_TITLE = QRect(0, 210, 1080, 60)
_ENGLISH = (140, 76)
_PROFILE = """
municipality = "el-kef"
kiosk = 14
lane = 2
town = {{ ar = "بلدية الكاف", fr = "Commune du Kef", en = "El Kef town hall" }}
site = {{ ar = "البهو الرئيسي", fr = "Hall principal", en = "Main hall" }}
phone = "78 000 000"
data = "{data}"

[centre]
url = "http://127.0.0.1:9"

[printer]
kind = "simulated"

[scanner]
kind = "simulated"
"""


def measure(folder: Path, times: int) -> dict[str, Row]:
    profile = folder / "kiosk.toml"
    profile.write_text(_PROFILE.format(data=folder / "data"), encoding="utf-8")
    _start(profile)  # the first of all makes the store, and brings Python's files into memory
    seen, answered = zip(*(_start(profile) for _ in range(times)), strict=True)
    said = "process start to {}; files in memory, store there"
    return {
        "cold_start_ms": Row(round(median(seen), 1), "ms", 1000, times, said.format("first frame on the screen")),
        "cold_start_touched_ms": Row(
            round(median(answered), 1), "ms", 1200, times, said.format("the answer to a touch made at once")
        ),
    }


def _start(profile: Path) -> tuple[float, float]:
    """Milliseconds to the first frame, and to the answer of a touch on it."""
    dark = pixels(_TITLE)
    began = time.perf_counter()
    command = [sys.executable, "-m", "kiosk", "run", "--profile", str(profile)]
    with subprocess.Popen(command, cwd=ROOT, env=os.environ, stderr=subprocess.DEVNULL) as process:
        arabic = _changed(dark)
        seen_at = time.perf_counter()
        Finger(os.environ["DISPLAY"]).tap(_ENGLISH)
        _changed(arabic)
        answered_at = time.perf_counter()
        process.terminate()
    if process.returncode != 0:
        raise RuntimeError("the kiosk did not end as it should")
    return (seen_at - began) * 1000, (answered_at - began) * 1000


def _changed(before: bytes) -> bytes:
    """The title, once it is another."""
    while (now := pixels(_TITLE)) == before:
        QTest.qWait(1)
    return now
