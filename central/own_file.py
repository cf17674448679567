"""A secret of this centre: the same for all its processes, in a file only its user reads."""

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
    return path.read_bytes()
