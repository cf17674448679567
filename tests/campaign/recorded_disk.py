"""What a process did to a folder, as a recorder wrote it down, and what a power cut at any moment could have left.

A disk promises no more than POSIX does: what was written to a file is there for good once that file was synced, and a
name once its folder was. Of all else a cut may leave any part: of the writes some and not others, of a write some of
its sectors; of the names their changes up to any of them.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path, PurePath
from random import Random

_CHANGING = ("write", "pwrite64", "fsync", "fdatasync", "ftruncate", "rename", "link", "unlink", "mkdir")
_SECTOR = 512
_HEX = re.compile(rb"(?:\\x[0-9a-f]{2})+")
_LINE = re.compile(rb"(\w+)\((.*)\) += (\d+)")


@dataclass(frozen=True, slots=True)
class Call:
    """One thing a process did. `data`: the bytes written, or said; `at`: where, or the length it was cut to."""

    name: str
    path: str
    data: bytes = b""
    at: int = 0
    to: str = ""
    """The new name, when it was renamed."""


def calls_in(log: Path) -> Iterator[Call]:
    """In their order; what the process said on its standard output is a `say`."""
    with log.open("rb") as lines:
        for line in lines:
            yield from _read(line)


def writes_in(log: Path, data: Path, after: str = "") -> Iterator[tuple[str, int]]:
    """Each call that changed something in `data`: its name, and which of all calls of that name it was.

    `after`: only those after the process had said so.
    """
    counted: Counter[bytes] = Counter()
    touched, begun = _in_hex(str(data)), not after
    for line in log.read_bytes().splitlines():
        call = line.partition(b"(")[0]
        counted[call] += 1
        begun = begun or (line.startswith(b"write(1<") and _in_hex(after) in line)
        if begun and call.decode() in _CHANGING and touched in line:
            yield call.decode(), counted[call]


def _in_hex(text: str) -> bytes:
    return "".join(f"\\x{byte:02x}" for byte in text.encode()).encode()


def _read(line: bytes) -> Iterator[Call]:
    found = _LINE.match(line)
    if not found:
        return  # it failed, and so did nothing
    name, given = found[1].decode(), found[2]
    texts = [bytes.fromhex(each[0].replace(rb"\x", b"").decode()) for each in _HEX.finditer(given)]
    match name:
        case "write" if given.startswith(b"1<"):
            yield Call("say", "", texts[1])
        case "write":
            yield Call("append", texts[0].decode(), texts[1])
        case "pwrite64":
            yield Call("write", texts[0].decode(), texts[1], _last(given))
        case "ftruncate":
            yield Call("truncate", texts[0].decode(), at=_last(given))
        case "fsync" | "fdatasync":
            yield Call("sync", texts[0].decode())
        case "openat" if b"O_CREAT" in given:
            yield Call("create", texts[-1].decode())
        case "rename" | "link":
            yield Call(name, texts[0].decode(), to=texts[1].decode())
        case "unlink" | "mkdir":
            yield Call(name, texts[0].decode())


def _last(given: bytes) -> int:
    return int(given.rpartition(b", ")[2])


@dataclass(slots=True, eq=False)
class _File:
    """`lasting` is on the disk for good; `pending` was done to it since."""

    lasting: bytearray = field(default_factory=bytearray)
    pending: list[Call] = field(default_factory=list)
    length: int = 0
    """As the process sees it."""

    def sync(self) -> None:
        for call in self.pending:
            _write(self.lasting, call)
        self.pending.clear()

    def after_cut(self, chance: Random) -> bytes:
        left = bytearray(self.lasting)
        share = chance.choice((0.0, chance.random(), 1.0))
        for call in self.pending:
            for part in _sectors(call):
                if chance.random() < share:
                    _write(left, part)
        return bytes(left)


_Names = dict[str, _File | None]
"""A file by its path, or None for a folder."""


class Disk:
    """A folder, which was empty, and all below it, after what a process did so far."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self._seen: _Names = {}
        self._lasting: _Names = {}
        self._renamings: list[tuple[Call, _File | None]] = []
        """The changes of names that are not on the disk for good, each with the file it made."""

    def do(self, call: Call) -> None:
        if not call.path.startswith(self._folder):
            return
        match call.name:
            case "create" if call.path in self._seen:
                pass
            case "create" | "mkdir" | "rename" | "link" | "unlink":
                made = _File() if call.name == "create" else None
                _name(self._seen, call, made)
                self._renamings.append((call, made))
            case "sync" if self._file(call.path) is None:
                self._sync_names(call.path)
            case "sync":
                self._written(call.path).sync()
            case "append":
                self._change(Call("write", call.path, call.data, self._written(call.path).length))
            case _:
                self._change(call)

    def cut(self, chance: Random, into: Path) -> None:
        """Write into that empty folder one of the things a power cut just now could have left."""
        names = dict(self._lasting)
        for call, made in self._renamings[: chance.randint(0, len(self._renamings))]:
            _name(names, call, made)
        for path, file in sorted(names.items(), key=lambda each: each[0]):
            place = into / PurePath(path).relative_to(self._folder)
            if not place.parent.exists():
                continue  # its folder is gone, and all in it
            if file is None:
                place.mkdir(mode=0o700)
            else:
                place.write_bytes(file.after_cut(chance))

    def _file(self, path: str) -> _File | None:
        return self._seen.get(path)

    def _written(self, path: str) -> _File:
        file = self._file(path)
        assert file is not None, path
        return file

    def _change(self, call: Call) -> None:
        file = self._written(call.path)
        file.pending.append(call)
        file.length = call.at if call.name == "truncate" else max(file.length, call.at + len(call.data))

    def _sync_names(self, folder: str) -> None:
        left = []
        for call, made in self._renamings:
            if str(PurePath(call.path).parent) == folder:
                _name(self._lasting, call, made)
            else:
                left.append((call, made))
        self._renamings = left


def _name(names: _Names, call: Call, made: _File | None) -> None:
    match call.name:
        case "create" | "mkdir":
            names[call.path] = made
        case "unlink":
            names.pop(call.path, None)
        case "rename":
            names[call.to] = names.pop(call.path)
        case "link":
            names[call.to] = names[call.path]


def _sectors(call: Call) -> Iterable[Call]:
    """The parts of a write that a disk may do or not, each by itself."""
    if call.name != "write":
        return [call]
    edges = [*range(call.at - call.at % _SECTOR, call.at + len(call.data), _SECTOR), call.at + len(call.data)]
    starts = [max(each, call.at) for each in edges]
    return [
        Call("write", call.path, call.data[start - call.at : end - call.at], start) for start, end in pairwise(starts)
    ]


def _write(content: bytearray, call: Call) -> None:
    if call.name == "truncate":
        del content[call.at :]
    content.extend(bytes(max(0, call.at - len(content))))
    content[call.at : call.at + len(call.data)] = call.data
