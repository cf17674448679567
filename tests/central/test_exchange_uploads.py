"""A page that comes in chunks, by tus 1.0: https://tus.io/protocols/resumable-upload."""

import hashlib
import os
import time
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from email.utils import parsedate_to_datetime
from functools import partial
from pathlib import Path

import pytest
import requests

from central.database import Database
from central.settings import Settings
from central.uploads import KEPT, MOST_UNFINISHED
from sync.messages import UPLOADS_PATH, Refusal, page_metadata
from sync.signing import KioskKey
from tests.central.conftest import serving
from tests.central.invented import KioskLine, enrol_kiosk, send

PAGE = b"\xff\xd8\xff" + bytes(range(256)) * 40
NAME = hashlib.sha256(PAGE).hexdigest()
HALF = len(PAGE) // 2


def begun(kiosk: KioskLine, page: bytes = PAGE, first: int = 100) -> str:
    """Where the upload of a page goes on, of which so many bytes are there."""
    response = kiosk.begin(hashlib.sha256(page).hexdigest(), len(page), page[:first])
    assert (response.status_code, response.headers["Upload-Offset"]) == (201, str(first))
    return response.headers["Location"]


def offset(kiosk: KioskLine, path: str) -> int:
    response = kiosk.tus("HEAD", path)
    assert response.status_code == 200
    return int(response.headers["Upload-Offset"])


def add(kiosk: KioskLine, path: str, start: int, chunk: bytes) -> requests.Response:
    return kiosk.tus("PATCH", path, chunk, Upload_Offset=str(start))


def kept(settings: Settings) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in settings.documents.rglob("*") if path.is_file()}


def test_a_page_comes_in_chunks_and_is_one_page(kiosk: KioskLine, settings: Settings) -> None:
    path = begun(kiosk)
    first = add(kiosk, path, 100, PAGE[100:HALF])
    assert (first.status_code, first.headers["Upload-Offset"]) == (204, str(HALF))
    assert parsedate_to_datetime(first.headers["Upload-Expires"]).timestamp() - time.time() > KEPT.total_seconds() - 600
    told = kiosk.tus("HEAD", path).headers
    assert (told["Upload-Offset"], told["Upload-Length"]) == (str(HALF), str(len(PAGE)))
    assert (told["Upload-Metadata"], told["Cache-Control"]) == (page_metadata(NAME), "no-store")
    last = add(kiosk, path, HALF, PAGE[HALF:])
    assert (last.status_code, last.headers["Upload-Offset"]) == (204, str(len(PAGE)))
    assert "Upload-Expires" not in last.headers
    assert kept(settings) == {NAME: PAGE}
    assert offset(kiosk, path) == len(PAGE), "who asks again is told that it is all there"


def test_the_centre_says_what_it_can(kiosk: KioskLine) -> None:
    told = kiosk.tus("OPTIONS", UPLOADS_PATH, Tus_Resumable="")
    assert told.status_code == 204
    assert (told.headers["Tus-Version"], told.headers["Tus-Max-Size"]) == ("1.0.0", str(24 * 2**20))
    assert told.headers["Tus-Extension"] == "creation,creation-with-upload,expiration"


def test_every_answer_says_which_tus_it_is_also_to_a_stranger(kiosk: KioskLine) -> None:
    path = begun(kiosk)
    answers = [kiosk.tus("HEAD", path), kiosk.tus("HEAD", f"{UPLOADS_PATH}/nothing"), kiosk.tus("POST", path)]
    kiosk.key = KioskKey.make()
    answers.append(kiosk.tus("HEAD", path))
    assert [each.status_code for each in answers] == [200, 404, 405, 401]
    assert {each.headers["Tus-Resumable"] for each in answers} == {"1.0.0"}
    assert answers[-1].headers["WWW-Authenticate"] == f'Signature refusal="{Refusal.STRANGER}"'


@pytest.mark.parametrize("spoken", ["0.2.2", ""])
def test_another_tus_is_not_spoken(kiosk: KioskLine, spoken: str) -> None:
    response = kiosk.tus("HEAD", begun(kiosk), Tus_Resumable=spoken)
    assert (response.status_code, response.headers["Tus-Version"]) == (412, "1.0.0")


def test_a_chunk_out_of_its_place_changes_nothing(kiosk: KioskLine) -> None:
    path = begun(kiosk)
    assert [add(kiosk, path, start, b"x").status_code for start in (0, 99, 101)] == [409, 409, 409]
    assert add(kiosk, path, 100, PAGE).status_code == 409, "it would end behind the end"
    assert add(kiosk, path, 100, b"").status_code == 204
    assert offset(kiosk, path) == 100


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Upload_Length": ""}, 400),
        ({"Upload_Length": "-5"}, 400),
        ({"Upload_Metadata": ""}, 400),
        ({"Upload_Metadata": "sha256 ?"}, 400),
        ({"Upload_Metadata": f"filename {b64encode(b'a.jpg').decode()}"}, 400),
        ({"Upload_Length": str(24 * 2**20 + 1)}, 413),
        ({"Content_Type": "image/jpeg"}, 415),
        ({"Upload_Length": "3"}, 409),
    ],
)
def test_what_is_no_upload_is_not_begun(
    kiosk: KioskLine, settings: Settings, headers: dict[str, str], status: int
) -> None:
    assert kiosk.begin(NAME, len(PAGE), PAGE[:100], **headers).status_code == status
    assert kept(settings) == {}


def test_a_chunk_of_another_kind_or_without_a_place_is_none(kiosk: KioskLine) -> None:
    path = begun(kiosk)
    assert kiosk.tus("PATCH", path, b"x", Upload_Offset="100", Content_Type="image/jpeg").status_code == 415
    assert kiosk.tus("PATCH", path, b"x").status_code == 400
    assert kiosk.tus("PATCH", path, bytes(25 * 2**20), Upload_Offset="100").status_code == 413


def test_a_place_that_was_not_signed_is_not_believed(kiosk: KioskLine) -> None:
    path = begun(kiosk)
    request = kiosk.request("PATCH", path, b"x", Tus_Resumable="1.0.0", Content_Type="application/offset+octet-stream")
    request.headers["Upload-Offset"] = "100"
    assert send(request).status_code == 400
    signed = kiosk.request("PATCH", path, b"x", Tus_Resumable="1.0.0", Upload_Offset="0")
    signed.headers["Upload-Offset"] = "100"
    assert send(signed).status_code == 401


def test_a_client_that_knows_no_patch_says_it_with_post(kiosk: KioskLine, settings: Settings) -> None:
    path = begun(kiosk)
    told = {"X_HTTP_Method_Override": "PATCH", "Upload_Offset": "100"}
    assert kiosk.tus("POST", path, PAGE[100:], **told).status_code == 204
    assert kept(settings) == {NAME: PAGE}


def test_an_upload_is_its_kiosks_alone(kiosk: KioskLine, centre: str, database: Database) -> None:
    path, other = begun(kiosk), KioskLine(centre, enrol_kiosk(database, 15), 15)
    assert other.tus("HEAD", path).status_code == 404
    assert add(other, path, 100, PAGE[100:]).status_code == 404
    assert begun(other, first=7) == path
    assert (offset(kiosk, path), offset(other, path)) == (100, 7)


def test_a_page_the_centre_has_need_not_be_sent(kiosk: KioskLine) -> None:
    kiosk.put(NAME, PAGE)
    response = kiosk.begin(NAME, len(PAGE), b"")
    assert (response.status_code, response.headers["Upload-Offset"]) == (201, str(len(PAGE)))


def test_who_begins_with_a_chunk_goes_on_and_who_begins_with_nothing_begins_anew(kiosk: KioskLine) -> None:
    path = begun(kiosk)
    assert kiosk.begin(NAME, len(PAGE), PAGE[:7]).headers["Upload-Offset"] == "100"
    assert kiosk.begin(NAME, len(PAGE), b"").headers["Upload-Offset"] == "0"
    assert offset(kiosk, path) == 0


def test_what_is_not_the_page_is_refused_at_its_end_and_forgotten(kiosk: KioskLine, settings: Settings) -> None:
    path = begun(kiosk)
    assert add(kiosk, path, 100, bytes(len(PAGE) - 100)).status_code == 422
    assert kiosk.tus("HEAD", path).status_code == 404
    assert kept(settings) == {}


@pytest.fixture
def centres(settings: Settings) -> Iterator[list[str]]:
    with ExitStack() as stack:
        yield [stack.enter_context(serving(settings)) for _ in range(2)]


def test_of_chunks_that_come_to_two_processes_at_once_one_is_kept(
    centres: list[str], database: Database, settings: Settings
) -> None:
    key = enrol_kiosk(database)
    lines = [KioskLine(address, key) for address in centres] * 4
    path = begun(lines[0])
    for start, end in ((100, 2000), (2000, HALF)):
        chunk = PAGE[start:end]
        with ThreadPoolExecutor(8) as workers:
            answers = list(workers.map(partial(add, path=path, start=start, chunk=chunk), lines))
        assert sorted(answer.status_code for answer in answers) == [204] + [409] * 7
        assert offset(lines[1], path) == end
    assert add(lines[1], path, HALF, PAGE[HALF:]).status_code == 204
    assert kept(settings) == {NAME: PAGE}


def pages(count: int) -> list[bytes]:
    return [os.urandom(200) for _ in range(count)]


def test_what_a_kiosk_left_longest_goes_when_it_has_left_too_much(kiosk: KioskLine) -> None:
    paths = [begun(kiosk, page) for page in pages(MOST_UNFINISHED + 2)]
    assert [kiosk.tus("HEAD", path).status_code for path in paths] == [404, 404] + [200] * MOST_UNFINISHED


def test_what_nobody_goes_on_with_expires(kiosk: KioskLine, settings: Settings) -> None:
    old, young, new = pages(3)
    paths = [begun(kiosk, page) for page in (old, young)]
    [folder] = settings.documents.rglob(Path(paths[0]).name)
    os.utime(folder, (0, time.time() - KEPT.total_seconds() - 60))
    begun(kiosk, new)
    assert [kiosk.tus("HEAD", path).status_code for path in paths] == [404, 200]
