"""Going through a screen by ear: the one before, the next, choose, back, once more. Five keys, or four corners."""

from PySide6.QtWidgets import QAbstractButton

from kiosk.ui.keyboard import Key, Keyboard
from kiosk.ui.reading import Told, read, read_keys
from kiosk.ui.spot import page_of
from kiosk.ui.voice import Voice
from kiosk.ui.window import Window


class Walk:
    """Sentences are gone through as well as choices. The keys of a keyboard are a round of their own, entered by
    choosing the field they write in and left by going back, or by what comes after the last: corners have no way back.
    """

    def __init__(self, window: Window, voice: Voice) -> None:
        self._window = window
        self._voice = voice
        self._repeated = False

    def go(self, step: int) -> None:
        """To the next (1) or the one before (-1), round the ends, and say it."""
        if self._ends_quiet():
            return
        stops = self._stops()
        if not stops:
            return
        here = self._place(stops)
        self._come(stops[(0 if step > 0 else -1) if here is None else (here + step) % len(stops)])

    def choose(self) -> None:
        """As a finger would; what is only read is read again."""
        self._repeated = False
        if self._ends_quiet():
            return
        stops = self._stops()
        place = self._place(stops)
        if place is None:
            self.repeat()
            return
        at = stops[place]
        if isinstance(at.widget, Keyboard):
            self.back()
        elif at.is_field and (keys := read_keys(self._window)):
            self._come(keys[0])
        elif isinstance(at.widget, QAbstractButton) and at.widget.isEnabled():
            self._voice.hush()
            at.widget.click()
        else:
            self._voice.tell([at])

    def back(self) -> None:
        """Out of the keyboard to its field; else as the window goes back."""
        field = self._field() if self._at_keys() else None
        if field is not None:
            self._come(field)
        else:
            self._voice.hush()
            self._window.go_back()

    def repeat(self) -> None:
        """Where one is; asked twice, or at the start of a page, all of it."""
        if self._ends_quiet():
            return
        stops = self._stops()
        place = self._place(stops)
        if place is None or self._repeated:
            self._voice.tell_page()
        else:
            self._voice.tell([stops[place]])
        self._repeated = place is not None and not self._repeated

    def _ends_quiet(self) -> bool:
        """While the screen listens or plays, whatever is pressed ends that: nobody need find the one right thing."""
        screen = self._window.current
        if screen is None or not screen.quiet:
            return False
        screen.end_quiet()
        return True

    def _come(self, told: Told) -> None:
        self._repeated = False
        self._voice.at = told
        self._window.come_to(told.widget)
        page = page_of(told.widget)
        if page is not None:
            page.ensureWidgetVisible(told.widget, 0, told.widget.height() // 4)
        self._voice.tell([told])

    def _stops(self) -> list[Told]:
        if self._at_keys():
            _ = self._window.translator
            return read_keys(self._window) + [Told(each, _("Leave the keys")) for each in self._keyboards()]
        parts = list(self._window.parts)
        current = self._window.current
        if current is None or not current.aloud:
            return []
        first = next((nth for nth, part in enumerate(parts) if part.isAncestorOf(current)), 0)
        return [told for part in parts[first:] + parts[:first] for told in read(part)]

    def _at_keys(self) -> bool:
        at = self._voice.at
        return bool(self._keyboards()) and at is not None and isinstance(at.widget, Key | Keyboard)

    def _keyboards(self) -> list[Keyboard]:
        return [each for each in self._window.findChildren(Keyboard) if each.isVisible()]

    def _field(self) -> Told | None:
        return next((each for each in self._voice.page() if each.is_field), None)

    def _place(self, stops: list[Told]) -> int | None:
        """A page that was drawn again has the same things in it, though not the same widgets."""
        at = self._voice.at
        if at is None:
            return None
        same = [nth for nth, each in enumerate(stops) if each.widget is at.widget]
        alike = [nth for nth, each in enumerate(stops) if each.name == at.name]
        return next(iter(same + alike), None)
