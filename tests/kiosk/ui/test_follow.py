"""Following a file at the kiosk: a receipt in front of the reader, or its two numbers, and where the file is."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from civic.language import Language
from kiosk.app import Kiosk, application, open_kiosk
from kiosk.devices.printer_model import Roll
from kiosk.devices.simulated import SimulatedPrinter, SimulatedReader, SimulatedScanner
from kiosk.flow import Step
from kiosk.services.following import NotReached
from kiosk.settings import ReaderKind, ReaderSettings, Settings
from kiosk.ui.notice import Notice
from kiosk.ui.player import Player, click
from kiosk.ui.screens.ticket import PaperState
from tests.kiosk.ui.citizen import file_complaint, reads, type_digits, words_on

FOREIGN = ("WIFI:S:hall;T:WPA;P:x;;", "HTTPS://BEJA.EXAMPLE/T/ABCDEFGHIJKLMNOPQRSTUVWX23", "7" * 4096, "\x00\x01")
NUMBER = "26-014-00385-97"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, reader=ReaderSettings(ReaderKind.SIMULATED))


@pytest.fixture
def reader(kiosk: Kiosk) -> SimulatedReader:
    assert isinstance(kiosk.reader, SimulatedReader)
    return kiosk.reader


def lay_receipt(kiosk: Kiosk) -> None:
    """The last paper, taken from the printer and laid on the glass."""
    assert isinstance(kiosk.printer, SimulatedPrinter)
    assert isinstance(kiosk.scanner, SimulatedScanner)
    paper = io.BytesIO()
    kiosk.printer.model.papers[-1].save(paper, "PNG")
    kiosk.scanner.insert(paper.getvalue())


def in_the_middle(player: Player) -> None:
    player.touch("language-en")
    player.touch("complaint")
    player.touch("option-roads")


@pytest.mark.parametrize("shown", FOREIGN, ids=["wifi", "another town", "4 kB", "binary"])
def test_a_foreign_code_is_told_in_one_sentence_and_changes_nothing(
    qtbot: QtBot, kiosk: Kiosk, player: Player, reader: SimulatedReader, shown: str
) -> None:
    in_the_middle(player)
    reader.show(shown)
    reads(qtbot, kiosk, "This code is not from this town hall.")
    assert kiosk.visits.step is Step.QUESTIONS
    [notice] = kiosk.window.findChildren(Notice)
    click(notice, notice.rect().center())
    assert not notice.isVisible()
    player.touch("go")
    assert "This code" not in words_on(kiosk)


def test_bytes_that_are_no_text_are_foreign_too(
    qtbot: QtBot, kiosk: Kiosk, player: Player, reader: SimulatedReader
) -> None:
    player.touch("language-fr")
    reader.send(bytes(range(128, 256)) + b"\r")
    reads(qtbot, kiosk, "Ce code n'est pas de cette mairie.")
    player.touch("language-en")
    assert "code" not in words_on(kiosk)
    assert kiosk.visits.step is Step.WELCOME


def test_whoever_holds_a_code_to_the_reader_is_still_there(
    qtbot: QtBot, kiosk: Kiosk, player: Player, reader: SimulatedReader
) -> None:
    in_the_middle(player)
    for _ in range(65):
        kiosk.window._tick()
    assert "Are you still there?" in words_on(kiosk)
    reader.show(FOREIGN[0])
    reads(qtbot, kiosk, "This code is not from this town hall.")
    assert "Are you still there?" not in words_on(kiosk)


def test_a_receipt_in_the_middle_of_a_request_loses_nothing_without_a_word(
    qtbot: QtBot, kiosk: Kiosk, player: Player, reader: SimulatedReader
) -> None:
    in_the_middle(player)
    reader.show(FOREIGN[0])
    reader.show(NUMBER)
    reads(qtbot, kiosk, "You are in the middle of a request")
    assert "This code" not in words_on(kiosk)
    player.touch("keep-visit")
    assert "You are in the middle" not in words_on(kiosk)
    player.touch("go")
    assert kiosk.visits._flow.draft.answers == {"category": "roads"}
    for _ in range(2):
        reader.show(NUMBER)
    reads(qtbot, kiosk, "You are in the middle of a request")
    player.touch("leave-visit")
    reads(qtbot, kiosk, "Where is my file?")
    assert kiosk.visits.step is Step.FOLLOW
    with pytest.raises(LookupError):
        _ = kiosk.visits._flow.draft
    assert kiosk.window.theme.language is Language.ENGLISH


def test_whoever_is_asked_and_leaves_is_forgotten_with_the_question(
    qtbot: QtBot, kiosk: Kiosk, player: Player, reader: SimulatedReader
) -> None:
    in_the_middle(player)
    reader.show(NUMBER)
    reads(qtbot, kiosk, "You are in the middle of a request")
    kiosk.window.left_alone.emit()
    assert kiosk.visits.step is Step.WELCOME
    assert not [each for each in kiosk.window.findChildren(QWidget, "keep-visit") if each.isVisible()]


def test_a_paper_that_did_not_come_out_is_settled_first(
    qtbot: QtBot, kiosk: Kiosk, player: Player, reader: SimulatedReader
) -> None:
    assert isinstance(kiosk.printer, SimulatedPrinter)
    kiosk.printer.model.set_roll(Roll.OUT)
    player.play(kiosk.visits.catalog["signature-legalisation"], Language.ENGLISH)
    player.confirm()
    qtbot.waitUntil(lambda: kiosk.visits.ticket.paper is PaperState.FAILED, timeout=60_000)
    reader.show(NUMBER)
    reads(qtbot, kiosk, "Finish here first, then show your receipt again.")
    player.touch("go")
    qtbot.waitUntil(lambda: kiosk.visits.ticket.paper is PaperState.NOTED, timeout=60_000)
    reader.show(NUMBER)
    reads(qtbot, kiosk, "Where is my file?")


def test_a_number_a_power_cut_left_is_settled_first(
    qtbot: QtBot, kiosk: Kiosk, player: Player, settings: Settings
) -> None:
    assert isinstance(kiosk.printer, SimulatedPrinter)
    kiosk.printer.model.set_power(False)
    player.play(kiosk.visits.catalog["signature-legalisation"], Language.ENGLISH)
    player.confirm()
    qtbot.waitUntil(lambda: kiosk.visits.ticket.paper is PaperState.FAILED, timeout=60_000)
    again = open_kiosk(replace(settings, language=Language.ENGLISH), 540, 960)
    again.window.show()
    try:
        assert isinstance(again.reader, SimulatedReader)
        again.reader.show(NUMBER)
        reads(qtbot, again, "Finish here first")
        assert again.visits.trouble.unfinished
    finally:
        again.close()


def test_without_the_centre_one_honest_sentence_and_what_this_kiosk_knows(
    qtbot: QtBot, kiosk: Kiosk, player: Player, reader: SimulatedReader
) -> None:
    deposit = file_complaint(qtbot, kiosk, player)
    reader.show(deposit.tracking_url)
    reads(qtbot, kiosk, "The centre does not answer just now")
    said = words_on(kiosk)
    assert "Deposited here on" in said
    assert "papers" not in said
    assert str(deposit.reference).replace("-", "\u2011") in said
    kiosk.visits.receipts.follow.show_asking()
    kiosk.visits.receipts.follow.show_found(NotReached(None))
    player.touch("go")
    reads(qtbot, kiosk, "Deposited here on")
    player.touch("back")
    assert kiosk.visits.step is Step.WELCOME
    assert kiosk.visits.receipts.follow.found is None


def test_the_two_numbers_are_typed_with_the_fingers(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    player.touch("language-en")
    player.touch("follow")
    type_digits(player, NUMBER[:-1] + "8")
    assert "One digit is wrong" in words_on(kiosk)
    assert not kiosk.visits.receipts.follow.ready
    player.touch("key-backspace")
    assert "One digit is wrong" not in words_on(kiosk)
    field = kiosk.window.findChild(QLineEdit, "reference")
    assert field is not None
    assert field.text() == NUMBER[:-1]
    player.touch("key-7")
    type_digits(player, "123456")
    player.touch("open-reference")
    player.touch("open-pin")
    player.touch("go")
    reads(qtbot, kiosk, "The centre does not answer just now")
    player.touch("restart")
    assert kiosk.visits.receipts.follow.digits == ("", "")


def test_a_kiosk_without_a_reader_asks_for_the_two_numbers_only(
    qtbot: QtBot, settings: Settings, tmp_path: Path
) -> None:
    application()
    kiosk = open_kiosk(replace(settings, language=Language.ENGLISH, reader=ReaderSettings()), 540, 960)
    kiosk.window.show()
    try:
        Player(kiosk.window, kiosk.visits, tmp_path).touch("follow")
        reads(qtbot, kiosk, "Lay your receipt on the scanner")
        assert "in front of the reader" not in words_on(kiosk)
    finally:
        kiosk.close()


def test_where_no_reader_answers_the_receipt_is_read_on_the_scanner_and_not_kept(
    qtbot: QtBot, kiosk: Kiosk, player: Player, reader: SimulatedReader, settings: Settings
) -> None:
    deposit = file_complaint(qtbot, kiosk, player)
    player.touch("go")
    kept = set((settings.data / "vault").iterdir())
    reader.pull()
    player.touch("language-en")
    player.touch("follow")
    reads(qtbot, kiosk, "Lay your receipt on the scanner")
    lay_receipt(kiosk)
    player.touch("scan-receipt")
    reads(qtbot, kiosk, str(deposit.reference).replace("-", "\u2011"))
    assert "Deposited here on" in words_on(kiosk)
    assert set((settings.data / "vault").iterdir()) == kept


def test_a_reader_that_is_plugged_in_again_is_what_people_are_told_of(
    qtbot: QtBot, kiosk: Kiosk, player: Player, reader: SimulatedReader
) -> None:
    reader.pull()
    player.touch("language-en")
    player.touch("follow")
    reads(qtbot, kiosk, "Lay your receipt on the scanner")
    player.touch("restart")
    reader.plug()
    player.touch("language-en")
    player.touch("follow")
    reads(qtbot, kiosk, "in front of the reader")


@pytest.mark.parametrize(
    ("trouble", "words", "offered"),
    [
        (SimulatedScanner.mend, "No square code was seen.", True),
        (lambda scanner: scanner.jam(), "The paper is jammed.", True),
        (lambda scanner: scanner.insert(b"garbage"), "The scanner does not answer.", False),
    ],
    ids=["another paper", "jam", "no picture"],
)
def test_a_receipt_the_scanner_does_not_read_is_told_in_one_sentence(
    qtbot: QtBot,
    kiosk: Kiosk,
    player: Player,
    reader: SimulatedReader,
    trouble: Callable[[SimulatedScanner], None],
    words: str,
    offered: bool,
) -> None:
    assert isinstance(kiosk.scanner, SimulatedScanner)
    reader.pull()
    player.touch("language-en")
    player.touch("follow")
    trouble(kiosk.scanner)
    player.touch("scan-receipt")
    reads(qtbot, kiosk, words)
    assert bool([each for each in kiosk.window.findChildren(QWidget, "scan-receipt") if each.isVisible()]) is offered
    type_digits(player, NUMBER)


def test_whoever_leaves_while_the_receipt_is_read_hears_nothing_of_it(
    qtbot: QtBot, kiosk: Kiosk, player: Player, reader: SimulatedReader
) -> None:
    assert isinstance(kiosk.scanner, SimulatedScanner)
    file_complaint(qtbot, kiosk, player)
    player.touch("go")
    reader.pull()
    player.touch("language-en")
    player.touch("follow")
    lay_receipt(kiosk)
    kiosk.scanner.lamp_s = 4.0
    player.touch("scan-receipt")
    reads(qtbot, kiosk, "Reading your receipt")
    player.touch("restart")
    kiosk.threads.scanner.submit(lambda: None).result()
    assert kiosk.visits.step is Step.WELCOME
    assert kiosk.visits.receipts.follow.wait is None


def test_a_file_number_in_front_of_the_reader_leaves_only_the_pin_to_type(
    qtbot: QtBot, kiosk: Kiosk, player: Player, reader: SimulatedReader
) -> None:
    player.touch("request")
    reader.show(NUMBER)
    qtbot.waitUntil(lambda: kiosk.visits.receipts.follow.opened == "pin", timeout=60_000)
    type_digits(player, "123456")
    assert kiosk.visits.receipts.follow.ready
