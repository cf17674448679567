"""How fast pages go to the centre: beside plain writing of the same bytes to the same disk, and over a thin line."""

import os
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from civic.dossier import Document
from civic.tracking import new_tracking_key
from kiosk.own_centre import OwnCentre
from kiosk.store.database import open_store
from kiosk.store.key_file import KeyFile
from kiosk.store.seal_file import SealFile
from kiosk.store.vault import Vault
from sync.engine import exchange_once
from sync.outbox import Outbox
from sync.transport import HttpTransport
from tests.bench.row import Row
from tests.central.invented import a_deposit
from tests.sync.weak_line import WeakLine

_PAGES, _PAGE_BYTES = 50, 400_000
_LARGE_PAGES, _LARGE_PAGE_BYTES = 4, 20_000_000
_LINE_BYTES_PER_S = 125_000
"""1 Mbit/s: what a telephone line carries out of a building."""


class _Kiosk:
    """All there is between a scanned page and the centre: its seal, the disk, the outbox, a signed request."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._store = open_store(data / "kiosk.sqlite")
        self._outbox = Outbox(self._store.transaction, "/el-kef/kiosk/014", SealFile(data).find)
        self._vault = Vault(data / "vault", SealFile(data).find)
        self._filed = 0

    def close(self) -> None:
        self._store.close()

    def file(self, pages: int, size: int) -> list[bytes]:
        """A request with so many pages, as they will be sent."""
        self._filed += 1
        names = tuple(self._vault.put(os.urandom(size)) for _ in range(pages))
        deposit = replace(a_deposit(new_tracking_key(), self._filed), documents=(Document("survey", names),))
        with self._store.transaction() as connection:
            self._outbox.put(connection, deposit, datetime.now(UTC))
        return [self._vault.read(name) for name in names]

    def tell(self, url: str) -> None:
        """Everything that waits."""
        transport = HttpTransport(url, KeyFile(self._data).read)
        while exchange_once(self._outbox, self._vault, transport).more:
            pass


def measure(folder: Path, times: int) -> dict[str, Row]:
    with OwnCentre(folder / "centre") as centre:
        centre.enrol(14, folder / "kiosk")
        with closing(_Kiosk(folder / "kiosk")) as kiosk:
            small = _fastest(kiosk, centre.url, _PAGES, _PAGE_BYTES, times)
            large = _fastest(kiosk, centre.url, _LARGE_PAGES, _LARGE_PAGE_BYTES, times)
            caught_up = _catching_up(kiosk, centre.url, 2 * times)
    return {
        "upload_pages_per_s": _beside(_PAGES, "1/s", 500, small, times),
        "upload_mb_per_s": _beside(_LARGE_PAGES * _LARGE_PAGE_BYTES / 1e6, "MB/s", 300, large, times),
        "catch_up_ratio": caught_up,
    }


def _fastest(kiosk: _Kiosk, url: str, pages: int, size: int, times: int) -> tuple[float, float]:
    """Seconds to send so many pages, and to write them; the shortest of some: the rest is what else the machine did."""
    sent, written = [], []
    for _ in range(times):
        content = kiosk.file(pages, size)
        written.append(_seconds(partial(_write, content)))
        sent.append(_seconds(partial(kiosk.tell, url)))
    return min(sent), min(written)


def _beside(amount: float, unit: str, asked: int, seconds: tuple[float, float], times: int) -> Row:
    """So much is asked in a second, or what the disk allows."""
    sent, written = (amount / each for each in seconds)
    note = f"{sent / written:.2f} of writing the same to the disk ({written:.0f}); sealed, signed, opened, on loopback"
    return Row(round(sent, 1), unit, min(asked, round(written)), times, note, at_least=True)


def _catching_up(kiosk: _Kiosk, url: str, files: int) -> Row:
    """Facts and pages of a silence; of the bytes only those of the pages count."""
    size = sum(len(page) for _ in range(files) for page in kiosk.file(1, _PAGE_BYTES))
    with closing(WeakLine(url, bytes_per_s=_LINE_BYTES_PER_S)) as line:
        spent_s = _seconds(partial(kiosk.tell, line.url))
    note = f"{files} files of a page of 400 kB, over a line of 1 Mbit/s"
    return Row(round(spent_s / (size / _LINE_BYTES_PER_S), 2), "x", 1.2, files, note)


def _write(pages: Sequence[bytes]) -> None:
    """Each is safe on the disk before the next."""
    with TemporaryDirectory() as folder:
        for nth, page in enumerate(pages):
            with (Path(folder) / str(nth)).open("xb") as file:
                file.write(page)
                file.flush()
                os.fsync(file.fileno())


def _seconds(do: Callable[[], None]) -> float:
    begun_at = time.perf_counter()
    do()
    return time.perf_counter() - begun_at
