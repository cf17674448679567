"""A damaged SQLite file, read page by page without SQLite: each row is found by itself, whatever leads to it is lost.

The layout: https://www.sqlite.org/fileformat2.html#b_tree_pages
"""

import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.store.log import read_log

Value = None | int | float | bytes | str
_PAGE_BYTES = 4096
_FILE_HEAD = 100
"""Bytes at the beginning of the first page."""
_LEAF_OF_A_TABLE = 0x0D
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""How many bytes a whole number of each kind has."""
_LONGEST_VARINT = 9
_NOT_A_ROW = (IndexError, KeyError, ValueError, OverflowError, struct.error)


@dataclass(frozen=True, slots=True)
class Row:
    """`key` numbers it in its table. Nothing says which table that was: its values must."""

    key: int
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Wreck:
    """`rows`: as they stood last. `older`: from writings that rotted, or were not finished; some are in `rows` too."""

    rows: tuple[Row, ...]
    older: tuple[Row, ...]
    pages: tuple[bytes, ...]
    """All of them, for what is still on one though nothing on it says where."""


def read_wreck(path: Path) -> Wreck:
    """Of the file and of the log beside it. A part the disk itself cannot read counts as empty. Raises OSError."""
    log_path = path.with_name(f"{path.name}-wal")
    log = read_log(b"".join(_blocks(log_path))) if log_path.exists() else read_log(b"")
    pages = {**dict(enumerate(_blocks(path), 1)), **log.pages}
    rows, older = tuple(_rows_of(pages.values(), pages)), tuple(_rows_of(log.others, pages))
    return Wreck(rows, older, (*pages.values(), *log.others))


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb", buffering=0) as file:
        for at in range(0, path.stat().st_size, _PAGE_BYTES):
            file.seek(at)
            try:
                block = file.read(_PAGE_BYTES)
            except OSError:
                block = b""
            yield block.ljust(_PAGE_BYTES, b"\0")


def _rows_of(pages: Iterable[bytes], all_pages: Mapping[int, bytes]) -> Iterator[Row]:
    for page in pages:
        start = _FILE_HEAD if page.startswith(b"SQLite format 3\0") else 0
        if page[start] != _LEAF_OF_A_TABLE:
            continue
        count = int.from_bytes(page[start + 3 : start + 5])
        for at in range(start + 8, min(start + 8 + 2 * count, _PAGE_BYTES - 1), 2):
            try:
                yield _row(page, int.from_bytes(page[at : at + 2]), all_pages)
            except _NOT_A_ROW:
                continue


def _row(page: bytes, at: int, pages: Mapping[int, bytes]) -> Row:
    length, at = _varint(page, at)
    key, at = _varint(page, at)
    return Row(key if key < 2**63 else key - 2**64, _values(_record(page, at, length, pages)))


def _record(page: bytes, at: int, length: int, pages: Mapping[int, bytes]) -> bytes:
    """All its bytes; what has no room on the page stands on others, each of which names the next."""
    most = _PAGE_BYTES - 35
    if length > _PAGE_BYTES * len(pages):
        raise ValueError("longer than all there is")
    if length <= most:
        return _part(page, at, length)
    least = (_PAGE_BYTES - 12) * 32 // 255 - 23
    here = least + (length - least) % (_PAGE_BYTES - 4)
    here = here if here <= most else least
    record = _part(page, at, here)
    following = int.from_bytes(_part(page, at + here, 4))
    while len(record) < length:
        page = pages[following]
        following = int.from_bytes(page[:4])
        record += page[4 : 4 + length - len(record)]
    return record


def _values(record: bytes) -> tuple[Value, ...]:
    head, at = _varint(record, 0)
    kinds = []
    while at < head:
        kind, at = _varint(record, at)
        kinds.append(kind)
    values = []
    for kind in kinds:
        value, at = _value(record, at, kind)
        values.append(value)
    if at != len(record):
        raise ValueError("not as long as it says")
    return tuple(values)


def _value(record: bytes, at: int, kind: int) -> tuple[Value, int]:
    """And where the next begins."""
    if kind == 0:
        return None, at
    if kind in _INTEGERS:
        end = at + _INTEGERS[kind]
        return int.from_bytes(_part(record, at, end - at), signed=True), end
    if kind == 7:
        number: float = struct.unpack(">d", _part(record, at, 8))[0]
        return number, at + 8
    if kind in (8, 9):
        return kind - 8, at
    if kind < 12:
        raise ValueError("no such kind of value")
    length = (kind - 12) // 2
    content = _part(record, at, length)
    return (content.decode() if kind % 2 else content), at + length


def _part(content: bytes, at: int, length: int) -> bytes:
    part = content[at : at + length]
    if len(part) != length:
        raise ValueError("it ends too soon")
    return part


def _varint(content: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where the next begins."""
    number = 0
    for read in range(1, _LONGEST_VARINT + 1):
        byte = content[at]
        at += 1
        if read == _LONGEST_VARINT:
            return number << 8 | byte, at
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, at
    raise AssertionError  # the ninth byte is the last
