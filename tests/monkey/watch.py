"""What must hold whatever hands do: one window, no way out of it, no fault nobody foresaw, nothing that grows."""

import gc
import logging
import sys
import traceback
from types import TracebackType
from typing import Self

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from kiosk.app import Kiosk


class Watch(logging.Handler):
    """Keeps every complaint: what Python could not handle, what was logged as an error, what was seen amiss."""

    def __init__(self, kiosk: Kiosk) -> None:
        super().__init__(logging.ERROR)
        self._kiosk = kiosk
        self.complaints: list[str] = []

    def __enter__(self) -> Self:
        logging.getLogger().addHandler(self)
        self._hook, sys.excepthook = sys.excepthook, self._caught
        return self

    def __exit__(self, *_: object) -> None:
        sys.excepthook = self._hook
        logging.getLogger().removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.complaints.append(self.format(record))

    def look(self, nth: int) -> None:
        """After the how-manieth deed: is anything but the kiosk's one window to be seen?"""
        window = self._kiosk.window
        if not window.isVisible():
            self.complaints.append(f"after {nth}: the window is gone")
        strangers = [each for each in QApplication.topLevelWidgets() if each is not window and each.isVisible()]
        if strangers or QApplication.activePopupWidget() is not None or QApplication.activeModalWidget() is not None:
            self.complaints.append(f"after {nth}: {[type(each).__name__ for each in strangers]} lies over the kiosk")
        if window.current is None or not window.current.isVisible():
            self.complaints.append(f"after {nth}: no screen is shown")

    def _caught(self, kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        self.complaints.append("".join(traceback.format_exception(kind, fault, trace)))
        self._kiosk.visits.crash()


def objects_at_rest(kiosk: Kiosk) -> int:
    """How many Qt objects the window has once the visit is over."""
    gc.collect()
    return len(kiosk.window.findChildren(QObject))
