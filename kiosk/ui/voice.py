"""Says what is shown, once it is shown, to who asked for it: silent otherwise, always."""

from collections.abc import Sequence
from dataclasses import replace

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from kiosk.devices.base import Saying, Speaker
from kiosk.ui.corners import Corners
from kiosk.ui.header import Progress
from kiosk.ui.notice import Notice
from kiosk.ui.reading import Told, read, said
from kiosk.ui.spot import Spot, page_of
from kiosk.ui.window import Window

_GLANCE_MS = 120
"""How often it looks whether something new is shown. A page that is the same twice is drawn and laid out."""


class Voice(QObject):
    """A screen that comes is read whole; of one that changes, only what is new."""

    _begun = Signal(int, int)

    def __init__(self, window: Window, speaker: Speaker) -> None:
        super().__init__(window)
        self._window = window
        self._speaker = speaker
        self._spot = Spot(window)
        self._telling: list[Told] = []
        self._now = self._talk = 0
        self._last: tuple[str, ...] = ()
        self._known: frozenset[str] = frozenset()
        self._title = ""
        self.at: Told | None = None
        """Where a person is who goes from one thing to the next."""
        self._begun.connect(self._begin, Qt.ConnectionType.QueuedConnection)
        self._glance = QTimer(self, interval=_GLANCE_MS)
        self._glance.timeout.connect(self.look)
        self._glance.start()

    @property
    def on(self) -> bool:
        return self._window.theme.comfort.voice

    @property
    def speaking(self) -> bool:
        return self.on and self._speaker.speaking

    @property
    def quiet(self) -> bool:
        return self._window.current is not None and self._window.current.quiet

    def close(self) -> None:
        self._glance.stop()
        self._speaker.close()

    def page(self) -> list[Told]:
        """What is read to who comes here: what lies over the screen, or the screen and its way on."""
        parts = self._window.parts
        if len(parts) == 1:
            return read(parts[0])
        screen = self._window.current
        if screen is None or not screen.aloud:
            return []
        frame = [told for part in parts for told in read(part) if told.widget.objectName() == "go"]
        progress = self._window.findChild(Progress)
        how_far = [] if progress is None or not progress.isVisible() else [Told(progress, progress.accessibleName())]
        return [*read(screen), *how_far, *frame]

    def look(self) -> None:
        """Say what is new, if it is wanted; a page still being drawn waits for the next look."""
        if not self.on:
            self._fall_silent()
            return
        if self.quiet:
            return
        told = [*self._notices(), *self.page()]
        keys = tuple(each.key for each in told)
        self._follow()
        if keys != self._last or not keys:
            self._last = keys
            return
        title = self._title_of(told)
        if title != self._title:
            self.at = None
            self.tell(told)
        elif fresh := [self._as_changed(each) for each in told if each.key not in self._known]:
            self.tell([*fresh, *self._left()])
        self._title, self._known = title, frozenset(keys)

    def tell(self, told: Sequence[Told]) -> None:
        """These, and nothing of what was being said; over what a screen hears or plays, nothing."""
        if self.quiet:
            return
        self._telling = list(told)
        self._now, self._talk = 0, self._talk + 1
        talk, among, language = self._talk, self.page(), self._window.theme.language
        words = [said(each, among, self._window.translator, private=self._speaker.private) for each in told]
        sayings = [Saying(text, language) for text in words if text]
        self._telling = [each for each, text in zip(told, words, strict=True) if text]
        self._speaker.say(sayings, lambda nth: self._begun.emit(talk, nth))

    def tell_page(self) -> None:
        """All of it again."""
        self.tell(self.page())

    def hush(self) -> None:
        self._telling = []
        self._talk += 1
        self._speaker.hush()

    def _notices(self) -> list[Told]:
        """What lies over the page; the corners over all of it, also over a question that came later."""
        found = [each for each in self._window.findChildren(QWidget) if isinstance(each, Notice | Corners)]
        for corners in found:
            if isinstance(corners, Corners):
                corners.raise_()
        return [Told(each, each.accessibleName()) for each in found if each.isVisible()]

    def _title_of(self, told: list[Told]) -> str:
        """By this a page is known to be another one: where a title stays, the rest is news of the same page."""
        first = next((each.key for each in told if not isinstance(each.widget, Notice | Corners)), "")
        return f"{self._window.theme.language} {first}"

    def _as_changed(self, told: Told) -> Told:
        """Of a field one writes in, what stands in it now is enough; aloud in a hall it is not said at all."""
        if told.is_field:
            return replace(told, words="", personal=told.personal if self._speaker.private else "")
        return told

    def _left(self) -> list[Told]:
        """What a sentence that came in between has still to make room for."""
        return self._telling[self._now :] if self._speaker.speaking else []

    def _begin(self, talk: int, nth: int) -> None:
        if talk != self._talk or nth >= len(self._telling):
            return
        self._now = nth
        widget = self._telling[nth].widget
        if shiboken6.isValid(widget):
            page = page_of(widget)
            if page is not None:
                page.ensureWidgetVisible(widget, 0, widget.height() // 4)
        self._follow()

    def _follow(self) -> None:
        """The frame is round what is said, then round where the person is; while somebody listens nobody has left."""
        told = self._telling[self._now] if self._speaker.speaking and self._now < len(self._telling) else self.at
        if self._speaker.speaking and len(self._window.parts) > 1:
            self._window.touched()
        if told is not None and shiboken6.isValid(told.widget) and told.widget.isVisible():
            self._spot.follow([told.widget], self._window.theme)
        else:
            self._spot.hide()

    def _fall_silent(self) -> None:
        if self._last:
            self.hush()
            self._spot.hide()
            self._last, self._known, self._title, self.at = (), frozenset(), "", None
