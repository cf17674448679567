"""An agent's window, a phone and the hall's display, in a real browser, side by side."""

import hashlib
import io
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from central.settings import Settings, read_settings
from civic.tracking import TrackingKey
from tests.central.invented import PASSWORD, KioskLine, a_deposit, a_ticket

CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        yield chromium
        chromium.close()


@pytest.fixture
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """One engine is enough here: the pages are the same."""
    return read_settings(tmp_path_factory.mktemp("centre"), {})


@pytest.fixture
def mistakes() -> Iterator[list[str]]:
    """What went wrong in any window."""
    found: list[str] = []
    yield found
    assert found == []


def window(browser: Browser, address: str, mistakes: list[str]) -> Page:
    page = browser.new_page(locale="ar-TN")
    page.set_default_timeout(15_000)
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    page.on("console", lambda said: mistakes.append(said.text) if said.type == "error" else None)
    page.goto(address)
    return page


def test_phone_and_board_follow_what_an_agent_does(
    browser: Browser, kiosk: KioskLine, amel: str, key: TrackingKey, mistakes: list[str]
) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (200, 280), "white").save(picture, "JPEG")
    name = hashlib.sha256(picture.getvalue()).hexdigest()
    deposit = a_deposit(key, pages=(name,))
    assert kiosk.say(deposit) == [""]
    phone = window(browser, f"{kiosk.address}/T/{key.token}", mistakes)
    board = window(browser, f"{kiosk.address}/board", mistakes)
    desk = window(browser, f"{kiosk.address}/desk", mistakes)
    desk.fill("[name=name]", amel)
    desk.fill("[name=password]", PASSWORD)
    desk.click("#sign-in")
    expect(desk.locator(".waiting li")).to_have_count(0)

    kiosk.say(a_ticket("217", deposit.reference))
    expect(desk.locator(".waiting li b")).to_have_text("217")
    expect(phone.locator("#visit .number")).to_have_text("217")

    desk.keyboard.press("F2")
    expect(desk.locator("#called")).to_have_text("217")
    expect(board.locator(".number")).to_have_text("217")
    expect(phone.locator("#visit")).to_contain_text("3")

    expect(desk.locator(".glass img")).to_have_count(0)
    kiosk.put(name, picture.getvalue())
    expect(desk.locator(".glass img")).to_have_count(1)
    assert desk.locator(".glass img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 200

    desk.keyboard.press("a")
    expect(desk.locator("a.accepted")).to_have_count(1)
    desk.keyboard.press("r")
    desk.keyboard.type("ar غير مقروءة")
    kiosk.say(a_ticket("218"))
    expect(desk.locator(".waiting li b")).to_have_text("218")
    expect(desk.locator("#reason")).to_have_value("ar غير مقروءة")
    desk.keyboard.press("Enter")
    expect(phone.locator("#turn")).to_contain_text("غير مقروءة")

    desk.click("a.refused")
    expect(desk.locator("a.refused")).to_have_attribute("aria-current", "true")
    desk.keyboard.press("a")
    expect(desk.locator("a.accepted")).to_have_count(2)
    desk.keyboard.press("F9")
    expect(phone.locator("#stages .here b")).to_have_text("ملف مستوفى")
    expect(phone.locator("#shares")).to_be_visible()

    desk.keyboard.press("F4")
    expect(desk.locator("#called")).to_have_count(0)
    for page in (phone, board, desk):
        page.close()


def test_every_page_works_without_javascript(
    browser: Browser, kiosk: KioskLine, key: TrackingKey, mistakes: list[str]
) -> None:
    kiosk.say(a_deposit(key))
    plain = browser.new_context(java_script_enabled=False, locale="fr").new_page()
    plain.goto(kiosk.address)
    plain.fill("[name=reference]", "26-014-00385-97")
    plain.fill("[name=pin]", key.pin)
    plain.click("button.go")
    expect(plain.locator("h1")).to_have_text(
        "Permis de bâtir" if plain.locator("html[lang=fr]").count() else "رخصة بناء"
    )
    plain.close()
