"""Changing the roll in four pictures: what is done, what to do now, what comes after."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.services.roll_change import RollStep
from kiosk.ui.icons import paint_icon
from kiosk.ui.language import Translator
from kiosk.ui.panel import Mark, Panel
from kiosk.ui.paragraph import Paragraph, rounded
from kiosk.ui.theme import STRONG, TEXT, Ink, Theme

_PICTURE = 190


class Picture(QWidget):
    """A drawing of one movement of the hand."""

    def __init__(self, icon: str, theme: Theme, ink: Ink) -> None:
        super().__init__()
        self._icon = icon
        self._theme = theme
        self._ink = ink
        self.setFixedSize(theme.px(_PICTURE), theme.px(_PICTURE))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect())
        rounded(painter, box, self._theme.px(26), self._theme.color(Ink.FIELD), None, 0)
        inset = box.width() * 0.1
        paint_icon(painter, self._icon, box.adjusted(inset, inset, -inset, -inset), self._theme.color(self._ink))
        painter.end()
        event.accept()


class RollGuide(QWidget):
    """At `step`. While its cover is open the printer sees none of the movements: three of them are shown together."""

    def __init__(self, step: RollStep, theme: Theme, _: Translator) -> None:
        super().__init__()
        self._theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(18))
        movements = (
            ("roll-open", _("Open the cover."), (RollStep.OPEN, RollStep.PAPER)),
            ("roll-core", _("Take the old core out."), (RollStep.LOAD,)),
            (
                "roll-in",
                _("Put the new roll in. Its end comes from below, towards you: let it hang out."),
                (RollStep.LOAD,),
            ),
            ("roll-close", _("Press the cover down until it clicks."), (RollStep.LOAD,)),
        )
        order = (RollStep.OPEN, RollStep.LOAD, RollStep.LOAD, RollStep.LOAD)
        for nth, (icon, words, now) in enumerate(movements):
            done = step is RollStep.READY or (step is RollStep.LOAD and order[nth] is RollStep.OPEN)
            column.addWidget(self._movement(nth + 1, icon, words, step in now, done))

    def _movement(self, nth: int, icon: str, words: str, now: bool, done: bool) -> Panel:
        theme = self._theme
        panel = Panel(theme, Ink.CREAM if now else Ink.PAPER, Ink.OCHRE if now else Ink.LINE)
        line = QHBoxLayout()
        line.setSpacing(theme.px(28))
        mark = (
            Mark(theme, "", "check", Ink.OLIVE) if done else Mark(theme, str(nth), "", Ink.OCHRE if now else Ink.PAPER)
        )
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(Picture(icon, theme, Ink.DEEP if now else Ink.MUTE), 0, Qt.AlignmentFlag.AlignVCenter)
        text = Paragraph(words, theme, STRONG if now else TEXT, Ink.INK if now else Ink.MUTE)
        line.addWidget(text, 1, Qt.AlignmentFlag.AlignVCenter)
        panel.inside.addLayout(line)
        return panel
