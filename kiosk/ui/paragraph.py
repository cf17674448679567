"""Text of any length, in any direction, painted whole: a wrapped QLabel clips silently and misplaces Arabic lines."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.ui.theme import Ink, Theme, Type

_PITCH = {True: 1.62, False: 1.38}
"""Line to line, in sizes of the type: Arabic (True) reaches further up and down than Latin."""

BOUNDLESS = 100_000
"""A width no text needs. A hint of height is asked at this one: the true height is `heightForWidth`'s to say, and a
hint that is too high makes a page longer than what stands on it."""


class Lines:
    """A text broken into lines for one width, ready to paint."""

    def __init__(
        self, text: str, theme: Theme, kind: Type, width: float, align: Qt.AlignmentFlag | None = None
    ) -> None:
        """`align` is the reading side when None; otherwise AlignHCenter."""
        rtl = theme.language.right_to_left
        side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        option = QTextOption(align or side)
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        self._pitch = theme.type_px(kind) * _PITCH[rtl and not kind.digits]
        self._layouts: list[tuple[QTextLayout, float]] = []
        self.height = 0.0
        self.width = 0.0
        self.room = width
        for paragraph in text.split("\n") if text else ():
            layout = QTextLayout(paragraph, theme.font(kind))
            layout.setTextOption(option)
            self._layouts.append((layout, self.height))
            self.height += self._break(layout, width)

    @property
    def ink(self) -> tuple[float, float]:
        """Where the ink of the first line begins and that of the last ends, from the top."""
        first, last = self._layouts[0], self._layouts[-1]
        return self._edges(*first)[0], self._edges(*last)[1]

    def _edges(self, layout: QTextLayout, top: float) -> tuple[float, float]:
        box = QFontMetricsF(layout.font()).tightBoundingRect(layout.text())
        first, last = layout.lineAt(0), layout.lineAt(layout.lineCount() - 1)
        return top + first.y() + first.ascent() + box.top(), top + last.y() + last.ascent() + box.bottom()

    def paint(self, painter: QPainter, at: QPointF, color: QColor) -> None:
        painter.setPen(color)
        for layout, top in self._layouts:
            layout.draw(painter, QPointF(at.x(), at.y() + top))

    def _break(self, layout: QTextLayout, width: float) -> float:
        top = 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0, top + (self._pitch - line.height()) / 2))
            top += self._pitch
            self.width = max(self.width, line.naturalTextWidth())
        layout.endLayout()
        return top


class Paragraph(QWidget):
    """A text that takes the width it is given and as much height as it needs."""

    def __init__(
        self,
        text: str,
        theme: Theme,
        kind: Type,
        ink: Ink = Ink.INK,
        align: Qt.AlignmentFlag | None = None,
        *,
        personal: bool = False,
    ) -> None:
        """`personal`: it is about one person, and is never said aloud in a hall."""
        super().__init__()
        self.text = text
        self.personal = personal
        self._theme = theme
        self._kind = kind
        self._ink = ink
        self._align = align
        self._broken: dict[float, Lines] = {}
        """By the width it was broken for: a layout asks for the same few heights dozens of times."""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(text)

    def say(self, text: str) -> None:
        """Say something else in the same place."""
        if text != self.text:
            self.text = text
            self._broken.clear()
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    def lines(self, width: float) -> Lines:
        if width not in self._broken:
            self._broken[width] = Lines(self.text, self._theme, self._kind, width, self._align)
        return self._broken[width]

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return int(self.lines(width).height) + 1

    def sizeHint(self) -> QSize:
        natural = self.lines(self._theme.px(900)).width
        return QSize(int(natural) + 1, self.heightForWidth(BOUNDLESS))

    def minimumSizeHint(self) -> QSize:
        return QSize(1, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        lines = self.lines(self.width())
        top = max(0.0, (self.height() - lines.height) / 2) if self._align else 0.0
        lines.paint(painter, QPointF(0, top), self._theme.color(self._ink))
        painter.end()
        event.accept()


def rounded(painter: QPainter, box: QRectF, radius: float, fill: QColor, edge: QColor | None, edge_px: float) -> None:
    """A rounded panel whose edge lies inside its box."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill)
    if edge is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(box, radius, radius)
        return
    pen = painter.pen()
    pen.setStyle(Qt.PenStyle.SolidLine)
    pen.setColor(edge)
    pen.setWidthF(edge_px)
    painter.setPen(pen)
    half = edge_px / 2
    painter.drawRoundedRect(box.adjusted(half, half, -half, -half), radius, radius)
