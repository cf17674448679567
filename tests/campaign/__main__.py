"""`make campaign`: visits with random faults at random points, on real processes; then every promise is checked.

What goes wrong, and what people do about it, follows from the seed alone; when exactly, from the machine as well.
"""

import argparse
import os
import secrets
import shutil
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from kiosk.app import application
from tests.campaign.citizen import Citizens
from tests.campaign.hall import Hall, open_hall
from tests.campaign.promises import Papers, broken_promises
from tests.journeys.hall import count, wait_until
from tests.screen import open_screen


def main() -> int:
    """0 when every promise was kept, 1 when one was broken; its sentence is printed, and where the hall lies."""
    parser = argparse.ArgumentParser(prog="python -m tests.campaign", description="A long day in a hall.")
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application()  # draws here what the kiosk's papers must look like
    folder = Path(tempfile.mkdtemp(prefix="campaign-"))
    with open_screen() as display, open_hall(folder, display) as hall:
        citizens = Citizens(hall)
        hall.kiosk.start()
        visits = _day(hall, citizens, asked.seed, time.monotonic() + asked.minutes * 60)
        _evening(hall, citizens, asked.seed)
        broken = list(broken_promises(hall, citizens))
        papers = Papers(hall)
    print(
        f"{visits} visits, {len(hall.receipts)} numbers, {sum(papers.whole.values())} whole papers "
        f"({sum(papers.unmarked.values())} not marked copy), {papers.scraps} scraps, {len(citizens.noted)} noted"
    )
    for sentence in broken:
        print(f"BROKEN: {sentence}")
    if broken:
        print(f"The hall lies in {folder}; repeat it with SEED={asked.seed}.")
        return 1
    shutil.rmtree(folder)
    print("Every promise was kept.")
    return 0


def _day(hall: Hall, citizens: Citizens, seed: int, until: float) -> int:
    nth = 0
    while time.monotonic() < until:
        nth += 1
        chance = Random(f"{seed} {nth}")  # noqa: S311  repeatable is what it must be
        line = hall.spoil_line(chance)
        print(f"{nth:4} {f'[{line}] ' if line else ''}{citizens.visit(chance)}", flush=True)
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


if __name__ == "__main__":
    sys.exit(main())
