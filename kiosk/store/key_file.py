"""The private half of the kiosk's key: a file only its user reads, made on this machine and never leaving it."""

from pathlib import Path

from kiosk.store.own_file import places, sync_names, write_own
from sync.signing import KioskKey


class KeyFile:
    """`kiosk.key` in the kiosk's folder. A new key waits beside it until the centre has taken it for this kiosk's."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "kiosk.key"
        self._coming = folder / "kiosk.key.new"

    def read(self) -> KioskKey | None:
        """None while the kiosk has none: it was never enrolled, or the file is damaged. Raises OSError."""
        return next((key for path in places(self._path) if (key := _read(path)) is not None), None)

    def proposed(self) -> KioskKey | None:
        """The key that waits: an enrolment with it was begun, and whether the centre took it is not known. OSError."""
        return _read(self._coming)

    def propose(self) -> KioskKey:
        """A key to enrol with, which waits from now on. Raises OSError."""
        key = KioskKey.make()
        write_own(self._coming, key.to_pem())
        return key

    def keep(self) -> None:
        """The proposed key is this kiosk's from now on. Raises OSError."""
        self._coming.rename(self._path)
        sync_names(self._path.parent)

    def withdraw(self) -> None:
        """The key that waits will not be taken. Raises OSError."""
        self._coming.unlink()


def _read(path: Path) -> KioskKey | None:
    try:
        return KioskKey.from_pem(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return None
