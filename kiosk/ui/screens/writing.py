"""A screen one writes on: the keyboard lies under the page, in sight however long the page is."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent

from kiosk.ui.keyboard import Keyboard, Layout, Target
from kiosk.ui.language import Translator
from kiosk.ui.screens.base import Screen
from kiosk.ui.theme import Theme


class WritingScreen(Screen):
    """`build` says once, by `write_into`, where the keys write; without it, and at a counter, there are none."""

    above, between = 20, 16  # the keys take their room

    def __init__(self, theme: Theme, _: Translator) -> None:
        super().__init__(theme, _)
        self._keyboard: Keyboard | None = None
        self._target: Target | None = None

    def write_into(self, target: Target, layout: Layout | None = None) -> None:
        """The keys write there, at first those of `layout`, or of the language."""
        self._target = target
        if self.theme.at_counter:
            return
        self._keyboard = Keyboard(self.theme, self._)
        if layout is not None:
            self._keyboard.show_layout(layout)
        self._keyboard.type_into(target)

    def drop(self) -> None:
        super().drop()
        self._put_keyboard_away()

    def draw(self) -> None:
        self._put_keyboard_away()
        super().draw()
        self._lay_keyboard()
        self._place_caret()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place_caret()

    def _put_keyboard_away(self) -> None:
        if self._keyboard is not None:
            self._keyboard.hide()
            self._keyboard.deleteLater()
        self._keyboard = self._target = None

    def _lay_keyboard(self) -> None:
        frame = self.layout()
        if self._keyboard is not None and frame is not None:
            frame.setSpacing(0)
            frame.addWidget(self._keyboard)
            self._keyboard.show()

    def _place_caret(self) -> None:
        """Once the page is laid out: what is not in sight yet takes no caret."""
        if self._target is not None:
            self.bring_into_view(self._target)
            QTimer.singleShot(0, self._target, self._target.setFocus)
