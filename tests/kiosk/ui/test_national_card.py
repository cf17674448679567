"""A national card tells its own number by its bar code: it is offered where it helps, and never put there by itself."""

import io
from dataclasses import replace

import numpy as np
import pytest
import zxingcpp
from PIL import Image
from pytestqt.qtbot import QtBot

from civic.dossier import IdentityKind
from civic.language import Language
from kiosk.app import Kiosk
from kiosk.devices.simulated import SimulatedReader, SimulatedScanner
from kiosk.flow import Step
from kiosk.settings import ReaderKind, ReaderSettings, Settings
from kiosk.ui.player import Player
from tests.kiosk.page.invented import invented_card
from tests.kiosk.ui.citizen import choose_permit, reads, words_on

NUMBER = "01234567"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, reader=ReaderSettings(ReaderKind.SIMULATED), scanner=replace(settings.scanner, dpi=150))


def scan_of_card(code: str, kind: zxingcpp.BarcodeFormat) -> bytes:
    """A copy of an invented card on a sheet, with its bar code under it."""
    sheet = Image.new("RGB", (1240, 1754), "white")
    sheet.paste(Image.fromarray(invented_card(150)), (360, 300))
    bars = np.asarray(zxingcpp.create_barcode(code, kind).to_image(scale=3))
    sheet.paste(Image.fromarray(bars).convert("RGB"), (380, 800))
    file = io.BytesIO()
    sheet.save(file, "PNG")
    return file.getvalue()


def before_who(kiosk: Kiosk, player: Player) -> None:
    choose_permit(kiosk, player)
    kiosk.window.speak(Language.ENGLISH)


def scan_the_card(qtbot: QtBot, kiosk: Kiosk, player: Player, picture: bytes) -> None:
    """Laid down as the first paper that is asked for, and on to the review."""
    assert isinstance(kiosk.scanner, SimulatedScanner)
    player.touch("key-s")
    player.touch("go")
    kiosk.scanner.insert(picture)
    player.touch("scan")
    qtbot.waitUntil(lambda: kiosk.visits.documents.ready and bool(kiosk.visits.documents.documents), timeout=60_000)
    player.touch("go")
    assert kiosk.visits.step is Step.REVIEW


def test_a_card_held_to_the_reader_fills_its_number_in_and_can_be_taken_away(
    qtbot: QtBot, kiosk: Kiosk, player: Player
) -> None:
    assert isinstance(kiosk.reader, SimulatedReader)
    before_who(kiosk, player)
    kiosk.reader.show(NUMBER)
    qtbot.waitUntil(lambda: kiosk.visits.applicant.applicant.identity_number == NUMBER, timeout=60_000)
    assert kiosk.visits.applicant.applicant.identity_kind is IdentityKind.CIN
    assert "You may hold the bar code of your card" in words_on(kiosk)
    player.touch("identity-none")
    assert kiosk.visits.applicant.applicant.identity_number == ""


def test_elsewhere_a_card_opens_nothing(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    assert isinstance(kiosk.reader, SimulatedReader)
    player.touch("language-en")
    kiosk.reader.show(NUMBER)
    reads(qtbot, kiosk, "This code is not from this town hall.")
    before_who(kiosk, player)
    kiosk.reader.show("00000000")
    reads(qtbot, kiosk, "This code is not from this town hall.")


@pytest.mark.parametrize("kind", [zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.Code39])
def test_a_number_seen_on_a_scanned_card_is_offered_once_and_added_when_asked(
    qtbot: QtBot, kiosk: Kiosk, player: Player, kind: zxingcpp.BarcodeFormat
) -> None:
    before_who(kiosk, player)
    scan_the_card(qtbot, kiosk, player, scan_of_card(NUMBER, kind))
    assert "Is this your national card?" in words_on(kiosk)
    assert kiosk.visits._flow.draft.applicant.identity_number == ""
    player.touch("add-card")
    assert kiosk.visits._flow.draft.applicant.identity_number == NUMBER
    assert kiosk.visits._flow.draft.applicant.identity_kind is IdentityKind.CIN
    assert "Is this your national card?" not in words_on(kiosk)


def test_with_the_page_its_number_goes(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    before_who(kiosk, player)
    scan_the_card(qtbot, kiosk, player, scan_of_card(NUMBER, zxingcpp.BarcodeFormat.Code128))
    player.touch("change-documents")
    kiosk.visits.documents.page_removed.emit(kiosk.visits.documents.requirements[0].id)
    player.touch("go")
    assert "Is this your national card?" not in words_on(kiosk)


def test_a_shops_code_of_eight_digits_is_no_card(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    before_who(kiosk, player)
    scan_the_card(qtbot, kiosk, player, scan_of_card("96385074", zxingcpp.BarcodeFormat.EAN8))
    assert "Is this your national card?" not in words_on(kiosk)
