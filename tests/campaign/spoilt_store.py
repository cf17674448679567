"""Every page of a kiosk's store is spoilt in turn; the kiosk that starts on it saves what is not on that very page.

A promise whose own words lay on the spoilt page cannot be kept by this disk: it is counted apart, as `destroyed`.
"""

import copy
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, fields
from pathlib import Path
from random import Random

import orjson

from kiosk.store.database import open_store
from tests.campaign.tally import Tally
from tests.campaign.word import Word
from tests.campaign.working_day import Kiosk, saying_of, some_seal

_PAGE = 4096
_FILES = ("kiosk.sqlite", "kiosk.sqlite-wal")
_LEAST = 40
"""Bytes in a row that belong to one fact alone."""
Spoil = Callable[[bytes, bytes, Random], bytes]
"""A page, another page of the file, and chance: what is found in the page's place."""


def _zeros(page: bytes, _other: bytes, _chance: Random) -> bytes:
    return bytes(len(page))


def _noise(page: bytes, _other: bytes, chance: Random) -> bytes:
    return chance.randbytes(len(page))


def _another(page: bytes, other: bytes, _chance: Random) -> bytes:
    return other[: len(page)].ljust(len(page), b"\0")


def _bit(page: bytes, _other: bytes, chance: Random) -> bytes:
    spoilt = bytearray(page)
    spoilt[chance.randrange(len(page))] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


WAYS: dict[str, Spoil] = {"zeros": _zeros, "noise": _noise, "another page": _another, "a bit": _bit}


@dataclass(frozen=True, slots=True)
class Spoilt(Tally):
    """`destroyed`: promises whose own words were on the page that was spoilt. `unseen`: pages nobody noticed."""

    destroyed: int = 0
    unseen: int = 0


@dataclass(frozen=True, slots=True)
class Day:
    """A kiosk's folder as its last process left it, and the word it gave."""

    folder: Path
    word: Word
    own_words: Mapping[str, Sequence[bytes]]
    """Of each fact that waits, by what it says: runs of bytes that no other fact has."""
    rows: Mapping[str, bytes]
    """Of each, all that stands in its row, when it is on one page."""

    def pages(self) -> Iterator[tuple[str, int]]:
        """Each file of the store, and where a page of it begins."""
        for path in (self.folder / name for name in _FILES):
            if path.exists():
                yield from ((path.name, at) for at in range(0, path.stat().st_size, _PAGE))

    def destroyed_by(self, content: bytes, at: int) -> set[str]:
        """The promises that lay, whole or in part, on the page that begins there, and the pages of their files."""
        page = content[at : at + _PAGE]
        facts = {fact for fact, runs in self.own_words.items() if any(run in page for run in runs)}
        facts |= {fact for fact, row in self.rows.items() if at - len(row) < content.rfind(row) < at + _PAGE}
        return facts | {self.word.pages[fact.split()[1]] for fact in facts if fact.startswith("deposited")}


def spoil_store(folder: Path, visits: int, most: int, seed: int) -> Spoilt:
    """Every page of two such days in every way, or that many of them drawn by lot."""
    chance = Random(seed)  # noqa: S311  repeatable is what it must be
    days = _work(folder, visits)
    every = [(day, name, at, way) for day in days for name, at in day.pages() for way in WAYS]
    found = [
        _start_on(day, folder / "left", name, at, WAYS[way], chance)
        for day, name, at, way in chance.sample(every, min(most, len(every)))
    ]
    sums = {each.name: sum(getattr(one, each.name) for one in found) for each in fields(Spoilt)}
    return Spoilt(**sums)


def _work(folder: Path, visits: int) -> tuple[Day, Day]:
    """The same day twice: its kiosk was killed, and what it did last is in SQLite's log; or it was switched off."""
    killed, ended, word = folder / "killed", folder / "ended", Word()
    ended.mkdir()
    with closing(open_store(ended / "kiosk.sqlite")) as store:
        kiosk = Kiosk(ended, store, find_seal=some_seal)
        for nth in range(visits):
            kiosk.serve(word.hear)
            if nth == visits // 2:
                kiosk.tell(word)
        shutil.copytree(ended, killed, ignore=shutil.ignore_patterns("*-shm"))
        with store.transaction() as connection:
            kept = connection.exec_driver_sql("SELECT * FROM outbox_events WHERE body IS NOT NULL").all()
    own = _own_words([row.body.encode() for row in kept])
    rows = {saying_of(orjson.loads(row.body)): "".join(row[1:]).encode() for row in kept}
    return Day(killed, word, own, rows), Day(ended, word, own, rows)


def _own_words(bodies: Sequence[bytes]) -> dict[str, list[bytes]]:
    own = {}
    for body in bodies:
        others = b"".join(other for other in bodies if other is not body)
        runs = (body[at : at + _LEAST] for at in range(0, len(body) - _LEAST, _LEAST // 4))
        own[saying_of(orjson.loads(body))] = [run for run in runs if run not in others]
    return own


def _start_on(day: Day, left: Path, name: str, at: int, spoil: Spoil, chance: Random) -> Spoilt:
    shutil.copytree(day.folder, left)
    path, word = left / name, copy.deepcopy(day.word)
    content = path.read_bytes()
    page, other = content[at : at + _PAGE], _PAGE * chance.randrange(len(content) // _PAGE)
    with path.open("r+b") as file:
        file.seek(at)
        file.write(spoil(page, content[other : other + _PAGE], chance))
    word.start_on(left)
    destroyed = word.lost & day.destroyed_by(content, at)
    unseen = int(not any(left.glob("damaged-*")))
    shutil.rmtree(left)
    return Spoilt(1, len(word.lost - destroyed), word.doubled, len(destroyed), unseen)
