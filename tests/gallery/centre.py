"""The centre's pages, through the browser an agent and a citizen have."""

import hashlib
import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from civic.card import read_catalog
from civic.dossier import Document
from civic.kiosk_part import Part
from civic.language import Language
from civic.reference import Reference
from civic.remark import Remark
from civic.spot import Spot
from civic.tracking import new_tracking_key
from civic.voice_note import VoiceNote
from kiosk.devices.invented_voice import invented_voice
from kiosk.devices.opus import encode as encode_sound
from kiosk.hall import KIOSK
from kiosk.own_centre import OwnCentre
from kiosk.page.pixels import encode
from kiosk.page.reading import KEPT_DPI, read_page
from kiosk.settings import ASSETS
from sync.messages import Fact, KioskChecked, Told, Verdict
from tests.central.invented import a_deposit
from tests.gallery.sheet import Sheet
from tests.kiosk.page.invented import Glass, write_paper

_CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
_PHONE = ViewportSize(width=390, height=844)
_DESK = ViewportSize(width=1440, height=900)
_BOARD = ViewportSize(width=1920, height=1080)
Tell = Callable[[Fact, Iterable[bytes]], None]
"""Has the kiosk say that, with those pages; returns when the centre has them."""
_MOST_BYTES = 400_000


def show_centre(sheet: Sheet, centre: OwnCentre, files: dict[str, str], tell: Tell) -> None:
    """`files`: the tracking address of each file, by what it is called on the sheet."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=_CHROMIUM)
        _phone(sheet, browser, centre.url, files)
        _counter(sheet, browser, centre, files, tell)
        browser.close()


def _phone(sheet: Sheet, browser: Browser, url: str, files: dict[str, str]) -> None:
    with _window(browser, _PHONE) as page:
        _show(sheet, page, "tracking", "form", url + "/")
        _show(sheet, page, "services", "all", f"{url}/services")
        for service in (
            "building-permit",
            "building-permit/inside/no",
            "birth-registration",
            "network-connection/permit/no",
        ):
            _show(sheet, page, "services", service.replace("/", "-"), f"{url}/services/{service}")
        for name, address in files.items():
            _show(sheet, page, "tracking", name, address)
        for language in Language:
            page.goto(f"{url}/?lang={language.value}")
            page.fill("[name=reference]", "26-014-00001-00")
            page.fill("[name=pin]", "000000")
            page.click("form button")
            page.screenshot(path=sheet.place("tracking", "form-refused", language), full_page=True)


def _counter(sheet: Sheet, browser: Browser, centre: OwnCentre, files: dict[str, str], tell: Tell) -> None:
    """The board is looked at while the agent works, and the citizen's page once the file has moved."""
    password = centre.add_agent("amel", 3)
    desk_url, board_url = f"{centre.url}/desk", f"{centre.url}/board"
    with _window(browser, _DESK) as desk, _window(browser, _BOARD) as board, _window(browser, _PHONE) as phone:
        _show(sheet, board, "board", "nobody-called", board_url)
        _show(sheet, desk, "desk", "sign-in", f"{desk_url}/sign-in")
        desk.fill("[name=name]", "amel")
        desk.fill("[name=password]", password)
        desk.click("#sign-in")
        _kiosks(sheet, desk, tell, desk_url)
        _remarks(sheet, desk, tell, desk_url)
        _spoken(sheet, desk, tell, desk_url)
        _show(sheet, desk, "desk", "ready", desk_url)
        for name, address in files.items():
            desk.click("#next")
            _show(sheet, desk, "desk", f"called-{name}", desk_url)
            _show(sheet, board, "board", f"called-{name}", board_url)
            if desk.locator("#accept").count():
                desk.click("#accept")
                _show(sheet, desk, "desk", f"{name}-paper-accepted", desk_url)
                desk.click("#refuse")
                desk.fill("#reason", "الصفحة الثانية ناقصة")
                desk.click("#refuse-it")
                _show(sheet, desk, "desk", f"{name}-paper-refused", desk_url)
                _show(sheet, phone, "tracking", f"{name}-paper-refused", address)
            desk.click("#served")
        desk.click("#next")
        _show(sheet, desk, "desk", "called-number", desk_url)
        desk.click("#served")
        while desk.locator(".waiting ol:not(#owing) li").count():
            desk.click("#next")
            desk.click("#served")
        _show(sheet, desk, "desk", "nobody-waits", desk_url)
        _show(sheet, board, "board", "nobody-waits", board_url)


def _kiosks(sheet: Sheet, desk: Page, tell: Tell, desk_url: str) -> None:
    """The kiosk's word about itself of three days ago, and then of now, on a bad and on a good morning."""
    now = datetime.now(UTC)
    good = dict.fromkeys((Part.PRINTER, Part.PAPER, Part.SCANNER, Part.CENTRE, Part.DISK), Told(Verdict.GOOD, "fine"))
    bad = {
        **good,
        Part.PRINTER: Told(Verdict.BAD, "paper-out"),
        Part.PAPER: Told(Verdict.NOTE, "ends_soon"),
        Part.CENTRE: Told(Verdict.BAD, "unreachable"),
    }
    mornings = (
        ("silent", KioskChecked(now - timedelta(days=3), good, 310)),
        ("ill", KioskChecked(now, bad, 4)),
        ("well", KioskChecked(now, good, 310)),
    )
    for state, fact in mornings:
        tell(fact, ())
        _show(sheet, desk, "desk", f"kiosks-{state}", f"{desk_url}/kiosks")


def _remarks(sheet: Sheet, desk: Page, tell: Tell, desk_url: str) -> None:
    """A paper for each remark, then one of two pages whose second is cut."""
    pages = _judged_pages()
    names = {state: hashlib.sha256(page).hexdigest() for state, page in pages.items()}
    papers = {state: (name,) for state, name in names.items()} | {"second-cut": (names["whole"], names["cut-right"])}
    asked = (requirement.id for requirement in read_catalog(ASSETS / "catalog")["building-permit"].requirements)
    documents = tuple(Document(each, pages) for each, pages in zip(asked, papers.values(), strict=False))
    reference = Reference(26, KIOSK, 99_000)
    fact = replace(a_deposit(new_tracking_key()), reference=reference, documents=documents)
    tell(fact, pages.values())
    for state, document in zip(papers, documents, strict=True):
        _show(sheet, desk, "desk", f"page-{state}", f"{desk_url}?file={reference}&paper={document.requirement_id}")


def _spoken(sheet: Sheet, desk: Page, tell: Tell, desk_url: str) -> None:
    """A complaint of somebody who spoke instead of writing."""
    sound, reference = encode_sound(invented_voice() * 10), Reference(26, KIOSK, 99_001)
    note = VoiceNote(hashlib.sha256(sound).hexdigest(), 40)
    told = {"category": "lighting", "place": str(Spot("cite-essaada-1")), "story": str(note)}
    fact = replace(a_deposit(new_tracking_key()), reference=reference, service_id="complaint", answers=told)
    tell(fact, (sound,))
    _show(sheet, desk, "desk", "complaint-spoken", f"{desk_url}?file={reference}")


def _judged_pages() -> dict[str, bytes]:
    """A letter as a kiosk keeps it, by what is wrong with how it lay on the glass."""
    chance = random.Random(5)  # noqa: S311  a drawing
    letter = write_paper(chance, arabic=True).pixels
    ways = (
        (Glass(2.0), letter),
        (Glass(), np.full_like(letter, 250)),
        (Glass(2.0, light=0.3), letter),
        (Glass(2.0, blur_px=3.5), letter),
        *((Glass(2.0, at_mm=at_mm), letter) for at_mm in ((0, -90), (70, 0), (0, 90), (-70, 0))),
    )
    pages: dict[str, bytes] = {}
    for glass, paper in ways:
        page = read_page(glass.lay(paper, KEPT_DPI, chance), KEPT_DPI)
        comment = page.remark.comment if page.remark else ""
        pages[page.remark or "whole"] = encode(page.pixels, page.dpi, _MOST_BYTES, comment)
    assert pages.keys() == {"whole", *Remark}
    return pages


@contextmanager
def _window(browser: Browser, size: ViewportSize) -> Iterator[Page]:
    phone = size == _PHONE
    context = browser.new_context(
        viewport=size, is_mobile=phone, has_touch=phone, device_scale_factor=2 if phone else 1
    )
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


def _show(sheet: Sheet, page: Page, room: str, state: str, address: str) -> None:
    mark = "&lang=" if "?" in address else "?lang="
    for language in Language:
        page.goto(address + mark + language.value)
        page.screenshot(path=sheet.place(room, state, language), full_page=True)
    page.goto(address + mark + "ar")
