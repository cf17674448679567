"""Hands that mean nothing: touches, strokes, keys and codes at random, and devices that fail in between."""

from collections.abc import Callable
from random import Random

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from kiosk.app import Kiosk
from kiosk.devices.printer_model import Roll
from kiosk.devices.simulated import SimulatedPrinter, SimulatedReader, SimulatedScanner
from kiosk.ui.buttons import Touchable

_LEFT = Qt.MouseButton.LeftButton
_BUTTONS = (_LEFT, _LEFT, _LEFT, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton)
_KEYS = (
    *(Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Menu),
    *(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_F1, Qt.Key.Key_F4, Qt.Key.Key_F11),
    *(Qt.Key.Key_Q, Qt.Key.Key_W, Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_A, Qt.Key.Key_7, Qt.Key.Key_Backspace),
    *(Qt.Key.Key_Print, Qt.Key.Key_Delete, Qt.Key.Key_Super_L, Qt.Key.Key_Help),
    *(Qt.Key.Key_F5, Qt.Key.Key_F7, Qt.Key.Key_F7, Qt.Key.Key_F8, Qt.Key.Key_F15, Qt.Key.Key_F16, Qt.Key.Key_VolumeUp),
)
_HELD = (
    *(Qt.KeyboardModifier.NoModifier,) * 4,
    *(Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier),
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.MetaModifier,
)
_CODES = (
    "01234567",
    "26-014-00385-97",
    "WIFI:S:hall;T:WPA;P:x;;",
    "\x00\x01",
    "7" * 4096,
    "HTTPS://KEF.EXAMPLE/T/ABCDEFGHIJKLMNOPQRSTUVWX23",
)


class Hands:
    """What they do follows from the seed and from what is on the screen."""

    def __init__(self, kiosk: Kiosk, chance: Random) -> None:
        assert isinstance(kiosk.printer, SimulatedPrinter)
        assert isinstance(kiosk.scanner, SimulatedScanner)
        self._kiosk = kiosk
        self._window = kiosk.window
        self._chance = chance
        self._printer = kiosk.printer.model
        self._scanner = kiosk.scanner
        self._deeds: tuple[tuple[Callable[[], object], float], ...] = (
            (self._touch_control, 60),
            (self._touch_anywhere, 18),
            (self._stroke, 6),
            (self._press_key, 9),
            (self._show_code, 2),
            (self._break, 2),
            (self._mend, 2),
            (self._close, 0.5),
            (self._leave, 0.5),
        )

    def take_papers_away(self) -> None:
        """What has come out of the printer, and what went to it: people leave with it, so it is nothing that grows."""
        self._printer.papers.clear()
        self._printer.received.clear()

    def act(self) -> None:
        deeds, weights = zip(*self._deeds, strict=True)
        self._chance.choices(deeds, weights)[0]()

    def _touch_control(self) -> None:
        """What draws a finger: something that can be touched."""
        seen = [each for each in self._window.findChildren(Touchable) if each.isVisible() and each.isEnabled()]
        if seen:
            control = self._chance.choice(seen)
            at = control.mapTo(self._window, control.rect().center())
            if self._window.rect().contains(at):  # a page turned away has controls out there
                self._touch(at)

    def _touch_anywhere(self) -> None:
        self._touch(self._somewhere())

    def _touch(self, at: QPoint) -> None:
        button = self._chance.choice(_BUTTONS)
        touch = QTest.mouseDClick if self._chance.random() < 0.1 else QTest.mouseClick
        touch(self._window.glass, button, Qt.KeyboardModifier.NoModifier, at)

    def _stroke(self) -> None:
        """Down here, along, and up there, whatever has come under the finger meanwhile."""
        start, end = self._somewhere(), self._somewhere()
        glass = self._window.glass
        QTest.mousePress(glass, _LEFT, Qt.KeyboardModifier.NoModifier, start)
        for step in range(1, 4):
            QTest.mouseMove(glass, start + (end - start) * step / 3)
        QTest.mouseRelease(glass, _LEFT, Qt.KeyboardModifier.NoModifier, end)

    def _press_key(self) -> None:
        QTest.keyClick(self._window.glass, self._chance.choice(_KEYS), self._chance.choice(_HELD))

    def _show_code(self) -> None:
        if isinstance(self._kiosk.reader, SimulatedReader):
            self._kiosk.reader.show(self._chance.choice(_CODES))

    def _break(self) -> None:
        self._chance.choice(
            (
                lambda: self._printer.set_roll(Roll.OUT),
                lambda: self._printer.set_cover_open(True),
                lambda: self._printer.set_power(False),
                self._scanner.jam,
                self._scanner.lift_cover,
                lambda: self._scanner.insert(b"no picture"),
            )
        )()

    def _mend(self) -> None:
        self._printer.set_power(True)
        self._printer.set_cover_open(False)
        self._printer.set_roll(Roll.FULL)
        self._scanner.mend()

    def _close(self) -> None:
        self._window.close()

    def _leave(self) -> None:
        """Nobody touches anything until the kiosk forgets them."""
        self._window.left_alone.emit()

    def _somewhere(self) -> QPoint:
        return QPoint(self._chance.randrange(self._window.width()), self._chance.randrange(self._window.height()))
