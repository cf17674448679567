"""What every screen is: a page drawn again, whole, from what it was given, in the language and size of now."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from kiosk.ui.finger_scroll import BAR, FingerScroll
from kiosk.ui.language import Translator
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.theme import GAP, MARGIN, TEXT, TITLE, Ink, Theme


class Screen(QWidget):
    """Subclasses keep what they show in plain attributes and draw it in `build`; `refresh` draws it again.

    Drawing again from values is what makes a change of language on any screen simple and complete. A screen nobody sees
    holds no page at all: nothing of a person stays in it, and a touch does not wait for what it does not show.
    """

    went_on = Signal()
    """The person touched the one button that goes on, and the screen had nothing to object."""
    changed = Signal()
    """The label or the readiness of that button is no longer the same."""

    can_go_back = True
    aloud = True
    """Whether it may be read aloud."""
    above, between = 36, GAP
    """White above and below the page, and between its parts, in design pixels."""

    def __init__(self, theme: Theme, _: Translator) -> None:
        super().__init__()
        self.theme = theme
        self._ = _
        frame = QVBoxLayout(self)
        frame.setContentsMargins(0, 0, 0, 0)
        self._scroll = FingerScroll(theme)
        frame.addWidget(self._scroll)
        self._drawn = False

    @property
    def go_label(self) -> str:
        """The words on the button that goes on; empty when the screen has none."""
        return ""

    @property
    def ready(self) -> bool:
        return True

    @property
    def onward(self) -> tuple[str, ...]:
        """What Enter means at a counter: the first of these that is there."""
        return ("go",)

    def go(self) -> None:
        """The person wants to go on."""
        self.went_on.emit()

    @property
    def quiet(self) -> bool:
        """Whether it listens, or plays what somebody said: nothing is read over that."""
        return False

    def end_quiet(self) -> None:
        """Who goes by ear has heard, or said, enough."""

    def retranslate(self, theme: Theme, _: Translator) -> None:
        self.theme = theme
        self._ = _
        self.refresh()

    def refresh(self) -> None:
        """Draw the page again from what the screen holds now; unseen, when it is next shown."""
        self._drawn = self.isVisible()
        if self._drawn:
            self.draw()
        else:
            self.drop()
        self.changed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        if not self._drawn:
            self._drawn = True
            self.draw()
        super().showEvent(event)

    def drop(self) -> None:
        """Nothing of the page stays."""
        self._scroll.drop_page()

    def draw(self) -> None:
        page = QWidget()
        layout = QVBoxLayout(page)
        px = self.theme.px
        beside_bar = px(MARGIN) - px(BAR)
        left, right = (beside_bar, px(MARGIN)) if self.theme.language.right_to_left else (px(MARGIN), beside_bar)
        layout.setContentsMargins(left, px(self.above), right, px(self.above))
        layout.setSpacing(px(self.between))
        self.build(layout)
        self._scroll.show_page(page, self.theme, self._)

    def start_at_top(self) -> None:
        """The person has just come to this screen."""
        self._scroll.start_at_top()

    def bring_into_view(self, widget: QWidget) -> None:
        """Once the page is laid out, show that part of it, and a little of what stands around it."""
        QTimer.singleShot(0, widget, lambda: self._scroll.bring_into_view(widget, self.theme.px(90)))

    def build(self, page: QVBoxLayout) -> None:
        """Put the page together. Every word in it is said through `self._`."""
        raise NotImplementedError

    def clear(self) -> None:
        """Forget everything a person said here."""
        raise NotImplementedError

    def row(self, apart: int = 18) -> QBoxLayout:
        """For what stands side by side, `apart` design pixels; large words stand one below the other."""
        stacked = self.theme.comfort.is_large
        way = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        row = QBoxLayout(way)
        row.setSpacing(self.theme.px(apart))
        return row

    def heading(self, page: QVBoxLayout, title: str, more: str = "") -> None:
        page.addWidget(Paragraph(title, self.theme, TITLE))
        if more:
            page.addWidget(Paragraph(more, self.theme, TEXT, Ink.MUTE))
