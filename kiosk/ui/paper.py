"""A strip of thermal paper being drawn from the top down: black on white, nothing between, as long as it needs."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from civic.language import Language
from kiosk.ui.paragraph import Lines
from kiosk.ui.theme import Theme, Type

BLACK, WHITE = QColor("black"), QColor("white")
_LONGEST_PX = 4000
_CENTRE = Qt.AlignmentFlag.AlignHCenter


class Paper:
    """`y` is where the next thing goes; `finish` cuts the strip there. Sizes are in dots, 8 to the millimetre."""

    def __init__(self, width_px: int) -> None:
        self.width = width_px
        self.margin = 10
        self.y = 8.0
        self._image = QImage(width_px, _LONGEST_PX, QImage.Format.Format_Grayscale8)
        self._image.fill(WHITE)
        self.painter = QPainter(self._image)

    @property
    def room(self) -> int:
        """The width between the margins."""
        return self.width - 2 * self.margin

    def lines(self, text: str, language: Language, kind: Type, width: float, centre: bool = False) -> Lines:
        return Lines(text, Theme(1.0, language), kind, width, _CENTRE if centre else None)

    def text(self, text: str, language: Language, kind: Type, centre: bool = False, color: QColor = BLACK) -> None:
        """Text over the whole width, on its reading side or in the middle."""
        lines = self.lines(text, language, kind, self.room, centre)
        lines.paint(self.painter, QPointF(self.margin, self.y), color)
        self.y += lines.height

    def gap(self, dots: int) -> None:
        self.y += dots

    def rule(self, dots: int = 3) -> None:
        self.painter.fillRect(QRectF(self.margin, self.y, self.room, dots), BLACK)
        self.y += dots

    def dashes(self) -> None:
        for x in range(self.margin, self.width - self.margin, 10):
            self.painter.fillRect(QRectF(x, self.y, 5, 2), BLACK)
        self.y += 2

    def panel(self, texts: Sequence[tuple[str, Language, Type]], black: bool) -> None:
        """Centred texts in a rounded frame, or white on a black one."""
        self.box(self.margin, self.room, texts, black)

    def box(self, left: float, width: float, texts: Sequence[tuple[str, Language, Type]], black: bool) -> float:
        """The same from `left`, `width` dots wide; moves `y` below it and returns its height."""
        placed = [self.lines(text, language, kind, width - 24, centre=True) for text, language, kind in texts]
        height = sum(lines.height for lines in placed) + 20
        frame = QRectF(left + 2, self.y + 2, width - 4, height - 4)
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = self.painter.pen()
        pen.setColor(BLACK)
        pen.setWidthF(4)
        pen.setStyle(Qt.PenStyle.SolidLine)
        self.painter.setPen(pen)
        self.painter.setBrush(BLACK if black else WHITE)
        self.painter.drawRoundedRect(frame, 16, 16)
        top = self.y + 10
        for lines in placed:
            lines.paint(self.painter, QPointF(left + 12, top), WHITE if black else BLACK)
            top += lines.height
        self.y += height
        return height

    def modules(self, rows: Sequence[Sequence[bool]], left: float, dots: int) -> None:
        """A matrix of squares, `dots` wide each, its top at `y`; `y` stays."""
        for row_number, row in enumerate(rows):
            for column, dark in enumerate(row):
                if dark:
                    self.painter.fillRect(QRectF(left + column * dots, self.y + row_number * dots, dots, dots), BLACK)

    def finish(self) -> QImage:
        """The strip, one bit a dot, cut below the last thing drawn."""
        self.painter.end()
        cut = self._image.copy(0, 0, self.width, int(self.y) + 8)
        return cut.convertToFormat(QImage.Format.Format_Mono, Qt.ImageConversionFlag.ThresholdDither)


def tick(painter: QPainter, at: QPointF, size: float) -> None:
    """A tick drawn as a shape: a font may not have one, and it must not turn with the text."""
    painter.save()
    painter.setTransform(QTransform.fromTranslate(at.x(), at.y()), combine=True)
    pen = painter.pen()
    pen.setColor(BLACK)
    pen.setWidthF(size / 6)
    pen.setStyle(Qt.PenStyle.SolidLine)
    painter.setPen(pen)
    painter.drawPolyline([QPointF(0, size * 0.55), QPointF(size * 0.38, size * 0.9), QPointF(size, size * 0.1)])
    painter.restore()
