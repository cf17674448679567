"""Scanned pages, sealed to the town before they touch the disk: the kiosk has no need to read them again.

Each is a file named by the SHA-256 of what is in it, so that a name can never point to another page. That is the name
of the sealed bytes: it tells nothing of the page, and whoever carries them can check them.
"""

import hashlib
import logging
import os
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from kiosk.store.database import disk_fault
from kiosk.store.own_file import sync_names
from sync.sealing import PAGE, FindSeal, no_seal

_log = logging.getLogger(__name__)


class Vault:
    """A folder only the kiosk's user reads. A page is on the disk for good before `put` returns."""

    def __init__(self, folder: Path, find_seal: FindSeal = no_seal) -> None:
        self._folder = folder
        self._find_seal = find_seal
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        sync_names(folder.parent)

    def put(self, page: bytes) -> str:
        """Keep a page; the SHA-256 (hex) by which it is found. Raises StoreFault when the disk has no room."""
        seal = self._find_seal()
        kept = page if seal is None else seal.seal(page, PAGE)
        sha256 = hashlib.sha256(kept).hexdigest()
        unfinished = self._folder / f"{uuid4().hex}.part"
        try:
            with unfinished.open("xb") as file:
                file.write(kept)
                file.flush()
                os.fsync(file.fileno())
            unfinished.rename(self._folder / sha256)
            sync_names(self._folder)
        except OSError as error:
            with suppress(OSError):
                unfinished.unlink()
            raise disk_fault(error) from error
        return sha256

    def read(self, sha256: str) -> bytes:
        """As it is sent. Raises OSError when it is not there."""
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
            raise disk_fault(error) from error
