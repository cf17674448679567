"""Who uses keys sees where they are; who uses a finger is shown no frame round what they did not touch."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kiosk.app import Kiosk


def frames(kiosk: Kiosk) -> bool:
    return kiosk.window.testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)


def test_the_frame_comes_with_the_tab_key_and_leaves_with_a_touch(qtbot: QtBot, kiosk: Kiosk) -> None:
    kiosk.window.activateWindow()
    qtbot.waitUntil(kiosk.window.isActiveWindow)
    before = kiosk.window.grab().toImage()
    QTest.keyClick(kiosk.window, Qt.Key.Key_Tab)
    assert frames(kiosk)
    assert kiosk.window.grab().toImage() != before
    QTest.mouseClick(kiosk.window.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(270, 900))
    assert not frames(kiosk)
    assert kiosk.window.grab().toImage() == before
