"""How soon a kiosk knows what an agent did: from when it is kept at the centre to when the kiosk keeps it."""

import threading
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from central.database import open_database
from central.dossiers import Dossiers
from central.papers import Decision
from central.settings import read_settings
from civic.card import read_catalog
from civic.tracking import new_tracking_key
from kiosk.own_centre import OwnCentre
from kiosk.store.database import open_store
from kiosk.store.key_file import KeyFile
from kiosk.store.mirror import Mirror
from sync.listener import Listener
from sync.messages import Changes
from sync.transport import HttpTransport
from tests.bench.row import Row, percentile
from tests.central.invented import KioskLine, a_deposit


class _Watched(Mirror):
    """Says `heard` whenever files were kept."""

    heard = threading.Event()

    def apply(self, changes: Changes, after: str) -> None:
        super().apply(changes, after)
        if changes.files:
            self.heard.set()


def measure(folder: Path, times: int) -> dict[str, Row]:
    settings = read_settings(folder / "centre", {})
    waits = []
    with OwnCentre(folder / "centre") as centre:
        centre.enrol(14, folder / "kiosk")
        find_key = KeyFile(folder / "kiosk").read
        key = find_key()
        assert key is not None
        deposit = replace(a_deposit(new_tracking_key()), missing=("survey",))
        assert KioskLine(centre.url, key).say(deposit) == [""]
        with (
            closing(open_database(settings.database_url, settings.municipality)) as database,
            closing(open_store(folder / "kiosk" / "kiosk.sqlite")) as store,
        ):
            agents = Dossiers(database, read_catalog(settings.catalog), settings.zone, lambda: datetime.now(UTC))
            mirror = _Watched(store.transaction, lambda: datetime.now(UTC))
            listener = Listener(mirror, HttpTransport(centre.url, find_key), lambda _said: None)
            listener.start()
            assert mirror.heard.wait(60)
            for nth in range(times):
                mirror.heard.clear()
                time.sleep(0.037 * (nth % 9))  # anywhere between two looks of the centre
                agents.decide(str(deposit.reference), "survey", Decision.REFUSED, f"again, {nth}", "amel")
                kept_at = time.perf_counter()
                assert mirror.heard.wait(60)
                waits.append((time.perf_counter() - kept_at) * 1000)
            listener.stop()
    note = "kept by another process of the centre, told, locked, heard and kept for good; SQLite, on loopback"
    return {"change_at_kiosk_p99_ms": Row(percentile(waits, 99), "ms", 1000, len(waits), note)}
