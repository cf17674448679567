"""A line in the list of papers: which one it is, and what has become of it."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent

from civic.catalog import Requirement
from kiosk.ui.buttons import Look, Touchable
from kiosk.ui.panel import paint_mark
from kiosk.ui.paragraph import Lines
from kiosk.ui.theme import SMALL, TEXT, Ink, Theme


class PaperRow(Touchable):
    """A paper that is not open: its mark, its name, its pages."""

    def __init__(self, requirement: Requirement, nth: int, given: bool, tail: str, theme: Theme) -> None:
        """`tail` says how many pages were given, or that none will be."""
        super().__init__(f"paper-{requirement.id}", requirement.name[theme.language], theme, Look.PLAIN)
        self.setAccessibleName(f"{self.words}, {tail}" if tail else self.words)
        self._given = given
        self._tail = tail
        self._nth = nth

    def heightForWidth(self, width: int) -> int:
        return max(self.theme.px(98), int(self._name(width).height) + self.theme.px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_box(painter)
        px, rtl = self.theme.px, self.theme.language.right_to_left
        name = self._name(self.width())
        near, far = px(108), px(28)
        side = px(54)
        disc = QRectF(self.width() - far - side if rtl else far, (self.height() - side) / 2, side, side)
        icon, fill = ("check", Ink.OLIVE) if self._given else ("", Ink.PAPER)
        paint_mark(painter, disc, self.theme, str(self._nth), icon, fill)
        tail = Lines(self._tail, self.theme, SMALL, px(170), Qt.AlignmentFlag.AlignHCenter)
        name_left = far + px(180) if rtl else near
        name.paint(painter, QPointF(name_left, (self.height() - name.height) / 2), self.theme.color(Ink.INK))
        tail_left = far if rtl else self.width() - far - px(170)
        tail.paint(painter, QPointF(tail_left, (self.height() - tail.height) / 2), self.theme.color(Ink.MUTE))
        painter.end()
        event.accept()

    def _name(self, width: int) -> Lines:
        return Lines(self.words, self.theme, TEXT, width - self.theme.px(108 + 28 + 180))
