"""An agent at a counter, with a keyboard and a mouse: what they do and see, for several tests."""

import re

import requests
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kiosk.app import Kiosk, application
from kiosk.flow import Step
from kiosk.ui.player import Player, run_for

_PLAIN = Qt.KeyboardModifier.NoModifier
NAME, COUNTER = "amel", 3


class Clerk:
    """`player` is their mouse; the keys go where the caret is."""

    def __init__(self, kiosk: Kiosk, player: Player, password: str) -> None:
        self.kiosk = kiosk
        self.player = player
        self._password = password

    def write(self, text: str) -> None:
        run_for(20)  # the caret comes once the page is laid out
        QTest.keyClicks(application().focusWidget() or self.kiosk.window, text)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = _PLAIN) -> None:
        run_for(20)
        QTest.keyClick(self.kiosk.window.glass, key, modifier)
        run_for(20)

    def enter(self) -> None:
        self.press(Qt.Key.Key_Return)

    def go_on(self) -> None:
        """The one way on, wherever the caret is."""
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def lock(self) -> None:
        self.press(Qt.Key.Key_F12)

    def sign_in(self, name: str = NAME, password: str = "") -> None:
        """At a door where nobody's name stands; waits until it opens."""
        self.try_to_sign_in(name, password or self._password)
        self.wait_for(not_covered=True)

    def try_to_sign_in(self, name: str, password: str) -> None:
        self.write(name)
        self.enter()
        self.write(password)
        self.enter()

    def unlock(self) -> None:
        """Their name stands there."""
        self.write(self._password)
        self.enter()
        self.wait_for(not_covered=True)

    def wait_for(self, *, not_covered: bool) -> None:
        self.player.wait(
            lambda: (self.kiosk.window.covered is not not_covered) or None, "the door did not open, or not close"
        )
        run_for(20)

    def leave_alone(self, seconds: int) -> None:
        """Nobody touches anything for so long."""
        for _second in range(seconds):
            self.kiosk.window._tick()
        run_for(20)

    def begin_permit(self) -> None:
        """With the mouse up to who asks."""
        for name in ("request", "group-building", "service-building-permit"):
            self.player.touch(name)
        while self.kiosk.visits.step is Step.QUESTIONS:
            question = self.kiosk.visits.question
            self.player.touch("option-" + next(each.id for each in question.options if each.stop is None))
        self.enter()

    def has_paper(self) -> None:
        """Wait until it is out."""
        self.player.wait(lambda: self.kiosk.visits.given or None, "no paper came")

    def reads_at_the_desk(self, reference: str) -> str:
        """The file as their browser shows it, without its marks, once the centre has heard of it."""
        self.player.wait(lambda: self.kiosk.outbox.waiting() == 0 or None, "the centre did not take it")
        url = self.kiosk.visits._hall.intake._place.tracking_base
        browser = requests.Session()
        browser.cookies.set("lang", "en")
        browser.post(f"{url}/desk/sign-in", data={"name": NAME, "password": self._password}, timeout=60)
        page = browser.get(f"{url}/desk?file={reference}", timeout=60).text
        return " ".join(re.sub(r"<[^>]+>|[\u2066-\u2069]", "", page).split())
