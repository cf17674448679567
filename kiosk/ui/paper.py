"""A strip of thermal paper, laid out from the top down: black on white, nothing between, as long as it needs."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from civic.language import Language
from kiosk.devices.base import Code, Raster
from kiosk.ui.icons import paint_icon
from kiosk.ui.paragraph import Lines
from kiosk.ui.theme import Theme, Type

BLACK, WHITE = QColor("black"), QColor("white")
CENTRE = Qt.AlignmentFlag.AlignHCenter
MARGIN = 10
_BETWEEN = 10
_EDGE = 4
_PADDING = 12

Text = tuple[str, Language, Type]
"""Words, the language that gives them their direction, and their size in dots."""


class Frame(Enum):
    """How loudly a panel speaks: black for what is owed, an edge for a number, dashes for what is only meant."""

    BLACK = auto()
    EDGE = auto()
    DASHES = auto()


class Paper:
    """`y` is where the next thing goes. Sizes are in dots, 8 to the millimetre.

    Nothing is drawn before `finish`, which knows how long the strip is.
    """

    def __init__(self, width_px: int) -> None:
        self.width = width_px
        self.y = 8.0
        self._strokes: list[Callable[[QPainter], None]] = []
        self._seams: set[int] = set()
        self._codes: list[Code] = []

    @property
    def room(self) -> int:
        """The width between the margins."""
        return self.width - 2 * MARGIN

    def seam(self) -> None:
        """What is above and what is below do not change together: a printer may keep one of them.

        What follows begins on a whole dot: the same words are then the same dots wherever they stand.
        """
        self.y = math.ceil(self.y)
        self._seams.add(int(self.y))

    def draw(self, stroke: Callable[[QPainter], None]) -> None:
        """Anything that is not text, at its own place."""
        self._strokes.append(stroke)

    def lines(self, text: Text, width: float, align: Qt.AlignmentFlag | None = None) -> Lines:
        words, language, kind = text
        return Lines(words, Theme(1.0, language), kind, width, align)

    def place(self, lines: Lines, left: float, top: float, color: QColor = BLACK) -> None:
        """Lines at their own place; `y` stays."""
        self.draw(lambda painter: lines.paint(painter, QPointF(left, top), color))

    def text(self, text: Text, align: Qt.AlignmentFlag | None = None) -> None:
        """Text over the whole width, on its reading side or in the middle."""
        lines = self.lines(text, self.room, align)
        self.place(lines, MARGIN, self.y)
        self.y += lines.height

    def gap(self, dots: int) -> None:
        self.y += dots

    def rule(self, dots: int = 3) -> None:
        self._fill([QRectF(MARGIN, self.y, self.room, dots)])
        self.y += dots

    def dashes(self) -> None:
        self._fill([QRectF(x, self.y, 5, 2) for x in range(MARGIN, self.width - MARGIN, 10)])
        self.y += 2

    def panels(self, *columns: Sequence[Text], frame: Frame = Frame.EDGE) -> None:
        """Rounded panels of centred text, side by side from the left, all as wide and as high as each other."""
        width = (self.room - _BETWEEN * (len(columns) - 1)) / len(columns)
        inside = width - 2 * (_EDGE + _PADDING)
        placed = [[self.lines(text, inside, CENTRE) for text in column] for column in columns]
        heights = [sum(lines.height for lines in column) for column in placed]
        height = max(heights) + 2 * (_EDGE + _PADDING / 2)
        color = WHITE if frame is Frame.BLACK else BLACK
        for position, column in enumerate(placed):
            left = MARGIN + position * (width + _BETWEEN)
            self._frame(QRectF(left, self.y, width, height), frame)
            top = self.y + (height - heights[position]) / 2
            for text, lines in zip(columns[position], column, strict=True):
                self.place(lines, left + _EDGE + _PADDING, top, color)
                if text[2].digits:
                    self._seam_round(top, lines)
                top += lines.height
        self.y += height
        self.seam()

    def code(self, text: str, rows: Sequence[Sequence[bool]], dots: int) -> None:
        """A QR code in the middle, `dots` wide each module, its quiet zone included in `rows`."""
        side = len(rows) * dots
        x, y = (self.width - side) // 2, math.ceil(self.y)
        self._codes.append(Code(text, y, side, dots))
        dark = [(column, line) for line, row in enumerate(rows) for column, is_dark in enumerate(row) if is_dark]
        self._fill([QRectF(x + column * dots, y + line * dots, dots, dots) for column, line in dark])
        self.y = y + side

    def finish(self) -> Raster:
        """The strip, cut below the last thing."""
        image = QImage(self.width, round(self.y) + 8, QImage.Format.Format_Grayscale8)
        image.fill(WHITE)
        painter = QPainter(image)
        for stroke in self._strokes:
            stroke(painter)
        painter.end()
        mono = image.convertToFormat(QImage.Format.Format_Mono, Qt.ImageConversionFlag.ThresholdDither)
        return replace(to_raster(mono), seams=tuple(sorted(self._seams)), codes=tuple(self._codes))

    def _seam_round(self, top: float, lines: Lines) -> None:
        """Close above and below the ink: what stands beside it, such as the sides of a panel, is kept elsewhere."""
        first, last = lines.ink
        self._seams |= {math.floor(top + first) - 1, math.ceil(top + last) + 1}

    def _fill(self, boxes: Sequence[QRectF]) -> None:
        def fill(painter: QPainter) -> None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            for box in boxes:
                painter.fillRect(box, BLACK)

        self.draw(fill)

    def _frame(self, box: QRectF, frame: Frame) -> None:
        half = _EDGE / 2
        edge = box.adjusted(half, half, -half, -half)

        def stroke(painter: QPainter) -> None:
            pen = QPen(BLACK, _EDGE, Qt.PenStyle.SolidLine)
            if frame is Frame.DASHES:
                pen.setDashPattern([3, 2])
            outline(painter, pen, BLACK if frame is Frame.BLACK else None)
            painter.drawRoundedRect(edge, 14, 14)

        self.draw(stroke)


def to_raster(image: QImage) -> Raster:
    """The bits the printer wants: 1 is black."""
    mono = image.convertToFormat(QImage.Format.Format_Mono)
    if mono.color(0) == QColor("black").rgb():
        mono.invertPixels()
    stride, width_bytes = mono.bytesPerLine(), (mono.width() + 7) // 8
    bits = bytes(mono.constBits())
    rows = b"".join(bits[start : start + width_bytes] for start in range(0, len(bits), stride))
    return Raster(mono.width(), mono.height(), rows)


def outline(painter: QPainter, pen: QPen, fill: QColor | None = None) -> None:
    """Ready the painter for smooth shapes drawn with that pen, filled or not."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.setBrush(fill or Qt.BrushStyle.NoBrush)


def tick(painter: QPainter, at: QPointF) -> None:
    """Received: a shape, because a font may have none and text could turn it round."""
    outline(painter, _pen(5))
    painter.drawPolyline([at + QPointF(1, 13), at + QPointF(9, 21), at + QPointF(24, 3)])


def square(painter: QPainter, at: QPointF) -> None:
    """Still to bring: a square to tick by hand."""
    outline(painter, _pen(3))
    painter.drawRoundedRect(QRectF(at, QSizeF(24, 24)), 3, 3)


def crest(painter: QPainter, box: QRectF) -> None:
    """The town's crest, white on black."""
    outline(painter, QPen(Qt.PenStyle.NoPen), BLACK)
    painter.drawRoundedRect(box, 14, 14)
    inset = box.width() / 9
    paint_icon(painter, "crest", box.adjusted(inset, inset, -inset, -inset), WHITE)


def _pen(dots: float) -> QPen:
    return QPen(BLACK, dots, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
