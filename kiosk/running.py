"""A kiosk from its start to its end: opened, shown, opened anew when the town has other cards, closed."""

import logging
import sys
from collections.abc import Callable
from types import TracebackType

from PySide6.QtWidgets import QApplication

from kiosk.app import Kiosk, application, open_kiosk
from kiosk.settings import Settings
from kiosk.ui.curtain import Curtain
from kiosk.ui.ending import ending_when_told
from kiosk.ui.visit import Visits

_log = logging.getLogger(__name__)
_ANEW = 75
"""How Qt's loop ends when the kiosk is only to be opened anew."""
TITLE_BAR = 40
"""Pixels a desktop puts over a window."""


def _room(app: QApplication, settings: Settings) -> tuple[int, int]:
    """The width and height of the window, in pixels: a counter leaves its agent the desktop's bars."""
    if settings.counter is None:
        size = app.primaryScreen().size()
        return size.width(), size.height()
    free = app.primaryScreen().availableSize()
    return free.width(), free.height() - TITLE_BAR


def run(settings: Settings) -> int:
    """The kiosk of a hall, full screen, until the session ends; or that of a counter, until its agent closes it."""
    app = application()
    return keep_open(app, settings, _room(app, settings), _in_front)


def keep_open(
    app: QApplication, settings: Settings, size: tuple[int, int], show: Callable[[Kiosk], Callable[[], object]]
) -> int:
    """Until it is told to end; opened anew, as it stood, when the town has other cards. Raises what `open_kiosk` does.

    `show` brings it onto the screen, and gives what is to be done before it closes.
    """
    shift, at, small, curtain = None, None, False, None
    with ending_when_told(app):
        while True:
            kiosk = open_kiosk(settings, *size, shift=shift)
            kiosk.renewal.wanted.connect(lambda: app.exit(_ANEW))
            sys.excepthook = _crash_into(kiosk.visits)
            put_away = show(kiosk)
            if at is not None:
                kiosk.window.restoreGeometry(at)
            if small:
                kiosk.window.showMinimized()
            if curtain is not None:
                curtain.fall_before(kiosk.window)
            try:
                ended = app.exec()
                shift = None if kiosk.counter is None else kiosk.counter.shift
                at = None if kiosk.counter is None else kiosk.window.saveGeometry()
                small = kiosk.window.isMinimized()
                curtain = Curtain(kiosk.window) if ended == _ANEW and not small else None
            finally:
                put_away()
                kiosk.close()
            if ended != _ANEW:
                return ended


def _in_front(kiosk: Kiosk) -> Callable[[], object]:
    if kiosk.counter is None:
        kiosk.window.showFullScreen()
    else:
        kiosk.counter.closed.connect(lambda: application().exit(0))
        kiosk.window.show()
    return lambda: None


def _crash_into(visits: Visits) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """What Python does with an exception nobody caught: log it, wipe the visit, show the trouble screen."""

    def hook(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        _log.critical("the kiosk failed in a way nobody foresaw", exc_info=(kind, fault, trace))
        visits.crash()

    return hook
