"""Scanned pages, and what was spoken: each once, in a file named by the SHA-256 of the bytes a kiosk had sealed."""

import hashlib
import os
import re
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import img2pdf
from PIL import ImageCms

from central.own_file import make_folder, sync_names
from central.seal_keys import UnknownSeal
from sync.messages import Opening, SealFault
from sync.sealing import MARK, PAGE, sealed_to

_NAME = re.compile(r"[0-9a-f]{64}")
_KINDS = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png", b"OggS": "audio/ogg"}


class WrongPage(ValueError):
    """These bytes are not the page their name says."""


class PageFolder:
    """One town's pages. A page is on the disk for good before `put` returns; OSError when the disk will not have it.

    A page sealed to a key that is not here is kept as it came: it has come once that key is back.
    """

    def __init__(self, folder: Path, keys: Opening) -> None:
        self._folder = folder
        self._keys = keys
        make_folder(folder)

    def put(self, sha256: str, page: bytes) -> None:
        """Keep a page. Putting it again changes nothing. Raises WrongPage."""
        if not _NAME.fullmatch(sha256) or hashlib.sha256(page).hexdigest() != sha256:
            raise WrongPage
        path = self._path(sha256)
        if not path.exists():
            try:
                opened = self._open(page)
            except UnknownSeal:
                opened = page
            except SealFault:
                raise WrongPage from None
            path.parent.mkdir(mode=0o700, exist_ok=True)
            _write(path, opened)
        for folder in (path.parent, self._folder):  # a name survives a power cut once its folder is on the disk
            sync_names(folder)

    def keeps(self, sha256: str) -> bool:
        """Whether it is on the disk, also if the key that opens it is not here."""
        return _NAME.fullmatch(sha256) is not None and self._path(sha256).exists()

    def has(self, sha256: str) -> bool:
        return self.head(sha256, len(MARK)) is not None

    def head(self, sha256: str, size: int) -> bytes | None:
        """The first `size` bytes of a page, or all of a shorter one; None when it has not come."""
        if not _NAME.fullmatch(sha256):
            return None
        try:
            with self._path(sha256).open("rb") as file:
                head = file.read(max(size, len(MARK)))
                return (self._open(head + file.read()) if head.startswith(MARK) else head)[:size]
        except (FileNotFoundError, UnknownSeal):
            return None

    def read(self, sha256: str) -> tuple[bytes, str] | None:
        """A page and its media type; None when it has not come."""
        if not _NAME.fullmatch(sha256):
            return None
        try:
            page = self._open(self._path(sha256).read_bytes())
        except (FileNotFoundError, UnknownSeal):
            return None
        kind = next((kind for magic, kind in _KINDS.items() if page.startswith(magic)), "application/octet-stream")
        return page, kind

    def _open(self, page: bytes) -> bytes:
        """One that is not sealed as it is: of a kiosk that knew no seal yet. Raises SealFault."""
        return page if sealed_to(page) is None else self._keys.open(page, PAGE)

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256


def bind(pages: Sequence[bytes]) -> bytes:
    """The pages of one paper as one PDF/A-1b, each picture as it was kept. Raises WrongPage when one is no picture."""
    with tempfile.NamedTemporaryFile(suffix=".icc") as colours:  # a PDF/A says which colours it means
        colours.write(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
        colours.flush()
        try:
            return bytes(img2pdf.convert(*pages, pdfa=colours.name, nodate=True))
        except img2pdf.ImageOpenError as error:
            raise WrongPage from error


def _write(path: Path, page: bytes) -> None:
    """All of the page under its name, or nothing."""
    unfinished = path.with_name(f"{uuid4().hex}.part")
    try:
        with unfinished.open("xb") as file:
            file.write(page)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
