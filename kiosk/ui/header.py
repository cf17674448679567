"""The top of every screen: whose town hall this is, the three languages, and how far the visit has come."""

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from civic.language import Wording
from kiosk.ui.attendance import Attendance
from kiosk.ui.comfort import TextSize
from kiosk.ui.handrail import Languages
from kiosk.ui.icons import paint_icon
from kiosk.ui.language import Translator
from kiosk.ui.paragraph import Paragraph, rounded
from kiosk.ui.theme import GAP, MARGIN, SMALL, STRONG, Ink, Theme

_LONG_MS = 3000


class Crest(QWidget):
    """The town's sign, until the town gives its own picture. A finger that stays on it is a technician's."""

    held = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("crest")
        self._long = QTimer(self, interval=_LONG_MS, singleShot=True)
        self._long.timeout.connect(self.held)
        self.setFixedSize(theme.px(84), theme.px(84))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._long.start()
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._long.stop()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect())
        rounded(painter, box, self._theme.px(20), self._theme.color(Ink.TEAL), None, 0)
        inset = box.width() * 0.14
        paint_icon(painter, "crest", box.adjusted(inset, inset, -inset, -inset), self._theme.color(Ink.ON))
        painter.end()
        event.accept()


class Header(QWidget):
    """Drawn again in each language and size. On a tall screen nobody need reach up to it, the languages stand in it."""

    language_wanted = Signal(object)
    crest_held = Signal()
    lock_wanted = Signal()

    def __init__(self, town: Wording, theme: Theme, _: Translator, attended: tuple[int, str]) -> None:
        """`attended`: at which counter it stands, and who serves there; 0 in the hall."""
        super().__init__()
        self._theme = theme
        own = theme.at_most(TextSize.LARGER)
        column = QVBoxLayout(self)
        side = 0 if theme.wide else theme.px(MARGIN)
        column.setContentsMargins(side, theme.px(12), side, theme.px(12))
        line = QHBoxLayout()
        line.setSpacing(theme.px(GAP))
        column.addLayout(line)
        counter, agent = attended
        if counter:
            attendance = Attendance(counter, agent, own, _)
            attendance.lock_wanted.connect(self.lock_wanted)
            column.addWidget(attendance)
        crest = Crest(theme)
        crest.held.connect(self.crest_held)
        line.addWidget(crest)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addStretch(1)
        names.addWidget(Paragraph(town[theme.language], own, STRONG))
        if theme.comfort.size is TextSize.USUAL or theme.low:
            names.addWidget(Paragraph(_("Citizen space"), own, SMALL, Ink.MUTE))
        names.addStretch(1)
        line.addLayout(names, 1)
        if not (theme.low or theme.wide):
            languages = Languages(own)
            languages.wanted.connect(self.language_wanted)
            line.addWidget(languages)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color(Ink.PAPER))
        edge = 0 if self._theme.wide else self._theme.px(2)
        painter.fillRect(0, self.height() - edge, self.width(), edge, self._theme.color(Ink.LINE))
        painter.end()
        event.accept()


class Progress(QWidget):
    """How many of how many parts are done: done, now, to come; from the reading side. Not there where none are."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._done = self._total = 0

    def show_parts(self, done: int, total: int, theme: Theme, words: str) -> None:
        self._theme, self._done, self._total = theme, done, total
        self.setFixedHeight(theme.px(34))
        self.setVisible(total > 0)
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        px = self._theme.px
        gap, height, margin = px(12), px(12), px(MARGIN)
        width = (self.width() - 2 * margin - gap * (self._total - 1)) / max(self._total, 1)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for nth in range(self._total):
            place = self._total - 1 - nth if rtl else nth
            ink = Ink.TEAL if nth < self._done else Ink.OCHRE if nth == self._done else Ink.TRACK
            box = QRectF(margin + place * (width + gap), self.height() - height, width, height)
            rounded(painter, box, height / 2, self._theme.color(ink), None, 0)
        painter.end()
        event.accept()
