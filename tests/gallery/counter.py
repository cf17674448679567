"""What only a counter has, in pictures: its door, its page covered, the reading before a witness, the next person."""

from collections.abc import Callable

from kiosk.app import Kiosk
from kiosk.flow import Step
from kiosk.hall import AGENT
from kiosk.services.agents import SignInTrouble
from kiosk.ui.field import Field
from kiosk.ui.player import Player


def show_counter(kiosk: Kiosk, player: Player, show: Callable[[str], None], password: str) -> None:
    """`show` takes the pictures of what is on the screen, in every language. Leaves an agent signed in."""
    counter = kiosk.counter
    assert counter is not None
    show("door")
    for trouble in SignInTrouble:
        counter.door.show_trouble(trouble)
        show(f"door-{trouble.value}")
    counter.door.show_asking()
    show("door-asking")
    counter.door.entered.emit(AGENT, password)
    player.wait(lambda: not kiosk.window.covered or None, "the agent was not let in")
    show("signed-in")
    _come_to_the_review(kiosk, player, show)
    player.touch("lock")
    show("locked")
    counter.door.entered.emit(AGENT, password)
    player.wait(lambda: not kiosk.window.covered or None, "the agent was not let in again")
    show("review")
    _read_aloud(kiosk, player, show)
    player.touch("go")
    player.wait(lambda: kiosk.visits.given or None, "no paper came")
    show("ticket")
    player.touch("go")


def _come_to_the_review(kiosk: Kiosk, player: Player, show: Callable[[str], None]) -> None:
    for name in ("request", "group-building", "service-building-permit"):
        player.touch(name)
    while kiosk.visits.step is Step.QUESTIONS:
        question = kiosk.visits.question
        player.touch("option-" + next(each.id for each in question.options if each.stop is None))
    player.touch("go")
    _write(kiosk, player, "name", "سلمى الزيتونة")
    show("applicant")
    player.touch("go")
    show("documents")
    player.touch("go")


def _read_aloud(kiosk: Kiosk, player: Player, show: Callable[[str], None]) -> None:
    player.touch("read-before-witness")
    show("declaration")
    player.touch("go")
    show("witnesses")
    _write(kiosk, player, "name-0", "الهادي الزيتونة")
    _write(kiosk, player, "card-0", "00000000")
    show("witness-wrong-card")
    _write(kiosk, player, "card-0", "07654321")
    player.touch("second-witness")
    show("witnesses-two")
    player.touch("second-witness")


def _write(kiosk: Kiosk, player: Player, name: str, words: str) -> None:
    """As the keyboard would, into the field of that name."""

    def find() -> Field | None:
        return next((each for each in kiosk.window.findChildren(Field, name) if each.isVisible()), None)

    player.wait(find, f"there is no field “{name}”").setText(words)
