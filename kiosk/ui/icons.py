"""Line icons of a 24×24 grid, drawn in the colour of where they stand."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).parent.parent.parent / "assets" / "icons"


def paint_icon(painter: QPainter, name: str, box: QRectF, color: QColor) -> None:
    """Paint `assets/icons/{name}.svg`, or the plain document when a card names an icon nobody has drawn."""
    path = FOLDER / f"{name}.svg"
    svg = (path if path.is_file() else FOLDER / "document.svg").read_bytes()
    QSvgRenderer(QByteArray(svg.replace(b"currentColor", color.name().encode()))).render(painter, box)
