"""The one window of the kiosk: a frame round the screens, the way on and the way back, and a watch on whoever left."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from civic.language import Language, Wording
from kiosk.ui.footer import Footer
from kiosk.ui.header import Header, Progress
from kiosk.ui.language import Translator
from kiosk.ui.notice import Notice
from kiosk.ui.screens.base import Screen
from kiosk.ui.theme import Ink, Theme
from kiosk.ui.veil import StillHere

WARNING_S = 20
_TOUCHES = (QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.KeyPress)


class Window(QWidget):
    """Shows one screen at a time. It cannot be closed by a person, only by the program that opened it."""

    back_wanted = Signal()
    restart_wanted = Signal()
    left_alone = Signal()
    crest_held = Signal()
    """A finger stayed on the town's crest for as long as none does by chance."""
    language_changed = Signal()

    def __init__(self, town: Wording, language: Language, idle_s: int, width: int, height: int) -> None:
        """`idle_s` without a touch brings the question, then `WARNING_S` more the wipe."""
        super().__init__()
        self._town = town
        self._idle_s = idle_s
        self._quiet_s = 0
        self._watching = False
        self._shutting = False
        self._overlay: StillHere | None = None
        self._progress = (0, 0)
        self._home_language = language
        self.setFixedSize(width, height)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._speak(language)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._stack = QStackedWidget()
        self._top, self._bottom = QWidget(), QWidget()
        for part in (self._top, self._stack, self._bottom):
            self._column.addWidget(part)
        self._column.setStretch(1, 1)
        self._notice = Notice(self)
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._tick)
        self._second.start()
        self._app().installEventFilter(self)

    def add(self, screen: Screen) -> None:
        self._stack.addWidget(screen)
        screen.changed.connect(lambda: self._draw_footer() if screen is self._current() else None)

    def show_screen(self, screen: Screen, progress: tuple[int, int] = (0, 0), watched: bool = True) -> None:
        """`progress` is how many of how many parts are done; `watched` false: nobody is asked whether they left."""
        self._stack.setCurrentWidget(screen)
        screen.start_at_top()
        self.hush()
        self._progress = progress
        self._watching = watched
        self.touched()
        self._draw_frame()

    def speak(self, language: Language) -> None:
        """Everything, at once, in that language and its direction; what a person wrote stays."""
        if language is self.theme.language:
            return
        self.hush()
        self._speak(language)
        for screen in self._screens():
            screen.retranslate(self.theme, self.translator)
        self._draw_frame()
        self.language_changed.emit()

    def reset(self) -> None:
        """The next person finds the town's first language, and nothing of the one before."""
        self.speak(self._home_language)

    def tell(self, sentence: str) -> None:
        """Something happened that changes nothing on the screen: say so over it, for a moment."""
        self._notice.say(sentence, self.theme, self._top.height(), self.width())

    def hush(self) -> None:
        """What was told is no longer worth reading."""
        self._notice.hide()

    def touched(self) -> None:
        """Somebody is there."""
        self._quiet_s = 0
        if self._overlay is not None:
            self._overlay.hide()
            self._overlay.deleteLater()
            self._overlay = None

    def shut(self) -> None:
        """End the window, from the program."""
        self._app().removeEventFilter(self)
        self._second.stop()
        self._shutting = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.setAccepted(self._shutting)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES and isinstance(watched, QWidget):
            self.touched()
            if event.type() is not QEvent.Type.KeyPress:  # a finger needs no frame round what the keys would choose
                self.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange, False)
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.color(Ink.SAND))
        painter.end()
        event.accept()

    def _app(self) -> QCoreApplication:
        app = QApplication.instance()
        if app is None:
            raise RuntimeError("a window needs an application")
        return app

    def _speak(self, language: Language) -> None:
        self.theme = Theme(self.width() / 1080, language)
        self.translator = Translator(language)
        self.setPalette(self.theme.palette())
        rtl = language.right_to_left
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)

    def _screens(self) -> list[Screen]:
        widgets = [self._stack.widget(position) for position in range(self._stack.count())]
        return [widget for widget in widgets if isinstance(widget, Screen)]

    def _current(self) -> Screen | None:
        widget = self._stack.currentWidget()
        return widget if isinstance(widget, Screen) else None

    def _draw_frame(self) -> None:
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        header = Header(self._town, self.theme, self.translator)
        header.language_wanted.connect(self.speak)
        header.crest_held.connect(self.crest_held)
        column.addWidget(header)
        done, total = self._progress
        if total:
            column.addWidget(Progress(self.theme, done, total))
        self._column.replaceWidget(self._top, top)
        self._top.hide()
        self._top.deleteLater()
        self._top = top
        self._draw_footer()

    def _draw_footer(self) -> None:
        screen = self._current()
        if screen is None:
            return
        self._column.removeWidget(self._bottom)
        self._bottom.hide()
        self._bottom.deleteLater()
        footer = Footer(self.theme, self.translator, screen.can_go_back, screen.go_label, screen.ready)
        footer.back.connect(self.back_wanted)
        footer.restart.connect(self.restart_wanted)
        footer.go.connect(screen.go)
        self._column.addWidget(footer)  # before it is shown: a widget without a parent would be a window of its own
        footer.setVisible(screen.can_go_back or bool(screen.go_label))
        self._bottom = footer

    def _tick(self) -> None:
        if not self._watching:
            return
        self._quiet_s += 1
        left = self._idle_s + WARNING_S - self._quiet_s
        if left <= 0:
            self.touched()
            self.left_alone.emit()
        elif left <= WARNING_S:
            if self._overlay is None:
                self._overlay = StillHere(self, self.theme, self.translator, left)
                self._overlay.show()
            self._overlay.show_seconds(left)
