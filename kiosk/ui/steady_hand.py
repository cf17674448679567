"""A finger on its way while the screen changes by itself: it meant what was there, so what came is not touched."""

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

_MS = 300
"""A hand that has decided lands within that time; and whatever follows a touch so soon is the answer to it."""


class SteadyHand(QObject):
    """Told of touches and of changes, it knows whether a press can be meant."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._touched = QElapsedTimer()
        self._hold = QTimer(self, interval=_MS, singleShot=True)

    @property
    def is_meant(self) -> bool:
        return not self._hold.isActive()

    def touched(self) -> None:
        self._touched.start()

    def changed(self) -> None:
        """Something else can be touched now. Before the first touch of all nobody was on the way."""
        if self._touched.isValid() and self._touched.hasExpired(_MS):
            self._hold.start()
