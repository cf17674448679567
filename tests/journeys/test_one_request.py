"""One request from the first touch to the phone: real taps, SANE, a serial line, three processes, three windows."""

import io
import re
from collections.abc import Callable
from functools import partial

import pytest
import qrcode
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from civic.card import read_catalog
from civic.catalog import Service
from kiosk.devices.invented_page import invented_page
from kiosk.own_centre import OwnCentre
from kiosk.settings import ASSETS
from tests.journeys.hall import Kiosk, plain, wait_until

COUNTER = 3


@pytest.fixture
def permit() -> Service:
    return read_catalog(ASSETS / "catalog")["building-permit"]


@pytest.fixture
def papers(kiosk: Kiosk) -> list[str]:
    """The citizen's pile, each paper with a mark of its own that a program which is not ours can read."""
    marks = [f"PAPER {nth} OF 10" for nth in range(1, 11)]
    for nth, mark in enumerate(marks):
        page = Image.open(io.BytesIO(invented_page(150)))
        page.paste(qrcode.make(mark, box_size=8).get_image(), (430, 60))
        page.save(kiosk.folder / "pile" / f"{nth}.pnm", "PPM")
    return marks


def marks_on(picture: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))]


def file_permit(kiosk: Kiosk) -> tuple[str, str, str]:
    """From the welcome to the paper; the file number, the number in the queue and the date promised, as then shown."""
    kiosk.do("play", "building-permit", "ar")
    kiosk.touch("go")
    shown = kiosk.do("wait", "خذوا الوصل")
    assert list((kiosk.folder / "pile").iterdir()) == []
    [reference] = re.findall(r"^\d\d-\d{3}-\d{5}-\d\d$", shown, re.MULTILINE)
    [number] = re.findall(r"^\d{3}$", shown, re.MULTILINE)
    [promised] = re.findall(r"^\d{1,2} \S+ \d{4}$", shown, re.MULTILINE)
    return reference, number, promised


def sign_in(desk: Page, password: str) -> None:
    desk.fill("[name=name]", "amel")
    desk.fill("[name=password]", password)
    desk.click("#sign-in")


def accept_every_paper(desk: Page, papers: list[str]) -> None:
    """Each is looked at before: what the agent sees is what lay on the glass."""

    def is_shown(mark: str) -> bool:
        return marks_on(Image.open(io.BytesIO(desk.screenshot()))) == [mark]

    for nth, mark in enumerate(papers, start=1):
        wait_until(partial(is_shown, mark), f"the desk shows {mark}")
        desk.keyboard.press("a")
        expect(desk.locator("a.accepted")).to_have_count(nth)


def test_a_permit_is_filed_printed_followed_called_and_moved(
    kiosk: Kiosk, papers: list[str], permit: Service, centre: OwnCentre, open_window: Callable[..., Page]
) -> None:
    stages = permit.workflow
    assert stages is not None
    desk = open_window(f"{centre.url}/desk")
    sign_in(desk, centre.add_agent("amel", COUNTER))
    board = open_window(f"{centre.url}/board")

    reference, number, promised = file_permit(kiosk)
    [paper] = kiosk.printer.papers
    assert kiosk.printer.unknown == b""
    [address] = marks_on(paper)
    phone = open_window(address, phone=True)
    phone.evaluate("window.opened = 'once'")
    expect(phone.locator("h1")).to_have_text(permit.name.ar)
    assert reference in plain(phone.inner_text("main"))
    stage, visit = phone.locator("#stages .here b"), phone.locator("#visit")
    expect(stage).to_have_text(stages["filed"].name.ar)
    expect(visit.locator(".number")).to_have_text(number)

    expect(desk.locator(".waiting li b")).to_have_text(number)
    desk.click("#next")
    expect(desk.locator("#called")).to_have_text(number)
    expect(board.locator(".now .number")).to_have_text(number)
    expect(board.locator(".now .counter b")).to_have_text(str(COUNTER))
    expect(visit).to_contain_text(str(COUNTER))

    accept_every_paper(desk, papers)
    desk.click("#start-clock")
    expect(stage).to_have_text(stages["complete"].name.ar)
    expect(phone.locator("#promise .title")).to_contain_text(promised)
    desk.click("#move-review")
    expect(stage).to_have_text(stages["review"].name.ar)
    desk.click("#served")
    expect(desk.locator("#called")).to_have_count(0)
    expect(visit).not_to_contain_text(str(COUNTER))
    assert phone.evaluate("window.opened") == "once"
    for log in (kiosk.log, centre.data / "centre.log"):
        assert address.rpartition("/")[2] not in log.read_text()
        assert "سلمى" not in log.read_text()


def test_a_long_page_follows_the_finger_and_nothing_on_it_is_chosen(kiosk: Kiosk, permit: Service) -> None:
    [last] = [paper.name.ar for paper in permit.requirements if paper.id == "alignment"]
    kiosk.touch("request", "group-building", "service-building-permit")
    for answer in ("yes", "ordinary", "house", "yes"):
        kiosk.touch(f"option-{answer}")
    kiosk.touch("go", "key-س", "go")
    before = kiosk.do("look")
    assert last not in before
    assert last in kiosk.do("swipe", "540", "1400", "540", "500")
    assert kiosk.do("swipe", "540", "500", "540", "1400") == before
