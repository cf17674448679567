"""The touch keyboard: Arabic, French and digits 0-9, never mirrored. It remembers nothing of what was typed."""

from dataclasses import replace
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from civic.language import Language
from kiosk.ui.buttons import Look, Touchable
from kiosk.ui.comfort import TextSize
from kiosk.ui.icons import paint_icon
from kiosk.ui.language import Translator
from kiosk.ui.paragraph import Lines
from kiosk.ui.theme import EDGE, Ink, Theme, Type

_CENTRE = Qt.AlignmentFlag.AlignHCenter
_KEY_WIDE, _KEY_TALL, _DIGIT_TALL = 80, 84, 108.25
"""Of a key, in design pixels: 80 is 25 mm on a 27-inch screen. Both kinds of layout are equally high in all."""
_LETTER = Type(40)
_WORD = Type(32, bold=True)
_BETWEEN = 13
"""4 mm on that screen."""


class Layout(StrEnum):
    """Which keys are there. The value is in the name of the key that brings them."""

    ARABIC = "ar"
    LATIN = "fr"
    DIGITS = "digits"


_ROWS = {
    Layout.ARABIC: ("ض ص ث ق ف غ ع ه خ ح ج", "ش س ي ب ل ا ت ن م ك ط", "ئ ء ؤ ر ى ة و ز ظ ذ د", "أ إ آ لا ، ؟ . -"),
    Layout.LATIN: ("é è ê ë à â ç î ï ô ù", "a z e r t y u i o p", "q s d f g h j k l m", "w x c v b n û ' - , ."),
    Layout.DIGITS: ("1 2 3", "4 5 6", "7 8 9"),
}
"""As on the keyboards sold in Tunisia: the Arabic standard and AZERTY, with every hamza and accent in sight."""
_SIGNS = {Layout.ARABIC: "ع", Layout.LATIN: "abc", Layout.DIGITS: "123"}

Target = QLineEdit | QPlainTextEdit


class Key(Touchable):
    """One key: a letter, or a picture with the words that say it aloud."""

    def __init__(self, name: str, words: str, theme: Theme, *, icon: str = "", control: bool = False) -> None:
        look = Look.CHOSEN if control else Look.PLAIN
        own = replace(theme.at_most(TextSize.LARGER), language=Language.ENGLISH)
        super().__init__(f"key-{name}", words, own, look)
        self._icon = icon
        self._kind = _WORD if control else _LETTER
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # at a touch the field keeps the caret
        self.setFixedHeight(theme.px(_KEY_TALL))

    def say(self, words: str) -> None:
        """Bear another letter."""
        self.words = words
        self.setAccessibleName(words)
        self.update()

    def heightForWidth(self, width: int) -> int:  # noqa: ARG002  a key does not wrap
        return self.maximumHeight()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(_KEY_WIDE), self.maximumHeight())

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = self.paint_box(painter)
        if self._icon:
            side = self.theme.px(46)
            box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
            paint_icon(painter, self._icon, box, ink)
        else:
            lines = Lines(self.words, self.theme, self._kind, self.width(), _CENTRE)
            lines.paint(painter, QPointF(0, (self.height() - lines.height) / 2), ink)
        painter.end()
        event.accept()


class Keyboard(QWidget):
    """Types into the field given to `type_into`. Made to lie at the bottom of a screen, from edge to edge."""

    def __init__(self, theme: Theme, _: Translator) -> None:
        super().__init__()
        self._theme = theme
        self._ = _
        self._target: Target | None = None
        self._capital = False
        self._letters: list[tuple[Key, str]] = []
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._column = QVBoxLayout(self)
        side, edge = theme.px(20), theme.px(18)
        self._column.setContentsMargins(side, edge, side, edge)
        self._keys = QWidget()
        self._column.addWidget(self._keys)
        self.show_layout(Layout.ARABIC if theme.language is Language.ARABIC else Layout.LATIN)

    def type_into(self, target: Target) -> None:
        """From now on keys write there."""
        self._target = target

    def show_layout(self, layout: Layout) -> None:
        """Bring other keys, small letters first."""
        self._capital = False
        self._letters = []
        keys = QWidget()
        rows = QVBoxLayout(keys)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(self._theme.px(_BETWEEN))
        for letters in _ROWS[layout]:
            rows.addLayout(self._row([self._letter(each) for each in letters.split()]))
        rows.addLayout(self._last_row(layout))
        if layout is Layout.DIGITS:
            for key in keys.findChildren(Key):
                key.setFixedHeight(self._theme.px(_DIGIT_TALL))
        self._column.replaceWidget(self._keys, keys)
        self._keys.hide()
        self._keys.deleteLater()
        self._keys = keys
        keys.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color(Ink.KEYS))
        painter.fillRect(0, 0, self.width(), self._theme.px(EDGE), self._theme.color(Ink.LINE))
        painter.end()
        event.accept()

    def _row(self, keys: list[Key], stretches: tuple[int, ...] = ()) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(_BETWEEN))
        for position, key in enumerate(keys):
            row.addWidget(key, stretches[position] if stretches else 1)
        return row

    def _last_row(self, layout: Layout) -> QHBoxLayout:
        others = [self._switch(each) for each in Layout if each is not layout]
        erase = Key("backspace", self._("Erase"), self._theme, icon="backspace", control=True)
        erase.setAutoRepeat(True)
        erase.clicked.connect(self._erase)
        if layout is Layout.DIGITS:
            row = QHBoxLayout()
            row.setSpacing(self._theme.px(_BETWEEN))
            for part in (self._row(others), self._row([self._letter("0")]), self._row([erase])):
                row.addLayout(part, 1)
            return row
        space = Key("space", self._("Space"), self._theme, icon="space")
        space.clicked.connect(partial(self._type, " "))
        if layout is Layout.ARABIC:
            return self._row([*others, space, erase], (2, 2, 6, 2))
        shift = Key("shift", self._("Capital letters"), self._theme, icon="shift", control=True)
        shift.clicked.connect(self._shift)
        return self._row([shift, *others, space, erase], (2, 2, 2, 5, 2))

    def _letter(self, letter: str) -> Key:
        key = Key(letter, letter, self._theme)
        key.clicked.connect(lambda: self._type(key.words))
        self._letters.append((key, letter))
        return key

    def _switch(self, layout: Layout) -> Key:
        key = Key(f"layout-{layout}", _SIGNS[layout], self._theme, control=True)
        key.clicked.connect(partial(self.show_layout, layout))
        return key

    def _shift(self) -> None:
        self._capital = not self._capital
        for key, letter in self._letters:
            key.say(letter.upper() if self._capital else letter)

    def _type(self, text: str) -> None:
        match self._target:
            case QLineEdit() as line:
                line.insert(text)
            case QPlainTextEdit() as words:
                words.insertPlainText(text)
        if self._capital:
            self._shift()

    def _erase(self) -> None:
        match self._target:
            case QLineEdit() as line:
                line.backspace()
            case QPlainTextEdit() as words:
                words.textCursor().deletePreviousChar()
