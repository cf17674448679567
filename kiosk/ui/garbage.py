"""Python's garbage collection, kept in the window's thread.

Python collects cycles in whatever thread happens to allocate. A widget that a thread of the printer takes apart may be
called by Qt in the same instant: the process dies, or a slot is "not found". So while there is a window, only its own
thread collects, as often as Python would, between two events and never in the middle of one.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_LOOK_MS = 500


class Garbage(QObject):
    """Collects here and nowhere else, until it is closed."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.freeze()  # what was built once is not looked at again and again: a touch need not wait for it
        gc.disable()
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self.collect)
        self._look.start()

    def collect(self) -> None:
        """What is due, by Python's own thresholds: the oldest generation that is, and with it the younger ones."""
        due = [
            age for age, (made, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)) if made > most
        ]
        if due:
            gc.collect(due[-1])

    def close(self) -> None:
        """Python may collect anywhere again; what an earlier window left goes now, when nobody waits."""
        self._look.stop()
        gc.unfreeze()
        gc.collect()
        gc.enable()
