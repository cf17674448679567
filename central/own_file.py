"""What only this centre's user reads, and a power cut leaves: secrets, the same for all its processes, and folders."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def make_once(path: Path, make: Callable[[], bytes]) -> bytes:
    """What is in the file; whoever comes first makes it. Raises OSError."""
    with suppress(FileNotFoundError):
        return path.read_bytes()
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(make())
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(fresh, path)  # all or nothing, and never over another process's secret
    fresh.unlink()
    sync_names(path.parent)
    return path.read_bytes()


def make_folder(folder: Path) -> None:
    """And those it is in, where they are not there yet. Raises OSError."""
    fresh = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for each in fresh:
        sync_names(each.parent)


def sync_names(folder: Path) -> None:
    """A new name survives a power cut only once its folder is on the disk. Raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
