"""Who takes the pictures of the kiosk: the language goes round at each stop, as anybody's finger may."""

from collections.abc import Sequence

from PySide6.QtTest import QTest

from civic.language import Language
from kiosk.app import Kiosk
from kiosk.ui.comfort import AS_FOUND, Comfort
from kiosk.ui.screens.base import Screen
from tests.gallery.screens import Visitor
from tests.gallery.sheet import Sheet


class Photographer:
    """Into that room of the sheet, worn so. With `stops`, at those only."""

    def __init__(
        self,
        kiosk: Kiosk,
        player: Visitor,
        sheet: Sheet,
        room: str = "kiosk",
        comfort: Comfort = AS_FOUND,
        stops: Sequence[str] = (),
    ) -> None:
        self._window = kiosk.window
        self._player = player
        self._sheet = sheet
        self._room = room
        self._comfort = comfort
        self._stops = stops

    def look(self, state: str) -> None:
        """The whole page: what does not fit is turned to, as a finger would."""
        if self._stops and state not in self._stops:
            return
        self._window.wear(self._comfort)
        for language in Language:
            self._window.speak(language)
            QTest.qWait(60)
            self._take(state, language)
            turned = 1
            while not self._stops and self._player.sees("page-down"):
                self._player.touch("page-down")
                QTest.qWait(60)
                turned += 1
                self._take(f"{state}-{turned}", language)
            for screen in self._window.findChildren(Screen):
                screen.start_at_top()
        self._window.speak(Language.ARABIC)
        self._window.wear(AS_FOUND)
        QTest.qWait(30)

    def glance(self, state: str, language: Language) -> None:
        """As it stands: what lies over a screen is not drawn again."""
        if not self._stops:
            self._take(state, language)

    def _take(self, state: str, language: Language) -> None:
        self._window.grab().save(str(self._sheet.place(self._room, state, language)))
