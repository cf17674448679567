"""How much paper is left: what was printed since the roll was changed, against what a new one holds."""

import json
import logging
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path

_log = logging.getLogger(__name__)

_USUAL_MM, _USUAL_PAPERS = 210, 10
"""What a paper is taken to need until some have been printed: that much, as often as that."""
_CUT_MM = 20
"""Between the print head and the cutter: white at the top of every paper."""


@dataclass(frozen=True, slots=True)
class Used:
    """Since the roll was changed."""

    mm: float = 0.0
    papers: int = 0


class PaperRoll:
    """A roll of `length_m` metres, and a file that says what of it is used. Paper pulled out by hand is not seen.

    The printer's thread counts; any may ask how many are left. A file nobody can read counts as a new roll, and a disk
    that will not have the count only makes it wrong after the next start: what is printed is printed.
    """

    def __init__(self, ledger: Path, length_m: int) -> None:
        self._path = ledger
        self._length_mm = length_m * 1000
        self.used = _read(ledger)

    @property
    def papers_left(self) -> int:
        """As many as the rest would make of the length they had so far; never below none."""
        used = self.used
        each = (used.mm + _USUAL_MM * _USUAL_PAPERS) / (used.papers + _USUAL_PAPERS)
        return max(0, int((self._length_mm - used.mm) / each))

    def spend(self, mm: float) -> None:
        """One more paper, of that length."""
        self._write(replace(self.used, mm=self.used.mm + mm + _CUT_MM, papers=self.used.papers + 1))

    def change(self) -> None:
        """A new roll is in."""
        self._write(Used())

    def _write(self, used: Used) -> None:
        self.used = used
        try:
            self._keep(used)
        except OSError as fault:
            _log.warning("the paper used could not be written down: %s", fault.strerror)

    def _keep(self, used: Used) -> None:
        """All of it, or what was there before."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self._path.with_suffix(".part")
        with unfinished.open("w", encoding="utf-8") as file:
            json.dump(asdict(used), file)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(self._path)


def _read(path: Path) -> Used:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return Used(float(told["mm"]), int(told["papers"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Used()
