"""What happens to the scanned pages a kiosk sends."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from central.documents import PageFolder, WrongPage
from central.seal_keys import SealKeys
from central.settings import Settings
from sync.signing import KioskKey
from tests.central.invented import KioskLine

PAGE = b"\xff\xd8\xff an invented page"
NAME = hashlib.sha256(PAGE).hexdigest()


def test_a_page_is_kept_once_however_often_it_comes(kiosk: KioskLine, settings: Settings) -> None:
    with ThreadPoolExecutor(4) as workers:
        statuses = list(workers.map(lambda _: kiosk.put(NAME, PAGE).status_code, range(8)))
    assert statuses == [201] * 8
    assert [path.name for path in settings.documents.rglob("*") if path.is_file()] == [NAME]


def test_a_page_that_is_not_what_its_name_says_is_refused(kiosk: KioskLine) -> None:
    for name, status in (("0" * 64, 422), ("../../etc/passwd", 400), (NAME.upper(), 400)):
        response = kiosk.put(name, PAGE)
        assert response.status_code == status
        assert response.json()["error"]


def test_a_page_too_large_is_refused_with_a_sentence(kiosk: KioskLine) -> None:
    response = kiosk.put(NAME, bytes(25 * 2**20))
    assert response.status_code == 413
    assert "24 MB" in response.json()["error"]


def test_a_stranger_leaves_no_page(kiosk: KioskLine, settings: Settings) -> None:
    kiosk.key = KioskKey.make()
    assert kiosk.put(NAME, PAGE).status_code == 401
    assert not [path for path in settings.documents.rglob("*") if path.is_file()]


def test_a_page_tells_what_it_is(tmp_path: Path) -> None:
    folder = PageFolder(tmp_path / "pages", SealKeys(tmp_path / "keys"))
    folder.put(NAME, PAGE)
    assert folder.has(NAME)
    assert folder.read(NAME) == (PAGE, "image/jpeg")
    assert folder.read("0" * 64) is None
    assert folder.read("../secret.key") is None
    assert folder.head(NAME, 3) == b"\xff\xd8\xff"
    assert folder.head(NAME, 9999) == PAGE
    assert folder.head("0" * 64, 3) is None
    assert folder.head("../secret.key", 3) is None
    with pytest.raises(WrongPage):
        folder.put("0" * 64, PAGE)
