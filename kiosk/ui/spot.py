"""A frame round what is being said: who does not read sees which words those are."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from kiosk.ui.paragraph import rounded
from kiosk.ui.theme import RADIUS, Ink, Theme

_AROUND, _THICK = 12, 7
"""Design pixels."""


class Spot(QWidget):
    """Over the window, and no finger feels it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._theme: Theme | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def follow(self, widgets: Sequence[QWidget], theme: Theme) -> None:
        """Lie round those widgets of one page, as far as they are in sight."""
        self._theme = theme
        window = widgets[0].window()
        around = theme.px(_AROUND)
        box = QRect()
        for each in widgets:
            box |= QRect(each.mapTo(window, QPoint(0, 0)), each.size())
        box.adjust(-around, -around, around, around)
        page = page_of(widgets[0])
        if page is not None:
            sight = page.viewport()
            box &= QRect(sight.mapTo(window, QPoint(0, 0)), sight.size())
        box &= window.rect()
        if box.isEmpty():
            self.hide()
            return
        self.setGeometry(box)
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._theme is not None:
            painter = QPainter(self)
            px, color = self._theme.px, self._theme.color(Ink.OCHRE)
            rounded(painter, QRectF(self.rect()), px(RADIUS), QColor(0, 0, 0, 0), color, px(_THICK))
            painter.end()
        event.accept()


def page_of(widget: QWidget) -> QScrollArea | None:
    """The page that can be turned, with the widget on it."""
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent
