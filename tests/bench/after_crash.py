"""The kiosk dies between a deposit and its paper: how long until the next frame, under the rule that restarts it."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from PySide6.QtCore import QRect
from PySide6.QtTest import QTest

from civic.language import Language
from kiosk.own_centre import OwnCentre
from kiosk.ui.language import Translator
from tests.bench.glass import pixels
from tests.bench.row import Row
from tests.journeys.hall import ROOT, Kiosk, count, wait_until

_UNIT = ROOT / "deploy" / "systemd" / "citizen-kiosk.service"
_TITLE = QRect(0, 210, 1080, 60)


def measure(folder: Path, times: int) -> dict[str, Row]:
    dark = pixels(_TITLE)
    with OwnCentre(folder / "centre") as centre:
        kiosk = Kiosk(folder / "kiosk", os.environ["DISPLAY"], centre.url, centre)
        try:
            _confirm_without_paper(kiosk)
            seen = [_start_again(kiosk, dark) for _ in range(times)]
            offered = kiosk.start()
        finally:
            kiosk.close()
    if Translator(Language.ARABIC)("Papers that may not have come out") not in offered:
        raise RuntimeError("the paper was not offered")
    return {
        "crash_to_paper_offered_ms": Row(
            round(median(seen), 1), "ms", 2000, times, "killed between deposit and paper, to its paper offered again"
        )
    }


def _confirm_without_paper(kiosk: Kiosk) -> None:
    """A complaint is on the disk, its printer is off, and the process is gone."""
    kiosk.start()
    kiosk.printer.set_power(False)
    kiosk.touch("complaint", "option-lighting", "go", "key-ل", "go", "go", "go")
    kiosk.begin("touch", "go")
    wait_until(lambda: count(kiosk.store, "tickets") == 1, "the ticket is on the disk")
    kiosk.cut_power()
    kiosk.end()


def _start_again(kiosk: Kiosk, dark: bytes) -> float:
    """Milliseconds from the end of the process to the first frame of the next one; then that one dies too."""
    _until(lambda: pixels(_TITLE) == dark)
    died_at = time.perf_counter()
    time.sleep(_pause_s())
    command = [sys.executable, "-m", "kiosk", "run", "--profile", str(kiosk.folder / "kiosk.toml")]
    with subprocess.Popen(command, cwd=ROOT, env=os.environ, stderr=subprocess.DEVNULL) as process:
        _until(lambda: pixels(_TITLE) != dark)
        seen_at = time.perf_counter()
        process.kill()
    return (seen_at - died_at) * 1000


def _until(fact: Callable[[], bool]) -> None:
    while not fact():
        QTest.qWait(1)


def _pause_s() -> float:
    """What systemd waits before it starts the kiosk again."""
    pause = re.search(r"^RestartSec=(\d+)ms$", _UNIT.read_text(), re.MULTILINE)
    if pause is None:
        raise RuntimeError("the unit does not say when the kiosk is started again")
    return int(pause[1]) / 1000
