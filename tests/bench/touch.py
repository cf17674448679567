"""From a finger on the glass to the frame that answers it: real touches through the X server, real pixels."""

import os
import threading
import time
from pathlib import Path
from statistics import median

from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from kiosk.ui.player import run_for
from tests.bench.glass import pixels
from tests.bench.hall import Visitor, open_hall
from tests.bench.row import Row, percentile
from tests.screen import Finger

_TITLE = QRect(0, 210, 1080, 60)
"""Pixels of the screen where every page has its title, and nothing to touch."""
_PATIENCE_S = 20.0
_WAY = (
    *("language-fr", "language-ar", "request", "group-building", "service-building-permit", "option-yes"),
    *("back", "back", "restart", "number", "language-en", "back", "language-ar"),
    *("complaint", "option-lighting", "go", "key-س", "key-ل", "restart"),
)
"""A stroll past every kind of touch; it ends where it began."""


class Hand(QObject):
    """Touches a control on the screen and waits for the frame that answers, however long it takes."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self._finger = Finger(os.environ["DISPLAY"])
        self._felt_ms: list[int] = []
        self.waits_ms: list[float] = []
        window.windowHandle().installEventFilter(self)  # the application's would hear everything, and slow it down

    def touch(self, control: QWidget, at: QPoint) -> None:
        area = _answering(control)
        before = pixels(area)
        self._felt_ms.clear()
        place = control.mapToGlobal(at)
        tap = threading.Thread(target=self._finger.tap, args=((place.x(), place.y()),))
        tap.start()
        patience = time.monotonic() + _PATIENCE_S
        while not self._felt_ms or pixels(area) == before:
            if time.monotonic() > patience:
                raise RuntimeError(f"a touch on “{control.objectName()}” changed nothing")
            run_for(1)
        self.waits_ms.append(time.monotonic_ns() / 1e6 - self._felt_ms[0])
        tap.join()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002  Qt asks so
        if isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseButtonPress:
            self._felt_ms.append(event.timestamp())  # when the X server had it, by the clock `time.monotonic` reads
        return False


def _answering(control: QWidget) -> QRect:
    """The part of the screen, apart from what is touched, that changes with the answer."""
    name, field = control.objectName(), control.window().focusWidget()
    if name.startswith("key-") and field is not None:
        return QRect(field.mapToGlobal(QPoint(0, 0)), field.size())
    return _TITLE


def _stroll(visitor: Visitor) -> None:
    for name in _WAY:
        visitor.touch(name)


def measure(folder: Path, times: int) -> dict[str, Row]:
    with open_hall(folder) as hall:
        hand = Hand(hall.kiosk.window)
        visitor = Visitor(hall.kiosk.window, hall.kiosk.visits, folder, hand.touch)
        _stroll(visitor)  # the first finds the letters
        hand.waits_ms.clear()
        for _ in range(times):
            _stroll(visitor)
        waits = hand.waits_ms
    first, last = (median(some) for some in (waits[: len(_WAY)], waits[-len(_WAY) :]))
    said = "X server's press to changed pixels, 1080×1920, software rendering, after one stroll"
    return {
        "touch_painted_p50_ms": Row(percentile(waits, 50), "ms", 100, len(waits), said),
        "touch_painted_p99_ms": Row(percentile(waits, 99), "ms", 200, len(waits), said),
        "touch_slowing_ratio": Row(round(last / first, 2), "x", 1.5, times, "the last stroll beside the first"),
    }
