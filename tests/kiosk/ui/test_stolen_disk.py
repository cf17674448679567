"""Somebody carries the kiosk's disk away: every byte of its folder is searched for what citizens said and showed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk.app import Kiosk, application, open_kiosk
from kiosk.devices.invented_page import invented_page
from kiosk.devices.printer_model import Roll
from kiosk.devices.simulated import SimulatedPrinter, SimulatedScanner
from kiosk.own_centre import OwnCentre
from kiosk.services.scanning import Scanning
from kiosk.settings import CentreSettings, Settings
from kiosk.store.vault import Vault
from kiosk.ui.player import Player
from kiosk.ui.screens.ticket import PaperState
from tests.kiosk.ui.citizen import introduce

NOWHERE = "http://127.0.0.1:9"
_DPI = 100
_SAID = "qwzvkxj", "78353535", "05353535"
"""A name, a phone, the number of a card."""


@dataclass(frozen=True, slots=True)
class Planted:
    """What a thief would look for: words, and pieces of a page as the kiosk would keep it in the clear."""

    words: tuple[str, ...]
    page: bytes

    def lying_in(self, folder: Path) -> list[str]:
        """The files that hold any of it, whatever way computers write words; free pages and logs are in them too."""
        wanted = [word.encode(code) for word in self.words for code in ("utf-8", "utf-16-le", "utf-16-be")]
        middle = len(self.page) // 2
        wanted += [self.page[:64], self.page[middle : middle + 64], self.page[-64:]]
        files = {each: each.read_bytes() for each in folder.rglob("*") if each.is_file()}
        assert files, "there is a disk to look at"
        return [each.name for each, content in files.items() if any(one in content for one in wanted)]


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[OwnCentre]:
    with OwnCentre(tmp_path / "centre") as centre:
        yield centre


@contextmanager
def opened(qtbot: QtBot, settings: Settings, url: str) -> Iterator[Kiosk]:
    """The same kiosk, whether its line is dead or alive."""
    application()
    kiosk = open_kiosk(replace(settings, centre=CentreSettings(url, "https://kef.example")), 540, 960)
    kiosk.window.show()
    qtbot.waitExposed(kiosk.window)
    try:
        yield kiosk
    finally:
        kiosk.close()


def clear_page(picture: bytes, folder: Path) -> bytes:
    """What the kiosk makes of that picture, where no town has given it a seal."""
    scanner = SimulatedScanner(dpi=_DPI)
    scanner.insert(picture)
    vault = Vault(folder)
    [page] = Scanning(scanner, vault, set).scan().pages
    return vault.read(page.sha256)


def file_with_a_page(kiosk: Kiosk, player: Player, picture: bytes) -> None:
    """A permit with a name, a phone, a card's number and one page: confirmed."""
    assert isinstance(kiosk.scanner, SimulatedScanner)
    kiosk.scanner.insert(picture)
    introduce(kiosk, player, *_SAID)
    player.touch("scan")
    player.wait(lambda: kiosk.visits.documents.documents or None, "the page did not come")
    player.touch("go")
    player.touch("go")


def secrets_of(kiosk: Kiosk) -> tuple[str, str]:
    receipt = kiosk.visits.ticket.receipt
    assert receipt is not None
    assert receipt.deposit is not None
    return receipt.deposit.pin, receipt.deposit.tracking_url.rpartition("/")[2]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, scanner=replace(settings.scanner, dpi=_DPI))


@pytest.fixture
def planted(tmp_path: Path) -> Planted:
    picture = invented_page(_DPI)
    (tmp_path / "picture.pnm").write_bytes(picture)
    return Planted(_SAID, clear_page(picture, tmp_path / "beside"))


def test_a_stolen_disk_tells_nothing_of_who_was_there(
    qtbot: QtBot, settings: Settings, centre: OwnCentre, planted: Planted, tmp_path: Path
) -> None:
    """While the paper is not out, while the line is dead, and when the centre has it."""
    centre.enrol(settings.kiosk, settings.data)
    with opened(qtbot, settings, NOWHERE) as kiosk:
        assert isinstance(kiosk.printer, SimulatedPrinter)
        kiosk.printer.model.set_roll(Roll.OUT)
        player = Player(kiosk.window, kiosk.visits, tmp_path)
        file_with_a_page(kiosk, player, (tmp_path / "picture.pnm").read_bytes())
        qtbot.waitUntil(lambda: kiosk.visits.ticket.paper is PaperState.FAILED, timeout=60_000)
        planted = replace(planted, words=(*planted.words, *secrets_of(kiosk)))
        assert planted.lying_in(settings.data) == []
        kiosk.printer.model.set_roll(Roll.FULL)
        player.touch("print-again")
        qtbot.waitUntil(lambda: kiosk.visits.ticket.paper is PaperState.OUT, timeout=60_000)
        assert kiosk.outbox.waiting() >= 3, "the file, its page and its number"
        assert planted.lying_in(settings.data) == []
    assert planted.lying_in(settings.data) == []
    with opened(qtbot, settings, centre.url) as kiosk:
        qtbot.waitUntil(lambda: kiosk.outbox.waiting() == 0, timeout=60_000)
        assert planted.lying_in(settings.data) == []
    assert not list((settings.data / "vault").iterdir())
    assert "centre.sqlite" in "".join(planted.lying_in(centre.data)), "the town hall reads all of it"
    assert planted.page in [each.read_bytes() for each in (centre.data / "documents").rglob("*") if each.is_file()]


def test_a_kiosk_no_town_has_yet_keeps_what_it_must_tell_and_forgets_it_once_told(
    qtbot: QtBot, settings: Settings, centre: OwnCentre, planted: Planted, tmp_path: Path
) -> None:
    """This also shows that the search finds what there is to be found."""
    with opened(qtbot, settings, NOWHERE) as kiosk:
        player = Player(kiosk.window, kiosk.visits, tmp_path)
        file_with_a_page(kiosk, player, (tmp_path / "picture.pnm").read_bytes())
        qtbot.waitUntil(lambda: kiosk.visits.ticket.paper is PaperState.OUT, timeout=60_000)
        readable = planted.lying_in(settings.data)
        assert [name for name in readable if name.startswith("kiosk.sqlite")]
        assert [name for name in readable if len(name) == 64], "a page of the vault"
    centre.enrol(settings.kiosk, settings.data)
    with opened(qtbot, settings, centre.url) as kiosk:
        qtbot.waitUntil(lambda: kiosk.outbox.waiting() == 0, timeout=60_000)
        qtbot.waitUntil(lambda: not planted.lying_in(settings.data), timeout=60_000)
