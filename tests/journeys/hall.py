"""A hall of real parts: a kiosk that is a process with a window, a printer on a serial line, a page on SANE's glass."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from kiosk.devices.printer_ends import PtyEnd
from kiosk.devices.printer_model import PrinterModel
from kiosk.own_centre import OwnCentre

ROOT = Path(__file__).parent.parent.parent
KIOSK = 14
PATIENCE_S = 120.0
_UNSEEN = re.compile("[\u200e\u200f\u2066-\u2069]")
_PROFILE = """
municipality = "el-kef"
kiosk = {kiosk}
lane = 2
town = {{ ar = "بلدية الكاف", fr = "Commune du Kef", en = "El Kef town hall" }}
site = {{ ar = "البهو الرئيسي", fr = "Hall principal", en = "Main hall" }}
phone = "78 000 000"
data = "{folder}/disk"
idle_s = 600

[centre]
url = "{centre}"

[printer]
kind = "serial"
address = "{folder}/ttyPrinter"
model = "generic-80mm"

[scanner]
kind = "sane"
device = "pnm:0"
backend = "pnm"
dpi = 150
options = ["--filename={folder}/glass.pnm"]
"""


def plain(text: str) -> str:
    """As it is read: without the marks that only keep directions apart, and every hyphen a hyphen."""
    return _UNSEEN.sub("", text).replace("\u2011", "-")


def wait_until(fact: Callable[[], bool], what: str) -> None:
    """Raises AssertionError with `what` when it does not become true in two minutes."""
    end = time.monotonic() + PATIENCE_S
    while not fact():
        assert time.monotonic() < end, f"in vain: {what}"
        time.sleep(0.02)


def count(database: Path, question: str) -> int:
    """A number asked of a SQLite file that another process keeps, without disturbing it."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=30)) as connection:
        number: int = connection.execute(f"SELECT count(*) FROM {question}").fetchone()[0]  # noqa: S608  our own words
        return number


def complaints(log: Path) -> list[str]:
    """The lines of a log that are more than news."""
    return [line for line in log.read_text().splitlines() if not line.startswith("INFO")]


class Kiosk:
    """Its folder is its whole world; `start` opens it, again and again, on the same disk.

    `environment`: what its process finds there besides ours.
    """

    def __init__(
        self, folder: Path, display: str, address: str, centre: OwnCentre, environment: Mapping[str, str] = {}
    ) -> None:
        self.folder = folder
        self.store = folder / "disk" / "kiosk.sqlite"
        self.log = folder / "kiosk.log"
        self.may_complain = False
        self.when_paper_is_out: Callable[[], None] = lambda: None
        self.printer = PrinterModel(on_paper=lambda _paper: self.when_paper_is_out())
        for each in ("screens", "pile"):
            (folder / each).mkdir(parents=True)
        profile = _PROFILE.format(kiosk=KIOSK, folder=folder, centre=address)
        centre.enrol(KIOSK, folder / "disk")
        (folder / "kiosk.toml").write_text(profile, encoding="utf-8")
        self._line = PtyEnd(self.printer, folder / "ttyPrinter")
        self._environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", **environment}
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> str:
        """The power comes. What the first person then sees, once the screen can be touched."""
        with self.log.open("a") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.journeys.visitor", str(self.folder)],
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        return self.do("look")

    def do(self, verb: str, *words: str) -> str:
        """What the citizen then sees (see visitor.py)."""
        self.begin(verb, *words)
        assert self._running.stdout is not None
        line = self._running.stdout.readline()
        assert line, f"the kiosk is gone: {self.log.read_text()}"
        answer = json.loads(line)
        assert "fault" not in answer, answer["fault"]
        return plain(answer["said"])

    def begin(self, verb: str, *words: str) -> None:
        """The same, when nobody may be there to hear what comes of it."""
        assert self._running.stdin is not None
        self._running.stdin.write(json.dumps([verb, *words]) + "\n")
        self._running.stdin.flush()

    def touch(self, *names: str) -> None:
        for name in names:
            self.do("touch", name)

    def cut_power(self) -> None:
        """From any thread; nothing in the kiosk hears of it."""
        self._running.send_signal(signal.SIGKILL)

    def end(self) -> int:
        """How it ended, once its power is cut."""
        with self._running as process:
            return process.wait()

    def close(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self.end()
        self._line.close()

    @property
    def _running(self) -> subprocess.Popen[str]:
        assert self._process is not None
        return self._process
