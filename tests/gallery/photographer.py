"""Who takes the pictures of the kiosk: the language goes round at each stop, as anybody's finger may."""

from PySide6.QtTest import QTest

from civic.language import Language
from kiosk.app import Kiosk
from kiosk.ui.comfort import AS_FOUND, Comfort, TextSize
from kiosk.ui.screens.base import Screen
from tests.gallery.screens import Visitor
from tests.gallery.sheet import Sheet

_TALL, _WIDE, _SMALL = (1080, 1920), (1920, 1080), (1280, 800)
_WORN = {
    "on-black": (_TALL, Comfort(contrast=True)),
    "125": (_TALL, Comfort(size=TextSize.LARGER)),
    "150": (_TALL, Comfort(size=TextSize.LARGE)),
    "200": (_TALL, Comfort(size=TextSize.LARGEST)),
    "low": (_TALL, Comfort(low=True)),
    "low-200-on-black": (_TALL, Comfort(TextSize.LARGEST, contrast=True, low=True)),
    "lying": (_WIDE, AS_FOUND),
    "small": (_SMALL, AS_FOUND),
    "small-200-on-black": (_SMALL, Comfort(TextSize.LARGEST, contrast=True)),
}
"""One thing changed at a time, and the worst of both shapes."""
_CHOSEN = (
    *("welcome", "accessibility", "groups", "choose-building", "search-found", "question-inside", "guide-agent"),
    *("applicant-name", "documents-page", "review-incomplete", "ticket-out", "ticket-failed-paper-out", "follow-form"),
    *("complaint-category", "complaint-listening", "complaint-recorded", "follow-found", "trouble"),
)
"""One stop for each screen."""


class Photographer:
    """Takes every stop as it is found; the chosen ones also as other people wear them, each in a room of its own."""

    def __init__(self, kiosk: Kiosk, player: Visitor, sheet: Sheet, room: str = "kiosk") -> None:
        """`room`: what its pictures are called on the sheet."""
        self._room = room
        self._window = kiosk.window
        self._player = player
        self._sheet = sheet

    def look(self, state: str) -> None:
        """The whole page: what does not fit is turned to, as a finger would."""
        for language in Language:
            self._window.speak(language)
            self._take(self._room, state, language)
            turned = 1
            while self._player.sees("page-down"):
                self._player.touch("page-down")
                turned += 1
                self._take(self._room, f"{state}-{turned}", language)
            for screen in self._window.findChildren(Screen):
                screen.start_at_top()
        if state in _CHOSEN:
            self._look_as_others(state)
        self._window.speak(Language.ARABIC)
        QTest.qWait(30)

    def glance(self, state: str, language: Language) -> None:
        """As it stands, and touched by nobody: what lies over a screen is not drawn again."""
        QTest.qWait(60)
        self._save(self._room, state, language)

    def _look_as_others(self, state: str) -> None:
        for room, (shape, comfort) in _WORN.items():
            if shape != _TALL:
                self._window.turn(*shape)
            for language in Language:
                self._window.suit(language, comfort)
                self._take(f"kiosk-{room}", state, language)
            if shape != _TALL:
                self._window.turn(*_TALL)
        self._window.wear(AS_FOUND)

    def _take(self, room: str, state: str, language: Language) -> None:
        self._window.touched()  # whoever takes pictures is there, however long it takes
        QTest.qWait(60)
        self._save(room, state, language)

    def _save(self, room: str, state: str, language: Language) -> None:
        self._window.grab().save(str(self._sheet.place(room, state, language)))
