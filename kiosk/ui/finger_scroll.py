"""A page that may be longer than the screen: it follows the finger, and two buttons turn it for who never swiped.

Qt's own QScroller was tried both ways: on touches it also chooses what lay under the finger, on presses it holds back
every touch for a moment and loses those on a page that is drawn again meanwhile.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QFrame, QScrollArea, QScrollBar, QSizePolicy, QWidget

from kiosk.ui.buttons import Look, Touchable
from kiosk.ui.icons import paint_icon
from kiosk.ui.language import Translator
from kiosk.ui.low_page import LowPage
from kiosk.ui.paragraph import rounded
from kiosk.ui.theme import GAP, MARGIN, TOUCH, Ink, Theme

BAR = 34
"""Width kept for the bar, in design pixels, whether it shows or not: nothing moves aside when a page grows."""
_SWIPE = 24
"""From this far on (design pixels) a touch that moves is a swipe and touches nothing."""


class PlaceBar(QScrollBar):
    """Shows where on the page one is; empty when all of it is in sight."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._theme = theme

    def dress(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(BAR), self._theme.px(TOUCH))

    def paintEvent(self, event: QPaintEvent) -> None:
        event.accept()
        whole = self.maximum() + self.pageStep()
        if self.maximum() == 0 or whole == 0:
            return
        width, margin = self._theme.px(14), self._theme.px(20)
        room = self.height() - 2 * margin
        top = margin + room * self.value() / whole
        box = QRectF((self.width() - width) / 2, top, width, room * self.pageStep() / whole)
        painter = QPainter(self)
        rounded(painter, box, width / 2, self._theme.color(Ink.BAR), None, 0)
        painter.end()


class TurnButton(Touchable):
    """An arrow, up or down."""

    def __init__(self, name: str, words: str, icon: str, theme: Theme) -> None:
        super().__init__(name, words, theme, Look.PLAIN)
        self._icon = icon

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(TOUCH), self.theme.px(TOUCH))

    def heightForWidth(self, width: int) -> int:
        del width
        return self.theme.px(TOUCH)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = self.paint_box(painter)
        side = self.theme.px(60)
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        paint_icon(painter, self._icon, box, ink)
        painter.end()
        event.accept()


class FingerScroll(QWidget):
    """Holds one page at a time, whole where it fits."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._swipe_px = theme.px(_SWIPE)
        self._touched_at: tuple[float, int] | None = None
        """Where on the glass the finger came down, and where the page was then; None while it moves nothing."""
        self._swiping = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._place = PlaceBar(theme)
        self._area.setVerticalScrollBar(self._place)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._area.viewport().setAutoFillBackground(False)
        self._bar = self._area.verticalScrollBar()
        # Later: within the change itself the area would write the range of before over that of the new height.
        self._bar.rangeChanged.connect(self._fit, Qt.ConnectionType.QueuedConnection)
        self._bar.valueChanged.connect(self._show_ends)
        self._turns: QWidget | None = None
        self._beside = False
        self._low: LowPage | None = None
        self._kept: tuple[QWidget, int] | None = None
        """What of the page has to stay in sight, and how much around it."""

    def show_page(self, page: QWidget, theme: Theme, _: Translator) -> None:
        """Take `page` in place of the one before, at the same height of it."""
        place = self._bar.value()
        self.drop_page()
        self._place.dress(theme)
        self._draw_turns(theme, _)
        self._area.setWidget(page)
        for each in (page, *page.findChildren(QWidget)):
            each.installEventFilter(self)
        page.setAutoFillBackground(False)
        layout = page.layout()
        self._low = LowPage(layout) if theme.low and isinstance(layout, QBoxLayout) else None
        self._fit()
        self._bar.setValue(place)

    def drop_page(self) -> None:
        self._touched_at = self._low = self._kept = None
        old = self._area.takeWidget()
        if old is not None:
            old.deleteLater()

    def start_at_top(self) -> None:
        self._bar.setValue(0)

    def bring_into_view(self, widget: QWidget, margin_px: int) -> None:
        """Now, and when its room changes, until a finger moves the page. What is of no page any more brings nothing."""
        page = self._area.widget()
        if page is None or not page.isAncestorOf(widget):
            return
        self._kept = (widget, margin_px)
        self._area.ensureWidgetVisible(widget, 0, margin_px)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whatever the finger came down on, the page follows it; a panel's touches arrive here as presses too."""
        if not isinstance(event, QMouseEvent):
            return False
        y = event.globalPosition().y()
        if event.type() == QEvent.Type.MouseButtonPress:
            self._touched_at, self._swiping = (y, self._bar.value()), False
        elif event.type() == QEvent.Type.MouseMove and self._touched_at is not None:
            return self._swipe(watched, self._touched_at[0] - y, self._touched_at[1])
        elif event.type() == QEvent.Type.MouseButtonRelease:
            self._touched_at = None
        return False

    def _swipe(self, watched: QObject, far: float, start: int) -> bool:
        """True once it is a swipe: then the button under the finger lets go, and hears no more of it."""
        if not self._swiping and (abs(far) < self._swipe_px or self._bar.maximum() == 0):
            return False
        self._swiping, self._kept = True, None
        if isinstance(watched, QAbstractButton):
            watched.setDown(False)
        self._bar.setValue(start + round(far))
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        if self._low is not None:  # what stands above may still be on its way to its new height
            QTimer.singleShot(0, self, self._fit)

    def _draw_turns(self, theme: Theme, _: Translator) -> None:
        if self._turns is not None:
            self._turns.hide()
            self._turns.deleteLater()
        self._turns = QWidget(self)
        self._beside = theme.wide
        way = QBoxLayout.Direction.TopToBottom if theme.wide else QBoxLayout.Direction.LeftToRight
        line = QBoxLayout(way, self._turns)
        side = theme.px(14 if theme.wide else MARGIN)
        line.setContentsMargins(side, theme.px(14), side, theme.px(18))
        line.setSpacing(theme.px(GAP))
        if theme.wide:
            line.addStretch(1)
        self._up = TurnButton("page-up", _("Further up"), "up", theme)
        self._down = TurnButton("page-down", _("Further down"), "down", theme)
        self._up.clicked.connect(lambda: self._turn(-1))
        self._down.clicked.connect(lambda: self._turn(1))
        line.addWidget(self._up)
        line.addWidget(self._down)

    def _turn(self, way: int) -> None:
        """Nearly one screen on, so that the last line seen is seen again; in low reach less far: all passes there."""
        self._kept = None
        far = self._bar.pageStep() * 4 // 5
        if self._low is not None:
            below = self._top + self._area.height() - self.window().height() // 2
            far = min(far, max(below * 3 // 4, self._bar.pageStep() // 5))
        self._bar.setValue(self._bar.value() + way * far)

    def _fit(self) -> None:
        """The buttons stand only below a page that would not fit even without them; beside it on a screen that lies.

        Placed by hand: a layout that is told to show a widget while it resizes forgets to give it its place.
        """
        page, turns = self._area.widget(), self._turns
        if page is None or turns is None:
            return
        if self._low is not None:
            width = self.width() - self._bar.width()
            self._low.settle(width, self._top, self.height(), self.window().height() // 2)
        is_long = page.heightForWidth(self.width() - self._bar.width()) > self.height()
        room = self.rect()
        aside, below = turns.sizeHint().width(), turns.sizeHint().height()
        if is_long and self._beside and self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            turns.setGeometry(0, 0, aside, self.height())
            room.setLeft(aside)
        elif is_long and self._beside:
            turns.setGeometry(self.width() - aside, 0, aside, self.height())
            room.setRight(self.width() - aside - 1)
        elif is_long:
            turns.setGeometry(0, self.height() - below, self.width(), below)
            room.setBottom(self.height() - below - 1)
        self._area.setGeometry(room)
        turns.setVisible(is_long)
        if self._kept is not None:
            self._area.ensureWidgetVisible(self._kept[0], 0, self._kept[1])
        self._show_ends()

    @property
    def _top(self) -> int:
        """Where in the window it begins, in pixels."""
        return self.mapTo(self.window(), QPoint(0, 0)).y()

    def _show_ends(self) -> None:
        self._up.setEnabled(self._bar.value() > 0)
        self._down.setEnabled(self._bar.value() < self._bar.maximum())
