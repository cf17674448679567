"""How a kiosk ends when the system tells it to."""

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication


@contextmanager
def ending_when_told(app: QApplication) -> Iterator[None]:
    """SIGTERM and Ctrl-C end Qt's loop, and so the kiosk in its own time: what is being printed or said is finished.

    Python's own handlers would wait for the next touch, because Qt sleeps outside Python; a byte on a socket wakes it.
    One that comes before the loop runs is answered as soon as it does. `quit` would ask the window, which refuses.
    """
    told, telling = socket.socketpair()
    with told, telling:
        telling.setblocking(False)
        notifier = QSocketNotifier(told.fileno(), QSocketNotifier.Type.Read)
        notifier.activated.connect(lambda: app.exit(0))
        wakeup = signal.set_wakeup_fd(telling.fileno())
        before = {each: signal.signal(each, lambda *_: None) for each in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            signal.set_wakeup_fd(wakeup)
            for each, handler in before.items():
                signal.signal(each, handler)
            notifier.setEnabled(False)
