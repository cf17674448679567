"""The pictures a printer keeps through power cuts (Epson's NV graphics), by key: sent once, printed with ten bytes.

A key that printed something else than we believe would make the paper untrue. So what the printer keeps is only used
while its serial number, its list of keys and three keys drawn by lot are the ones written down here: a printer that
was exchanged, cleared or filled by somebody else is seen when its line is opened, and starts afresh.
"""

import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from itertools import product
from pathlib import Path

from kiosk.devices.base import Raster
from kiosk.devices.escpos_job import graphics, picture_size
from kiosk.devices.escpos_line import EscposLine

_KEYS = tuple(bytes(pair).decode("ascii") for pair in product(range(0x20, 0x7F), repeat=2))
_SEALS = 3
_LARGEST = 0xFFFF - 16
_ACK = b"\x06"
_DOT = Raster(8, 1, b"\x80")
_ROOM, _LIST, _CLEAR, _DELETE, _DEFINE = 51, 64, 65, 66, 67  # functions of GS ( L


@dataclass(frozen=True, slots=True)
class _Ledger:
    """What is believed of one printer. A picture is written down once the printer has it, never before."""

    serial: str = ""
    seals: tuple[str, ...] = ()
    pictures: Mapping[str, str] = field(default_factory=dict)

    @property
    def keys(self) -> frozenset[str]:
        return frozenset((*self.seals, *self.pictures.values()))


class GraphicsMemory:
    """The memory of whatever printer is at the end of the line. Its ledger is a file of this kiosk."""

    def __init__(self, ledger: Path) -> None:
        self._path = ledger
        self._ledger = _read(ledger)
        self.met = False
        """Whether the printer at the end of the line is known, and what it keeps."""

    def meet(self, line: EscposLine) -> None:
        """A line was opened: is this the printer of the ledger, untouched? Raises LineLost."""
        self.met = False
        serial = line.ask(b"\x1dID", b"_").decode("ascii", "replace")
        there = _keys(line)
        believed = self._ledger
        if serial == believed.serial and believed.seals and there.issuperset(believed.seals):
            for stranger in there - believed.keys:
                line.send(graphics(_DELETE, stranger.encode()))
            pictures = {name: key for name, key in believed.pictures.items() if key in there}
            self._write(replace(believed, pictures=pictures))
        else:
            line.send(graphics(_CLEAR, b"CLR"))
            seals = tuple(secrets.SystemRandom().sample(_KEYS, _SEALS))
            for seal in seals:
                _define(line, seal, _DOT)
            self._write(_Ledger(serial, seals))
        self.met = True

    def part(self) -> None:
        """The line is lost: whatever is at its end next must be met first."""
        self.met = False

    def key_of(self, picture: Raster) -> bytes | None:
        key = self._ledger.pictures.get(_name(picture)) if self.met else None
        return None if key is None else key.encode()

    def learn(self, line: EscposLine, picture: Raster) -> bool:
        """True once the printer keeps it; False when it has no room. Raises LineLost."""
        if self.key_of(picture) is not None:
            return True
        room = int(line.ask(graphics(_ROOM, b""), b"71") or b"0")
        key = next((each for each in _KEYS if each not in self._ledger.keys), None)
        if key is None or len(picture.rows) > min(_LARGEST, room - len(_DOT.rows)):
            return False
        _define(line, key, picture)
        if key not in _keys(line):
            return False
        self._write(replace(self._ledger, pictures={**self._ledger.pictures, _name(picture): key}))
        return True

    def _write(self, ledger: _Ledger) -> None:
        """All of it or the one before, and on the disk before anything is printed by it."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self._path.with_suffix(".part")
        with unfinished.open("w", encoding="utf-8") as file:
            json.dump(asdict(ledger), file)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(self._path)
        self._ledger = ledger


def _define(line: EscposLine, key: str, picture: Raster) -> None:
    one_tone, one_colour, black = b"0", b"\x01", b"1"
    data = one_tone + key.encode() + one_colour + picture_size(picture) + black + picture.rows
    line.send(graphics(_DEFINE, data))


def _keys(line: EscposLine) -> frozenset[str]:
    """The keys in use, told in blocks of forty, each asked for by an ACK."""
    told = b""
    block = line.ask(graphics(_LIST, b"KC"), b"7r")
    while block[:1] == b"A":
        told += block[1:]
        block = line.ask(_ACK, b"7r")
    told += block[1:]
    return frozenset(told[at : at + 2].decode("ascii", "replace") for at in range(0, len(told), 2))


def _read(path: Path) -> _Ledger:
    """An unreadable ledger is an empty one: the printer is filled again."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return _Ledger(str(told["serial"]), tuple(map(str, told["seals"])), dict(told["pictures"]))
    except (OSError, ValueError, KeyError, TypeError):
        return _Ledger()


def _name(picture: Raster) -> str:
    return hashlib.sha256(f"{picture.width_px}:".encode() + picture.rows).hexdigest()
