"""Both sides speak tus as others do: a client everybody uses sends to our centre, ours to a server we did not write."""

import hashlib
import io
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pytest
import uvicorn
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError
from tusclient.uploader.uploader import Uploader
from tussi import FilesystemStorage, TUSApp

from kiosk.own_centre import OwnCentre
from kiosk.store.key_file import KeyFile
from sync.messages import UPLOADS_PATH, Outcome
from sync.signing import KioskKey
from sync.transport import HttpTransport
from sync.upload import FIRST_BYTES
from tests.sync.signing_door import signing_door

PAGE = os.urandom(3 * FIRST_BYTES)
NAME = hashlib.sha256(PAGE).hexdigest()
_CHUNK = 100_000


class Tuspy(NamedTuple):
    """Where it speaks to a real centre, what it said, and where the pages lie there."""

    url: str
    said: list[tuple[str, int]]
    pages: Path

    def uploader(self, page: bytes, name: str = "", at: str | None = None) -> Uploader:
        metadata = {"sha256": name or hashlib.sha256(page).hexdigest()}
        client = TusClient(self.url)
        return client.uploader(file_stream=io.BytesIO(page), chunk_size=_CHUNK, metadata=metadata, url=at)

    def arrived(self, page: bytes) -> bool:
        return page in [path.read_bytes() for path in self.pages.rglob("?" * 64)]


@pytest.fixture(scope="module")
def tuspy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tuspy]:
    folder = tmp_path_factory.mktemp("tus")
    with OwnCentre(folder / "centre") as centre:
        centre.enrol(14, folder / "kiosk")
        key = KeyFile(folder / "kiosk").read()
        assert key is not None
        with signing_door(centre.url, key) as (url, said):
            yield Tuspy(url + UPLOADS_PATH, said, centre.data / "documents")


def test_tuspy_sends_a_page_and_goes_on_where_it_was_cut_off(tuspy: Tuspy) -> None:
    first = tuspy.uploader(PAGE)
    first.upload(stop_at=3 * _CHUNK)
    second = tuspy.uploader(PAGE, at=first.url)
    assert second.offset == 3 * _CHUNK
    second.upload()
    assert tuspy.arrived(PAGE)
    assert sum(size for method, size in tuspy.said if method == "PATCH") == len(PAGE)


def test_tuspy_that_forgot_where_it_was_begins_anew(tuspy: Tuspy) -> None:
    page = PAGE[1:]
    tuspy.uploader(page).upload(stop_at=_CHUNK)
    tuspy.uploader(page).upload()
    assert tuspy.arrived(page)


def test_tuspy_hears_that_a_page_is_not_what_its_name_says(tuspy: Tuspy) -> None:
    with pytest.raises(TusCommunicationError) as fault:
        tuspy.uploader(PAGE[2:], name=NAME[::-1]).upload()
    assert fault.value.status_code == 422


@contextmanager
def serving(app: TUSApp) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))
        thread = Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def test_our_kiosk_sends_a_page_to_another_tus_server_across_a_start(tmp_path: Path) -> None:
    """One that wants an upload begun before it takes a byte, and names it as it likes."""
    (tmp_path / "unfinished").mkdir()
    key, whole = KioskKey.make(), tmp_path / "whole"
    with serving(TUSApp(FilesystemStorage(tmp_path / "unfinished"), whole)) as url:
        path, sent = "", None
        while sent is None or sent.outcome is None:
            transport = HttpTransport(url, lambda: key)  # it begins again before each chunk
            sent = transport.send_page(NAME, PAGE, path)
            path = sent.path
    assert sent.outcome is Outcome.ACCEPTED
    assert PAGE in [each.read_bytes() for each in whole.iterdir()]
