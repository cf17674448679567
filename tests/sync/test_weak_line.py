"""Large pages over lines that fail, to a real centre: each failure costs a chunk at most, and the page arrives."""

import os
import socket
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from requests.adapters import HTTPAdapter

from civic.tracking import new_tracking_key
from kiosk.own_centre import OwnCentre
from kiosk.store.database import open_store
from kiosk.store.key_file import KeyFile
from kiosk.store.vault import Vault
from sync.engine import exchange_once
from sync.messages import Outcome
from sync.outbox import Outbox
from sync.transport import CentralUnreachable, HttpTransport
from sync.upload import FIRST_BYTES, Sent
from tests.central.invented import a_deposit
from tests.sync.weak_line import WeakLine

PAGE = os.urandom(5_000_000)
_BUFFER = 16_384
_WORDS = 2000
"""What one request weighs beside the page, at most."""


class Kiosk:
    """A kiosk in `data` with one page to send, begun again with each call of `start`."""

    def __init__(self, data: Path, url: str, page: bytes = PAGE) -> None:
        self.data, self.url = data, url
        self.sha256 = Vault(data / "vault").put(page)
        with closing(open_store(data / "kiosk.sqlite")) as store, store.transaction() as connection:
            deposit = a_deposit(new_tracking_key(), pages=(self.sha256,))
            Outbox(store.transaction, "/el-kef/kiosk/014").put(connection, deposit, datetime.now(UTC))

    def go_on(self, exchanges: int = 10_000) -> tuple[int, int]:
        """So many exchanges, or until nothing waits: how many worked, and how many did not."""
        worked = failed = 0
        with closing(open_store(self.data / "kiosk.sqlite")) as store:
            outbox, vault = Outbox(store.transaction, "/el-kef/kiosk/014"), Vault(self.data / "vault")
            transport = HttpTransport(self.url, KeyFile(self.data).read)
            while outbox.waiting() and worked + failed < exchanges:
                try:
                    exchange_once(outbox, vault, transport)
                    worked += 1
                except CentralUnreachable:
                    failed += 1
        return worked, failed


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[OwnCentre]:
    with OwnCentre(tmp_path / "centre") as centre:
        centre.enrol(14, tmp_path / "kiosk")
        yield centre


def arrived(centre: OwnCentre, kiosk: Kiosk) -> bool:
    [page] = [path for path in (centre.data / "documents").rglob("*") if path.is_file()]
    return page.name == kiosk.sha256 and page.read_bytes() == PAGE


def test_a_page_arrives_over_a_line_that_always_dies_after_300_kb(tmp_path: Path, centre: OwnCentre) -> None:
    with closing(WeakLine(centre.url, dies_after=300_000)) as line:
        kiosk = Kiosk(tmp_path / "kiosk", line.url)
        worked, failed = kiosk.go_on()
    assert arrived(centre, kiosk)
    assert line.deaths >= len(PAGE) // 300_000
    words = (worked + 2 * failed) * _WORDS
    assert line.carried <= len(PAGE) + line.deaths * FIRST_BYTES + words


def test_a_kiosk_that_is_killed_between_chunks_sends_none_of_them_again(tmp_path: Path, centre: OwnCentre) -> None:
    with closing(WeakLine(centre.url)) as line:
        kiosk = Kiosk(tmp_path / "kiosk", line.url)
        starts = 0
        while kiosk.go_on(exchanges=2) != (0, 0):
            starts += 1
    assert starts > 5
    assert arrived(centre, kiosk)
    assert line.carried <= len(PAGE) + starts * 4 * _WORDS


def test_a_centre_that_begins_again_between_chunks_has_those_it_answered(tmp_path: Path) -> None:
    with OwnCentre(tmp_path / "centre") as centre:
        centre.enrol(14, tmp_path / "kiosk")
    with closing(WeakLine(centre.url)) as line:
        kiosk = Kiosk(tmp_path / "kiosk", line.url)
        for _ in range(3):
            with OwnCentre(centre.data) as centre:
                line.centre = centre.url
                worked, failed = kiosk.go_on(exchanges=3)
                assert (worked, failed) == (3, 0)
                centre._process.kill()
        with OwnCentre(centre.data) as centre:
            line.centre = centre.url
            kiosk.go_on()
        assert arrived(centre, kiosk)
    assert line.carried <= len(PAGE) + 40 * _WORDS


def test_a_line_that_is_cut_within_every_chunk_costs_that_chunk(tmp_path: Path, centre: OwnCentre) -> None:
    with closing(WeakLine(centre.url)) as line:
        kiosk = Kiosk(tmp_path / "kiosk", line.url)
        while kiosk.go_on(exchanges=2) != (0, 0):
            line.dies_after = 0 if line.dies_after else 100_000
    assert arrived(centre, kiosk)
    assert line.deaths > 2
    assert line.carried <= len(PAGE) + line.deaths * 100_000 + 100 * _WORDS


class FarAway(HTTPAdapter):
    """A line of which this machine keeps little in its own buffers, as of every line that is slow."""

    def init_poolmanager(self, *args: Any, **named: Any) -> None:
        super().init_poolmanager(*args, **named, socket_options=[(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER)])


def test_a_slow_line_is_given_more_time_than_connecting_takes(tmp_path: Path, centre: OwnCentre) -> None:
    session = requests.Session()
    session.mount("http://", FarAway())
    page = PAGE[:FIRST_BYTES]
    with closing(WeakLine(centre.url, bytes_per_s=50_000, buffer=_BUFFER)) as line:
        kiosk = Kiosk(tmp_path / "kiosk", line.url, page)
        transport = HttpTransport(line.url, KeyFile(kiosk.data).read, session)
        assert transport.send_page(kiosk.sha256, page, "") == Sent(Outcome.ACCEPTED)
