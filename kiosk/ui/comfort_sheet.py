"""The panel behind “Accessibility”: what a person can change about the screen, each change seen at once above it."""

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from civic.language import Language
from kiosk.ui.buttons import Button, Look, Touchable
from kiosk.ui.comfort import AS_FOUND, Comfort, Offer, Switching, TextSize
from kiosk.ui.icons import paint_icon
from kiosk.ui.language import Translator
from kiosk.ui.loudness import Loudness
from kiosk.ui.paragraph import BOUNDLESS, Lines, Paragraph, rounded
from kiosk.ui.theme import EDGE, GAP, MARGIN, SMALL, STRONG, TEXT, TITLE, TOUCH, Ink, Theme, Type

_LETTERS = {Language.ARABIC: "أ"}
_BETWEEN = 16
"""Between the lines, in design pixels: all that is touched lies in the lower half of a tall screen."""
_SIDE, _SIGN, _SWITCH, _KNOB = 30, 60, 112, 60
"""Of a toggle, in design pixels: white at its ends, its picture, its switch, and what slides in that."""


class SizeButton(Touchable):
    """A letter, as large as that size makes it."""

    def __init__(self, size: TextSize, words: str, theme: Theme, chosen: bool) -> None:
        super().__init__(f"text-{size.value}", words, theme, Look.CHOSEN if chosen else Look.PLAIN)
        self._letter = _LETTERS.get(theme.language, "A")
        self._kind = Type(round(TEXT.size * size.value / 100), bold=True)
        self.setCheckable(True)
        self.setChecked(chosen)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(TOUCH), self.heightForWidth(0))

    def heightForWidth(self, width: int) -> int:
        del width
        return self.theme.px(132)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = self.paint_box(painter)
        usual = self.theme.at_most(TextSize.USUAL)
        lines = Lines(self._letter, usual, self._kind, self.width(), Qt.AlignmentFlag.AlignHCenter)
        lines.paint(painter, QPointF(0, (self.height() - lines.height) / 2), ink)
        painter.end()
        event.accept()


class Toggle(Touchable):
    """A picture, what it does, and a switch: on is told by its place, its tick and its colour."""

    def __init__(self, name: str, icon: str, words: str, theme: Theme, on: bool) -> None:
        super().__init__(name, words, theme, Look.CHOSEN if on else Look.PLAIN)
        self._icon = icon
        self.setCheckable(True)
        self.setChecked(on)

    def heightForWidth(self, width: int) -> int:
        return max(self.theme.px(TOUCH), int(self._lines(width).height) + 2 * self.theme.px(18))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = self.paint_box(painter)
        px, rtl = self.theme.px, self.theme.language.right_to_left
        sign = QRectF(px(_SIDE), (self.height() - px(_SIGN)) / 2, px(_SIGN), px(_SIGN))
        switch = QRectF(self.width() - px(_SIDE + _SWITCH), (self.height() - px(_KNOB)) / 2, px(_SWITCH), px(_KNOB))
        if rtl:
            for box in (sign, switch):
                box.moveRight(self.width() - box.left())
        paint_icon(painter, self._icon, sign, ink)
        lines = self._lines(self.width())
        left = px(2 * _SIDE + _SWITCH) if rtl else px(2 * _SIDE + _SIGN)
        lines.paint(painter, QPointF(left, (self.height() - lines.height) / 2), ink)
        self._paint_switch(painter, switch, at_end=self.isChecked() is not rtl)
        painter.end()
        event.accept()

    def _paint_switch(self, painter: QPainter, box: QRectF, at_end: bool) -> None:
        color, edge = self.theme.color, self.theme.px(EDGE)
        fill = Ink.TEAL if self.isChecked() else Ink.FIELD
        rounded(painter, box, box.height() / 2, color(fill), color(Ink.TEAL if self.isChecked() else Ink.MUTE), edge)
        side = box.height() - 4 * edge
        knob = QRectF(
            box.right() - 2 * edge - side if at_end else box.left() + 2 * edge, box.top() + 2 * edge, side, side
        )
        rounded(painter, knob, side / 2, color(Ink.ON if self.isChecked() else Ink.MUTE), None, 0)
        if self.isChecked():
            inset = side * 0.2
            paint_icon(painter, "check", knob.adjusted(inset, inset, -inset, -inset), color(Ink.TEAL))

    def _lines(self, width: int) -> Lines:
        room = width - self.theme.px(4 * _SIDE + _SIGN + _SWITCH)
        return Lines(self.words, self.theme, STRONG, room if width < BOUNDLESS else BOUNDLESS)


class ComfortSheet(QWidget):
    """Lies over the lower part of the window. Its own size never changes: nothing moves from under a finger."""

    wanted = Signal(object)
    """The Comfort the person chose."""
    done = Signal()

    def __init__(self, window: QWidget, theme: Theme, _: Translator, offer: Offer) -> None:
        super().__init__(window)
        self.setObjectName("comfort-sheet")
        self._comfort = theme.comfort
        self._theme = replace(theme, comfort=replace(theme.comfort, size=TextSize.LARGER))
        self._ = _
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(MARGIN), px(40), px(MARGIN), px(GAP))
        column.setSpacing(px(_BETWEEN))
        column.addWidget(Paragraph(_("See better, reach better"), self._theme, TITLE))
        forgotten = _("When you leave, the screen is again as you found it.")
        column.addWidget(Paragraph(forgotten, self._theme, SMALL, Ink.MUTE))
        first = QBoxLayout(QBoxLayout.Direction.LeftToRight if theme.wide else QBoxLayout.Direction.TopToBottom)
        first.setSpacing(px(_BETWEEN))
        first.addLayout(self._sizes(), 2 * theme.wide)
        if offer.voice:
            first.addLayout(self._sound(), 3 * theme.wide)
        column.addLayout(first)
        column.addLayout(self._toggles())
        if offer.switches:
            column.addLayout(self._switches())
        column.addLayout(self._ends())
        height = min(column.heightForWidth(window.width()), window.height())
        self.setGeometry(0, window.height() - height, window.width(), height)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.fillRect(self.rect(), theme.color(Ink.SAND))
        painter.fillRect(0, 0, self.width(), theme.px(8), theme.color(Ink.TEAL))
        painter.end()
        event.accept()

    def _sound(self) -> QHBoxLayout:
        """The voice, and how loud it is."""
        now, line = self._comfort, QHBoxLayout()
        line.setSpacing(self._theme.px(GAP))
        line.addWidget(self._toggle("sound", self._("Read aloud"), now.voice, now.turned_voice()), 1)
        loudness = Loudness(self._theme, self._, now.volume)
        loudness.wanted.connect(lambda volume: self.wanted.emit(replace(now, volume=volume)))
        line.addWidget(loudness)
        return line

    def _switches(self) -> QHBoxLayout:
        _, line = self._, QHBoxLayout()
        line.setSpacing(self._theme.px(GAP))
        own = self._theme.at_most(TextSize.USUAL)  # two lines each
        names = {
            Switching.TWO: _("Two switches"),
            Switching.SLOWLY: _("One switch, slow"),
            Switching.QUICKLY: _("One switch, quick"),
        }
        for how, words in names.items():
            on = how is self._comfort.switches
            button = Button(f"switches-{how.value}", words, own, Look.CHOSEN if on else Look.PLAIN, STRONG)
            button.setCheckable(True)
            button.setChecked(on)
            other = replace(self._comfort, switches=Switching.NONE if on else how, corners=False)
            button.clicked.connect(lambda *, chosen=other: self.wanted.emit(chosen))
            line.addWidget(button, 1)
        return line

    def _sizes(self) -> QHBoxLayout:
        _ = self._
        line = QHBoxLayout()
        line.setSpacing(self._theme.px(GAP))
        names = {
            TextSize.USUAL: _("Letters as usual"),
            TextSize.LARGER: _("Larger letters"),
            TextSize.LARGE: _("Large letters"),
            TextSize.LARGEST: _("The largest letters"),
        }
        for size, words in names.items():
            button = SizeButton(size, words, self._theme, size is self._comfort.size)
            button.clicked.connect(lambda *, chosen=size: self.wanted.emit(replace(self._comfort, size=chosen)))
            line.addWidget(button)
        return line

    def _toggles(self) -> QVBoxLayout | QHBoxLayout:
        _, now = self._, self._comfort
        line = QHBoxLayout() if self._theme.wide else QVBoxLayout()
        line.setSpacing(self._theme.px(_BETWEEN))
        toggles = [
            ("contrast", _("Bright words on black"), now.contrast, replace(now, contrast=not now.contrast)),
            ("lower", _("Buttons lower down"), now.low, replace(now, low=not now.low)),
            ("clock", _("More time for everything"), now.unhurried, replace(now, unhurried=not now.unhurried)),
        ]
        for icon, words, on, other in toggles:
            if icon == "lower" and self._theme.wide:
                continue  # it is low enough
            line.addWidget(self._toggle(icon, words, on, other))
        return line

    def _toggle(self, icon: str, words: str, on: bool, other: Comfort) -> Toggle:
        toggle = Toggle(f"comfort-{icon}", icon, words, self._theme, on)
        toggle.clicked.connect(lambda: self.wanted.emit(other))
        return toggle

    def _ends(self) -> QHBoxLayout:
        _ = self._
        line = QHBoxLayout()
        line.setSpacing(self._theme.px(GAP))
        before = Button("comfort-before", _("As it was"), self._theme, kind=STRONG)
        before.setEnabled(self._comfort != AS_FOUND)
        before.clicked.connect(lambda: self.wanted.emit(AS_FOUND))
        done = Button("comfort-done", _("Good like this"), self._theme, Look.GO)
        done.clicked.connect(self.done)
        line.addWidget(before)
        line.addWidget(done, 1)
        return line
