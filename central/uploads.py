"""Pages on their way: what has come of each, until it is whole and one of the pages.

An upload is a folder of its kiosk's, named by the page's SHA-256 and length. A chunk is a file in it, named by the byte
it begins with. It gets that name when it is whole on the disk, and nobody gives the same name twice: so neither a power
cut nor two processes at once can spoil what came before.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self
from uuid import uuid4

from central.documents import PageFolder, WrongPage
from central.own_file import make_folder, sync_names

KEPT = timedelta(days=7)
"""How long an unfinished upload waits for its next chunk."""
MOST_UNFINISHED = 8
"""Of one kiosk, which sends a page after the other."""
_SHA256 = re.compile(r"[0-9a-f]{64}")


class NotBegun(Exception):
    """There is no such upload: it was never begun, or has expired."""


class Misplaced(Exception):
    """The chunk does not begin where the upload stands, or ends behind its end. Nothing of it was kept."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A page of `length` bytes that a kiosk is sending. `kiosk`: its number. Raises ValueError."""

    kiosk: int
    sha256: str
    length: int

    def __post_init__(self) -> None:
        if not _SHA256.fullmatch(self.sha256):
            raise ValueError("a SHA-256 has 64 small hexadecimal digits")

    @classmethod
    def named(cls, kiosk: int, name: str) -> Self:
        """Raises NotBegun when no upload has such a name."""
        sha256, _, length = name.partition("-")
        try:
            upload = cls(kiosk, sha256, int(length))
        except ValueError:
            raise NotBegun from None
        if upload.name != name:
            raise NotBegun
        return upload

    @property
    def name(self) -> str:
        return f"{self.sha256}-{self.length}"


@dataclass(frozen=True, slots=True)
class Progress:
    """How many bytes of an upload are here; `until`: when it expires unless more comes, None once it is whole."""

    offset: int
    until: datetime | None = None


class Uploads:
    """Those of one town. What a method answers is on the disk for good; OSError when the disk will not have it."""

    def __init__(self, folder: Path, pages: PageFolder, now: Callable[[], datetime]) -> None:
        self._folder = folder
        self._pages = pages
        self._now = now

    def begin(self, upload: Upload, chunk: bytes) -> Progress:
        """With its first chunk: where it was begun before, it stands where it stood. Without one it begins anew.

        Raises Misplaced, WrongPage.
        """
        folder = self._folder_of(upload)
        if self._pages.keeps(upload.sha256):
            return Progress(upload.length)
        if len(chunk) > upload.length:
            raise Misplaced
        if len(chunk) == upload.length:
            return self._finish(upload, chunk)
        if not chunk:
            shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            self._make_room(folder.parent)
            make_folder(folder)
        if chunk and not any(_chunks(folder)):
            with suppress(Misplaced):  # the same request came twice
                _keep(folder, 0, chunk)
        return _progress(folder)

    def find(self, upload: Upload) -> Progress:
        """Raises NotBegun."""
        folder = self._folder_of(upload)
        if self._pages.keeps(upload.sha256):
            return Progress(upload.length)
        if not folder.exists():
            raise NotBegun
        return _progress(folder)

    def add(self, upload: Upload, offset: int, chunk: bytes) -> Progress:
        """Bytes from `offset` on. Raises NotBegun, Misplaced, and WrongPage with the last of them."""
        progress, folder, end = self.find(upload), self._folder_of(upload), offset + len(chunk)
        if offset != progress.offset or end > upload.length:
            raise Misplaced
        if not chunk:
            return progress
        if end == upload.length:
            return self._finish(upload, b"".join(each.read_bytes() for each in _chunks(folder)) + chunk)
        _keep(folder, offset, chunk)
        return _progress(folder)

    def _finish(self, upload: Upload, page: bytes) -> Progress:
        try:
            self._pages.put(upload.sha256, page)
        except WrongPage:
            shutil.rmtree(self._folder_of(upload), ignore_errors=True)
            raise
        shutil.rmtree(self._folder_of(upload), ignore_errors=True)
        return Progress(upload.length)

    def _make_room(self, kiosk: Path) -> None:
        """What has expired goes, whoever's it is; and what this kiosk left longest, when it has left too much."""
        left: dict[Path, datetime] = {}
        for each in self._folder.glob("*/*"):
            with suppress(FileNotFoundError):  # another process makes room too
                left[each] = _until(each)
        mine = sorted((each for each in left if each.parent == kiosk), key=left.__getitem__)
        for each in (*mine[: 1 - MOST_UNFINISHED], *(each for each, until in left.items() if until < self._now())):
            shutil.rmtree(each, ignore_errors=True)

    def _folder_of(self, upload: Upload) -> Path:
        return self._folder / f"{upload.kiosk:03}" / upload.name


def _progress(folder: Path) -> Progress:
    return Progress(sum(each.stat().st_size for each in _chunks(folder)), _until(folder))


def _until(folder: Path) -> datetime:
    return datetime.fromtimestamp(folder.stat().st_mtime, UTC) + KEPT


def _chunks(folder: Path) -> Iterator[Path]:
    """In their order, up to the first that is missing."""
    offset = 0
    while (chunk := folder / str(offset)).exists():
        yield chunk
        offset += chunk.stat().st_size


def _keep(folder: Path, offset: int, chunk: bytes) -> None:
    """All of it under its name, or nothing. Raises Misplaced when another was faster."""
    part = folder / f"{uuid4().hex}.part"
    try:
        with part.open("xb") as file:
            file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        os.link(part, folder / str(offset))
    except FileExistsError:
        raise Misplaced from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    sync_names(folder)
