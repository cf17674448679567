"""A page for who does not reach high: what is read stands above, what is touched in the lower half of the screen."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QLayout, QLayoutItem, QWidget


class LowPage:
    """White before the first thing of a page that is touched, as much as brings it below the middle.

    A page that grows too long by it is turned, and then nothing is out of reach for it: `far` is how far at once.
    """

    def __init__(self, page: QBoxLayout) -> None:
        self._page = page
        self._white = QWidget()
        self._white.setFixedHeight(0)
        items = [page.itemAt(position) for position in range(page.count())]
        self._first = next((nth for nth, item in enumerate(items) if item is not None and _is_touched(item)), None)
        if self._first is not None:
            page.insertWidget(self._first, self._white)

    def settle(self, width: int, above: int, height: int, middle: int) -> None:
        """`above`: where in the window the page's room begins; `height` of that room. All in pixels.

        Over a keyboard there is no room below the middle: there the page stands as low as it can.
        """
        if self._first is None:
            return
        self._white.setFixedHeight(0)
        natural = self._page.heightForWidth(width)
        wanted = middle - above - self._top_of_first(width)
        if above + height <= middle + height // 4:
            wanted = height - natural
        self._white.setFixedHeight(max(0, wanted))

    def _top_of_first(self, width: int) -> int:
        margins = self._page.contentsMargins()
        room = width - margins.left() - margins.right()
        top = margins.top()
        for position in range((self._first or 0) + 1):
            item = self._page.itemAt(position)
            if item is not None:
                high = item.heightForWidth(room) if item.hasHeightForWidth() else item.sizeHint().height()
                top += high + self._page.spacing()
        return top


def _is_touched(item: QLayoutItem) -> bool:
    widget, layout = item.widget(), item.layout()
    if widget is not None:
        return any(_takes_touch(each) for each in (widget, *widget.findChildren(QWidget)))
    return isinstance(layout, QLayout) and any(
        _is_touched(inner) for inner in (layout.itemAt(nth) for nth in range(layout.count())) if inner is not None
    )


def _takes_touch(widget: QWidget) -> bool:
    return widget.focusPolicy() != Qt.FocusPolicy.NoFocus
