"""A file only the kiosk's user reads: all of it under its name, on the disk for good, or nothing."""

import os
from collections.abc import Iterator
from pathlib import Path


def write_own(path: Path, content: bytes) -> None:
    """Raises OSError."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(path)
    sync_names(path.parent)


def sync_names(folder: Path) -> None:
    """A new name survives a power cut only once its folder is on the disk. Raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def places(path: Path) -> Iterator[Path]:
    """Where a key of that name may be: in the kiosk's folder, else where systemd puts what it unlocked.

    `docs/stolen-disk.md` says how a technician has systemd keep a key, bound to this machine's TPM where it has one.
    """
    yield path
    if "CREDENTIALS_DIRECTORY" in os.environ:
        yield Path(os.environ["CREDENTIALS_DIRECTORY"]) / path.name
