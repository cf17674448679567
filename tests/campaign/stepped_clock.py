"""A whole kiosk on a screen, whose clock is set while people stand before it: ahead or back, by up to ten years.

The clock is that of the kiosk's process alone, by `libfaketime`; its centre's is right. What passes, passes as ever.
"""

import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from random import Random

from kiosk.devices.invented_page import invented_page
from kiosk.own_centre import OwnCentre
from tests.campaign.citizen import OUT, WELCOME
from tests.campaign.tally import Tally
from tests.campaign.word import Word
from tests.journeys.hall import Kiosk, count, wait_until
from tests.screen import open_screen

_LIBRARY = "/usr/$LIB/faketime/libfaketimeMT.so.1"
_SLEEP = "import threading, time\ntime.sleep = lambda seconds: threading.Event().wait(seconds)\n"
"""Python's own sleep asks the system in a way that this library answers wrongly."""
_FAR_S = 10 * 366 * 86_400
_OFTEN, _SELDOM = 0.4, 0.2
_COMPLAINT = ("complaint", "option-lighting", "go", "key-ل", "go", "key-م", "go", "scan", "next-paper", "go", "go")
_REFERENCE = re.compile(r"^\d\d-\d{3}-\d{5}-\d\d$", re.MULTILINE)


class SetClock:
    """`environment` is what a process must find there to live by it. Counts its `steps`."""

    def __init__(self, folder: Path, chance: Random) -> None:
        folder.mkdir()
        (folder / "sitecustomize.py").write_text(_SLEEP)
        self._chance = chance
        self._file = folder / "wrong-by"
        self.steps = 0
        self.step()
        self.environment: Mapping[str, str] = {
            "LD_PRELOAD": _LIBRARY,
            "PYTHONPATH": str(folder),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "FAKETIME_FORCE_MONOTONIC_FIX": "0",  # or whatever waits for a time waits no time
            "NO_FAKE_STAT": "1",
        }

    def step(self) -> None:
        """From now on it is wrong by another time."""
        self.steps += 1
        unfinished = self._file.with_suffix(".part")
        unfinished.write_text(f"{self._chance.randint(-_FAR_S, _FAR_S):+}\n")
        unfinished.rename(self._file)


def step_clock(folder: Path, visits: int, seed: int) -> Tally:
    """So many people complain, with a photo; between two the kiosk may be killed, and start again at another time."""
    chance, word = Random(seed), Word()  # noqa: S311  repeatable is what it must be
    clock = SetClock(folder / "clock", chance)
    with open_screen() as display, OwnCentre(folder / "centre") as centre:
        kiosk = Kiosk(folder / "kiosk", display, centre.url, centre, clock.environment)
        try:
            kiosk.start()
            for _ in range(visits):
                _complain(kiosk, clock, chance, word)
                if chance.random() < _SELDOM:
                    kiosk.cut_power()
                    kiosk.end()
                    kiosk.start()
            waiting = ("outbox_events WHERE state = 'waiting'", "outbox_pages WHERE state = 'waiting'")
            wait_until(lambda: sum(count(kiosk.store, each) for each in waiting) == 0, "the outbox is empty")
        finally:
            kiosk.close()
    assert len({reference[:2] for reference in word.pages}) > 1, "its clock was never set"
    found, papers = word.known_to(folder / "centre", clock.steps), len(kiosk.printer.papers)
    twice = len(word.papers) - len(set(word.papers))
    return Tally(clock.steps, found.lost + max(0, visits - papers), found.doubled + twice + max(0, papers - visits))


def _complain(kiosk: Kiosk, clock: SetClock, chance: Random, word: Word) -> None:
    """What the screen says in the end is promised."""
    (kiosk.folder / "pile" / "photo.pnm").write_bytes(invented_page(75))
    if chance.random() < _OFTEN:
        kiosk.printer.after_rows(chance.randrange(1, 600), clock.step)
    for name in _COMPLAINT:
        if chance.random() < _OFTEN:
            clock.step()
        kiosk.do("touch", name)
    [reference] = _REFERENCE.findall(kiosk.do("wait", OUT))
    with closing(sqlite3.connect(f"file:{kiosk.store}?mode=ro", uri=True, timeout=30)) as database:
        asked = "SELECT id, day, number FROM tickets WHERE reference = ?"
        [(ticket, day, number)] = database.execute(asked, (reference,)).fetchall()
        [page] = database.execute("SELECT sha256 FROM outbox_pages ORDER BY rowid DESC LIMIT 1").fetchone()
    for line in (f"deposited {reference} {page}", f"held {ticket}", f"numbered {day} {number}"):
        word.hear(line)
    kiosk.touch("go")
    kiosk.do("wait", WELCOME)
