"""What is really on the screen: its pixels, asked of the X server that shows them."""

from PySide6.QtCore import QRect

from kiosk.app import application


def pixels(area: QRect) -> bytes:
    """Those of that part of the whole screen, whoever drew them."""
    picture = application().primaryScreen().grabWindow(0, area.x(), area.y(), area.width(), area.height()).toImage()
    return bytes(picture.constBits())
