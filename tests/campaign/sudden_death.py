"""A kiosk is killed at every write of each change it makes to its disk, and started again: all is there, or nothing."""

import copy
import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

from kiosk.store.database import open_store
from kiosk.store.key_file import KeyFile
from kiosk.store.seal_file import SealFile
from tests.campaign.one_change import BEGUN, CHANGES, Change, command
from tests.campaign.recorded_disk import writes_in
from tests.campaign.recorder import Recorder
from tests.campaign.tally import Tally
from tests.campaign.word import Word
from tests.campaign.working_day import Kiosk, some_seal

_DAMAGED_AT = 5000
"""In the second page of the store."""
Shape = frozenset[object]


@dataclass(frozen=True, slots=True)
class Death:
    """While that was changed, at the `nth` of all such calls."""

    change: str
    call: str
    nth: int


@dataclass(frozen=True, slots=True)
class _Day:
    """A kiosk's disk on which something will be changed, and the word given before."""

    folder: Path
    word: Word


def die_at_writes(folder: Path, most: int, seed: int, tell: Callable[[str], None]) -> Tally:
    """At every write of everything, or so many of them drawn by lot. What is half there counts as lost."""
    days, deaths, whole = _days(folder), list[Death](), dict[str, list[Shape]]()
    with Recorder() as recorder:
        for name in CHANGES:
            found = _writes(recorder, days[name], name, folder / "well")
            whole[name] = list(_shapes(days[name], name, folder / "well"))
            tell(f"{name}: {len(found)} writes")
            deaths += found
        chosen = Random(seed).sample(deaths, min(most, len(deaths)))  # noqa: S311  repeatable is what it must be
        lost = doubled = 0
        for death in chosen:
            found_lost, found_doubled = _die(recorder, death, days[death.change], whole[death.change], folder / "left")
            if found_lost or found_doubled:
                tell(f"BROKEN: {death}")
            lost, doubled = lost + found_lost, doubled + found_doubled
    return Tally(len(chosen), lost, doubled)


def _days(folder: Path) -> dict[str, _Day]:
    """Told facts, waiting ones, a page that waits and a number nobody holds yet; an empty disk; a damaged one."""
    begun, damaged, empty, word = folder / "begun", folder / "damaged", folder / "empty", Word()
    for each in (begun, empty):
        each.mkdir()
    with closing(open_store(begun / "kiosk.sqlite")) as store:
        keys = KeyFile(begun)
        keys.propose()
        keys.keep()
        kiosk = Kiosk(begun, store, find_seal=some_seal)
        kiosk.serve(word.hear)
        kiosk.tell(word)
        kiosk.serve(word.hear)
        kiosk.deposit(word.hear)
    shutil.copytree(begun, damaged)
    with (damaged / "kiosk.sqlite").open("r+b") as file:
        file.seek(_DAMAGED_AT)
        file.write(bytes(3000))
    days = dict.fromkeys(CHANGES, _Day(begun, word))
    return days | {"start": _Day(empty, Word()), "save": _Day(damaged, word)}


def _writes(recorder: Recorder, day: _Day, name: str, data: Path) -> list[Death]:
    """Of a thing that is done at a start those of the start as well."""
    shutil.copytree(day.folder, data)
    recorder.record(command(name, data), data.with_name("strace"))
    shutil.rmtree(data)
    after = BEGUN if CHANGES[name] else ""
    return [Death(name, call, nth) for call, nth in writes_in(data.with_name("strace"), data, after)]


def _shapes(day: _Day, name: str, data: Path) -> Iterator[Shape]:
    """What the disk holds before, and after each step. Of a store that is saved nothing stays but the facts."""
    shutil.copytree(day.folder, data)
    if name != "save":
        yield _shape(data)
        with closing(open_store(data / "kiosk.sqlite")) as store:
            change = Change(Kiosk(data, store, find_seal=some_seal), lambda _line: None)
            yield _shape(data)
            for step in CHANGES[name]:
                step(change)
                yield _shape(data)
    shutil.rmtree(data)


def _shape(data: Path) -> Shape:
    """How many rows of each table there are, and in which state; whether there is a key and a seal."""
    copied = data.with_name("shape")
    shutil.copytree(data, copied)
    with closing(sqlite3.connect(copied / "kiosk.sqlite")) as database:
        counted: list[object] = []
        for name, words in database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall():
            by = "state" if "state " in words else "''"
            rows = database.execute(f"SELECT {by}, count(*) FROM {name} GROUP BY 1").fetchall()  # noqa: S608  our own
            counted.append((name, tuple(rows)))
    shutil.rmtree(copied)
    return frozenset([*counted, KeyFile(data).read() is None, SealFile(data).find() is None])


def _die(recorder: Recorder, death: Death, day: _Day, whole: Sequence[Shape], left: Path) -> tuple[int, int]:
    """How much of what was promised is lost or half there, and how much is doubled."""
    shutil.copytree(day.folder, left)
    word = copy.deepcopy(day.word)
    at = f"inject={death.call}:signal=SIGKILL:when={death.nth}"
    said = recorder.record(command(death.change, left), left.with_name("strace"), "-e", at, ends=-signal.SIGKILL)
    for line in said.splitlines():
        word.hear(line)
    half = int(bool(whole) and _shape(left) not in whole)
    word.start_on(left)
    shutil.rmtree(left)
    return len(word.lost) + half, word.doubled
