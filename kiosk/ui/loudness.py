"""How loud the voice is: softer, five bars, louder."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kiosk.devices.base import Volume
from kiosk.ui.buttons import Look
from kiosk.ui.handrail import Sign
from kiosk.ui.language import Translator
from kiosk.ui.paragraph import rounded
from kiosk.ui.theme import TOUCH, Ink, Theme

_APART, _BAR, _LEAST = 14, 12, 24
"""Between the parts, of a bar its width, and of the first one its height, in design pixels."""
_VOLUMES = tuple(Volume)


class Bars(QWidget):
    """As many are filled as it is loud; the words say it to who does not see them."""

    def __init__(self, theme: Theme, _: Translator, volume: Volume) -> None:
        super().__init__()
        self._theme = theme
        self._filled = _VOLUMES.index(volume) + 1
        self.setObjectName("loudness")
        self.setAccessibleName(volume_words(volume, _))
        self.setFixedSize(theme.px(len(_VOLUMES) * (_BAR + _APART) - _APART), theme.px(TOUCH))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        px, color = self._theme.px, self._theme.color
        last = len(_VOLUMES) - 1
        for nth in range(len(_VOLUMES)):
            filled = nth < self._filled
            tall = px(_LEAST) + (self.height() - 2 * px(_APART) - px(_LEAST)) * nth / last
            left = px(nth * (_BAR + _APART))
            if self._theme.language.right_to_left:
                left = self.width() - left - px(_BAR)
            box = QRectF(left, self.height() - px(_APART) - tall, px(_BAR), tall)
            rounded(painter, box, px(6), color(Ink.TEAL if filled else Ink.FIELD), color(Ink.TEAL), px(3))
        painter.end()
        event.accept()


class Loudness(QWidget):
    """Says which one is `wanted`, a step at a time."""

    wanted = Signal(object)

    def __init__(self, theme: Theme, _: Translator, volume: Volume) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(_APART))
        line.addWidget(self._step("softer", _("Softer"), theme, volume, -1))
        line.addWidget(Bars(theme, _, volume))
        line.addWidget(self._step("louder", _("Louder"), theme, volume, 1))

    def _step(self, name: str, words: str, theme: Theme, now: Volume, step: int) -> Sign:
        sign = Sign(f"comfort-{name}", name, words, theme, Look.PLAIN)
        sign.setEnabled(now.step(step) is not now)
        sign.clicked.connect(lambda: self.wanted.emit(now.step(step)))
        return sign


def volume_words(volume: Volume, _: Translator) -> str:
    """How loud that is."""
    return {
        Volume.SOFTEST: _("The voice is very soft"),
        Volume.SOFT: _("The voice is soft"),
        Volume.USUAL: _("The voice is as loud as usual"),
        Volume.LOUD: _("The voice is loud"),
        Volume.LOUDEST: _("The voice is very loud"),
    }[volume]
