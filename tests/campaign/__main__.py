"""`make campaign`: everything that can go wrong does, for long; then every promise is checked.

Each campaign says what it tried, and what was lost or doubled; the table of all is `build/campaign.json`.
"""

import argparse
import secrets
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from tests.campaign.any_schedule import draw_schedules
from tests.campaign.dying_centre import kill_centre
from tests.campaign.failing_disk import fail_disk
from tests.campaign.five_at_once import deliver_at_once
from tests.campaign.hostile_line import spoil_line
from tests.campaign.jumping_clock import jump_clock
from tests.campaign.long_day import long_day
from tests.campaign.long_silence import keep_silent
from tests.campaign.power_cut import cut_power
from tests.campaign.spoilt_store import spoil_store
from tests.campaign.stepped_clock import step_clock
from tests.campaign.sudden_death import die_at_writes
from tests.campaign.tally import Tally, note

Campaign = Callable[[Path, int], Tally]
_ALL = 1_000_000


def main() -> int:
    """0 when every promise was kept; 1 when one was not, and then what the campaign left lies in the folder it says."""
    parser = argparse.ArgumentParser(prog="python -m tests.campaign", description="Everything that can go wrong does.")
    parser.add_argument("names", nargs="*", metavar="campaign", help="one or several; else all")
    parser.add_argument("--minutes", type=float, default=5.0, help="how long the day in the hall is")
    parser.add_argument("--schedules", type=int, default=1000, help="how many are drawn of the line's; up to a million")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    asked = parser.parse_args()
    campaigns: dict[str, Campaign] = {
        "power_cut": lambda folder, seed: cut_power(folder, 60, 1000, seed),
        "killed": lambda folder, seed: die_at_writes(folder, _ALL, seed, _tell),
        "failing_disk": lambda folder, seed: fail_disk(folder, 4, _ALL, seed),
        "spoilt_store": lambda folder, seed: spoil_store(folder, 24, _ALL, seed),
        "hostile_line": lambda folder, seed: spoil_line(folder, 400, seed),
        "any_schedule": lambda _folder, seed: draw_schedules(asked.schedules, seed, _tell),
        "jumping_clock": lambda folder, seed: jump_clock(folder, 400, seed),
        "stepped_clock": lambda folder, seed: step_clock(folder, 100, seed),
        "long_silence": lambda folder, _seed: keep_silent(folder, 300),
        "five_at_once": lambda folder, _seed: deliver_at_once(folder, 40),
        "dying_centre": lambda folder, seed: kill_centre(folder, 60, seed),
        "long_day": lambda folder, seed: long_day(folder, asked.minutes, seed, _tell),
    }
    unknown = [name for name in asked.names if name not in campaigns]
    if unknown:
        parser.error(f"there is no campaign {unknown[0]}: choose among {', '.join(campaigns)}")
    _tell(f"seed {asked.seed}")
    return max(_run(name, campaigns[name], asked.seed) for name in asked.names or campaigns)


def _tell(line: str) -> None:
    print(line, flush=True)


def _run(name: str, campaign: Campaign, seed: int) -> int:
    folder = Path(tempfile.mkdtemp(prefix=f"campaign-{name}-"))
    tally = campaign(folder, seed)
    note(name, tally)
    _tell(f"{name}: {', '.join(f'{amount} {what}' for what, amount in asdict(tally).items())}")
    if not tally.kept:
        _tell(f"What it left lies in {folder}; repeat it with SEED={seed}.")
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
