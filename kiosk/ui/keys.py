"""The screen without a finger: arrows and Tab move, Enter touches, Escape goes back; in the order one reads."""

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QScrollArea, QWidget

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_SIDEWAYS = (Qt.Key.Key_Left, Qt.Key.Key_Right)
_WAYS = {
    Qt.Key.Key_Left: QPoint(-1, 0),
    Qt.Key.Key_Right: QPoint(1, 0),
    Qt.Key.Key_Up: QPoint(0, -1),
    Qt.Key.Key_Down: QPoint(0, 1),
}


class Keys(QObject):
    """Where the keys are. A page that is drawn again keeps them where they were, by the name of what they were on."""

    begun = Signal()
    """Something new is there, and one begins at the first of it."""

    def __init__(self, window: QWidget, parts: Callable[[], tuple[QWidget, ...]], go_back: Callable[[], None]) -> None:
        """`parts`: what can be touched now, in the order it is read."""
        super().__init__(window)
        self._window = window
        self._parts = parts
        self._go_back = go_back
        self._name = ""
        self._in_use = False
        self._new: QWidget | None = None
        self._settle = QTimer(self, interval=0, singleShot=True)
        self._settle.timeout.connect(self._find_place)

    def pressed(self, event: QKeyEvent, at: QWidget) -> bool:
        """True when that was all the key is for."""
        if event.key() == Qt.Key.Key_Escape:
            self._go_back()
        elif event.key() in _TABS:
            step = 1 if event.key() == Qt.Key.Key_Tab else -1
            self.go_to(_next(self._reached(), self._window.focusWidget(), step))
        elif event.key() in _ENTER and isinstance(at, QAbstractButton):
            if not event.isAutoRepeat():
                at.click()
        elif event.key() in _ENTER and isinstance(at, QLineEdit):
            self.go_to(self._window.findChild(QWidget, "go"))
        elif event.key() in _WAYS and _leaves(at, event.key()):
            self.go_to(_beside(self._reached(), self._window.focusWidget(), _WAYS[Qt.Key(event.key())]))
        else:
            return False
        return True

    def begin(self, part: QWidget) -> None:
        """Something new is there: who uses keys is at the first of it, or where its keyboard writes."""
        self._name, self._new = "", part
        self._settle.start()
        self.begun.emit()

    def keep(self, name: str = "") -> None:
        """It is drawn again: who uses keys is where they were, or on what has that name."""
        self._name = name or self._name
        self._settle.start()

    def _find_place(self) -> None:
        """Once what was drawn is laid out."""
        new, self._new = self._new, None
        if not self._in_use:
            return  # a finger waits for nothing that is done for keys alone
        if new is not None and not shiboken6.isValid(new):
            new = None  # it was drawn again meanwhile
        now, reached = self._window.focusWidget(), self._reached()
        if now in reached and new is None:
            return
        if new is None:
            self.go_to(next((each for each in reached if each.objectName() == self._name), None))
        elif not (isinstance(now, QLineEdit | QPlainTextEdit) and new.isAncestorOf(now)):
            self.go_to(next((each for each in reached if new.isAncestorOf(each)), None))

    def rest(self) -> None:
        """A finger touches: it needs no frame round what the keys would choose."""
        self._in_use = False
        self._window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange, False)

    def _reached(self) -> list[QWidget]:
        return [each for part in self._parts() for each in reachable(part)]

    def go_to(self, to: QWidget | None) -> None:
        """Be there, and bring it into sight; what cannot be touched now is no place to be."""
        if to is None or not to.isEnabled():
            return
        self._in_use = True
        self._name = to.objectName()
        to.setFocus(Qt.FocusReason.TabFocusReason)
        self._window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)  # Qt takes it away unless Tab was pressed
        to.update()
        parent = to.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        if parent is not None:
            parent.ensureWidgetVisible(to, 0, to.height() // 4)


def reachable(part: QWidget) -> list[QWidget]:
    """What keys can come to in that part of the window, line by line in the direction people read."""
    return [each for line in reachable_lines(part) for each in line]


def reachable_lines(part: QWidget) -> list[list[QWidget]]:
    """The same, its lines kept. A page longer than its room comes first and whole, however far it is turned."""
    found = [each for each in part.findChildren(QWidget) if _takes_focus(each)]
    areas = [area for area in part.findChildren(QScrollArea) if area.isVisible()]
    on_page = [each for each in found if any(area.viewport().isAncestorOf(each) for area in areas)]
    return _as_read(on_page) + _as_read([each for each in found if each not in on_page])


def _as_read(found: list[QWidget]) -> list[list[QWidget]]:
    if not found:
        return []
    window = found[0].window()
    lines: list[list[QWidget]] = []
    for each in sorted(found, key=lambda each: _box(each, window).top()):
        middle = _box(each, window).center().y()
        if lines and middle < min(_box(other, window).bottom() for other in lines[-1]):
            lines[-1].append(each)
        else:
            lines.append([each])
    side = -1 if window.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
    return [sorted(line, key=lambda one: side * _box(one, window).center().x()) for line in lines]


def _next(reached: list[QWidget], now: QWidget | None, step: int) -> QWidget | None:
    """The one after (`step` 1) or before (-1); round the ends."""
    if not reached:
        return None
    if now not in reached:
        return reached[0 if step > 0 else -1]
    return reached[(reached.index(now) + step) % len(reached)]


def _beside(reached: list[QWidget], now: QWidget | None, way: QPoint) -> QWidget | None:
    """The nearest in that direction; None at the edge. With nothing to start from: the first."""
    if now is None or now not in reached:
        return reached[0] if reached else None
    window = now.window()
    here = _box(now, window)

    def far(other: QRect) -> tuple[int, int]:
        """How far on in that direction, and how far aside."""
        if way.x():
            on = other.left() - here.right() if way.x() > 0 else here.left() - other.right()
            aside = max(other.top() - here.bottom(), here.top() - other.bottom(), 0)
            return on, aside * 4 + abs(other.center().y() - here.center().y()) // 4
        on = other.top() - here.bottom() if way.y() > 0 else here.top() - other.bottom()
        aside = max(other.left() - here.right(), here.left() - other.right(), 0)
        return on, aside * 2 + abs(other.center().x() - here.center().x()) // 4

    far_off = [(far(_box(each, window)), each) for each in reached if each is not now]
    ahead = [(sum(distance), each) for distance, each in far_off if distance[0] >= 0]
    return min(ahead, key=lambda pair: pair[0])[1] if ahead else None


def _leaves(at: QWidget, key: int) -> bool:
    """Whether that arrow leads away: a text keeps those that move its caret, a map its pin."""
    if at.property("steered") is True:
        return False
    if isinstance(at, QLineEdit):
        return key not in _SIDEWAYS
    if isinstance(at, QPlainTextEdit):
        way = QTextCursor.MoveOperation.Down if key == Qt.Key.Key_Down else QTextCursor.MoveOperation.Up
        return key not in _SIDEWAYS and not QTextCursor(at.textCursor()).movePosition(way)
    return True


def _takes_focus(widget: QWidget) -> bool:
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None


def _box(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
