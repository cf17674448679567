"""What people see while the kiosk is opened anew: a still picture of what stood there."""

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QLabel

from kiosk.ui.first_frame import FirstFrame
from kiosk.ui.window import Window

_PATIENCE_MS = 2000
"""So long a frame is waited for at most: what lies behind other windows is never painted."""


class Curtain(QLabel):
    """It hangs in the place of that window once it is made, until the next one has been painted."""

    def __init__(self, window: Window) -> None:
        super().__init__(None, Qt.WindowType.FramelessWindowHint)
        self.setPixmap(window.grab())
        self.setGeometry(window.geometry())
        self.setWindowState(window.windowState())
        hanging = QEventLoop()
        FirstFrame(self, hanging.quit)
        QTimer.singleShot(_PATIENCE_MS, hanging, hanging.quit)
        self.show()
        hanging.exec()

    def fall_before(self, window: Window) -> None:
        FirstFrame(window, self._fall)
        QTimer.singleShot(_PATIENCE_MS, self, self._fall)

    def _fall(self) -> None:
        self.hide()
        self.clear()
