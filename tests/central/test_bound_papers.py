"""A paper of several scanned pages, opened at the desk as one PDF."""

import hashlib
import io
from dataclasses import replace

import pikepdf
import pytest
import requests
from PIL import Image

from central.documents import WrongPage, bind
from civic.dossier import Document
from civic.tracking import TrackingKey
from tests.central.invented import PASSWORD, KioskLine, a_deposit

REFERENCE = "26-014-00385-97"


def a_page(shade: int) -> bytes:
    """An A4 page as a kiosk keeps it."""
    file = io.BytesIO()
    Image.new("RGB", (1654, 2339), (shade, shade, 200)).save(file, "JPEG", dpi=(200, 200), comment="remark: blurred")
    return file.getvalue()


def test_the_pages_are_bound_in_order_as_they_were_kept_and_in_their_size() -> None:
    pages = [a_page(40), a_page(90)]
    with pikepdf.open(io.BytesIO(bind(pages))) as bound:
        assert [next(iter(page.get_images().values())).read_raw_bytes() for page in bound.pages] == pages
        width, height = (float(each) / 72 * 25.4 for each in list(bound.pages[0].mediabox)[2:])
        assert (round(width), round(height)) == (210, 297)
        assert b"pdfaid:part" in bound.Root.Metadata.read_bytes()


def test_what_is_no_picture_is_not_bound() -> None:
    with pytest.raises(WrongPage):
        bind([b"\xff\xd8\xff an invented page"])


def test_an_agent_opens_the_paper_as_a_pdf_and_nobody_else_does(
    centre: str, amel: str, kiosk: KioskLine, key: TrackingKey
) -> None:
    pages = {hashlib.sha256(page).hexdigest(): page for page in (a_page(40), a_page(90))}
    for name, page in pages.items():
        assert kiosk.put(name, page).status_code == 201
    assert kiosk.say(replace(a_deposit(key), documents=(Document("survey", tuple(pages)),))) == [""]
    address = f"{centre}/desk/files/{REFERENCE}/papers"
    assert requests.get(f"{address}/survey.pdf", timeout=60).status_code == 403
    browser = requests.Session()
    browser.cookies.set("lang", "en")
    browser.post(f"{centre}/desk/sign-in", data={"name": amel, "password": PASSWORD}, timeout=60)
    shown = browser.get(f"{centre}/desk?file={REFERENCE}&paper=survey", timeout=60).text
    assert f"/desk/files/{REFERENCE}/papers/survey.pdf" in shown
    answer = browser.get(f"{address}/survey.pdf", timeout=60)
    assert answer.headers["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.content)) as bound:
        assert len(bound.pages) == 2
    assert browser.get(f"{address}/nothing.pdf", timeout=60).status_code == 404
