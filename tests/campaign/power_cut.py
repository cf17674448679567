"""The power is cut at any moment of a kiosk's day, and the disk keeps no more than it must."""

import copy
import shutil
import sys
from pathlib import Path
from random import Random

from tests.campaign.recorded_disk import Disk, calls_in
from tests.campaign.recorder import record
from tests.campaign.tally import Tally
from tests.campaign.word import Word
from tests.campaign.working_day import day


def cut_power(folder: Path, visits: int, cuts: int, seed: int, *, careless: bool = False) -> Tally:
    """One day of so many visits is recorded; then that many times the power is cut somewhere in it."""
    data, left = folder / "day", folder / "left"
    data.mkdir()
    record([sys.executable, "-m", *day(data, visits, careless=careless)], folder / "strace")
    calls = tuple(calls_in(folder / "strace"))
    chance = Random(seed)  # noqa: S311  repeatable is what it must be
    moments = sorted(chance.randint(0, len(calls)) for _ in range(cuts))
    disk, word, done = Disk(data), Word(), 0
    lost = doubled = 0
    for moment in moments:
        for call in calls[done:moment]:
            disk.do(call)
            if call.name == "say":
                word.hear(call.data.decode())
        done = moment
        left.mkdir()
        disk.cut(chance, left)
        found = copy.deepcopy(word).kept_by(left)
        lost, doubled = lost + found.lost, doubled + found.doubled
        shutil.rmtree(left)
    return Tally(cuts, lost, doubled)
