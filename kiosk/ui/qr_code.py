"""A QR code on the screen, crisp at any size, always black on white and never mirrored."""

from functools import lru_cache

import qrcode
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.ui.paragraph import rounded
from kiosk.ui.theme import EDGE, Ink, Theme

_QUIET = 4  # modules of white around the code, ISO/IEC 18004


@lru_cache(maxsize=4)
def qr_modules(text: str) -> list[list[bool]]:
    """The dark modules of `text`, row by row, quiet zone included. Level M survives a fold and a smudge.

    Remembered, for looking for the best mask takes 5 ms: `forget_codes` when its person leaves.
    """
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=_QUIET)
    code.add_data(text)
    return code.get_matrix()


def forget_codes() -> None:
    """No address of a dossier stays behind."""
    qr_modules.cache_clear()


class QrCode(QWidget):
    """Shows `text`, at most `side` design pixels wide."""

    def __init__(self, text: str, theme: Theme, side: int) -> None:
        super().__init__()
        self._theme = theme
        self._rows = qr_modules(text)
        self.setFixedSize(theme.px(side), theme.px(side))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect())
        rounded(painter, box, self._theme.px(16), QColor("white"), self._theme.color(Ink.LINE), self._theme.px(EDGE))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("black"))
        module = int(box.width()) // len(self._rows)
        start = (int(box.width()) - module * len(self._rows)) // 2
        for y, row in enumerate(self._rows):
            for x, dark in enumerate(row):
                if dark:
                    painter.drawRect(start + x * module, start + y * module, module, module)
        painter.end()
        event.accept()
