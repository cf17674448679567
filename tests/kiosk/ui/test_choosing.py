"""People come with something to do, not with the name of a form: they find it in two touches, or by any word for it."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from civic.card import CatalogFault
from civic.language import Language
from kiosk.app import Kiosk, application, open_kiosk
from kiosk.flow import Step
from kiosk.settings import Settings
from kiosk.ui.buttons import Touchable
from kiosk.ui.player import Player
from kiosk.ui.screens.ticket import PaperState
from tests.kiosk.ui.citizen import words_on


def offered(kiosk: Kiosk, kind: str) -> list[str]:
    """The choices of that kind one can see, in no order."""
    found = [each.objectName() for each in kiosk.window.findChildren(QWidget) if each.isVisible()]
    return [name.removeprefix(f"{kind}-") for name in found if name.startswith(f"{kind}-")]


def type_word(player: Player, word: str) -> None:
    for letter in word:
        player.touch("key-space" if letter == " " else f"key-{letter}")


def test_every_service_is_reached_from_what_one_comes_for(kiosk: Kiosk, player: Player) -> None:
    seen: set[str] = set()
    player.touch("request")
    groups = kiosk.visits.catalog.groups
    assert set(offered(kiosk, "group")) == {group.id for group in groups}
    assert len(groups) <= 7
    for group in groups:
        player.touch(f"group-{group.id}")
        services = offered(kiosk, "service")
        assert set(services) == {service.id for service in group.services}
        assert len(services) <= 7
        seen |= set(services)
        player.touch("back")
    assert seen == {service.id for service in kiosk.visits.catalog}


@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080)])
@pytest.mark.parametrize("language", list(Language))
def test_all_choices_are_in_sight_at_once(
    qtbot: QtBot,
    settings: Settings,
    tmp_path_factory: pytest.TempPathFactory,
    language: Language,
    size: tuple[int, int],
) -> None:
    application()
    kiosk = open_kiosk(settings, *size)
    kiosk.window.show()
    player = Player(kiosk.window, kiosk.visits, tmp_path_factory.mktemp("pictures"))
    try:
        player.touch(f"language-{language.value}")
        player.touch("request")
        for group in ("", *(each.id for each in kiosk.visits.catalog.groups)):
            if group:
                player.touch(f"group-{group}")
            qtbot.wait(20)
            [area] = [each for each in kiosk.window.findChildren(QScrollArea) if each.isVisible()]
            assert area.verticalScrollBar().maximum() == 0, group
            if group:
                player.touch("back")
    finally:
        kiosk.close()


@pytest.mark.parametrize(
    ("language", "word", "service"),
    [
        (Language.ARABIC, "امض", "signature-legalisation"),
        (Language.ARABIC, "ضوء", "network-connection"),
        (Language.FRENCH, "naiss", "birth-extract"),
        (Language.ENGLISH, "steg", "network-connection"),
    ],
)
def test_a_few_letters_of_any_word_find_the_service(
    kiosk: Kiosk, player: Player, language: Language, word: str, service: str
) -> None:
    player.touch(f"language-{language.value}")
    player.touch("request")
    player.touch("search")
    assert offered(kiosk, "service") == []
    type_word(player, word)
    assert service in offered(kiosk, "service")
    player.touch(f"service-{service}")
    steps = [kiosk.visits.step]
    player.touch("back")
    steps.append(kiosk.visits.step)
    assert steps in ([Step.QUESTIONS, Step.SEARCH], [Step.GUIDE, Step.SEARCH])
    assert service in offered(kiosk, "service"), "what was written is still there"


def test_a_letter_more_finds_fewer_and_one_taken_away_finds_them_again(kiosk: Kiosk, player: Player) -> None:
    player.touch("request")
    player.touch("search")
    type_word(player, "ر")
    many = offered(kiosk, "service")
    assert len(many) == 4
    type_word(player, "خصة هد")
    assert offered(kiosk, "service") == ["demolition-permit"]
    for _ in "خصة هد":
        player.touch("key-backspace")
    assert offered(kiosk, "service") == many


def test_what_is_found_and_nothing_found_stand_whole_above_the_keys(
    qtbot: QtBot, settings: Settings, tmp_path: Path
) -> None:
    application()
    kiosk = open_kiosk(settings, 1080, 1920)
    kiosk.window.show()
    player = Player(kiosk.window, kiosk.visits, tmp_path)
    try:
        player.touch("request")
        player.touch("search")
        for letter in "رخغ":
            type_word(player, letter)
            qtbot.wait(50)
            [area] = [each for each in kiosk.window.findChildren(QScrollArea) if each.isVisible()]
            assert area.verticalScrollBar().maximum() == 0
        player.touch("back")
    finally:
        kiosk.close()


def test_who_finds_nothing_is_led_to_an_agent(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    player.touch("language-en")
    player.touch("request")
    player.touch("search")
    type_word(player, "xyz")
    assert offered(kiosk, "service") == []
    assert "Nothing is called so here" in words_on(kiosk)
    player.touch("ask-agent")
    player.touch("go")
    qtbot.waitUntil(lambda: kiosk.visits.ticket.paper is PaperState.OUT, timeout=30_000)


def test_who_only_wants_an_agent_has_a_number_in_two_touches(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    player.touch("number")
    player.touch("go")
    qtbot.waitUntil(lambda: kiosk.visits.ticket.paper is PaperState.OUT, timeout=30_000)
    receipt = kiosk.visits.ticket.receipt
    assert receipt is not None
    assert receipt.service == kiosk.visits.catalog["agent"].name


def test_what_was_searched_is_forgotten_with_its_person(kiosk: Kiosk, player: Player) -> None:
    player.touch("request")
    player.touch("search")
    type_word(player, "زواج")
    player.touch("restart")
    assert kiosk.visits._choosing.search.typed == ""
    player.touch("request")
    player.touch("search")
    assert offered(kiosk, "service") == []
    assert QApplication.clipboard().text() == ""


class Counted(Player):
    """Counts what a finger touches, but for the keys, the scanner and its pages."""

    touches = 0

    def touch(self, name: str) -> None:
        if not name.startswith(("key-", "scan", "next-paper", "language-", "page-")):
            self.touches += 1
        super().touch(name)

    def photograph(self, name: str) -> None:
        """Nobody looks."""


@pytest.mark.parametrize(
    ("service", "most"), [("building-permit", 12), ("complaint", 8), ("signature-legalisation", 4)]
)
def test_a_request_takes_few_touches(kiosk: Kiosk, player: Player, service: str, most: int) -> None:
    counted = Counted(kiosk.window, kiosk.visits, player._folder)
    counted.play(kiosk.visits.catalog[service], Language.ARABIC)
    counted.confirm()
    assert counted.touches <= most


def test_a_double_tap_touches_only_what_was_there_first(kiosk: Kiosk, player: Player) -> None:
    player.touch("request")
    for name in ("group-building", "service-building-permit", "option-yes"):
        before = kiosk.visits.step
        choice = kiosk.window.findChild(Touchable, name)
        assert choice is not None
        middle = QPointF(choice.rect().center())
        left = Qt.MouseButton.LeftButton
        for kind in (QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease):
            QApplication.sendEvent(
                choice,
                QMouseEvent(kind, middle, choice.mapToGlobal(middle), left, left, Qt.KeyboardModifier.NoModifier),
            )
        assert kiosk.visits.step is before
        player.touch(name)
        assert kiosk.visits.step is not before or kiosk.visits._flow.asked == 1


def test_every_service_can_be_asked_for_to_its_paper(qtbot: QtBot, kiosk: Kiosk, player: Player) -> None:
    quick = [service for service in kiosk.visits.catalog if len(service.requirements) < 4]
    for nth, service in enumerate(quick, start=1):
        player.play(service, Language.FRENCH)
        player.confirm()
        qtbot.waitUntil(lambda: kiosk.visits.ticket.paper is PaperState.OUT, timeout=30_000)
        receipt = kiosk.visits.ticket.receipt
        assert receipt is not None
        assert (receipt.service, receipt.number) == (service.name, f"2{nth:02}")
        assert (receipt.deposit is not None) == service.tracked
        player.touch("go")


def test_a_catalogue_without_the_services_of_the_welcome_opens_no_kiosk(settings: Settings, tmp_path: Path) -> None:
    application()
    shutil.copytree(settings.catalog.parent, tmp_path / "assets")
    cards = tmp_path / "assets" / settings.catalog.name
    (cards / "agent.toml").unlink()
    groups = cards / "common" / "groups.toml"
    groups.write_text(groups.read_text(encoding="utf-8").replace(', "agent"]', "]"), encoding="utf-8")
    with pytest.raises(CatalogFault, match=r"agent\.toml: is missing: the first screen of every kiosk leads to it"):
        open_kiosk(replace(settings, catalog=cards), 540, 960)
