"""Somebody who uses no finger: goes round a screen with the Tab key and asks each thing what it is."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QWidget

from kiosk.ui.window import Window

_ROLES = (QAccessible.Role.Button, QAccessible.Role.CheckBox, QAccessible.Role.EditableText)
_MOST = 150


def press(window: Window, key: Qt.Key) -> None:
    QTest.keyClick(window.glass, key)


def go_to(window: Window, name: str) -> None:
    """With Tab, as many times as it takes."""
    for _ in range(_MOST):
        press(window, Qt.Key.Key_Tab)
        now = window.focusWidget()
        if now is not None and now.objectName() == name:
            return
    raise AssertionError(f"the keys do not come to “{name}”")


def press_on(window: Window, name: str) -> None:
    go_to(window, name)
    press(window, Qt.Key.Key_Return)


def hindrances(window: Window) -> Iterator[str]:
    """What would keep them from using this screen."""
    round_trip = _go_round(window)
    there = {each for part in window.parts for each in part.findChildren(QWidget) if _takes_keys(each)}
    there = {each for each in there if not each.objectName().startswith("page-")}  # the page turns with the keys
    yield from (f"the keys never come to “{each.objectName()}”" for each in there - set(round_trip))
    for each in round_trip:
        told = QAccessible.queryAccessibleInterface(each)
        if not told.text(QAccessible.Text.Name).strip():
            yield f"“{each.objectName()}” does not say its name"
        if told.role() not in _ROLES:
            yield f"“{each.objectName()}” does not say what it is: {told.role()}"
    for each, after in pairwise(round_trip):
        if _same_part(window, each, after) and not _reads_on(window, each, after):
            yield f"after “{each.objectName()}” the keys come to “{after.objectName()}”, against the way one reads"


def _go_round(window: Window) -> list[QWidget]:
    """From the first thing to the last, each once."""
    if (at := window.focusWidget()) is not None:
        at.clearFocus()
    came: list[QWidget] = []
    for _ in range(_MOST):
        press(window, Qt.Key.Key_Tab)
        now = window.focusWidget()
        if now is None or now in came:
            break
        came.append(now)
    return came


def _takes_keys(widget: QWidget) -> bool:
    takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
    return takes and widget.isVisible() and widget.isEnabled()


def _same_part(window: Window, one: QWidget, other: QWidget) -> bool:
    together = any(part.isAncestorOf(one) and part.isAncestorOf(other) for part in window.parts)
    return together and _ground(one) is _ground(other)


def _ground(widget: QWidget) -> QWidget:
    """The page it stands on, however far that is turned, or else the window."""
    ground = widget
    while (parent := ground.parentWidget()) is not None:
        if isinstance(parent.parentWidget(), QScrollArea):
            return ground
        ground = parent
    return ground


def _reads_on(window: Window, one: QWidget, other: QWidget) -> bool:
    """Below, or further on in the same line."""
    here, there = _box(one), _box(other)
    if there.top() >= here.center().y():
        return True
    rtl = window.layoutDirection() == Qt.LayoutDirection.RightToLeft
    further = there.center().x() < here.center().x() if rtl else there.center().x() > here.center().x()
    same_line = here.top() <= there.center().y() <= here.bottom() or there.top() <= here.center().y() <= there.bottom()
    return further and same_line


def _box(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(_ground(widget), QPoint(0, 0)), widget.size())
