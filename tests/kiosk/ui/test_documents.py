"""A person's papers on the screen: what is wrong is said and shown, and whoever waits for the lamp may stop it."""

import io
import random
from concurrent.futures import Future
from dataclasses import replace

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from civic.remark import Remark
from kiosk.app import Kiosk
from kiosk.devices.base import ScannerState
from kiosk.devices.simulated import SimulatedScanner
from kiosk.settings import Settings
from kiosk.ui.page_picture import LampBar, PagePicture
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.player import Player
from kiosk.ui.screens.documents import DocumentsScreen
from tests.kiosk.page.invented import Glass, write_paper
from tests.kiosk.ui.citizen import choose_permit


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """A scanner as fine as a real one: cuts are told by strokes of letters."""
    return replace(settings, scanner=replace(settings.scanner, dpi=150))


@pytest.fixture
def papers(kiosk: Kiosk, player: Player) -> DocumentsScreen:
    """Someone stands before the papers of a building permit."""
    choose_permit(kiosk, player)
    player.touch("key-س")
    player.touch("go")
    return kiosk.visits.documents


@pytest.fixture
def scanner(kiosk: Kiosk) -> SimulatedScanner:
    assert isinstance(kiosk.scanner, SimulatedScanner)
    return kiosk.scanner


def blank() -> bytes:
    return file_of(Image.new("L", (1240, 1754), "white"))


def cut_at_the_bottom() -> bytes:
    chance = random.Random(100)  # noqa: S311  a drawing
    seen = Glass(2.0, at_mm=(0, 90)).lay(write_paper(chance, arabic=True).pixels, 200, chance)
    return file_of(Image.fromarray(seen).resize((1276, 1772), Image.Resampling.BOX))


def file_of(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def words_on(screen: DocumentsScreen) -> str:
    return "\n".join(each.text for each in screen.findChildren(Paragraph) if each.isVisible())


def test_a_cut_page_is_shown_cut_with_what_to_do(
    qtbot: QtBot, player: Player, papers: DocumentsScreen, scanner: SimulatedScanner
) -> None:
    scanner.insert(cut_at_the_bottom())
    player.touch("language-en")
    player.touch("scan")
    qtbot.waitUntil(lambda: papers.remark is Remark.CUT_BOTTOM, timeout=30_000)
    assert "The bottom of the page is cut" in words_on(papers)
    assert "against the arrow" in words_on(papers)
    shown = papers.findChildren(PagePicture)[-1].grab().toImage()
    brick = [y for y in range(shown.height()) if shown.pixelColor(shown.width() // 3, y).name() == "#a8321e"]
    assert not brick or min(brick) > shown.height() * 3 // 4  # the dashes of the cut, at its place and nowhere else
    assert any(shown.pixelColor(x, y).name() == "#a8321e" for x in range(shown.width()) for y in range(shown.height()))


def test_nobody_goes_on_before_a_doubtful_page_is_decided(
    qtbot: QtBot, player: Player, papers: DocumentsScreen, scanner: SimulatedScanner
) -> None:
    scanner.insert(blank())
    player.touch("scan")
    qtbot.waitUntil(lambda: papers.remark is Remark.BLANK, timeout=30_000)
    assert (papers.ready, len(papers.documents)) == (False, 0)
    player.touch("keep-page")
    assert (papers.ready, len(papers.documents)) == (True, 1)


def test_a_page_scanned_again_stands_in_the_place_of_the_first(
    qtbot: QtBot, player: Player, papers: DocumentsScreen, scanner: SimulatedScanner
) -> None:
    scanner.insert(blank())
    player.touch("scan")
    qtbot.waitUntil(lambda: papers.remark is Remark.BLANK, timeout=30_000)
    player.touch("scan-again")
    qtbot.waitUntil(lambda: len(papers.documents) == 1, timeout=30_000)
    assert papers.remark is None
    assert [len(each.pages) for each in papers.documents.values()] == [1]


def test_the_lamp_is_followed_and_a_touch_stops_it(
    qtbot: QtBot, player: Player, papers: DocumentsScreen, scanner: SimulatedScanner
) -> None:
    scanner.lamp_s = 20
    player.touch("scan")
    qtbot.waitUntil(lambda: papers.share > 0, timeout=30_000)
    assert papers.findChildren(LampBar)
    player.touch("stop-scan")
    qtbot.waitUntil(lambda: papers.fault is ScannerState.STOPPED, timeout=30_000)
    assert not papers.documents
    scanner.lamp_s = 0
    player.touch("scan")
    qtbot.waitUntil(lambda: len(papers.documents) == 1, timeout=30_000)


def test_whoever_leaves_sends_the_lamp_home(
    qtbot: QtBot, kiosk: Kiosk, player: Player, papers: DocumentsScreen, scanner: SimulatedScanner
) -> None:
    scanner.lamp_s = 600
    player.touch("scan")
    qtbot.waitUntil(lambda: papers.scanning, timeout=30_000)
    player.touch("restart")
    scanner.lamp_s = 0
    free: Future[bool] = kiosk.threads.scanner.submit(lambda: True)
    qtbot.waitUntil(free.done, timeout=60_000)
    assert not papers.thumbnails
    assert not papers.documents


def test_a_page_cut_off_in_the_middle_is_no_page_and_the_visit_goes_on(
    qtbot: QtBot, player: Player, papers: DocumentsScreen, scanner: SimulatedScanner
) -> None:
    scanner.insert(cut_at_the_bottom()[:4000])
    player.touch("scan")
    qtbot.waitUntil(lambda: papers.fault is ScannerState.OFFLINE, timeout=30_000)
    assert not papers.documents
    player.touch("skip")
    assert papers.ready
