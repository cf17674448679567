"""The touch keyboard: Arabic, French and digits 0-9, never mirrored. It remembers nothing of what was typed."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from civic.language import Language
from kiosk.ui.buttons import Button, Look
from kiosk.ui.theme import STRONG, Theme

_ROWS = {
    "ar": ("ض ص ث ق ف غ ع ه خ ح ج", "ش س ي ب ل ا ت ن م ك ط", "أ إ آ ؤ ئ ء ة ى ذ د ظ", "ر ز و ، ؟ . -"),
    "fr": ("a z e r t y u i o p", "q s d f g h j k l m", "é è ê ç à ù î ô û '", "w x c v b n , . -"),
    "digits": ("1 2 3", "4 5 6", "7 8 9", "0"),
}
_SWITCHES = {"ar": "ع", "fr": "abc", "digits": "123"}

_KEY = 100
"""Height of a key, in design pixels."""

Target = QLineEdit | QPlainTextEdit


class Keyboard(QWidget):
    """Types into the field given to `type_into`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._target: Target | None = None
        self._capital = False
        self._layout = "ar" if theme.language is Language.ARABIC else "fr"
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._keys: QWidget | None = None
        self._draw()

    def type_into(self, target: Target) -> None:
        self._target = target

    def show_layout(self, name: str) -> None:
        """`ar`, `fr` or `digits`."""
        self._layout = name
        self._capital = False
        self._draw()

    def _draw(self) -> None:
        keys = QWidget()
        rows = QVBoxLayout(keys)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(self._theme.px(10))
        for row in _ROWS[self._layout]:
            rows.addLayout(self._row(row.split()))
        rows.addLayout(self._last_row())
        if self._keys is not None:
            self._column.removeWidget(self._keys)
            self._keys.hide()
            self._keys.deleteLater()
        self._column.addWidget(keys)
        self._keys = keys

    def _row(self, letters: list[str]) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(self._theme.px(8))
        for letter in letters:
            typed = letter.upper() if self._capital else letter
            key = self._key(f"key-{letter}", typed, Look.PLAIN)
            key.clicked.connect(partial(self._type, typed))
            line.addWidget(key)
        return line

    def _last_row(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(self._theme.px(8))
        for name, words in _SWITCHES.items():
            if name != self._layout:
                switch = self._key(f"key-layout-{name}", words, Look.CHOSEN)
                switch.clicked.connect(partial(self.show_layout, name))
                line.addWidget(switch, 2)
        if self._layout == "fr":
            shift = self._key("key-shift", "ABC" if not self._capital else "abc", Look.CHOSEN)
            shift.clicked.connect(self._shift)
            line.addWidget(shift, 2)
        if self._layout != "digits":
            space = self._key("key-space", "␣", Look.PLAIN)
            space.clicked.connect(partial(self._type, " "))
            line.addWidget(space, 5)
        erase = self._key("key-backspace", "⌫", Look.CHOSEN)
        erase.setAutoRepeat(True)
        erase.clicked.connect(self._erase)
        line.addWidget(erase, 2)
        return line

    def _key(self, name: str, words: str, look: Look) -> Button:
        key = Button(name, words, Theme(self._theme.scale, Language.ENGLISH), look, STRONG, _KEY)
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the field keeps the caret
        key.setMinimumWidth(self._theme.px(80))
        return key

    def _shift(self) -> None:
        self._capital = not self._capital
        self._draw()

    def _type(self, letter: str) -> None:
        match self._target:
            case QLineEdit() as line:
                line.insert(letter)
            case QPlainTextEdit() as text:
                text.insertPlainText(letter)
        if self._capital:
            self._shift()

    def _erase(self) -> None:
        match self._target:
            case QLineEdit() as line:
                line.backspace()
            case QPlainTextEdit() as text:
                cursor: QTextCursor = text.textCursor()
                cursor.deletePreviousChar()
