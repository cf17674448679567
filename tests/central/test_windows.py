"""An agent's window, a phone and the hall's display, in a real browser, side by side."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from central.attempts import MOST
from central.database import Database
from central.settings import Settings, read_settings
from civic.dossier import Applicant
from civic.kiosk_part import Part
from civic.remark import Remark
from civic.spot import Spot
from civic.tracking import TrackingKey
from civic.voice_note import VoiceNote
from kiosk.devices.invented_voice import invented_voice
from kiosk.devices.opus import encode
from sync.messages import KioskChecked, Told, Verdict
from tests.central.conftest import serving
from tests.central.invented import PASSWORD, KioskLine, a_deposit, a_page, a_ticket, enrol_kiosk

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


def sign_in(desk: Page, name: str) -> None:
    desk.fill("[name=name]", name)
    desk.fill("[name=password]", PASSWORD)
    desk.click("#sign-in")
    expect(desk.locator("#next")).to_be_visible()


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
    sign_in(desk, amel)
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

    expect(desk.locator("#stage")).to_have_text("ملف مستوفى")
    desk.keyboard.press("F4")
    expect(desk.locator("#called")).to_have_count(0)
    for page in (phone, board, desk):
        page.close()


def test_a_page_that_arrives_late_brings_its_remark_with_it(
    browser: Browser, kiosk: KioskLine, amel: str, key: TrackingKey, mistakes: list[str]
) -> None:
    whole, cut = pages = a_page(), a_page(Remark.CUT_RIGHT)
    names = tuple(hashlib.sha256(page).hexdigest() for page in pages)
    deposit = a_deposit(key, pages=names)
    kiosk.say(deposit, a_ticket("217", deposit.reference))
    desk = window(browser, f"{kiosk.address}/desk", mistakes)
    sign_in(desk, amel)
    desk.keyboard.press("F2")
    expect(desk.locator(".glass .coming")).to_have_count(2)

    kiosk.put(names[0], whole)
    expect(desk.locator(".glass img")).to_have_count(1)
    expect(desk.locator(".remark:visible")).to_have_count(0)
    desk.keyboard.press("r")  # what an agent is about to write does not hide what comes meanwhile
    kiosk.put(names[1], cut)
    remark = desk.locator("#page-2 .remark")
    expect(remark).to_contain_text("يمين الصفحة مقطوع")
    desk.keyboard.press("Escape")
    expect(remark).not_to_be_in_viewport()
    desk.click(".closely a")
    expect(remark).to_be_in_viewport()
    expect(desk.locator("#page-2 a")).to_have_css("padding", "0px 26px 0px 0px")  # hatched where the page is cut
    desk.keyboard.press("a")
    expect(desk.locator("a.accepted")).to_have_count(1)
    desk.close()


def test_an_open_counter_learns_that_a_kiosk_needs_a_hand_and_leads_to_what_to_do(
    browser: Browser, kiosk: KioskLine, amel: str, mistakes: list[str]
) -> None:
    desk = window(browser, f"{kiosk.address}/desk", mistakes)
    sign_in(desk, amel)
    well = KioskChecked(datetime.now(UTC), {Part.PRINTER: Told(Verdict.GOOD, "ready")}, 310)
    kiosk.say(well)
    expect(desk.locator(".hands")).to_have_count(0)
    kiosk.say(replace(well, parts={Part.PRINTER: Told(Verdict.BAD, "paper-out")}))
    expect(desk.locator(".hands")).to_contain_text("1")
    desk.click("#kiosks")
    expect(desk.locator("#kiosk-014 .bad")).to_contain_text("ضعوا لفافة جديدة")
    kiosk.say(well)
    expect(desk.locator("#kiosk-014")).to_contain_text("كل شيء على ما يرام")
    desk.keyboard.press("Escape")
    expect(desk.locator("#next")).to_be_visible()
    desk.close()


def test_an_agent_signs_in_in_the_language_of_the_link(
    browser: Browser, centre: str, amel: str, mistakes: list[str]
) -> None:
    desk = window(browser, f"{centre}/desk?lang=fr", mistakes)
    expect(desk.locator("html")).to_have_attribute("lang", "fr")
    desk.fill("[name=name]", amel)
    desk.fill("[name=password]", "something-else")
    desk.keyboard.press("Enter")
    expect(desk.locator("[role=alert]")).to_contain_text("Après cinq essais")
    expect(desk.locator("[name=name]")).to_have_value(amel)
    expect(desk.locator("[name=password]")).to_be_focused()
    desk.keyboard.type(PASSWORD)
    desk.keyboard.press("Enter")
    expect(desk.locator("#next")).to_contain_text("Suivant")
    desk.close()
    assert all("403" in mistake for mistake in mistakes)  # what a browser says of every refused form
    mistakes.clear()


def test_the_board_of_another_process_rings_for_a_call_and_again_for_the_same_number(
    browser: Browser, settings: Settings, kiosk: KioskLine, amel: str, mistakes: list[str]
) -> None:
    kiosk.say(a_ticket("217"), a_ticket("218"))
    with serving(settings) as elsewhere:
        board = window(browser, f"{elsewhere}/board", mistakes)
        desk = window(browser, f"{kiosk.address}/desk", mistakes)
        sign_in(desk, amel)
        expect(board.locator(".waiting b")).to_have_text("2")
        desk.keyboard.press("F2")
        rung = board.locator("#now.ring")
        expect(rung.locator(".number")).to_have_text("217")
        first = rung.get_attribute("data-call")
        kiosk.say(a_ticket("219"))
        expect(board.locator(".waiting b")).to_have_text("2")
        expect(rung).to_have_attribute("data-call", first or "")  # who comes in meanwhile does not stop the ringing
        expect(desk.locator("#called")).to_have_text("217")
        desk.keyboard.press("F6")
        expect(rung).not_to_have_attribute("data-call", first or "")
        expect(rung.locator(".number")).to_have_text("217")
        desk.close()
        board.close()


def test_what_an_agent_has_open_stays_open_while_the_hall_goes_on(
    browser: Browser, kiosk: KioskLine, amel: str, key: TrackingKey, mistakes: list[str]
) -> None:
    deposit = a_deposit(key, pages=("ab" * 32,))
    kiosk.say(deposit, a_ticket("217", deposit.reference))
    desk = window(browser, f"{kiosk.address}/desk", mistakes)
    sign_in(desk, amel)
    desk.keyboard.press("F2")
    desk.click("#answers summary")
    desk.click("#end-withdrawn summary")
    kiosk.say(a_ticket("218"))
    expect(desk.locator(".waiting li b")).to_have_text("218")
    expect(desk.locator("#answers dl")).to_be_visible()
    expect(desk.locator("#move-withdrawn")).to_be_visible()
    desk.close()


def test_a_file_is_ended_only_by_a_second_word(
    browser: Browser, kiosk: KioskLine, amel: str, key: TrackingKey, mistakes: list[str]
) -> None:
    kiosk.say(a_deposit(key, pages=("ab" * 32,)))
    desk = window(browser, f"{kiosk.address}/desk", mistakes)
    sign_in(desk, amel)
    desk.fill("[name=file]", "26 014 00385 97")
    desk.keyboard.press("Enter")
    desk.click("#end-withdrawn summary")
    expect(desk.locator("#move-withdrawn")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.locator("#move-withdrawn")).to_be_hidden()
    desk.click("#end-withdrawn summary")
    desk.click("#move-withdrawn")
    expect(desk.locator("#stage")).to_have_text("تمّ سحب المطلب من صاحبه")
    expect(desk.locator(".wishes")).to_have_count(0)
    desk.keyboard.press("Escape")
    expect(desk.locator(".calm h1")).to_be_visible()
    desk.close()


def test_a_page_says_that_its_line_is_cut_and_is_true_again_when_it_is_back(
    browser: Browser, settings: Settings, database: Database, amel: str
) -> None:
    with serving(settings) as address:
        desk = window(browser, f"{address}/desk", [])
        sign_in(desk, amel)
    expect(desk.locator("#cut")).to_be_visible()
    with serving(settings, int(address.rpartition(":")[2])):
        KioskLine(address, enrol_kiosk(database, 14)).say(a_ticket("217"))
        expect(desk.locator(".waiting li b")).to_have_text("217", timeout=15_000)
        expect(desk.locator("#cut")).to_be_hidden()
        desk.close()


def test_a_citizen_who_mistypes_the_pin_keeps_the_number_and_is_told_when_to_stop(
    browser: Browser, kiosk: KioskLine, key: TrackingKey
) -> None:
    kiosk.say(a_deposit(key))
    phone = browser.new_context(java_script_enabled=False, locale="fr").new_page()
    phone.goto(kiosk.address)
    phone.fill("[name=reference]", "26-014-00385-97")
    wrong = "000000" if key.pin != "000000" else "000001"
    for _ in range(MOST):
        phone.fill("[name=pin]", wrong)
        phone.click("button.go")
        expect(phone.locator("[role=alert]")).to_contain_text("ne vont pas ensemble")
        expect(phone.locator("[name=reference]")).to_have_value("26-014-00385-97")
        expect(phone.locator("[name=pin]")).to_have_value("")
    phone.fill("[name=pin]", key.pin)
    phone.click("button.go")
    expect(phone.locator("[role=alert]")).to_contain_text("un quart d'heure")
    phone.close()


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


def test_a_kiosk_that_asks_for_help_is_seen_and_heard_at_an_open_desk(
    browser: Browser, kiosk: KioskLine, amel: str, mistakes: list[str]
) -> None:
    desk = window(browser, f"{kiosk.address}/desk", mistakes)
    sign_in(desk, amel)
    desk.evaluate("() => { window.rung = 0; ring = () => { window.rung += 1; }; }")
    kiosk.ask("POST", "/exchange/help", b'{"wanted": true}')
    expect(desk.locator("#help")).to_contain_text("14")
    expect(desk.locator("#go-14")).to_be_visible()
    assert desk.evaluate("window.rung") == 1
    kiosk.say(a_ticket("217"))
    expect(desk.locator(".waiting li")).to_have_count(1)
    assert desk.evaluate("window.rung") == 1, "it sounds once"
    desk.click("#go-14")
    expect(desk.locator("#help")).to_contain_text("amel")
    expect(desk.locator("#go-14")).to_have_count(0)
    desk.close()


def test_an_agent_leaps_within_what_was_spoken_and_nobody_who_comes_cuts_it_off(
    browser: Browser, kiosk: KioskLine, amel: str, key: TrackingKey, mistakes: list[str]
) -> None:
    sound = encode(invented_voice() * 15)
    note = VoiceNote(hashlib.sha256(sound).hexdigest(), 60)
    told = {"category": "lighting", "place": str(Spot("cite-hached")), "story": str(note)}
    spoken = replace(
        a_deposit(key), service_id="complaint", answers=told, applicant=Applicant(), documents=(), missing=()
    )
    assert kiosk.say(spoken) == [""]
    kiosk.put(note.sha256, sound)
    desk = window(browser, f"{kiosk.address}/desk", mistakes)
    sign_in(desk, amel)
    desk.goto(f"{kiosk.address}/desk?file={spoken.reference}")
    player = desk.locator("audio.note")
    player.evaluate(
        "sound => new Promise(known => sound.duration ? known() : sound.addEventListener('loadedmetadata', known))"
    )
    assert round(player.evaluate("sound => sound.duration")) == 60
    player.evaluate("sound => { sound.muted = true; sound.currentTime = 40; return sound.play(); }")
    kiosk.say(a_ticket("217"))
    expect(desk.locator(".waiting li b")).to_have_text("217")
    assert player.evaluate("sound => [sound.paused, sound.currentTime >= 40]") == [False, True]
