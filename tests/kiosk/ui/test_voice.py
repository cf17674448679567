"""Who cannot read hears the screen; nobody else does, and the hall never hears what concerns one person alone."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from civic.catalog import QuestionKind
from civic.language import Language
from civic.spoken import sentences
from kiosk.app import Kiosk
from kiosk.devices.simulated import SimulatedSpeaker
from kiosk.flow import Step
from kiosk.settings import Settings, TechnicianSettings
from kiosk.ui.corners import Corners
from kiosk.ui.language import Translator
from kiosk.ui.paragraph import Lines, Paragraph
from kiosk.ui.player import Player, click
from kiosk.ui.screens.ticket import PaperState
from kiosk.ui.voice import Voice
from kiosk.ui.window import Window
from tests.kiosk.ui.listener import BACK, DOWN, REPEAT, SELECT, Listener, listening_kiosk

_ = Translator(Language.FRENCH)
NAME, PHONE, CARD = "selmazitouna", "98765432", "07234561"


@pytest.fixture
def headset(qtbot: QtBot, settings: Settings) -> Iterator[Listener]:
    with listening_kiosk(qtbot, settings, private=True) as listener:
        yield listener


@pytest.fixture
def loudspeaker(qtbot: QtBot, settings: Settings) -> Iterator[Listener]:
    with listening_kiosk(qtbot, settings, private=False) as listener:
        yield listener


def hand(listener: Listener, folder: Path) -> Player:
    return Player(listener.kiosk.window, listener.kiosk.visits, folder)


def voice(listener: Listener) -> Voice:
    assert listener.kiosk.listening is not None
    return listener.kiosk.listening.voice


def test_a_kiosk_nobody_asked_stays_silent_all_through_a_visit(headset: Listener, tmp_path: Path) -> None:
    player = hand(headset, tmp_path)
    player.play(headset.kiosk.visits.catalog["complaint"], Language.FRENCH)
    headset.settle()
    assert headset.heard == []


def test_a_kiosk_without_a_speaker_offers_no_voice(kiosk: Kiosk) -> None:
    assert kiosk.listening is None
    assert kiosk.window.findChild(QWidget, "listen") is None
    kiosk.window.offer_comfort()
    assert kiosk.window.findChild(QWidget, "comfort-sound") is None


def test_one_touch_on_the_loudspeaker_reads_the_welcome_in_the_order_it_stands(
    headset: Listener, tmp_path: Path
) -> None:
    hand(headset, tmp_path).touch("listen")
    headset.hears("Je suis mon dossier")
    at = [
        next(n for n, said in enumerate(headset.heard) if said.startswith(words))
        for words in (
            "Bienvenue",
            "Touchez ce que vous voulez",
            "Je demande un service",
            "Je fais une réclamation",
            "Je prends un numéro",
            "Je suis mon dossier",
        )
    ]
    assert at == sorted(at)
    assert headset.heard[at[-1]].endswith("4 sur 4")
    assert set(headset.speaker.languages) == {Language.FRENCH}


def test_the_voice_leaves_with_the_person(headset: Listener) -> None:
    headset.press(REPEAT)
    headset.hears("Bienvenue")
    hushed = headset.speaker.hushed
    headset.kiosk.window.reset()
    headset.settle()
    assert headset.speaker.hushed > hushed
    headset.heard.clear()
    headset.kiosk.visits.welcome.request_wanted.emit()
    headset.settle()
    assert headset.heard == []


def test_another_language_is_heard_at_once(headset: Listener, tmp_path: Path) -> None:
    headset.press(REPEAT)
    headset.hears("Bienvenue")
    hand(headset, tmp_path).touch("language-ar")
    headset.hears("مرحبا بكم")
    assert headset.speaker.languages[-1] is Language.ARABIC


def test_a_touch_ends_what_is_being_said(headset: Listener, tmp_path: Path) -> None:
    headset.press(REPEAT)
    headset.hears("Bienvenue")
    hushed = headset.speaker.hushed
    hand(headset, tmp_path).touch("complaint")
    assert headset.speaker.hushed > hushed


def test_a_text_that_is_touched_is_heard_again(headset: Listener) -> None:
    headset.press(REPEAT)
    headset.hears("Je suis mon dossier")
    welcome = next(
        each for each in headset.kiosk.window.findChildren(Paragraph) if each.isVisible() and each.text == "Bienvenue"
    )
    headset.heard.clear()
    click(welcome, welcome.rect().center())
    assert headset.heard == ["Bienvenue"]


def test_only_what_is_new_on_a_page_is_said_and_no_clock_is_counted_aloud(headset: Listener) -> None:
    headset.press(REPEAT)
    headset.hears("Bienvenue")
    headset.choose("Je fais une réclamation")
    headset.hears("1 sur")
    headset.heard.clear()
    window = headset.kiosk.window
    while window._overlay is None:
        window._tick()
    headset.hears(_("Are you still there?"))
    headset.settle()
    before = list(headset.heard)
    for _second in range(3):
        window._tick()
        headset.settle()
    assert headset.heard == before


def test_the_technician_s_screen_is_never_read_aloud(qtbot: QtBot, settings: Settings) -> None:
    with listening_kiosk(qtbot, replace(settings, technician=TechnicianSettings("271828")), private=True) as listener:
        listener.press(REPEAT)
        listener.hears("Bienvenue")
        listener.kiosk.window.crest_held.emit()
        listener.heard.clear()
        listener.settle()
        listener.press(DOWN)
        assert listener.heard == []


# What only the person may hear


def test_the_hall_never_hears_a_name_a_phone_a_card_or_a_pin(
    loudspeaker: Listener, qtbot: QtBot, tmp_path: Path
) -> None:
    heard: list[str] = []
    personal = _file_a_complaint(loudspeaker, qtbot, tmp_path, heard)
    everything = " ".join(heard).replace(",", "").replace(" ", "").casefold()
    assert _("Who are you?").replace(" ", "").replace("\u00a0", "").casefold() in everything
    for secret in personal:
        assert secret not in everything
    assert any(_("It is written on the screen only.") in said for said in heard)


def test_a_headset_says_them_to_who_wears_it(headset: Listener, qtbot: QtBot, tmp_path: Path) -> None:
    heard: list[str] = []
    personal = _file_a_complaint(headset, qtbot, tmp_path, heard)
    everything = " ".join(heard).replace(",", "").replace(" ", "").casefold()
    for secret in personal:
        assert secret in everything


def _file_a_complaint(listener: Listener, qtbot: QtBot, folder: Path, heard: list[str]) -> tuple[str, ...]:
    """By touch, with every screen read and gone through; what was said of the person, without spaces."""
    player, visits, words = hand(listener, folder), listener.kiosk.visits, "murdelavoisine"
    player.touch("listen")
    player.touch("complaint")

    def write(text: str) -> None:
        for letter in text:
            player.touch(f"key-{letter}")
            listener.settle()
            heard.extend(listener.heard)
            listener.heard.clear()
        _listen(listener, heard)

    while visits.step is Step.QUESTIONS:
        if visits.question.kind is QuestionKind.PLACE:
            player.touch("open-neighbourhoods")
            write("chezmoi")
            player.touch("as-written")
        elif visits.question.options:
            player.touch(f"option-{visits.question.options[0].id}")
        else:
            write(words)
            player.touch("go")
    write(NAME)
    player.touch("open-phone")
    write(PHONE)
    player.touch("open-identity")
    player.touch("identity-cin")
    write(CARD)
    while visits.step is not Step.TICKET:
        player.touch("go")
        _listen(listener, heard)
    qtbot.waitUntil(lambda: visits.ticket.paper is PaperState.OUT, timeout=60_000)
    _listen(listener, heard)
    assert visits.ticket.receipt is not None
    assert visits.ticket.receipt.deposit is not None
    return NAME, PHONE, CARD, words, "chezmoi", visits.ticket.receipt.deposit.pin


def _listen(listener: Listener, heard: list[str]) -> None:
    """What is said by itself, and then of one thing after the other."""
    listener.settle()
    heard.extend(listener.heard)
    for _press in range(60):
        listener.press(DOWN)
        heard.extend(listener.heard)


# Everything that is shown is said


class Shown:
    """Every text that is painted, wherever it comes from."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.texts: set[str] = set()
        paint = Lines.paint

        def seen(lines: Lines, painter: QPainter, at: QPointF, color: QColor) -> None:
            if threading.current_thread() is threading.main_thread():  # papers are drawn on another
                self.texts.add(" ".join(layout.text() for layout, _top in lines._layouts))
            paint(lines, painter, at, color)

        monkeypatch.setattr(Lines, "paint", seen)

    def look_at(self, window: Window) -> set[str]:
        """What lies over the screen, or the screen and all round it, the pages in it to their ends."""
        self.texts.clear()
        for part in window.parts:
            part.grab()
            for area in part.findChildren(QScrollArea):
                page = area.widget()
                if area.isVisible() and page is not None:
                    page.grab()
        return set(self.texts)


def _said_here(listener: Listener) -> str:
    """All that is heard by who has the page read and then goes through everything, keys too."""
    heard: list[str] = []
    voice(listener).tell_page()
    heard.extend(listener.heard)
    heard.extend(_round(listener))
    if any(each.is_field for each in voice(listener).page()):
        while not any(_hint(listener) in said for said in listener.heard):
            listener.press(DOWN)
        listener.press(SELECT)
        heard.extend(_round(listener))
        listener.press(BACK)
    return "\n".join(heard)


def _hint(listener: Listener) -> str:
    return listener.kiosk.window.translator("Choose it to write.")


def _round(listener: Listener) -> list[str]:
    """Everything there is to come to, once."""
    heard: list[str] = []
    for _press in range(150):
        listener.press(DOWN)
        if heard and listener.heard == heard[:1]:
            return heard
        heard.extend(listener.heard)
    raise AssertionError("there is no end to this screen")


@pytest.mark.parametrize("language", [Language.ARABIC, Language.FRENCH])
def test_every_word_shown_is_said(
    language: Language, headset: Listener, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    shown, player, visits = Shown(monkeypatch), hand(headset, tmp_path), headset.kiosk.visits
    window = headset.kiosk.window
    unsaid: dict[str, list[str]] = {}
    keys = set("123456789") | {"0"}

    def compare(name: str) -> None:
        headset.settle()
        seen = shown.look_at(window)
        said = _said_here(headset)
        for text in seen:
            for sentence in sentences(text, language):
                if sentence.text not in said and len(sentence.text) > 1 and sentence.text not in keys:
                    unsaid.setdefault(name, []).append(sentence.text)
        voice(headset).at = None

    player.touch(f"language-{language.value}")
    player.touch("listen")
    compare("welcome")
    player.touch("access")
    compare("access")
    player.touch("comfort-done")
    player.touch("request")
    compare("groups")
    player.touch("search")
    compare("search")
    player.touch("back")
    permit = visits.catalog["building-permit"]
    player.touch(f"group-{next(each for each in visits.catalog.groups if permit in each.services).id}")
    compare("choose")
    player.touch("service-building-permit")
    while visits.step is Step.QUESTIONS:
        stops = [each for each in visits.question.options if each.stop is not None]
        for stop in stops[:1]:
            player.touch(f"option-{stop.id}")
        compare(visits.question.id)
        player.touch("option-" + next(each.id for each in visits.question.options if each.stop is None))
    compare("guide")
    player.touch("go")
    for letter in "سلمى" if language is Language.ARABIC else NAME:
        player.touch(f"key-{letter}")
    player.touch("open-phone")
    for digit in PHONE:
        player.touch(f"key-{digit}")
    compare("applicant")
    player.touch("go")
    compare("documents")
    player.touch("scan")
    player.wait(lambda: player._find("next-paper"), "no page came")
    compare("documents-page")
    player.touch("next-paper")
    compare("documents-next")
    player.touch("go")
    compare("review")
    player.touch("go")
    qtbot.waitUntil(lambda: visits.ticket.paper is PaperState.OUT, timeout=60_000)
    compare("ticket")
    player.touch("go")
    player.touch("listen")  # whoever comes now is somebody else
    player.touch("follow")
    compare("follow")
    visits.crash()
    compare("trouble")
    assert unsaid == {}


# Without a look


def press_long(qtbot: QtBot, listener: Listener, at: QPoint) -> None:
    """A finger that stays until the kiosk has understood."""
    handle = listener.kiosk.window.glass
    before = listener.kiosk.window.theme.comfort.corners
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(lambda: listener.kiosk.window.theme.comfort.corners is not before, timeout=20_000)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=at)
    listener.settle()  # a touch that comes with a new page is not felt


def touch_corner(listener: Listener, name: str) -> None:
    corners = next(each for each in listener.kiosk.window.findChildren(Corners) if each.isVisible())
    listener.heard.clear()
    QTest.mouseClick(listener.kiosk.window.glass, Qt.MouseButton.LeftButton, pos=corners.zone(name).center())


def test_a_long_touch_anywhere_turns_the_corners_on_and_chooses_nothing(qtbot: QtBot, headset: Listener) -> None:
    request = headset.kiosk.window.findChild(QWidget, "request")
    assert request is not None
    press_long(qtbot, headset, request.mapTo(headset.kiosk.window, request.rect().center()))
    headset.hears("Les quatre coins vous guident.")
    headset.hears("Bienvenue")
    assert headset.kiosk.visits.step is Step.WELCOME
    press_long(qtbot, headset, QPoint(270, 480))
    assert headset.kiosk.window.theme.comfort.voice
    assert not any(each.isVisible() for each in headset.kiosk.window.findChildren(Corners))


def test_four_corners_lead_through_the_screens(qtbot: QtBot, headset: Listener) -> None:
    press_long(qtbot, headset, QPoint(270, 480))
    headset.hears("Je suis mon dossier")
    touch_corner(headset, "next")
    assert headset.heard == ["Bienvenue"]
    for _more in range(3):
        touch_corner(headset, "next")
    assert headset.heard[0].startswith("Je fais une réclamation")
    touch_corner(headset, "before")
    assert headset.heard[0].startswith("Je demande un service")
    here = headset.heard
    touch_corner(headset, "again")
    assert headset.heard == here
    touch_corner(headset, "choose")
    qtbot.waitUntil(lambda: headset.kiosk.visits.step is Step.GROUPS)
    headset.hears("1 sur")


def test_the_corners_lie_low_for_who_sits(qtbot: QtBot, headset: Listener) -> None:
    window = headset.kiosk.window
    window.wear(replace(window.theme.comfort, low=True))
    press_long(qtbot, headset, QPoint(270, 480))
    corners = next(each for each in window.findChildren(Corners) if each.isVisible())
    assert all(corners.zone(name).top() >= window.height() // 2 for name in ("before", "again", "next", "choose"))


def test_who_listens_is_not_taken_for_gone(headset: Listener) -> None:
    headset.press(REPEAT)
    headset.hears("Bienvenue")
    assert headset.kiosk.window.theme.comfort.patience == 4
    assert isinstance(headset.speaker, SimulatedSpeaker)
    headset.choose("Je fais une réclamation")
    headset.speaker.speaking = True
    headset.kiosk.window._quiet_s = 50
    headset.settle()
    assert headset.kiosk.window._quiet_s < 5
    headset.press(SELECT)
