"""A line to write in: large, quiet, and without a memory."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont
from PySide6.QtWidgets import QLineEdit

from kiosk.ui.theme import Ink


class Field(QLineEdit):
    """Says `entered` when a finger or a key comes into it. Offers no menu, no undo and no way to the clipboard."""

    entered = Signal()

    def __init__(self, name: str, text: str, font: QFont, height_px: int) -> None:
        super().__init__(text)
        self.setObjectName(name)
        self.setFont(font)
        self.setFixedHeight(height_px)
        self.setMaxLength(80)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setDragEnabled(False)
        radius, edge = height_px // 5, max(1, height_px // 32)
        self.setStyleSheet(
            f"QLineEdit {{ background: white; color: {Ink.INK.name()}; padding: 0 {height_px // 4}px;"
            f" border: {edge}px solid {Ink.LINE.name()}; border-radius: {radius}px }}"
            f"QLineEdit:focus {{ border-color: {Ink.TEAL.name()} }}"
        )

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()
