"""What stands round every screen: whose town hall this is, how far one has come, the way back and on, the handrail.

A tall screen has it above and below. One that lies has it in a column at the end of the reading direction, so that the
page keeps the whole height and the way on its corner.
"""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from civic.language import Wording
from kiosk.ui.comfort import TextSize
from kiosk.ui.footer import Footer
from kiosk.ui.handrail import Handrail, Languages
from kiosk.ui.header import Header, Progress
from kiosk.ui.language import Translator
from kiosk.ui.screens.base import Screen
from kiosk.ui.theme import GAP, Ink, Theme

_RAIL = 470
"""Width of the column beside a page, in design pixels; it grows a little with the text."""


class Rail(QWidget):
    """The ground of that column."""

    def __init__(self) -> None:
        super().__init__()
        self._theme: Theme | None = None
        self.inside = QVBoxLayout(self)

    def dress(self, theme: Theme) -> None:
        self._theme = theme
        side = theme.px(30)
        self.inside.setContentsMargins(side, theme.px(10), side, theme.px(4))
        self.inside.setSpacing(theme.px(GAP))
        self.setFixedWidth(theme.px(_RAIL + 60 * theme.comfort.is_large))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._theme is not None:
            painter = QPainter(self)
            painter.fillRect(self.rect(), self._theme.color(Ink.PAPER))
            edge = self._theme.px(2)
            left = self.width() - edge if self._theme.language.right_to_left else 0
            painter.fillRect(left, 0, edge, self.height(), self._theme.color(Ink.LINE))
            painter.end()
        event.accept()


class Frame(QWidget):
    """`dress` draws all of it again; `show_way` only what changes from screen to screen."""

    back = Signal()
    restart = Signal()
    crest_held = Signal()
    comfort_wanted = Signal()
    language_wanted = Signal(object)

    def __init__(self, town: Wording, page: QWidget, theme: Theme) -> None:
        super().__init__()
        self._town = town
        self._page = page
        self._progress = Progress(theme)
        self.header, self.footer, self.handrail = QWidget(), QWidget(), QWidget()
        self._languages = QWidget()
        self._rail = Rail()
        if theme.wide:
            self._lay_beside()
        else:
            self._lay_below()

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """In the order they are read."""
        if self._rail.parentWidget() is None:
            return self.header, self._page, self.footer, self.handrail
        return self._page, self._rail

    def dress(self, theme: Theme, _: Translator) -> None:
        if theme.wide:
            self._rail.dress(theme)
        header = Header(self._town, theme, _)
        header.crest_held.connect(self.crest_held)
        header.language_wanted.connect(self.language_wanted)
        self.header = self._put(header, self.header)
        handrail = Handrail(theme, _)
        handrail.comfort_wanted.connect(self.comfort_wanted)
        handrail.language_wanted.connect(self.language_wanted)
        self.handrail = self._put(handrail, self.handrail)
        if theme.wide:
            languages = Languages(theme.at_most(TextSize.LARGER))
            languages.wanted.connect(self.language_wanted)
            self._languages = self._put(languages, self._languages)

    def show_way(self, screen: Screen, theme: Theme, _: Translator) -> None:
        """Back, start over, and the words of the way on of that screen."""
        footer = Footer(theme, _, screen.can_go_back, screen.go_label, screen.ready)
        footer.back.connect(self.back)
        footer.restart.connect(self.restart)
        footer.go.connect(screen.go)
        self.footer = self._put(footer, self.footer)
        footer.setVisible(screen.can_go_back or bool(screen.go_label))

    def show_progress(self, done: int, total: int, theme: Theme, _: Translator) -> None:
        words = _("Part {n} of {total}").format(n=min(done + 1, total), total=total)
        self._progress.show_parts(done, total, theme, words)

    def _lay_below(self) -> None:
        column = QVBoxLayout(self)
        for part in (self.header, self._progress, self._page, self.footer, self.handrail):
            column.addWidget(part, 1 if part is self._page else 0)
        _close(column)

    def _lay_beside(self) -> None:
        line, column = QHBoxLayout(self), QVBoxLayout()
        for part in (self._progress, self._page):
            column.addWidget(part, 1 if part is self._page else 0)
        line.addLayout(column, 1)
        line.addWidget(self._rail)
        _close(column)
        _close(line)
        self._rail.inside.addWidget(self.header)
        self._rail.inside.addWidget(self._languages)
        self._rail.inside.addStretch(1)
        self._rail.inside.addWidget(self.handrail)
        self._rail.inside.addWidget(self.footer)

    def _put(self, new: QWidget, old: QWidget) -> QWidget:
        """Where the old one was: a widget without a parent would be a window of its own."""
        parent = old.parentWidget()
        place = None if parent is None else parent.layout()
        if place is not None:
            place.replaceWidget(old, new)
        old.hide()
        old.deleteLater()
        return new


def _close(layout: QBoxLayout) -> None:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
