"""The disk is full, or fails, at one call of a kiosk's day, or from that call on; the next day it is well again."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from random import Random

from tests.campaign.recorded_disk import writes_in
from tests.campaign.recorder import Recorder
from tests.campaign.tally import Tally
from tests.campaign.word import Word
from tests.campaign.working_day import day

_ERRORS = ("ENOSPC", "EIO")


@dataclass(frozen=True, slots=True)
class Failure:
    """The `nth` of these system calls fails with this error, and all that follow too when it `stays`."""

    call: str
    nth: int
    error: str
    stays: bool

    @property
    def injection(self) -> str:
        """As `strace` is told."""
        return f"inject={self.call}:error={self.error}:when={self.nth}{'+' if self.stays else ''}"


def fail_disk(folder: Path, visits: int, most: int, seed: int) -> Tally:
    """Every failure that a day of so many visits can meet, or that many of them drawn by lot."""
    well = folder / "well"
    well.mkdir()
    with Recorder() as recorder:
        recorder.record(day(well, visits), folder / "strace")
        failures = list(_failures(folder / "strace", well))
        chosen = Random(seed).sample(failures, min(most, len(failures)))  # noqa: S311  repeatable is what it must be
        found = [_spoilt_day(recorder, failure, folder / f"{nth}", visits) for nth, failure in enumerate(chosen)]
    return Tally(len(found), sum(each.lost for each in found), sum(each.doubled for each in found))


def _failures(log: Path, data: Path) -> Iterator[Failure]:
    for call, nth in writes_in(log, data):
        for error, stays in product(_ERRORS, (False, True)):
            yield Failure(call, nth, error, stays)


def _spoilt_day(recorder: Recorder, failure: Failure, folder: Path, visits: int) -> Tally:
    """Its promises, held to by a kiosk whose disk is well. Raises CalledProcessError when the day ended in a fault."""
    data = folder / "data"
    data.mkdir(parents=True)
    word = Word()
    for line in recorder.record(day(data, visits), folder / "strace", "-e", failure.injection).splitlines():
        word.hear(line)
    return word.kept_by(data)
