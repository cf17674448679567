"""A person who presses two switches, and looks where the frame is."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QWidget

from kiosk.app import Kiosk
from kiosk.ui.player import run_for
from kiosk.ui.pointer import Pointer

NEXT, CHOOSE = Qt.Key.Key_F7, Qt.Key.Key_F8
_ROUNDS = 60
"""More than there is to go round on any screen."""


class SwitchUser:
    """Every press is a real key event; what the frame lies round is taken from where it lies."""

    def __init__(self, kiosk: Kiosk) -> None:
        self.kiosk = kiosk
        self.presses = 0

    def press(self, key: Qt.Key) -> None:
        self.presses += 1
        QTest.keyClick(self.kiosk.window.glass, key)

    @property
    def pointer(self) -> Pointer:
        pointer = self.kiosk.window.findChild(Pointer)
        assert isinstance(pointer, Pointer)
        return pointer

    @property
    def framed(self) -> list[QWidget]:
        """What can be chosen, and lies in the frame."""
        pointer = self.pointer
        if not pointer.isVisible():
            return []
        kinds = (QAbstractButton, QLineEdit, QPlainTextEdit)
        there = [
            each for part in self.kiosk.window.parts for each in part.findChildren(QWidget) if isinstance(each, kinds)
        ]
        return [each for each in there if each.isVisible() and pointer.geometry().contains(self._middle(each))]

    def choose(self, name: str) -> None:
        """Round and round until the frame is there; into the lines it is in, and out of those it is not in."""
        self._rest()
        for _ in range(_ROUNDS):
            framed = [each.objectName() for each in self.framed]
            if framed == [name]:
                self.press(CHOOSE)
                self._rest()
                return
            self.press(CHOOSE if (name in framed) is not self.pointer.leads_out else NEXT)
        raise AssertionError(f"the frame does not come to “{name}”: {[each.objectName() for each in self.framed]}")

    def write(self, letters: str) -> None:
        for letter in letters:
            self.choose("key-space" if letter == " " else f"key-{letter}")

    def _rest(self) -> None:
        run_for(200)
        while not self.kiosk.window.is_steady:
            run_for(20)

    def _middle(self, widget: QWidget) -> QPoint:
        return QRect(widget.mapTo(self.kiosk.window, QPoint(0, 0)), widget.size()).center()
