"""Scanned pages, each in a file named by the SHA-256 of its bytes, so that a name can never point to another page."""

import errno
import hashlib
import logging
import os
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from kiosk.store.database import StoreFault, StoreTrouble

_log = logging.getLogger(__name__)


class Vault:
    """A folder only the kiosk's user reads. A page is on the disk for good before `put` returns."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sync_names(folder.parent)

    def put(self, page: bytes) -> str:
        """Keep a page; its SHA-256 (hex). Raises StoreFault when the disk has no room."""
        sha256 = hashlib.sha256(page).hexdigest()
        unfinished = self._folder / f"{uuid4().hex}.part"
        try:
            with unfinished.open("xb") as file:
                file.write(page)
                file.flush()
                os.fsync(file.fileno())
            unfinished.rename(self._folder / sha256)
            _sync_names(self._folder)
        except OSError as error:
            with suppress(OSError):
                unfinished.unlink()
            raise _fault(error) from error
        return sha256

    def read(self, sha256: str) -> bytes:
        """Raises OSError when it is not there."""
        return (self._folder / sha256).read_bytes()

    def drop(self, sha256: str) -> None:
        """The centre has it. Where the disk will not let go of it, `keep_only` tries again at the next start."""
        try:
            (self._folder / sha256).unlink(missing_ok=True)
        except OSError as error:
            _log.warning("a page that the centre has stays on this disk for now: %s", error.strerror)

    def keep_only(self, wanted: Collection[str]) -> None:
        """Remove every other page: visits abandoned, or cut off by a power failure, leave nothing behind.

        Raises StoreFault when one cannot be removed.
        """
        try:
            for path in self._folder.iterdir():
                if path.name not in wanted:
                    path.unlink(missing_ok=True)  # the exchange may just have sent and dropped it
        except OSError as error:
            raise _fault(error) from error


def _sync_names(folder: Path) -> None:
    """A new name, of a page or of a folder, survives a power cut only once the folder it is in is on the disk."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _fault(error: OSError) -> StoreFault:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return StoreFault(StoreTrouble.FULL if full else StoreTrouble.BROKEN)
