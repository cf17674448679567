"""What a kiosk remarked of a page, from its glass to the eyes of the agent who judges the paper."""

import hashlib
import random
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import requests
from PIL import Image

from central.settings import Settings, read_settings
from civic.dossier import Document
from civic.remark import Remark
from civic.tracking import TrackingKey
from kiosk.devices.simulated import SimulatedScanner
from kiosk.page.pixels import encode
from kiosk.services.scanning import Scanning
from kiosk.store.vault import Vault
from tests.central.invented import PASSWORD, KioskLine, a_deposit, a_page
from tests.kiosk.page.invented import Glass, write_paper

REFERENCE = "26-014-00385-97"
KEPT = "The kiosk said so, and the citizen kept the page like this."
WORDS = {
    Remark.BLANK: ("هذه الصفحة بيضاء", "Cette page est vide", "This page is empty"),
    Remark.TOO_DARK: ("هذه الصفحة مظلمة", "Cette page est trop sombre", "This page is too dark"),
    Remark.BLURRED: ("هذه الصفحة غير واضحة", "Cette page est floue", "This page is blurred"),
    Remark.CUT_TOP: ("أعلى الصفحة مقطوع", "Le haut de la page est coupé", "The top of the page is cut"),
    Remark.CUT_RIGHT: ("يمين الصفحة مقطوع", "Le côté droit de la page est coupé", "The right side of the page is cut"),
    Remark.CUT_BOTTOM: ("أسفل الصفحة مقطوع", "Le bas de la page est coupé", "The bottom of the page is cut"),
    Remark.CUT_LEFT: ("يسار الصفحة مقطوع", "Le côté gauche de la page est coupé", "The left side of the page is cut"),
}
Desk = Callable[..., str]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """One engine is enough here: no remark is kept in the database."""
    return read_settings(tmp_path / "centre", {})


@pytest.fixture
def desk(centre: str, amel: str, kiosk: KioskLine, key: TrackingKey) -> Desk:
    """The desk of an agent who opens a paper of these pages, all of which have come."""
    browser = requests.Session()
    browser.post(f"{centre}/desk/sign-in", data={"name": amel, "password": PASSWORD}, timeout=60)

    def show(*pages: bytes, language: str = "en") -> str:
        names = [hashlib.sha256(page).hexdigest() for page in pages]
        for name, page in zip(names, pages, strict=True):
            assert kiosk.put(name, page).status_code == 201
        assert kiosk.say(replace(a_deposit(key), documents=(Document("survey", tuple(names)),))) == [""]
        answer = browser.get(f"{centre}/desk?file={REFERENCE}&paper=survey&lang={language}", timeout=60)
        assert answer.status_code == 200
        assert answer.text.count('<img src="/desk/pages/') == len(pages)
        return answer.text

    return show


def closely(page: str) -> str:
    """What stands beside the verdict; nothing while it is hidden."""
    word = page.partition('<p class="remark closely')[2].partition("</p>")[0]
    return "" if word.partition(">")[0].endswith(" hidden") else word


def test_a_deed_that_lay_over_the_end_of_the_glass_is_known_as_such_at_the_desk(desk: Desk, tmp_path: Path) -> None:
    chance = random.Random(5)  # noqa: S311  a drawing
    deed = write_paper(chance, arabic=True).pixels
    glass = tmp_path / "glass.ppm"
    scanner, vault = SimulatedScanner(dpi=200, feeder=True), Vault(tmp_path / "vault")
    for lies in (Glass(1.0), Glass(2.0, at_mm=(0, 90))):
        Image.fromarray(lies.lay(deed, 200, chance)).save(glass)
        scanner.insert(glass.read_bytes())
    whole, cut = (vault.read(page.sha256) for page in Scanning(scanner, vault, set).scan().pages)
    page = desk(whole, cut)
    assert page.count(KEPT) == 1
    assert "The bottom of the page is cut" in page.partition('id="page-2"')[2]
    assert re.findall('<a href="#page-(.)">', closely(page)) == ["2"]


@pytest.mark.parametrize("remark", Remark)
@pytest.mark.parametrize(("nth", "language"), list(enumerate(("ar", "fr", "en"))))
def test_an_agent_reads_each_remark_in_the_words_the_citizen_was_told(
    desk: Desk, remark: Remark, nth: int, language: str
) -> None:
    page = desk(a_page(remark), language=language)
    assert WORDS[remark][nth] in page
    assert sum(words[nth] in page for words in WORDS.values()) == 1


def test_of_one_page_alone_nothing_is_said_twice(desk: Desk) -> None:
    page = desk(a_page(Remark.BLANK))
    assert page.count("This page is empty") == 1
    assert closely(page) == ""


def test_of_pages_without_a_remark_nothing_is_said(desk: Desk) -> None:
    page = desk(a_page(), *(b"\xff\xd8\xff an invented page", b"\x89PNG\r\n\x1a\n", b"", bytes(2000)))
    assert KEPT not in page
    assert closely(page) == ""


def test_a_word_this_centre_does_not_know_is_no_remark(desk: Desk) -> None:
    later = encode(np.full((300, 200), 250, np.uint8), 200, 400_000, "remark: torn")
    assert KEPT not in desk(later)
