"""What stands round every screen: whose town hall this is, how far one has come, the way back and on, the handrail.

A tall screen has it above and below. One that lies has it in a column at the end of the reading direction, so that the
page keeps the whole height and the way on its corner.
"""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

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

    def __init__(self, frame: QWidget) -> None:
        super().__init__(frame)
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
    voice_wanted = Signal()
    language_wanted = Signal(object)
    lock_wanted = Signal()
    help_wanted = Signal()

    def __init__(self, town: Wording, page: QWidget, theme: Theme) -> None:
        super().__init__()
        self._town = town
        self._page = page
        self._progress = Progress(theme)
        self.header, self.footer, self.handrail = QWidget(), QWidget(), QWidget()
        self._languages = QWidget()
        self._way: tuple[Screen, Theme, bool, str, bool] | None = None
        self._rail = Rail(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._grid.setRowStretch(2, 1)
        self._grid.setColumnStretch(0, 1)
        self._grid.addWidget(self._progress, 1, 0)
        self._grid.addWidget(page, 2, 0)
        self._grid.addWidget(self._rail, 0, 1, 5, 1)
        self.lay(theme)

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """In the order they are read."""
        if self._beside:
            return self._page, self._rail
        return self.header, self._page, self.footer, self.handrail

    def lay(self, theme: Theme) -> None:
        """For a screen of that shape. The page stays where it is: were it hidden, it would forget its person."""
        self._beside = theme.wide
        self._rail.setVisible(theme.wide)
        inside = self._rail.inside
        while inside.count():
            inside.takeAt(0)
        if theme.wide:
            inside.addWidget(self.header)
            inside.addWidget(self._languages)
            inside.addStretch(1)
            inside.addWidget(self.handrail)
            inside.addWidget(self.footer)
        else:
            self._grid.addWidget(self.header, 0, 0)
            self._grid.addWidget(self.footer, 3, 0)
            self._grid.addWidget(self.handrail, 4, 0)

    def dress(self, theme: Theme, _: Translator, *, voice: bool, attended: tuple[int, str] = (0, "")) -> None:
        """`voice`: this kiosk can read aloud. `attended`: at which counter it stands, and who serves there."""
        if theme.wide:
            self._rail.dress(theme)
        header = Header(self._town, theme, _, attended)
        header.lock_wanted.connect(self.lock_wanted)
        header.crest_held.connect(self.crest_held)
        header.language_wanted.connect(self.language_wanted)
        self.header = self._put(header, self.header)
        handrail = Handrail(theme, _, voice=voice)
        handrail.comfort_wanted.connect(self.comfort_wanted)
        handrail.voice_wanted.connect(self.voice_wanted)
        handrail.language_wanted.connect(self.language_wanted)
        handrail.help_wanted.connect(self.help_wanted)
        self.handrail = self._put(handrail, self.handrail)
        if theme.wide:
            languages = Languages(theme.at_most(TextSize.LARGER), handrail.listen)
            languages.wanted.connect(self.language_wanted)
            self._languages = self._put(languages, self._languages)
        self._languages.setVisible(theme.wide)

    def show_help(self, said: str, *, on: bool) -> None:
        """How the call of an agent stands, on the button for it."""
        if isinstance(self.handrail, Handrail):
            self.handrail.show_help(said, on=on)

    def show_way(self, screen: Screen, theme: Theme, _: Translator) -> None:
        """Back, start over, and the words of the way on of that screen."""
        way = (screen, theme, screen.can_go_back, screen.go_label, screen.ready)
        if way == self._way:
            return  # as after most letters one writes
        self._way = way
        footer = Footer(theme, _, screen.can_go_back, screen.go_label, screen.ready)
        footer.back.connect(self.back)
        footer.restart.connect(self.restart)
        footer.go.connect(screen.go)
        self.footer = self._put(footer, self.footer)
        footer.setVisible(screen.can_go_back or bool(screen.go_label))

    def show_progress(self, done: int, total: int, theme: Theme, _: Translator) -> None:
        words = _("Part {n} of {total}").format(n=min(done + 1, total), total=total)
        self._progress.show_parts(done, total, theme, words)

    def _put(self, new: QWidget, old: QWidget) -> QWidget:
        """Where the old one was: a widget without a parent would be a window of its own."""
        parent = old.parentWidget()
        place = None if parent is None else parent.layout()
        if place is not None:
            place.replaceWidget(old, new)
        old.hide()
        old.deleteLater()
        return new
