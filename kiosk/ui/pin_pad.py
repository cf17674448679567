"""Ten digits for a finger, never mirrored; what is typed shows as dots."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kiosk.ui.buttons import Button, Look
from kiosk.ui.language import Translator
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.theme import DIGITS, GAP, Theme

_DOT, _PLACE = "●", "○"
_LEAST = 6


class PinPad(QWidget):
    """Says `entered` with what was typed, and is empty again."""

    entered = Signal(str)

    def __init__(self, theme: Theme, _: Translator) -> None:
        super().__init__()
        self._typed = ""
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(GAP))
        self._dots = Paragraph("", theme, DIGITS, align=Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._dots)
        keys = QGridLayout()
        keys.setSpacing(theme.px(18))
        for nth, digit in enumerate("1234567890"):
            key = Button(f"pin-{digit}", digit, theme, kind=DIGITS)
            key.clicked.connect(lambda *, said=digit: self._type(said))
            keys.addWidget(key, nth // 3, 1 if digit == "0" else nth % 3)
        erase = Button("pin-erase", _("Erase"), theme)
        erase.clicked.connect(lambda: self._show(self._typed[:-1]))
        keys.addWidget(erase, 3, 0)
        self._enter = Button("pin-enter", _("Enter"), theme, Look.GO)
        self._enter.clicked.connect(self._say)
        keys.addWidget(self._enter, 3, 2)
        for column_nth in range(3):
            keys.setColumnStretch(column_nth, 1)
        column.addLayout(keys)
        self._show("")

    def _type(self, digit: str) -> None:
        self._show((self._typed + digit)[:12])

    def _show(self, typed: str) -> None:
        self._typed = typed
        self._dots.say(" ".join(_DOT * len(typed) + _PLACE * (_LEAST - len(typed))))
        self._enter.setEnabled(len(typed) >= _LEAST)

    def _say(self) -> None:
        typed = self._typed
        self._show("")
        self.entered.emit(typed)
