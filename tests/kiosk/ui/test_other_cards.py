"""The town changes a fee at its centre: the kiosk shows it to the next person, not to the one before."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer

from civic.language import Language
from kiosk.app import Kiosk, application
from kiosk.flow import Step
from kiosk.hall import simulated_settings
from kiosk.own_centre import OwnCentre
from kiosk.running import keep_open
from kiosk.settings import Settings
from kiosk.store.card_file import CardFile
from kiosk.ui.curtain import Curtain
from kiosk.ui.player import Player, run_for
from kiosk.ui.screens.sign_in import SignInScreen
from kiosk.ui.window import LEFT_S
from tests.journeys.hall import plain
from tests.kiosk.ui.citizen import words_on
from tests.kiosk.ui.clerk import COUNTER, NAME, Clerk
from tests.own_cards import FEE, OwnCards

BEFORE = {"ar": "500 مليم", "fr": "0,500 DT", "en": "0.500 TND"}
Scene = Callable[[Kiosk], None]


class Town:
    """A centre, and the folder of cards its secretary keeps."""

    def __init__(self, centre: OwnCentre, folder: Path) -> None:
        self.centre = centre
        self.cards = OwnCards(folder / "town")

    def ask(self, verb: str, *words: str) -> str:
        command = [sys.executable, "-m", "central", verb, "--data", str(self.centre.data), *words]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def publish(self) -> None:
        assert "Each kiosk shows them" in self.ask("catalogue", str(self.cards.folder))


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with OwnCentre(tmp_path / "centre") as centre:
        yield Town(centre, tmp_path)


@pytest.fixture
def settings(town: Town, tmp_path: Path) -> Settings:
    settings = simulated_settings(tmp_path, town.centre)
    town.centre.enrol(settings.kiosk, settings.data)
    return settings


def play(settings: Settings, *scenes: Scene) -> None:
    """The kiosk is kept open: each time it was opened the next scene is played, and after the last it is closed."""
    app, left, seen = application(), list(scenes), list[bool]()
    failed: list[BaseException] = []

    def show(kiosk: Kiosk) -> Callable[[], object]:
        kiosk.window.show()
        scene = left.pop(0)
        seen.append(hanging())

        def act() -> None:
            try:
                scene(kiosk)
            except BaseException as fault:  # noqa: BLE001  told once the kiosk is closed
                failed.append(fault)
            if failed or not left:
                app.exit(0)

        QTimer.singleShot(0, act)
        return lambda: None

    keep_open(app, settings, (540, 960) if settings.counter is None else (1280, 800), show)
    if failed:
        raise failed[0]
    assert left == []
    assert seen == [nth > 0 for nth in range(len(scenes))], "the screen went dark meanwhile"


def hanging() -> bool:
    return any(isinstance(each, Curtain) and each.isVisible() for each in application().topLevelWidgets())


def player_of(kiosk: Kiosk, tmp_path: Path) -> Player:
    return Player(kiosk.window, kiosk.visits, tmp_path)


def has_new_cards(settings: Settings, player: Player) -> None:
    """They are on its disk."""
    player.wait(lambda: CardFile(settings.data).coming() or None, "the town's cards did not come")


def leave_alone(kiosk: Kiosk, seconds: int = LEFT_S + 1) -> None:
    for _second in range(seconds):
        kiosk.window._tick()
    run_for(20)


def look_at_extract(kiosk: Kiosk, player: Player, language: str) -> str:
    """What somebody reads of a birth extract, once they have chosen it."""
    player.touch(f"language-{language}")
    group = next(each for each in kiosk.visits.catalog.groups if "birth-extract" in {one.id for one in each.services})
    for name in ("request", f"group-{group.id}", "service-birth-extract"):
        player.touch(name)
    assert kiosk.visits.step is Step.GUIDE
    return plain(words_on(kiosk))


def test_a_new_fee_is_shown_to_the_next_person_in_their_language(
    town: Town, settings: Settings, tmp_path: Path
) -> None:
    name = 'name = { ar = "بلدية الكاف الكبرى", fr = "Commune du Grand Kef", en = "Greater El Kef" }\n'

    def before(kiosk: Kiosk) -> None:
        player = player_of(kiosk, tmp_path)
        assert BEFORE["en"] in look_at_extract(kiosk, player, "en")
        town.cards.change_fee()
        town.cards.say(name)
        town.publish()
        has_new_cards(settings, player)
        wanted: list[bool] = []
        kiosk.renewal.wanted.connect(lambda: wanted.append(True))
        leave_alone(kiosk)
        kiosk.renewal.look()
        assert wanted == [], "somebody is being served"
        assert BEFORE["en"] in plain(words_on(kiosk))
        kiosk.visits.next_person()
        player.touch("language-fr")
        leave_alone(kiosk)
        kiosk.renewal.look()
        assert wanted == [], "somebody has just chosen their language"
        kiosk.window.reset()
        leave_alone(kiosk)
        player.wait(lambda: wanted or None, "the kiosk does not want the new cards")

    def after(kiosk: Kiosk) -> None:
        player = player_of(kiosk, tmp_path)
        assert kiosk.window.current is kiosk.visits.welcome
        player.wait(lambda: not hanging() or None, "the curtain does not fall")
        for language in Language:
            read = look_at_extract(kiosk, player, language.value)
            assert FEE[language.value] in read
            assert BEFORE[language.value] not in read
            assert {"ar": "بلدية الكاف الكبرى", "fr": "Commune du Grand Kef", "en": "Greater El Kef"}[language] in read
            kiosk.visits.next_person()
        leave_alone(kiosk)
        kiosk.renewal.look()

    play(settings, before, after)


def test_cards_that_came_in_the_night_are_there_in_the_morning_also_without_the_centre(
    town: Town, settings: Settings, tmp_path: Path
) -> None:
    def night(kiosk: Kiosk) -> None:
        town.cards.change_fee()
        town.publish()
        has_new_cards(settings, player_of(kiosk, tmp_path))
        town.centre.close()

    def morning(kiosk: Kiosk) -> None:
        assert FEE["ar"] in look_at_extract(kiosk, player_of(kiosk, tmp_path), "ar")

    play(settings, night)
    play(settings, morning)


def test_an_agent_at_a_counter_goes_on_with_the_new_cards_and_signs_in_to_nothing(
    town: Town, settings: Settings, tmp_path: Path
) -> None:
    counter = replace(settings, counter=COUNTER)
    password = town.centre.add_agent(NAME, COUNTER)

    def serve(kiosk: Kiosk) -> None:
        clerk = Clerk(kiosk, player_of(kiosk, tmp_path), password)
        clerk.sign_in()
        kiosk.window.speak(Language.FRENCH)
        look_at_extract(kiosk, clerk.player, "fr")
        town.cards.change_fee()
        town.publish()
        has_new_cards(counter, clerk.player)
        leave_alone(kiosk)
        assert BEFORE["fr"] in plain(words_on(kiosk))
        kiosk.visits.next_person()
        leave_alone(kiosk)

    def serve_on(kiosk: Kiosk) -> None:
        player = player_of(kiosk, tmp_path)
        assert kiosk.window.current is kiosk.visits.welcome
        assert not kiosk.window.covered
        assert f"Guichet {COUNTER} · {NAME}" in plain(words_on(kiosk)), "in the language of before"
        assert kiosk.visits.attended is not None
        assert FEE["fr"] in look_at_extract(kiosk, player, "fr")

    play(counter, serve, serve_on)


def test_an_agent_who_is_dismissed_finishes_with_the_person_before_them_and_comes_in_no_more(
    town: Town, settings: Settings, tmp_path: Path
) -> None:
    password = town.centre.add_agent(NAME, COUNTER)

    def serve(kiosk: Kiosk) -> None:
        clerk = Clerk(kiosk, player_of(kiosk, tmp_path), password)
        clerk.sign_in()
        kiosk.window.speak(Language.ENGLISH)
        look_at_extract(kiosk, clerk.player, "en")
        counter = kiosk.counter
        assert counter is not None
        agents = counter._agents
        assert set(agents.known()) == {NAME}
        town.ask("dismiss", "--name", NAME)
        clerk.player.wait(lambda: not agents.known() or None, "the counter did not hear of it")
        assert kiosk.visits.serving
        assert not kiosk.window.covered, "a citizen is still there"
        kiosk.visits.next_person()
        clerk.wait_for(not_covered=False)
        assert isinstance(kiosk.window.current, SignInScreen)
        for _there in (True, False):
            clerk.write(password)
            clerk.enter()
            clerk.player.wait(lambda: counter.door.trouble, "no answer")
            assert isinstance(kiosk.window.current, SignInScreen)
            town.centre.close()

    play(replace(settings, counter=COUNTER), serve)
