"""One or two switches instead of fingers: one moves a frame on and the other chooses, or it moves by itself.

The keys are those the profile names, as a switch interface sends them. Whoever has only switches can ask for it with
them too: the first press of all brings the frame.
"""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QWidget

from kiosk.settings import SwitchSettings
from kiosk.ui.comfort import Switching
from kiosk.ui.pointer import Pointer
from kiosk.ui.reading import Told, read, read_keys
from kiosk.ui.spot import page_of
from kiosk.ui.stops import Stop, stops
from kiosk.ui.veil import StillHere
from kiosk.ui.voice import Voice
from kiosk.ui.window import Window

_GLANCE_MS = 120
"""How often it looks where what it lies round has gone."""
_ROWS_OF_DIGITS = 4
_OUT = "out"
"""The last stop of a line: choosing it leaves the line."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_USED_OTHERWISE = (*_ENTER, Qt.Key.Key_Tab, Qt.Key.Key_Backspace, Qt.Key.Key_Space)
"""Keys that other people press too: as the one that chooses they bring no frame to a screen that has none."""


class Switches(QObject):
    """Belongs to the window of a kiosk with switches. While nobody asked for them, only the asking is felt."""

    def __init__(self, window: Window, keys: SwitchSettings, voice: Voice | None) -> None:
        super().__init__(window)
        self._window = window
        self._voice = voice
        self._next, self._choose = (_keys_named(each) for each in (keys.next, keys.choose))
        self._pointer = Pointer(window)
        self._path: tuple[str, ...] = ()
        """The names of the lines one has gone into, and of where one is."""
        self._pace = QTimer(self)
        self._pace.timeout.connect(self._move_by_itself)
        self._glance = QTimer(self, interval=_GLANCE_MS)
        self._glance.timeout.connect(self._lie)
        window.worn.connect(self._suit)
        window.begun.connect(self._begin)
        window.glass.installEventFilter(self)

    def close(self) -> None:
        self._window.glass.removeEventFilter(self)
        self._pace.stop()
        self._glance.stop()

    @property
    def _how(self) -> Switching:
        return self._window.theme.comfort.switches

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002  Qt asks so
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        return self._press(Qt.Key(event.key()), again=event.isAutoRepeat())

    def _press(self, key: Qt.Key, *, again: bool) -> bool:
        """True when that was all the key is for. `again`: it is still held down."""
        if key not in (*self._next, *self._choose):
            return False
        if self._how is Switching.NONE:
            return self._wake(key)
        asked = any(isinstance(part, StillHere) for part in self._window.parts)
        self._window.touched()
        if again or asked:
            return True
        if key in self._choose:
            self._do()
        elif self._how.pace_ms:
            self._wear(Switching.TWO)  # there is another switch after all
        else:
            self._move()
        return True

    def _wake(self, key: Qt.Key) -> bool:
        """The switch that moves on shows there are two; the other alone, that there is one."""
        if key in self._choose and key in _USED_OTHERWISE:
            return False
        self._window.touched()
        self._wear(Switching.TWO if key in self._next else Switching.SLOWLY)
        return True

    def _wear(self, how: Switching) -> None:
        self._window.wear(replace(self._window.theme.comfort, switches=how, corners=False))

    def _suit(self) -> None:
        """As the person wants it now."""
        on = self._how is not Switching.NONE
        if on and not self._glance.isActive():
            self._path = ()
            self._glance.start()
            self._explain()
        elif not on:
            self._glance.stop()
            self._pointer.hide()
        self._pace.setInterval(self._how.pace_ms)
        if self._how.pace_ms:
            self._pace.start()
        else:
            self._pace.stop()

    def _explain(self) -> None:
        _ = self._window.translator
        if self._how is Switching.TWO:
            self._window.tell(_("One switch moves the frame on, the other chooses."), "access")
        else:
            self._window.tell(_("The frame moves on by itself. Press when it lies round what you want."), "access")

    def _begin(self) -> None:
        """Something new is there: at the first of it, and one who chooses by time has all of it."""
        self._path = ()
        if self._how.pace_ms:
            self._pace.start()

    def _move_by_itself(self) -> None:
        if self._voice is None or not self._voice.speaking:
            self._move()

    def _move(self) -> None:
        """To the next, round the end."""
        level = self._level()
        if level:
            names = [each.name for each in level] + [_OUT] * (len(self._path) > 1)
            here = names.index(self._path[-1]) if self._path[-1] in names else -1
            self._path = (*self._path[:-1], names[(here + 1) % len(names)])
            self._arrive()

    def _do(self) -> None:
        """Into it, out of it, or what a finger would do."""
        level = self._level()
        at = next((each for each in level if each.name == self._path[-1]), None)
        if not self._window.is_steady or not level:
            return
        if at is None:
            self._path = self._path[:-1]
            self._arrive()
        elif at.inside:
            self._path = (*self._path, _first(at))
            self._arrive()
        else:
            self._path = self._path[:-1] or self._path
            self._choose_thing(at.widgets[0])
        if self._how.pace_ms:
            self._pace.start()

    def _choose_thing(self, widget: QWidget) -> None:
        """What one writes in leads to its keys."""
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            self._window.come_to(widget)
            keys = next((each for each in stops(self._window) if each.inside and each.inside[0].inside), None)
            if keys is not None:
                self._path = (keys.name, _first(keys))
                self._arrive()
        elif isinstance(widget, QAbstractButton):
            if self._voice is not None:
                self._voice.hush()
            widget.click()
            self._lie()

    def _level(self) -> Sequence[Stop]:
        """What is gone round now. Where a line is no longer there, one is where it was gone into."""
        level: Sequence[Stop] = stops(self._window)
        kept: tuple[str, ...] = ()
        for name in self._path:
            at = next((each for each in level if each.name == name), None)
            if at is None and not (name == _OUT and kept):
                break
            kept = (*kept, name)
            if at is None or len(kept) == len(self._path):
                self._path = kept
                return level
            level = at.inside
        self._path = (*kept, level[0].name) if level else ()
        return level

    def _arrive(self) -> None:
        """The frame is there, it is in sight, and whoever listens hears it."""
        widgets = self._lie()
        page = page_of(widgets[0]) if widgets else None
        if page is not None:
            page.ensureWidgetVisible(widgets[-1], 0, widgets[-1].height() // 4)
            page.ensureWidgetVisible(widgets[0], 0, widgets[0].height() // 4)
            self._lie()
        if self._voice is not None and self._voice.on and widgets:
            self._voice.tell([self._told(widgets)])

    def _lie(self) -> tuple[QWidget, ...]:
        """What it lies round now."""
        level = self._level()
        if not level or self._how is Switching.NONE:
            self._pointer.hide()
            return ()
        at = next((each for each in level if each.name == self._path[-1]), None)
        widgets = at.widgets if at is not None else tuple(widget for each in level for widget in each.widgets)
        self._pointer.lie_round(widgets, self._window.theme, leads_out=at is None)
        return widgets

    def _told(self, widgets: tuple[QWidget, ...]) -> Told:
        """One thing as it is always told; of a line, what is in it."""
        _ = self._window.translator
        if self._path[-1] == _OUT:
            return Told(self._pointer, _("Leave this line"))
        told = {id(each.widget): each for part in self._window.parts for each in (*read(part), *read_keys(part))}
        found = [told[id(each)] for each in widgets if id(each) in told]
        if len(found) == 1:
            return found[0]
        words = ", ".join(each.words for each in found if each.words)
        personal = ", ".join(each.personal for each in found if each.personal)
        return Told(self._pointer, words, personal)


def _first(line: Stop) -> str:
    """Where one begins inside: on a keyboard with the letters most written, below those that are seldom."""
    return line.inside[len(line.inside) > _ROWS_OF_DIGITS and bool(line.inside[0].inside)].name


def _keys_named(name: str) -> tuple[Qt.Key, ...]:
    """A keyboard has two that are called so, of which an interface sends one or the other."""
    return _ENTER if name == "Enter" else (Qt.Key[f"Key_{name}"],)
