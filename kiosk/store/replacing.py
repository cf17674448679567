"""A damaged store makes room for the one that was saved from it. A power cut between two steps changes nothing.

Until `kiosk.sqlite.new` is there, nothing was done; once it is, each start finishes what is left to do.
"""

import os
from contextlib import suppress
from datetime import date
from pathlib import Path

from kiosk.store.own_file import sync_names

_BESIDE = ("", "-wal")
_WRECKS = "damaged-*.sqlite"


def mark_damaged(store: Path) -> None:
    """The next start will not trust this store. Where the disk will not have the mark, it looks for itself."""
    with suppress(OSError):
        _mark(store).touch(mode=0o600)


def is_marked_damaged(store: Path) -> bool:
    return _mark(store).exists()


def put_aside(store: Path, today: date) -> Path:
    """Give a damaged store, and the log beside it, another name as well, for people to look at. Raises OSError."""
    name, again = f"damaged-{today.isoformat()}", 1
    while (wreck := store.with_name(f"{name}.sqlite")).exists() and not wreck.samefile(store):
        again += 1
        name = f"damaged-{today.isoformat()}-{again}"
    for beside in _BESIDE:
        old, other = store.with_name(store.name + beside), wreck.with_name(wreck.name + beside)
        if old.exists():
            other.unlink(missing_ok=True)
            os.link(old, other)
            other.chmod(0o600)
    return wreck


def unfinished(store: Path) -> Path:
    """Where its replacement is built. What a broken-off salvage left there is removed. Raises OSError."""
    part = store.with_name(f"{store.name}.part")
    for beside in (*_BESIDE, "-shm"):
        part.with_name(part.name + beside).unlink(missing_ok=True)
    return part


def replace(store: Path, built: Path) -> None:
    """From now on `built`, which is closed and on the disk, is the store. Raises OSError."""
    sync_names(store.parent)
    built.rename(_new(store))
    sync_names(store.parent)
    finish_replacing(store)


def finish_replacing(store: Path) -> None:
    """Raises OSError."""
    if not _new(store).exists():
        return
    for beside in ("-wal", "-shm"):
        store.with_name(store.name + beside).unlink(missing_ok=True)
    _new(store).rename(store)
    _mark(store).unlink(missing_ok=True)
    sync_names(store.parent)


def wrecks(folder: Path) -> tuple[str, ...]:
    """The names of the damaged stores that were put aside there and not removed yet, oldest first."""
    return tuple(sorted(path.name for path in folder.glob(_WRECKS)))


def _new(store: Path) -> Path:
    return store.with_name(f"{store.name}.new")


def _mark(store: Path) -> Path:
    return store.with_name(f"{store.name}.damaged")
