"""What every screen is: a page drawn again, whole, from what it was given, in the language and size of now."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QScroller, QVBoxLayout, QWidget

from kiosk.ui.language import Translator
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.theme import GAP, MARGIN, TEXT, TITLE, Ink, Theme


def finger_scroll(theme: Theme) -> QScrollArea:
    """A page that follows the finger when it is longer than the screen, with a bar broad enough to touch."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    px = theme.px
    area.setStyleSheet(
        "QScrollArea, QScrollArea > QWidget > QWidget { background: transparent }"
        f"QScrollBar:vertical {{ width: {px(34)}px; background: transparent; margin: {px(20)}px {px(8)}px }}"
        f"QScrollBar::handle:vertical {{ background: {Ink.TEAL.name()}; border-radius: {px(8)}px;"
        f" min-height: {px(160)}px }}"
        "QScrollBar::add-line, QScrollBar::sub-line { height: 0 }"
        "QScrollBar::add-page, QScrollBar::sub-page { background: transparent }"
    )
    QScroller.grabGesture(area.viewport(), QScroller.ScrollerGestureType.TouchGesture)
    return area


class Screen(QWidget):
    """Subclasses keep what they show in plain attributes and draw it in `build`; `refresh` draws it again.

    Drawing again from values is what makes a change of language on any screen simple and complete.
    """

    went_on = Signal()
    """The person touched the one button that goes on, and the screen had nothing to object."""
    changed = Signal()
    """The label or the readiness of that button is no longer the same."""

    can_go_back = True

    def __init__(self, theme: Theme, _: Translator) -> None:
        super().__init__()
        self.theme = theme
        self._ = _
        frame = QVBoxLayout(self)
        frame.setContentsMargins(0, 0, 0, 0)
        self._area = finger_scroll(theme)
        frame.addWidget(self._area)

    @property
    def go_label(self) -> str:
        """The words on the button that goes on; empty when the screen has none."""
        return ""

    @property
    def ready(self) -> bool:
        return True

    def go(self) -> None:
        """The person wants to go on."""
        self.went_on.emit()

    def retranslate(self, theme: Theme, _: Translator) -> None:
        self.theme = theme
        self._ = _
        self.refresh()

    def refresh(self) -> None:
        """Draw the page again from what the screen holds now."""
        old = self._area.takeWidget()
        if old is not None:
            old.deleteLater()
        page = QWidget()
        layout = QVBoxLayout(page)
        margin = self.theme.px(MARGIN)
        layout.setContentsMargins(margin, self.theme.px(36), margin, self.theme.px(36))
        layout.setSpacing(self.theme.px(GAP))
        self.build(layout)
        self._area.setWidget(page)
        page.setAutoFillBackground(False)
        self.changed.emit()

    def build(self, page: QVBoxLayout) -> None:
        """Put the page together. Every word in it is said through `self._`."""
        raise NotImplementedError

    def clear(self) -> None:
        """Forget everything a person said here."""
        raise NotImplementedError

    def heading(self, page: QVBoxLayout, title: str, more: str = "") -> None:
        page.addWidget(Paragraph(title, self.theme, TITLE))
        if more:
            page.addWidget(Paragraph(more, self.theme, TEXT, Ink.MUTE))
