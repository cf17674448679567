"""A code reader that types what it reads, as a keyboard would ("keyboard wedge").

It is told from a person by its speed: a code comes as keys within a few milliseconds of each other, then Enter. Keys
are held back as long as they might be the reader's, and given on a moment later when they were not: a person writes as
ever, and nothing the reader types ends in a field.
"""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QWindow
from PySide6.QtWidgets import QWidget

from kiosk.devices.base import ReaderState, Reading
from kiosk.devices.code_reader import LONGEST_CODE

_GAP_MS = 50
"""From key to key a reader takes up to 20 ms (one USB report each for down and up); a person seldom under 80."""
_SHORTEST = 8
"""Keys in such a row nobody types."""
_SILENCE_MS = 500
"""After which a reader without its Enter has ended its code."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_US_KEYS = {  # X11 and Wayland keycodes of a US keyboard, which readers believe they are, whatever layout the kiosk has
    first + place: pair
    for first, plain, shifted in (
        (10, "1234567890-=", "!@#$%^&*()_+"),
        (24, "qwertyuiop[]", "QWERTYUIOP{}"),
        (38, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
        (51, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
        (65, " ", " "),
    )
    for place, pair in enumerate(zip(plain, shifted, strict=True))
}

_COMPOSED = {"لإ": "T", "لأ": "G", "لآ": "B", "لا": "b"}
"""What an Arabic keyboard writes with one key, and that key on a US keyboard: it comes composed, and not as a key."""


class KeyboardReader(QObject):
    """Listens to every key of `window`. A keyboard does not tell who types: it is always ready."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._heard: Callable[[Reading], None] | None = None
        self._held: list[QKeyEvent | QInputMethodEvent] = []
        self._text = ""
        self._last_ms: int | None = None
        self._giving_on = False
        self._silence = QTimer(self, singleShot=True)
        self._last_look = QTimer(self, singleShot=True, interval=0)
        self._last_look.timeout.connect(self._fall_silent)
        # a kiosk that was busy hears its clock before the keys that came meanwhile: they go first
        self._silence.timeout.connect(self._last_look.start)

    def state(self) -> ReaderState:
        return ReaderState.READY

    def listen(self, heard: Callable[[Reading], None]) -> None:
        self._heard = heard
        self._window.winId()  # its glass is made before anything is shown
        self._window.windowHandle().installEventFilter(self)
        app = QCoreApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusObjectChanged.connect(self._follow)

    def close(self) -> None:
        self._heard = None
        self._rest()
        self._window.windowHandle().removeEventFilter(self)
        app = QCoreApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusObjectChanged.disconnect(self._follow)

    def _follow(self, focus: QObject | None) -> None:
        """Composed letters come to what has the focus, and to nothing before."""
        if focus is not None:
            focus.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys come to the window first, then to whatever has the focus; composed letters come there at once."""
        if self._giving_on:
            return False
        if isinstance(event, QInputMethodEvent):
            return bool(event.commitString()) and self._takes_composed(event.commitString())
        if not isinstance(watched, QWindow) or not isinstance(event, QKeyEvent):
            return False
        if event.type() is QEvent.Type.KeyRelease:
            return bool(self._text) and self._hold(_copy(event))
        return event.type() is QEvent.Type.KeyPress and self._takes(event)

    def _takes(self, event: QKeyEvent) -> bool:
        gap_ms = _SILENCE_MS if self._is_code else _GAP_MS  # once it is a code, a busy line may hold a key up
        quick = self._last_ms is None or event.timestamp() - self._last_ms <= gap_ms
        self._last_ms = event.timestamp()
        if self._text and not quick:
            self._fall_silent()
        if event.key() in _ENTER and self._is_code:
            self._end_code()
            return True
        if event.key() == Qt.Key.Key_Shift and self._text:
            return self._hold(_copy(event))
        letter = "" if event.isAutoRepeat() else _letter(event)
        if not letter:
            self._give_on()
            return False
        return self._takes_letter(letter, _copy(event))

    def _takes_composed(self, text: str) -> bool:
        self._last_ms = None  # it does not say when it was pressed
        copy = QInputMethodEvent()
        copy.setCommitString(text)
        return self._takes_letter(_COMPOSED.get(text, text), copy)

    def _takes_letter(self, letter: str, event: QKeyEvent | QInputMethodEvent) -> bool:
        self._text += letter[: LONGEST_CODE + 1 - len(self._text)]
        return self._hold(event)

    @property
    def _is_code(self) -> bool:
        return len(self._text) >= _SHORTEST

    def _hold(self, event: QKeyEvent | QInputMethodEvent) -> bool:
        if not self._is_code:
            self._held.append(event)
        self._last_look.stop()
        self._silence.start(_SILENCE_MS if self._is_code else _GAP_MS)
        return True

    def _rest(self) -> None:
        self._silence.stop()
        self._last_look.stop()

    def _fall_silent(self) -> None:
        if self._is_code:
            self._end_code()
        else:
            self._give_on()

    def _end_code(self) -> None:
        text, self._text, self._held = self._text, "", []
        self._rest()
        if self._heard is not None:
            self._heard(Reading(text.strip() if len(text) <= LONGEST_CODE else ""))

    def _give_on(self) -> None:
        """They were a person's: each goes where it would have gone, in order."""
        held, self._text, self._held = self._held, "", []
        self._rest()
        self._giving_on = True
        for event in held:
            composed = isinstance(event, QInputMethodEvent)
            to = QGuiApplication.focusObject() if composed else self._window.windowHandle()
            if to is not None:
                QCoreApplication.sendEvent(to, event)
        self._giving_on = False


def _copy(event: QKeyEvent) -> QKeyEvent:
    """One that lives on when Qt's own is gone."""
    return QKeyEvent(event.type(), event.key(), event.modifiers(), event.text(), event.isAutoRepeat())


def _letter(event: QKeyEvent) -> str:
    """What the reader meant by that key; empty for a key that writes nothing."""
    if event.modifiers() & _COMMANDS or not event.text().isprintable():
        return ""
    shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    pair = _US_KEYS.get(event.nativeScanCode())
    return event.text() if pair is None or not event.text() else pair[shifted]
