"""What a kiosk could not send comes by hand: a folder that `python -m kiosk outbox export` filled is taken in."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from central.changes import note_change
from central.database import Database
from central.documents import PageFolder, WrongPage
from central.ingest import Ingest
from central.kiosks import Known, find_former, find_kiosk
from central.seal_keys import SealKeys
from sync.messages import Answer, ChainFault, SealFault
from sync.sealing import carried


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file: `wrong` says why nothing of it was taken, `refused` why some of its facts were not."""

    name: str
    facts: int = 0
    pages: int = 0
    refused: tuple[str, ...] = ()
    wrong: str = ""


class Stick:
    """Each fact goes the way it would have gone over the line: verified, and applied once, whichever comes first."""

    def __init__(self, database: Database, ingest: Ingest, pages: PageFolder, keys: SealKeys) -> None:
        self._database = database
        self._ingest = ingest
        self._pages = pages
        self._keys = keys

    def take_in(self, folder: Path, *, replaced: bool) -> Iterator[Taken]:
        """Facts first, in their order, then pages. `replaced`: also of machines that are no longer heard. OSError."""
        for path in sorted(folder.glob("*.facts")) + sorted(folder.glob("*.page")):
            try:
                content = self._keys.open(path.read_bytes(), carried(path.name))
                taken = self._take_facts if path.suffix == ".facts" else self._take_page
                yield taken(path, content, replaced)
            except _Wrong as fault:
                yield Taken(path.name, wrong=str(fault))
            except SealFault as fault:
                yield Taken(path.name, wrong=str(fault))

    def _take_facts(self, path: Path, content: bytes, replaced: bool) -> Taken:
        try:
            said: Any = orjson.loads(content)
            answers = self._ingest.listen(self._known(str(said["key"]), replaced), said["batch"])
        except ChainFault as fault:
            raise _Wrong(f"this is not what the kiosk signed ({fault.flaw})") from None
        except (KeyError, TypeError, ValueError):
            raise _Wrong("this is no batch of facts") from None
        return Taken(path.name, facts=len(answers), refused=_reasons(answers))

    def _take_page(self, path: Path, content: bytes, _replaced: bool) -> Taken:
        try:
            self._pages.put(path.stem, content)
        except WrongPage:
            raise _Wrong("this page is not what its name says") from None
        with self._database.writing() as connection:  # a desk may be waiting to see it
            note_change(connection, self._database.municipality)
        return Taken(path.name, pages=1)

    def _known(self, key_id: str, replaced: bool) -> Known:
        known = find_kiosk(self._database, key_id)
        if known is not None:
            return known
        former = find_former(self._database, key_id)
        if former is None:
            raise _Wrong("no kiosk of this town ever had the key that signed this")
        if not replaced:
            why = f"kiosk {former.kiosk.number:03} is not heard with this key any more"
            raise _Wrong(f"{why}: if this is the disk of a machine you replaced, add --replaced")
        return former


class _Wrong(Exception):
    """Nothing of this file was taken; the words are a plain sentence."""


def _reasons(answers: tuple[Answer, ...]) -> tuple[str, ...]:
    return tuple(answer.reason for answer in answers if answer.reason)
