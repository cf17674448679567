"""At a counter the keyboard is the quickest way: Enter is the next step, Control with it the way on, F12 the lock."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit, QWidget

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EnterKey(QObject):
    """Asked before the window's own keys. A button with the frame is chosen by Enter as ever, a text gets a line.

    Where a mouse left the keys means nothing.
    """

    def __init__(
        self, window: QWidget, onward: Callable[[], tuple[str, ...]], arrive: Callable[[QWidget], None]
    ) -> None:
        """`onward`: the names of what Enter means, the first that is there. `arrive`: come to a field to write in."""
        super().__init__(window)
        self._window = window
        self._onward = onward
        self._arrive = arrive

    def pressed(self, event: QKeyEvent, at: QWidget) -> bool:
        """True when that was all the key is for."""
        if event.type() != QEvent.Type.KeyPress or event.key() not in _ENTER:
            return False
        forced = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        framed = self._window.testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        if not forced and (isinstance(at, QPlainTextEdit) or (isinstance(at, QAbstractButton) and framed)):
            return False
        if not event.isAutoRepeat():
            self._go(("go",) if forced else self._onward())
        return True

    def _go(self, names: tuple[str, ...]) -> None:
        found = (each for name in names for each in self._window.findChildren(QWidget, name) if each.isVisible())
        onward = next(found, None)
        if isinstance(onward, QAbstractButton):
            onward.click()  # one that rests does nothing
        elif onward is not None:
            self._arrive(onward)
