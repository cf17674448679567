"""An agent serves people at a counter with the citizens' own screens, and is never in their way."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from civic.assistance import Witness
from civic.language import Language
from kiosk.app import Kiosk, application, open_kiosk
from kiosk.devices.base import PrinterState
from kiosk.devices.simulated import SimulatedPrinter, SimulatedReader, SimulatedSpeaker
from kiosk.flow import Step
from kiosk.hall import simulated_settings
from kiosk.own_centre import OwnCentre
from kiosk.settings import CentreSettings, Settings
from kiosk.ui.buttons import Button
from kiosk.ui.counter import COVER_S, SIGN_OUT_S
from kiosk.ui.keyboard import Keyboard
from kiosk.ui.player import Player, run_for
from kiosk.ui.screens.base import Screen
from kiosk.ui.screens.sign_in import SignInScreen
from kiosk.ui.screens.ticket import PaperState
from tests.kiosk.ui.citizen import reads, words_on
from tests.kiosk.ui.clerk import COUNTER, NAME, Clerk

_NUMBERS = itertools.count(14)
"""A kiosk of its own for each test: they all tell one centre."""


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[OwnCentre, str]]:
    """With amel's password."""
    with OwnCentre(tmp_path_factory.mktemp("centre")) as centre:
        yield centre, centre.add_agent(NAME, COUNTER)


@pytest.fixture
def settings(centre: tuple[OwnCentre, str], tmp_path: Path) -> Settings:
    settings = replace(simulated_settings(tmp_path, centre[0]), kiosk=next(_NUMBERS), counter=COUNTER)
    centre[0].enrol(settings.kiosk, settings.data)
    return settings


@contextmanager
def switched_on(settings: Settings) -> Iterator[Kiosk]:
    application()
    kiosk = open_kiosk(settings, 1280, 800)
    kiosk.window.show()
    kiosk.window.speak(Language.ENGLISH)
    run_for(20)
    yield kiosk
    kiosk.close()


@pytest.fixture
def kiosk(qtbot: QtBot, settings: Settings) -> Iterator[Kiosk]:
    with switched_on(settings) as kiosk:
        yield kiosk


@pytest.fixture
def clerk(kiosk: Kiosk, tmp_path: Path, centre: tuple[OwnCentre, str]) -> Clerk:
    return Clerk(kiosk, Player(kiosk.window, kiosk.visits, tmp_path), centre[1])


def lying_about(clerk: Clerk, secret: str) -> list[Path]:
    """The files of the kiosk that hold it."""
    folder = Path(str(clerk.kiosk.store.engine.url.database)).parent
    return [each for each in folder.rglob("*") if each.is_file() and secret.encode() in each.read_bytes()]


def at_the_door(kiosk: Kiosk) -> bool:
    return isinstance(kiosk.window.current, SignInScreen)


def test_nobody_is_served_before_an_agent_has_signed_in(qtbot: QtBot, kiosk: Kiosk, clerk: Clerk) -> None:
    assert at_the_door(kiosk)
    assert "Counter \u20683\u2069" in words_on(kiosk)
    clerk.try_to_sign_in(NAME, "something-else")
    reads(qtbot, kiosk, "Name or password is wrong")
    clerk.unlock()
    assert kiosk.window.current is kiosk.visits.welcome
    assert "Counter \u20683\u2069 · \u2068amel\u2069" in words_on(kiosk)


def test_by_keys_alone_from_the_name_to_the_next_person(kiosk: Kiosk, clerk: Clerk) -> None:
    clerk.sign_in()
    clerk.begin_permit()
    assert not [each for each in kiosk.window.findChildren(Keyboard) if each.isVisible()]
    clerk.write("Selma Zitouna-Test")
    clerk.enter()
    clerk.write("22000001")
    clerk.enter()
    clerk.enter()
    clerk.player.wait(lambda: len(kiosk.visits.documents.documents) == 1 or None, "no page came")
    clerk.go_on()
    assert kiosk.visits.step is Step.REVIEW
    clerk.enter()
    clerk.has_paper()
    receipt = kiosk.visits.ticket.receipt
    assert receipt is not None
    assert receipt.deposit is not None
    assert (receipt.counter, receipt.witnesses) == (COUNTER, ())
    clerk.enter()
    assert kiosk.window.current is kiosk.visits.welcome
    told = clerk.reads_at_the_desk(str(receipt.deposit.reference))
    assert "Selma Zitouna-Test · 22000001 Taken in at counter 3 by amel" in told


def test_enter_alone_passes_over_no_paper(kiosk: Kiosk, clerk: Clerk) -> None:
    clerk.sign_in()
    clerk.begin_permit()
    clerk.write("Selma")
    for _field in range(2):
        clerk.enter()
    for papers in (1, 2):
        clerk.enter()
        clerk.player.wait(lambda: len(kiosk.visits.documents.documents) == papers or None, "no page came")  # noqa: B023
        clerk.enter()
    assert kiosk.visits.step is Step.DOCUMENTS


def test_escape_goes_back_and_what_was_said_stays(kiosk: Kiosk, clerk: Clerk) -> None:
    clerk.sign_in()
    clerk.begin_permit()
    clerk.write("Selma")
    clerk.press(Qt.Key.Key_Escape)
    assert kiosk.visits.step is Step.GUIDE
    clerk.enter()
    assert isinstance(application().focusWidget(), QLineEdit)


def test_who_cannot_sign_hears_it_before_a_witness(kiosk: Kiosk, clerk: Clerk) -> None:
    clerk.sign_in()
    clerk.begin_permit()
    clerk.write("Selma Zitouna-Test")
    clerk.go_on()
    clerk.go_on()
    clerk.player.touch("read-before-witness")
    read = words_on(kiosk)
    for sentence in ("1.  You ask the town hall for: Building permit.", "Your name is \u2068Selma Zitouna-Test\u2069."):
        assert sentence in read
    assert "You have still to bring:" in read
    assert "Do you agree to all of this?" in read
    clerk.enter()
    clerk.write("Hedi Zitouna-Test")
    clerk.enter()
    clerk.write("0765432")
    clerk.enter()
    assert kiosk.visits.step is Step.WITNESSES
    clerk.write("1")
    clerk.enter()
    clerk.has_paper()
    receipt = kiosk.visits.ticket.receipt
    assert receipt is not None
    assert receipt.deposit is not None
    assert receipt.witnesses == ("Hedi Zitouna-Test",)
    told = clerk.reads_at_the_desk(str(receipt.deposit.reference))
    assert "Read aloud and agreed to before: Hedi Zitouna-Test (national card 07654321)" in told


def test_a_second_witness_is_there_where_one_is_wanted(kiosk: Kiosk, clerk: Clerk) -> None:
    clerk.sign_in()
    clerk.begin_permit()
    clerk.write("Selma")
    clerk.go_on()
    clerk.go_on()
    for name in ("read-before-witness", "go", "second-witness"):
        clerk.player.touch(name)
    heard: list[tuple[Witness, ...]] = []
    kiosk.visits._witnessing.attested.connect(heard.append)
    for said in ("Hedi", "07654321", "Noura", "00000000"):
        clerk.write(said)
        clerk.enter()
    assert "has 8 digits" in words_on(kiosk)
    assert not heard
    clerk.player.touch("second-witness")
    clerk.enter()
    assert heard == [(Witness("Hedi", "07654321"),)]


def test_nothing_of_a_witness_or_a_password_stays(kiosk: Kiosk, clerk: Clerk) -> None:
    clerk.sign_in()
    clerk.begin_permit()
    clerk.write("Selma")
    clerk.go_on()
    clerk.go_on()
    for name in ("read-before-witness", "go"):
        clerk.player.touch(name)
    clerk.write("Zqxjkvw")
    clerk.enter()
    clerk.write("07654321")
    clerk.enter()
    clerk.has_paper()
    clerk.enter()
    run_for(50)
    held = "\n".join(repr(vars(each)) for each in kiosk.window.findChildren(Screen))
    written = [each.text() for each in kiosk.window.findChildren(QLineEdit)]
    for secret in ("Zqxjkvw", "07654321", clerk._password):
        assert secret not in held
        assert secret not in written
    assert not lying_about(clerk, clerk._password)
    clerk.player.wait(lambda: not lying_about(clerk, "Zqxjkvw") or None, "the witness stays in a file")


def test_the_loudspeaker_reads_the_declaration_too(qtbot: QtBot, kiosk: Kiosk, clerk: Clerk) -> None:
    assert kiosk.listening is not None
    speaker = kiosk.listening.speaker
    assert isinstance(speaker, SimulatedSpeaker)
    clerk.sign_in()
    clerk.begin_permit()
    clerk.write("Selma")
    clerk.go_on()
    clerk.go_on()
    for name in ("read-before-witness", "read-by-voice"):
        clerk.player.touch(name)
    qtbot.waitUntil(lambda: any("Your name is" in words for words in speaker.heard), timeout=30_000)
    clerk.player.touch("restart")
    clerk.player.wait(lambda: kiosk.visits.step is Step.WELCOME or None, "it did not start over")


def test_the_lock_covers_a_page_and_loses_nothing_of_it(kiosk: Kiosk, clerk: Clerk) -> None:
    clerk.sign_in()
    clerk.begin_permit()
    clerk.write("Selma")
    clerk.lock()
    assert at_the_door(kiosk)
    assert "Nothing that was typed is lost." in words_on(kiosk)
    assert "Selma" not in words_on(kiosk)
    clerk.lock()
    clerk.unlock()
    assert kiosk.window.current is kiosk.visits.applicant
    assert kiosk.visits.applicant.applicant.name == "Selma"
    clerk.write(" Zitouna")
    assert kiosk.visits.applicant.applicant.name == "Selma Zitouna"


def test_between_two_people_the_same_key_signs_out(kiosk: Kiosk, clerk: Clerk) -> None:
    clerk.sign_in()
    clerk.lock()
    assert at_the_door(kiosk)
    assert "الدخول إلى شبّاككم" in words_on(kiosk)
    assert kiosk.visits.attended is None


def test_a_page_nobody_touches_is_covered_and_an_agent_who_has_gone_is_signed_out(kiosk: Kiosk, clerk: Clerk) -> None:
    clerk.sign_in()
    clerk.begin_permit()
    clerk.leave_alone(COVER_S - 2)
    assert not kiosk.window.covered
    clerk.leave_alone(4)
    assert at_the_door(kiosk)
    clerk.leave_alone(SIGN_OUT_S)
    clerk.unlock()
    assert kiosk.visits.step is Step.APPLICANT
    clerk.player.touch("restart")
    clerk.leave_alone(SIGN_OUT_S - 2)
    assert not kiosk.window.covered
    clerk.leave_alone(4)
    assert "الدخول إلى شبّاككم" in words_on(kiosk)


def test_nothing_counts_down_and_whose_paper_is_out_is_forgotten(kiosk: Kiosk, clerk: Clerk) -> None:
    clerk.sign_in()
    clerk.player.touch("number")
    clerk.player.touch("go")
    clerk.has_paper()
    assert "leaves this screen" not in words_on(kiosk)
    assert not kiosk.visits._delivery._linger.isActive()
    clerk.leave_alone(COVER_S + 1)
    assert kiosk.window.current is kiosk.visits.welcome
    assert kiosk.visits.ticket.receipt is None


def test_when_no_paper_comes_enter_tries_again(kiosk: Kiosk, clerk: Clerk) -> None:
    assert isinstance(kiosk.printer, SimulatedPrinter)
    clerk.sign_in()
    kiosk.printer.model.set_cover_open(True)
    clerk.player.touch("number")
    clerk.player.touch("go")
    ticket = kiosk.visits.ticket
    clerk.player.wait(lambda: ticket.failed, "the printer took it")
    assert ticket.printer is PrinterState.COVER_OPEN
    kiosk.printer.model.set_cover_open(False)
    clerk.enter()
    clerk.has_paper()
    assert ticket.paper is PaperState.OUT


def test_a_locked_counter_hears_no_receipt_and_no_crest(kiosk: Kiosk, clerk: Clerk) -> None:
    assert isinstance(kiosk.reader, SimulatedReader)
    clerk.sign_in()
    clerk.begin_permit()
    clerk.write("Selma")
    clerk.lock()
    kiosk.reader.show("26-014-00385-97")
    kiosk.window.crest_held.emit()
    run_for(50)
    assert at_the_door(kiosk)
    clerk.unlock()
    assert kiosk.visits.applicant.applicant.name == "Selma"


def test_a_question_that_lies_over_the_page_is_no_way_past_the_door(kiosk: Kiosk, clerk: Clerk) -> None:
    assert isinstance(kiosk.reader, SimulatedReader)
    clerk.sign_in()
    clerk.begin_permit()
    kiosk.reader.show("26-014-00385-97")
    clerk.player.wait(lambda: kiosk.window.findChild(Button, "leave-visit"), "nobody was asked")
    clerk.leave_alone(COVER_S + 1)
    run_for(50)
    assert at_the_door(kiosk)
    assert not [each for each in kiosk.window.findChildren(Button, "leave-visit") if each.isVisible()]


def test_who_signed_in_here_goes_on_while_the_line_is_down(
    qtbot: QtBot, settings: Settings, centre: tuple[OwnCentre, str], tmp_path: Path
) -> None:
    with switched_on(settings) as kiosk:
        Clerk(kiosk, Player(kiosk.window, kiosk.visits, tmp_path), centre[1]).sign_in()
    dead = CentreSettings("http://127.0.0.1:9", "http://127.0.0.1:9")
    with switched_on(replace(settings, centre=dead)) as kiosk:
        clerk = Clerk(kiosk, Player(kiosk.window, kiosk.visits, tmp_path), centre[1])
        clerk.try_to_sign_in("mongi", "olive-tree-2026")
        reads(qtbot, kiosk, "The centre does not answer.")
        clerk.press(Qt.Key.Key_Backtab)
        for _letter in "mongi":
            clerk.press(Qt.Key.Key_Backspace)
        clerk.sign_in()
        assert kiosk.window.current is kiosk.visits.welcome


def test_the_window_closes_only_when_nobody_is_served(kiosk: Kiosk, clerk: Clerk) -> None:
    assert kiosk.counter is not None
    closed: list[bool] = []
    kiosk.counter.closed.connect(lambda: closed.append(True))
    clerk.sign_in()
    clerk.player.touch("complaint")
    kiosk.window.close()
    assert kiosk.window.isVisible()
    assert "Somebody is being served" in words_on(kiosk)
    assert not closed
    clerk.player.touch("restart")
    kiosk.window.close()
    assert closed


def test_the_screen_stays_as_its_agent_reads_it_until_they_leave(kiosk: Kiosk, clerk: Clerk) -> None:
    clerk.sign_in()
    kiosk.window.speak(Language.FRENCH)
    kiosk.window.turn_voice()
    clerk.player.touch("number")
    clerk.player.touch("go")
    clerk.has_paper()
    clerk.player.touch("go")
    assert kiosk.window.theme.language is Language.FRENCH
    assert not kiosk.window.theme.comfort.voice
    clerk.lock()
    assert "الدخول إلى شبّاككم" in words_on(kiosk)
