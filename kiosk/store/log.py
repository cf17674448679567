"""SQLite's log beside the store (`kiosk.sqlite-wal`), read without SQLite.

SQLite reads its log as far as it holds, and forgets what stands behind without a word. That is right when the power was
cut before a transaction was on the disk; where a frame rotted, it takes back what people were promised. So whoever
opens a store asks first whether a log is broken, and whoever saves what a damaged store holds reads behind the break.

The layout: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
"""

import struct
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import mul

_HEAD = struct.Struct(">8I")
_FRAME = struct.Struct(">6I")
_MAGIC = 0x377F0682
"""Of a log whose sums are over little-endian words; one more, over big-endian ones."""
_PAGE_BYTES = 4096
_MASK = 0xFFFF_FFFF


@dataclass(frozen=True, slots=True)
class Log:
    """`pages`: the newest of each that a whole transaction wrote. `others`: those of transactions that are not whole;
    of a broken log, older ones too.

    `broken`: something was written that does not hold, or was not finished.
    """

    pages: Mapping[int, bytes] = field(default_factory=dict)
    others: Sequence[bytes] = ()
    broken: bool = False


@dataclass(frozen=True, slots=True)
class _Frame:
    number: int
    ends: bool
    """A transaction, with this page."""
    sound: bool
    page: bytes


def read_log(content: bytes) -> Log:
    """Of the bytes of such a file; empty when there was none."""
    if len(content) < _HEAD.size:
        return Log()
    holds, frames, beyond = _frames(content)
    pages: dict[int, bytes] = {}
    others: list[bytes] = []
    unfinished: list[_Frame] = []
    for frame in frames:
        unfinished.append(frame)
        if not frame.ends:
            continue
        if all(each.sound for each in unfinished):
            pages |= {each.number: each.page for each in unfinished}
        else:
            others += [each.page for each in unfinished]
        unfinished = []
    others += [each.page for each in unfinished]
    broken = bool(others) or not holds
    return Log(pages, [*others, *(each.page for each in beyond if broken)], broken)


def _frames(content: bytes) -> tuple[bool, list[_Frame], list[_Frame]]:
    """Whether the log's head holds; what was written since the log was last begun, in its order; and what lies beyond.

    That is older, or the last frame of all, with a head that rotted.
    """
    magic, _version, page_bytes, _count, *salts, first, second = _HEAD.unpack_from(content)
    big = magic == _MAGIC + 1
    holds = magic & ~1 == _MAGIC and _sum((0, 0), content[: _HEAD.size - 8], big=big) == (first, second)
    if not holds:
        page_bytes, big = _PAGE_BYTES, False
    cut = list(_cut(content, page_bytes))
    if not holds and cut:
        salts = list(Counter(head[2:4] for head, _ in cut).most_common(1)[0][0])
    before = (first, second)
    frames: list[_Frame] = []
    end = 0
    for (number, size, *rest), page in cut:
        current = rest[:2] == salts
        if current:
            written = struct.pack(">2I", number, size) + page
            sound = _sum(before, written, big=big) == (rest[2], rest[3])
        frames.append(_Frame(number, current and size > 0, current and sound, page))
        before = (rest[2], rest[3])
        end = len(frames) if current else end
    return holds or not cut, frames[:end], frames[end:]


def _cut(content: bytes, page_bytes: int) -> Iterator[tuple[tuple[int, ...], bytes]]:
    """The head and the page of each frame."""
    step = _FRAME.size + page_bytes
    for at in range(_HEAD.size, len(content) - step + 1, step):
        yield _FRAME.unpack_from(content, at), content[at + _FRAME.size : at + step]


def _sum(before: tuple[int, int], written: bytes, *, big: bool) -> tuple[int, int]:
    """The two sums SQLite makes of pairs of words: s0 += x + s1, then s1 += y + s0; here all pairs at once."""
    words = struct.unpack(f"{'>' if big else '<'}{len(written) // 4}I", written)
    lefts, rights = words[::2], words[1::2]
    (of0, of1), weights = _powers(len(lefts))
    sums = []
    for start, (xs, ys) in zip((of0, of1), weights, strict=True):
        total = start[0] * before[0] + start[1] * before[1]
        sums.append((total + sum(map(mul, xs, lefts)) + sum(map(mul, ys, rights))) & _MASK)
    return sums[0], sums[1]


_Row = tuple[int, int]
_Weights = tuple[tuple[int, ...], tuple[int, ...]]


@cache
def _powers(pairs: int) -> tuple[tuple[_Row, _Row], tuple[_Weights, _Weights]]:
    """One step is the matrix (1 1, 1 2); what the sums before, and the words of each pair, weigh after all steps."""
    a, b, c, d = 1, 0, 0, 1
    steps = []
    for _ in range(pairs):
        steps.append(((a + b) & _MASK, b, (c + d) & _MASK, d))
        a, b, c, d = (a + b) & _MASK, (a + 2 * b) & _MASK, (c + d) & _MASK, (c + 2 * d) & _MASK
    x0, y0, x1, y1 = zip(*reversed(steps), strict=True)
    return ((a, b), (c, d)), ((x0, y0), (x1, y1))
