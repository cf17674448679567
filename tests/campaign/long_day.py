"""A long day in a hall: visits with random faults at random points, on real processes; then every promise is checked.

What goes wrong, and what people do about it, follows from the seed alone; when exactly, from the machine as well.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from kiosk.app import application
from tests.campaign.citizen import Citizens
from tests.campaign.hall import Hall, open_hall
from tests.campaign.promises import Papers, broken_promises
from tests.campaign.tally import Tally
from tests.journeys.hall import count, wait_until
from tests.screen import open_screen


def long_day(folder: Path, minutes: float, seed: int, tell: Callable[[str], None]) -> Tally:
    """It tells each visit as it ends, and each promise that was broken, in a line of its own."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application()  # draws here what the kiosk's papers must look like
    with open_screen() as display, open_hall(folder, display) as hall:
        citizens = Citizens(hall)
        hall.kiosk.start()
        visits = _day(hall, citizens, seed, time.monotonic() + minutes * 60, tell)
        _evening(hall, citizens, seed)
        broken = list(broken_promises(hall, citizens))
        papers = Papers(hall)
    tell(
        f"{visits} visits, {len(hall.receipts)} numbers, {sum(papers.whole.values())} whole papers "
        f"({sum(papers.unmarked.values())} not marked copy), {papers.scraps} scraps, {len(citizens.noted)} noted"
    )
    for sentence in broken:
        tell(f"BROKEN: {sentence}")
    doubled = sum("do not say copy" in sentence for sentence in broken)
    return Tally(visits, len(broken) - doubled, doubled)


def _day(hall: Hall, citizens: Citizens, seed: int, until: float, tell: Callable[[str], None]) -> int:
    nth = 0
    while time.monotonic() < until:
        nth += 1
        chance = Random(f"{seed} {nth}")  # noqa: S311  repeatable is what it must be
        line = hall.spoil_line(chance)
        tell(f"{nth:4} {f'[{line}] ' if line else ''}{citizens.visit(chance)}")
    return nth


def _evening(hall: Hall, citizens: Citizens, seed: int) -> None:
    """All is mended, what is left is settled, and the line has time."""
    hall.mend()
    hall.line.losing = False
    hall.start_centre()
    hall.kill()
    while hall.killed:
        citizens.recover(Random(f"{seed} evening"), [])  # noqa: S311
    waiting = "outbox_events WHERE state = 'waiting'"
    wait_until(lambda: count(hall.store, waiting) == 0, "the outbox is empty")
