"""One screen and one browser for all journeys; each journey has its own centre, kiosk and disk."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from kiosk.own_centre import OwnCentre
from tests.journeys.hall import Kiosk, complaints
from tests.journeys.line import Line
from tests.screen import open_screen

CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    with open_screen() as display:
        yield display


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        yield chromium
        chromium.close()


@pytest.fixture
def open_window(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens an address in a window of its own, in Arabic; `phone` for a small one to touch. No script may complain."""
    opened: list[Page] = []
    mistakes: list[str] = []

    def hear(said: ConsoleMessage) -> None:
        if said.type == "error":
            mistakes.append(f"{said.location['url']}: {said.text}")

    def open_window(address: str, *, phone: bool = False) -> Page:
        width, height = (390, 844) if phone else (1440, 900)
        context = browser.new_context(
            locale="ar-TN", viewport={"width": width, "height": height}, is_mobile=phone, has_touch=phone
        )
        page = context.new_page()
        opened.append(page)
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: mistakes.append(str(error)))
        page.on(
            "console", lambda said: mistakes.append(f"{said.text} {said.location}") if said.type == "error" else None
        )
        page.goto(address)
        return page

    yield open_window
    for page in opened:
        page.context.close()
    assert mistakes == []


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[OwnCentre]:
    with OwnCentre(tmp_path / "centre") as centre:
        yield centre
    assert complaints(centre.data / "centre.log") == []


@pytest.fixture
def line(centre: OwnCentre) -> Iterator[Line]:
    line = Line(centre.url)
    yield line
    line.close()


@pytest.fixture
def kiosk(tmp_path: Path, display: str, line: Line, centre: OwnCentre) -> Iterator[Kiosk]:
    kiosk = Kiosk(tmp_path / "kiosk", display, line.url, centre)
    try:
        kiosk.start()
        yield kiosk
    finally:
        kiosk.close()
    assert kiosk.may_complain or complaints(kiosk.log) == []
