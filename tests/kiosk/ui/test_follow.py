"""Following a file at the kiosk: a receipt in front of the reader, or its two numbers, and where the file is."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from civic.deadline import DeadlineKind
from civic.language import Language, Wording
from civic.reference import Reference
from civic.ticket import TicketState
from civic.workflow import Party
from kiosk.app import Kiosk, application, open_kiosk
from kiosk.devices.base import ReaderState
from kiosk.devices.printer_model import Roll
from kiosk.devices.simulated import SimulatedPrinter, SimulatedReader
from kiosk.flow import Step
from kiosk.own_centre import OwnCentre
from kiosk.services.following import KnownHere, NotReached
from kiosk.services.receipt import Deposit
from kiosk.settings import CentreSettings, ReaderKind, ReaderSettings, Settings
from kiosk.ui.notice import Notice
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.player import Player
from kiosk.ui.screens.ticket import PaperState
from sync.messages import Holder, Owed, Passed, Pledge, Standing, Unopened, Visit, Whereabouts
from tests.kiosk.devices.reader_end import ReaderEnd

FOREIGN = ("WIFI:S:hall;T:WPA;P:x;;", "HTTPS://BEJA.EXAMPLE/T/ABCDEFGHIJKLMNOPQRSTUVWX23", "7" * 4096, "\x00\x01")
NUMBER = "26-014-00385-97"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, reader=ReaderSettings(ReaderKind.SIMULATED))


@pytest.fixture
def reader(kiosk: Kiosk) -> SimulatedReader:
    assert isinstance(kiosk.reader, SimulatedReader)
    return kiosk.reader


def words_on(kiosk: Kiosk) -> str:
    notices = [each.accessibleName() for each in kiosk.window.findChildren(Notice) if each.isVisible()]
    return "\n".join(notices + [each.text for each in kiosk.window.findChildren(Paragraph) if each.isVisible()])


def reads(qtbot: QtBot, kiosk: Kiosk, words: str) -> None:
    """Wait until the person reads that."""
    qtbot.waitUntil(lambda: words in words_on(kiosk), timeout=60_000)


def file_complaint(qtbot: QtBot, kiosk: Kiosk, player: Player, language: Language = Language.ENGLISH) -> Deposit:
    player.play(kiosk.visits.catalog["complaint"], language)
    player.confirm()
    ticket = kiosk.visits.ticket
    qtbot.waitUntil(lambda: ticket.paper is PaperState.OUT and kiosk.visits.step is Step.TICKET, timeout=60_000)
    assert ticket.receipt is not None
    assert ticket.receipt.deposit is not None
    return ticket.receipt.deposit


def type_digits(player: Player, number: str) -> None:
    for digit in number.replace("-", ""):
        player.touch(f"key-{digit}")


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
    QTest.mouseClick(notice, Qt.MouseButton.LeftButton)
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
    assert str(deposit.reference).replace("-", "\u2011") in said
    kiosk.visits.follow.show_asking()
    kiosk.visits.follow.show_found(NotReached(None))
    player.touch("go")
    reads(qtbot, kiosk, "Deposited here on")
    player.touch("back")
    assert kiosk.visits.step is Step.WELCOME
    assert kiosk.visits.follow.found is None


def test_the_two_numbers_are_typed_with_the_fingers(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    player.touch("language-en")
    player.touch("follow")
    type_digits(player, NUMBER[:-1] + "8")
    assert "One digit is wrong" in words_on(kiosk)
    assert not kiosk.visits.follow.ready
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
    assert kiosk.visits.follow.digits == ("", "")


def test_a_kiosk_without_a_reader_asks_for_the_two_numbers_only(
    qtbot: QtBot, settings: Settings, tmp_path: Path
) -> None:
    application()
    kiosk = open_kiosk(replace(settings, language=Language.ENGLISH, reader=ReaderSettings()), 540, 960)
    kiosk.window.show()
    try:
        Player(kiosk.window, kiosk.visits, tmp_path).touch("follow")
        reads(qtbot, kiosk, "Type the two numbers of your receipt.")
    finally:
        kiosk.close()


def test_a_file_number_in_front_of_the_reader_leaves_only_the_pin_to_type(
    qtbot: QtBot, kiosk: Kiosk, player: Player, reader: SimulatedReader
) -> None:
    player.touch("request")
    reader.show(NUMBER)
    qtbot.waitUntil(lambda: kiosk.visits.follow.opened == "pin", timeout=60_000)
    type_digits(player, "123456")
    assert kiosk.visits.follow.ready


# With a real centre


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[OwnCentre]:
    with OwnCentre(tmp_path / "centre", 14) as centre:
        yield centre


@pytest.fixture
def port(tmp_path: Path) -> Iterator[ReaderEnd]:
    end = ReaderEnd(tmp_path / "ttyReader")
    yield end
    end.pull()


@pytest.fixture
def joined(qtbot: QtBot, settings: Settings, centre: OwnCentre, port: ReaderEnd) -> Iterator[Kiosk]:
    """A kiosk with a centre that answers and a reader on a serial line."""
    application()
    reader = ReaderSettings(ReaderKind.SERIAL, str(port.port), 9600)
    kiosk = open_kiosk(
        replace(settings, reader=reader, centre=CentreSettings(centre.url, centre.key, centre.url)), 540, 960
    )
    kiosk.window.show()
    qtbot.waitExposed(kiosk.window)
    opened = kiosk.reader
    assert opened is not None
    qtbot.waitUntil(lambda: opened.state() is ReaderState.READY, timeout=60_000)
    yield kiosk
    kiosk.close()


def test_a_complaint_is_filed_and_its_receipt_shows_where_it_is(
    qtbot: QtBot, joined: Kiosk, port: ReaderEnd, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    player = Player(joined.window, joined.visits, tmp_path)
    deposit = file_complaint(qtbot, joined, player)
    player.touch("go")
    qtbot.waitUntil(lambda: joined.outbox.waiting() == 0, timeout=60_000)
    workflow = joined.visits.catalog["complaint"].workflow
    assert workflow is not None
    port.show(deposit.tracking_url)
    reads(qtbot, joined, workflow.first.name.ar)
    player.touch("language-en")
    said = words_on(joined)
    for words in ("Complaint", workflow.first.name.en, "Your number today", "The town aims to answer by", "The answer"):
        assert words in said
    player.touch("go")
    assert joined.visits.step is Step.WELCOME
    assert joined.visits.follow.found is None

    player.touch("language-en")
    player.touch("follow")
    type_digits(player, str(deposit.reference))
    type_digits(player, "000000" if deposit.pin != "000000" else "000001")
    player.touch("go")
    reads(qtbot, joined, "This file number and this PIN do not go together.")
    type_digits(player, deposit.pin)
    player.touch("go")
    reads(qtbot, joined, workflow.first.name.en)
    token = deposit.tracking_url.rpartition("/")[2]
    centre_log = (tmp_path / "centre" / "centre.log").read_text()
    assert "/exchange/follow" in centre_log
    assert token not in (caplog.text + centre_log).upper()


def test_a_file_the_centre_has_not_heard_of_yet_is_on_its_way(
    qtbot: QtBot, kiosk: Kiosk, player: Player, settings: Settings, centre: OwnCentre
) -> None:
    deposit = file_complaint(qtbot, kiosk, player)
    with kiosk.store.transaction() as connection:  # as when the line was just back and the events have still to go
        connection.exec_driver_sql("DELETE FROM outbox_events")
    joined = CentreSettings(centre.url, centre.key, settings.centre.tracking)
    again = open_kiosk(replace(settings, centre=joined, language=Language.ENGLISH), 540, 960)
    again.window.show()
    try:
        assert isinstance(again.reader, SimulatedReader)
        again.reader.show(deposit.tracking_url)
        reads(qtbot, again, "Your file is on its way")
        again.reader.show(deposit.tracking_url[:-2] + ("AA" if deposit.tracking_url[-2:] != "AA" else "BA"))
        reads(qtbot, again, "The town hall knows no file with this code.")
        again.visits.follow.show_found(Unopened.TOO_OFTEN)
        reads(qtbot, again, "Wait a quarter of an hour")
    finally:
        again.close()


# What the page says


def said_once(text: str) -> Wording:
    return Wording(text, text, text)


PLEDGE = Pledge(45, DeadlineKind.LEGAL, said_once("Article 69"), date(2027, 1, 7), None, paused=False, late_days=0)
FILE = Whereabouts(
    reference=Reference(26, 14, 385),
    service=said_once("Building permit"),
    standing=Standing.OPEN,
    turn=Party.COUNTER,
    history=(Passed(said_once("Filed"), date(2026, 11, 23)), Passed(said_once("Review"), date(2026, 11, 25))),
    coming=(said_once("Commission"),),
    owed=(),
    pledge=PLEDGE,
    shares={Holder.TOWN: 9, Holder.CITIZEN: 4, Holder.LEFT: 32},
    visit=None,
)
DEED = Owed(said_once("The deed"), "cannot be read")


def with_visit(state: TicketState, ahead: int = 0, counter: int | None = None) -> Whereabouts:
    return replace(FILE, visit=Visit("217", state, counter, ahead))


def with_pledge(**changes: object) -> Whereabouts:
    return replace(FILE, pledge=replace(PLEDGE, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("file", "told", "untold"),
    [
        (FILE, ("Review", "The counter has your file", "Answer promised by", "7 January 2027", "The law:"), ("late",)),
        (FILE, ("Days used, and days left", "since", "The answer", "Commission"), ("own goal",)),
        (replace(FILE, turn=Party.DEPARTMENT), ("A department of the town hall",), ()),
        (replace(FILE, turn=Party.COMMISSION), ("The commission has your file",), ("Your turn",)),
        (replace(FILE, turn=Party.OUTSIDE), ("Another public body has your file",), ()),
        (replace(FILE, turn=Party.CITIZEN), ("Your turn",), ("nothing to do", "stands still")),
        (
            replace(FILE, turn=Party.CITIZEN, owed=(DEED, Owed(said_once("A photo"), ""))),
            ("Your turn: bring these papers", "The deed", "Not accepted:", "cannot be read", "A photo"),
            ("nothing to do",),
        ),
        (
            replace(with_pledge(paused=True), turn=Party.CITIZEN, owed=(DEED,)),
            ("The delay stands still until they reach us.",),
            (),
        ),
        (replace(with_pledge(paused=True), turn=Party.CITIZEN), ("until we hear from you",), ()),
        (replace(FILE, standing=Standing.WITHDRAWN), ("This file is closed",), ("The answer", "promised", "nothing")),
        (
            replace(with_pledge(answered_on=date(2026, 12, 1)), standing=Standing.ANSWERED, shares={Holder.TOWN: 8}),
            ("The town hall has answered", "Answered on", "Promised by", "Days used"),
            ("days left", "nothing to do"),
        ),
        (with_pledge(late_days=5), ("5 days late", "You may ask any agent why."), ()),
        (with_pledge(due_on=None), ("Time to answer", "45 days", "The days count from your deposit"), ("promised",)),
        (with_pledge(kind=DeadlineKind.GOAL), ("The town aims to answer by", "own goal"), ("The law", "promised")),
        (
            with_pledge(kind=DeadlineKind.GOAL, answered_on=date(2026, 12, 1)),
            ("The town aimed at", "Answered on"),
            ("Promised by",),
        ),
        (with_visit(TicketState.HELD, 3), ("217", "Your number today", "3 people are before you."), ()),
        (with_visit(TicketState.HELD), ("You are next.",), ()),
        (with_visit(TicketState.CALLED, counter=3), ("It is your number: go to counter",), ()),
        (with_visit(TicketState.MISSED, counter=3), ("nobody came", "you keep your place today"), ()),
        (with_visit(TicketState.SERVED, counter=3), ("Your visit of today is over",), ()),
    ],
)
def test_the_page_says_what_the_phone_says(
    kiosk: Kiosk, player: Player, file: Whereabouts, told: tuple[str, ...], untold: tuple[str, ...]
) -> None:
    player.touch("language-en")
    player.touch("follow")
    kiosk.visits.follow.show_found(file)
    said = words_on(kiosk)
    for words in told:
        assert words in said
    for words in untold:
        assert words not in said


def test_who_is_called_reads_that_first(kiosk: Kiosk, player: Player) -> None:
    player.touch("language-en")
    player.touch("follow")
    kiosk.visits.follow.show_found(with_visit(TicketState.CALLED, counter=3))
    said = words_on(kiosk)
    assert said.index("go to counter") < said.index("The counter has your file")


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(
    "show",
    [
        lambda follow: follow.show_found(replace(FILE, owed=(DEED,), turn=Party.CITIZEN)),
        lambda follow: follow.show_found(NotReached(KnownHere(FILE.reference, FILE.service, date(2026, 11, 23), True))),
        lambda follow: follow.show_found(KnownHere(FILE.reference, FILE.service, date(2026, 11, 23), False)),
        lambda follow: follow.show_asking(),
        lambda follow: follow.show_form(FILE.reference),
    ],
    ids=["found", "not reached", "on its way", "asking", "form"],
)
def test_every_word_has_the_room_it_needs(
    qtbot: QtBot, kiosk: Kiosk, player: Player, language: Language, show: Callable[[object], None]
) -> None:
    player.touch(f"language-{language.value}")
    player.touch("follow")
    show(kiosk.visits.follow)
    qtbot.wait(1)  # the page is laid out in the next turn

    def tight() -> list[str]:
        words = [each for each in kiosk.visits.follow.findChildren(Paragraph) if each.isVisible() and each.text]
        return [each.text for each in words if each.height() + 1 < each.heightForWidth(each.width())]

    qtbot.waitUntil(lambda: tight() == [], timeout=60_000)
