"""The private half of the kiosk's key: a file only its user reads, made on this machine and never leaving it."""

import os
from pathlib import Path

from sync.signing import KioskKey


class KeyFile:
    """`kiosk.key` in the kiosk's folder. A new key waits beside it until the centre has taken it for this kiosk's."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / "kiosk.key"
        self._coming = folder / "kiosk.key.new"

    def read(self) -> KioskKey | None:
        """None while the kiosk has none: it was never enrolled, or the file is damaged. Raises OSError."""
        return _read(self._path)

    def propose(self) -> KioskKey:
        """The key to enrol with: the same until `keep`, so that an answer lost on the way does no harm. OSError."""
        waiting = _read(self._coming)
        if waiting is not None:
            return waiting
        key = KioskKey.make()
        unfinished = self._folder / f"kiosk.key.{os.getpid()}"
        unfinished.unlink(missing_ok=True)
        descriptor = os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(key.to_pem())
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(self._coming)
        self._sync_names()
        return key

    def keep(self) -> None:
        """The proposed key is this kiosk's from now on. Raises OSError."""
        self._coming.rename(self._path)
        self._sync_names()

    def _sync_names(self) -> None:
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _read(path: Path) -> KioskKey | None:
    try:
        return KioskKey.from_pem(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return None
