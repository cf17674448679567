"""A person who does not see the screen: five keys, and what they hear."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from civic.language import Language
from kiosk.app import Kiosk, application, open_kiosk
from kiosk.devices.simulated import SimulatedSpeaker
from kiosk.settings import Settings, SpeakerKind, SpeakerSettings
from kiosk.ui.corners import Corners
from kiosk.ui.listening import REPEAT
from kiosk.ui.player import run_for

UP, DOWN, SELECT, BACK = Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Escape
_CORNERS = {UP: "before", DOWN: "next", SELECT: "choose", REPEAT: "again"}
_SPACES = str.maketrans({"\u00a0": " ", "\u2011": "-"})
_ROUND = 120
"""More than there is to go through on any screen."""


class Listener:
    """Every key is a real key event, and everything known of the kiosk is what was said."""

    def __init__(self, qtbot: QtBot, kiosk: Kiosk, speaker: SimulatedSpeaker) -> None:
        self._qtbot = qtbot
        self.kiosk = kiosk
        self.speaker = speaker

    @property
    def heard(self) -> list[str]:
        return self.speaker.heard

    def press(self, key: Qt.Key) -> None:
        self.heard.clear()
        self.act(key)

    def act(self, key: Qt.Key) -> None:
        """What that key of the keypad stands for."""
        QTest.keyClick(self.kiosk.window.glass, key)

    def hears(self, words: str) -> None:
        """Wait until somebody says that."""
        words = words.translate(_SPACES)
        self._qtbot.waitUntil(lambda: any(words in said for said in self.heard), timeout=20_000)

    def go_to(self, words: str, also: str = "") -> str:
        """On and on until something begins so; all that was said of it."""
        words = words.translate(_SPACES)
        for _press in range(_ROUND):
            self.press(DOWN)
            if self.heard and self.heard[-1].startswith(words) and also in self.heard[-1]:
                return self.heard[-1]
        raise AssertionError(f"nothing here begins with “{words}”")

    def choose(self, words: str) -> None:
        self.go_to(words)
        self.press(SELECT)

    def write(self, field: str, text: str) -> None:
        """Into the field of that name, key by key; then back at the field."""
        self.go_to(field, "Choisissez-le pour écrire.")
        self.press(SELECT)
        for nth, letter in enumerate(text, start=1):
            if self.heard != [letter]:
                self._find_key(letter)
            self.press(SELECT)
            self.hears(text[:nth])
        self.leave_keys()
        self.hears(field)

    def leave_keys(self) -> None:
        self.press(BACK)

    def _find_key(self, letter: str) -> None:
        for _press in range(_ROUND):
            self.press(DOWN)
            if self.heard == [letter]:
                return
        raise AssertionError(f"no key is called “{letter}”")

    def settle(self) -> None:
        """Let the screen come to rest, and the voice with it."""
        run_for(600)


class CornerListener(Listener):
    """No key at all: four corners of the glass."""

    def ask(self) -> None:
        """A finger stays anywhere on the glass."""
        glass = self.kiosk.window.glass
        middle = self.kiosk.window.rect().center()
        QTest.mousePress(glass, Qt.MouseButton.LeftButton, pos=middle)
        self._qtbot.waitUntil(lambda: self.kiosk.window.theme.comfort.corners, timeout=20_000)
        QTest.mouseRelease(glass, Qt.MouseButton.LeftButton, pos=middle)

    def act(self, key: Qt.Key) -> None:
        corners = next(each for each in self.kiosk.window.findChildren(Corners) if each.isVisible())
        while not self.kiosk.window.is_steady:
            run_for(20)
        at = corners.zone(_CORNERS[key]).center()
        QTest.mouseClick(self.kiosk.window.glass, Qt.MouseButton.LeftButton, pos=at)

    def leave_keys(self) -> None:
        self.choose("Quitter le clavier")


@contextmanager
def listening_kiosk(
    qtbot: QtBot, settings: Settings, *, private: bool, language: Language = Language.FRENCH
) -> Iterator[Listener]:
    application()
    voiced = replace(settings, language=language, speaker=SpeakerSettings(SpeakerKind.SIMULATED, private=private))
    kiosk = open_kiosk(voiced, 540, 960)
    assert kiosk.listening is not None
    assert isinstance(kiosk.listening.speaker, SimulatedSpeaker)
    kiosk.window.show()
    qtbot.waitExposed(kiosk.window)
    yield Listener(qtbot, kiosk, kiosk.listening.speaker)
    kiosk.close()


__all__ = ["BACK", "DOWN", "REPEAT", "SELECT", "UP", "CornerListener", "Listener", "listening_kiosk"]
