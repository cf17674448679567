"""Where one writes, a line or several: large, quiet, and without a memory."""

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QPainter, QPaintEvent, QPalette, QShowEvent, QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from kiosk.ui.buttons import Look, Touchable
from kiosk.ui.paragraph import Lines
from kiosk.ui.theme import STRONG, TEXT, Ink, Theme

_LONGEST_WORDS = 2000
_ROLES = (QPalette.ColorRole.Base, QPalette.ColorRole.Text, QPalette.ColorRole.Mid, QPalette.ColorRole.Highlight)
_CLOSED = 104
"""How high a closed field is at least, in design pixels: 32 mm on a 27-inch screen."""


class Field(QLineEdit):
    """Says `entered` when a finger or a key comes into it. Offers no menu, and nothing of it can be selected or copied:
    on many systems whatever is selected can be pasted by the next person."""

    entered = Signal()

    def __init__(self, name: str, text: str, font: QFont, height_px: int) -> None:
        super().__init__(text)
        self.setObjectName(name)
        self.setFont(font)
        height_px = max(height_px, QFontMetrics(font).height() + 2 * (height_px // 8))
        self.setFixedHeight(height_px)
        self.setMaxLength(80)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setDragEnabled(False)
        self.selectionChanged.connect(self.deselect)
        self._tall = height_px

    def hold_number(self, right_to_left: bool) -> None:
        """Digits and Latin letters only: they run from the left on every screen, at its reading side."""
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        side = Qt.AlignmentFlag.AlignRight if right_to_left else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)

    def showEvent(self, event: QShowEvent) -> None:
        self.setStyleSheet(_dress("QLineEdit", self, self._tall, f"0 {self._tall // 4}px"))
        super().showEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()


class Words(QPlainTextEdit):
    """Several lines to write in, kept to a length a person at the desk will still read."""

    def __init__(self, text: str, theme: Theme) -> None:
        super().__init__(text)
        self.setObjectName("words")
        self.setFont(theme.font(TEXT))
        self.setMinimumHeight(theme.px(420))
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextEditable)  # and nothing can be selected to be copied
        self._theme = theme
        self.textChanged.connect(self._stop_at_longest)

    def showEvent(self, event: QShowEvent) -> None:
        px = self._theme.px
        self.setStyleSheet(_dress("QPlainTextEdit", self, px(100), f"{px(14)}px {px(18)}px"))
        super().showEvent(event)

    def _stop_at_longest(self) -> None:
        text = self.toPlainText()
        if len(text) > _LONGEST_WORDS:
            self.setPlainText(text[:_LONGEST_WORDS])
            self.moveCursor(QTextCursor.MoveOperation.End)


def _dress(kind: str, field: QWidget, line_px: int, padding: str) -> str:
    """In the colours of its window, with an edge that says where the keys write."""
    colors = field.window().palette()
    ground, words, line, here = (colors.color(role).name() for role in _ROLES)
    radius, edge = line_px // 5, max(1, line_px // 32)
    return (
        f"{kind} {{ background: {ground}; color: {words}; padding: {padding};"
        f" border: {edge}px solid {line}; border-radius: {radius}px }}"
        f"{kind}:focus {{ border: {2 * edge}px solid {here} }}"
    )


class ClosedField(Touchable):
    """A field that is not being written in: what it is, and what stands in it. A touch opens it."""

    def __init__(self, name: str, title: str, written: str, theme: Theme, *, personal: bool = True) -> None:
        """`personal`: what stands in it is about one person, and is never said aloud in a hall."""
        super().__init__(name, title, theme, Look.PLAIN)
        self.personal = personal
        self.setAccessibleDescription(written)
        self._written = written

    def heightForWidth(self, width: int) -> int:
        title, written, beside = self._texts(width)
        high = max(title.height, written.height) if beside else title.height + written.height
        return max(self.theme.px(_CLOSED), int(high) + 2 * self.theme.px(16))

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(400), self.theme.px(_CLOSED))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(_CLOSED), self.theme.px(_CLOSED))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink, mute = self.paint_box(painter), self.theme.color(Ink.MUTE)
        title, written, beside = self._texts(self.width())
        left = self.theme.px(34)
        high = title.height if beside else title.height + written.height
        top = (self.height() - high) / 2
        title.paint(painter, QPointF(left, top), ink)
        if beside and self.theme.language.right_to_left:
            written.paint(painter, QPointF(left - self._room(self.width()) + written.width, top), mute)
        elif beside:
            written.paint(painter, QPointF(left + self._room(self.width()) - written.width, top), mute)
        else:
            written.paint(painter, QPointF(left, top + title.height), mute)
        painter.end()
        event.accept()

    def _room(self, width: int) -> int:
        return width - 2 * self.theme.px(34)

    def _texts(self, width: int) -> tuple[Lines, Lines, bool]:
        """The title, what is written, and whether they fit beside each other."""
        room = self._room(width)
        title, written = Lines(self.words, self.theme, STRONG, room), Lines(self._written, self.theme, TEXT, room)
        return title, written, title.width + written.width + self.theme.px(30) <= room
