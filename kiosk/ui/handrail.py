"""What is always within reach, on every screen: “Accessibility” at the bottom, an agent, the three languages."""

from dataclasses import replace

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from civic.language import Language
from kiosk.ui.buttons import Button, Look, Touchable
from kiosk.ui.comfort import AS_FOUND, TextSize
from kiosk.ui.icons import paint_icon
from kiosk.ui.language import Translator
from kiosk.ui.theme import MARGIN, SMALL, STRONG, TOUCH, Ink, Theme

_OWN_NAMES = {Language.ARABIC: "العربية", Language.FRENCH: "Français", Language.ENGLISH: "English"}
"""Each language in itself: whoever looks for theirs reads no other."""
_APART, _TALL, _SIGN = 14, 96, 64
"""Between two of them, how high each is, and a picture, in design pixels: 4, 30 and 20 mm on a 27-inch screen."""


class Languages(QWidget):
    """Side by side; in the narrow column of a screen that lies, the town's own above the others."""

    wanted = Signal(object)

    def __init__(self, theme: Theme, beside: QWidget | None = None) -> None:
        """`beside`: what else stands in that column, after the town's own language."""
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.px(_APART))
        for nth, (language, name) in enumerate(_OWN_NAMES.items()):
            look = Look.GO if language is theme.language else Look.PLAIN
            button = Button(
                f"language-{language.value}", name, replace(theme, language=language), look, SMALL, tall=_TALL
            )
            button.setCheckable(True)
            button.setChecked(look is Look.GO)
            button.clicked.connect(lambda *, chosen=language: self.wanted.emit(chosen))
            if not theme.wide:
                grid.addWidget(button, 0, nth)
            elif nth == 0:
                grid.addWidget(button, 0, 0, 1, len(_OWN_NAMES) - 1 if beside is None else 1)
            else:
                grid.addWidget(button, 1, nth - 1)
        if beside is not None:
            grid.addWidget(beside, 0, len(_OWN_NAMES) - 2)


class Sign(Touchable):
    """A picture alone, with the words that say it aloud."""

    def __init__(self, name: str, icon: str, words: str, theme: Theme, look: Look) -> None:
        super().__init__(name, words, theme, look)
        self._icon = icon
        self.setFixedSize(theme.px(TOUCH), theme.px(_TALL))

    def heightForWidth(self, width: int) -> int:
        del width
        return self.theme.px(_TALL)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = self.paint_box(painter)
        side = self.theme.px(_SIGN)
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        paint_icon(painter, self._icon, box, ink)
        painter.end()
        event.accept()


class Handrail(QWidget):
    """The lowest line of a tall screen. In low reach the languages come down to it: nobody there reaches the top.

    Where there is no room for words, in low reach and in the column of a screen that lies, a figure stands alone.
    """

    comfort_wanted = Signal()
    voice_wanted = Signal()
    language_wanted = Signal(object)
    help_wanted = Signal()

    def __init__(self, theme: Theme, _: Translator, *, voice: bool) -> None:
        """Its words grow to 125 %: then they are as large as a standing person needs, and still one line.

        `voice`: this kiosk can read aloud. Who cannot read finds that without a word, by its picture.
        """
        super().__init__()
        self._theme = theme
        own = theme.at_most(TextSize.USUAL if theme.low else TextSize.LARGER)  # six in one line
        line = QHBoxLayout(self)
        side = 0 if theme.wide else theme.px(MARGIN)
        line.setContentsMargins(side, 0, side, 0 if theme.wide else theme.px(18))
        line.setSpacing(theme.px(_APART))
        look = Look.PLAIN if theme.comfort == AS_FOUND else Look.CHOSEN
        access = self._button("access", "access", _("Accessibility"), own, look, words=not (theme.low or theme.wide))
        access.clicked.connect(self.comfort_wanted)
        self.help = self._button("help", "bell", _("Help"), own, Look.PLAIN, words=not theme.low)
        self.help.setAccessibleName(_("Help: call an agent"))
        self.help.clicked.connect(self.help_wanted)
        self.listen = self._listen(own, _) if voice else None
        """Stands in the line; on a screen that lies, whoever lays the column out finds it a place."""
        line.addWidget(access)
        if self.listen is not None and not theme.wide:
            line.addWidget(self.listen)
        if not theme.wide:
            line.addStretch(1)
        if theme.low:
            languages = Languages(own)
            languages.wanted.connect(self.language_wanted)
            line.addWidget(languages)
        line.addWidget(self.help, 1 if theme.wide else 0)

    def show_help(self, said: str, *, on: bool) -> None:
        """How the call of an agent stands, as it is said aloud; `on` while there is one."""
        self.help.look = Look.CHOSEN if on else Look.PLAIN
        self.help.setAccessibleName(said)
        self.help.update()

    def _button(self, name: str, icon: str, said: str, theme: Theme, look: Look, *, words: bool) -> Button | Sign:
        if words:
            return Button(name, said, theme, look, STRONG, tall=_TALL, icon=icon)
        return Sign(name, icon, said, theme, look)

    def _listen(self, theme: Theme, _: Translator) -> Sign:
        on = theme.comfort.voice
        words = _("Stop reading aloud") if on else _("Read aloud")
        listen = Sign("listen", "sound", words, theme, Look.CHOSEN if on else Look.NOW)
        listen.setCheckable(True)
        listen.setChecked(on)
        listen.clicked.connect(self.voice_wanted)
        return listen

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color(Ink.PAPER))
        painter.end()
        event.accept()
