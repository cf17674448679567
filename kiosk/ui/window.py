"""The one window of the kiosk: the screens in their frame, how one person wants them, and a watch on whoever left."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QChildEvent, QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QSinglePointEvent, QWindow
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from civic.language import Language, Wording
from kiosk.ui.comfort import AS_FOUND, Comfort, Offer
from kiosk.ui.comfort_sheet import ComfortSheet
from kiosk.ui.enter_key import EnterKey
from kiosk.ui.frame import Frame
from kiosk.ui.keys import Keys
from kiosk.ui.language import Translator
from kiosk.ui.notice import Notice
from kiosk.ui.screens.base import Screen
from kiosk.ui.steady_hand import SteadyHand
from kiosk.ui.theme import Ink, theme_for
from kiosk.ui.veil import StillHere, Veil

WARNING_S = 20
LEFT_S = 5
_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.TouchBegin)
_FINGER = (Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton)
"""A finger has one button; the others would bring menus that are no part of the kiosk."""
_TOUCHES = (*_PRESSES, QEvent.Type.MouseButtonRelease, QEvent.Type.TouchEnd, QEvent.Type.KeyPress)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A screen and how it is shown: see `Window.show_screen`."""

    screen: Screen
    progress: tuple[int, int] = (0, 0)
    watched: bool = True
    home: bool = False


class Window(QWidget):
    """Shows one screen at a time. It cannot be closed by a person, only by the program that opened it."""

    back_wanted = Signal()
    restart_wanted = Signal()
    left_alone = Signal()
    crest_held = Signal()
    """A finger stayed on the town's crest for as long as none does by chance."""
    help_wanted = Signal()
    """The person wants an agent to come."""
    language_changed = Signal()
    worn = Signal()
    """The person wants the screen otherwise, and it is drawn so."""
    begun = Signal()
    """Another screen, or what lies over one, is there: who uses no finger begins at the first of it."""
    quiet = Signal(int)
    """At a counter, each second: for how many of them nobody has touched anything."""
    lock_wanted = Signal()
    """At a counter: the agent leaves it, for a moment or for good."""
    close_wanted = Signal()
    """At a counter: the agent closes the window, as any other on their desk."""

    def __init__(
        self,
        town: Wording,
        language: Language,
        idle_s: int,
        width: int,
        height: int,
        offer: Offer | None = None,
        *,
        at_counter: bool = False,
    ) -> None:
        """`idle_s` without a touch brings the question, then `WARNING_S` more the wipe; longer for who asks.

        `offer`: what this kiosk has besides its screen. `at_counter`: an agent watches over it, and nothing is wiped.
        """
        super().__init__()
        self._idle_s = idle_s
        self._quiet_s = 0
        self._watching = self._home = self._shutting = False
        self._offer = offer or Offer()
        self._at_counter = at_counter
        self._attended = (0, "")
        self._cover: Screen | None = None
        self._behind: _Shown | None = None
        self._overlay: StillHere | None = None
        self._sheet: ComfortSheet | None = None
        self._progress = (0, 0)
        self._home_language = language
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setFixedSize(width, height)
        self._put_on(language, AS_FOUND)
        self._frame = Frame(town, self._stack, self.theme)
        column.addWidget(self._frame)
        self._frame.back.connect(self.back_wanted)
        self._frame.restart.connect(self.restart_wanted)
        self._frame.crest_held.connect(self.crest_held)
        self._frame.language_wanted.connect(self.speak)
        self._frame.comfort_wanted.connect(self.offer_comfort)
        self._frame.voice_wanted.connect(self.turn_voice)
        self._frame.lock_wanted.connect(self.lock_wanted)
        self._frame.help_wanted.connect(self.help_wanted)
        self._frame.dress(self.theme, self.translator, voice=self._offer.voice)
        self._notice = Notice(self)
        self._hand = SteadyHand(self)
        self._keys = Keys(self, lambda: self.parts, self.go_back)
        self._keys.begun.connect(self.begun)
        self._enter = EnterKey(self, lambda: () if self.current is None else self.current.onward, self.come_to)
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._tick)
        self._second.start()
        self.glass.installEventFilter(self)

    @property
    def glass(self) -> QWindow:
        """Where every finger and key comes first. Who watches all widgets instead hears a thousand events a touch."""
        self.winId()  # it is made before anything is shown
        return self.windowHandle()

    def add(self, screen: Screen) -> None:
        self._stack.addWidget(screen)
        screen.changed.connect(lambda: self._draw_way() if screen is self.current else None)

    @property
    def current(self) -> Screen | None:
        widget = self._stack.currentWidget()
        return widget if isinstance(widget, Screen) else None

    @property
    def is_steady(self) -> bool:
        """False for a moment after the screen has changed by itself: a touch then was meant for what stood there."""
        return self._hand.is_meant

    @property
    def left(self) -> bool:
        """Whether nobody seems to be there: untouched for a moment, and as the next person is to find it."""
        found = (self.theme.language, self.theme.comfort) == (self._home_language, AS_FOUND)
        return (found or self._at_counter) and self._sheet is None and self._quiet_s >= LEFT_S

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """What can be touched now, in the order it is read: what lies over the screens comes alone."""
        veils = [each for each in self.findChildren(Veil) if each.isVisible()]
        over = veils[-1] if veils else self._sheet
        return self._frame.parts if over is None else (over,)

    def show_screen(
        self, screen: Screen, progress: tuple[int, int] = (0, 0), watched: bool = True, home: bool = False
    ) -> None:
        """`progress` is how many of how many parts are done; `watched` false: nobody is asked whether they left.

        `home`: nothing of anybody is on it, and left alone it is again as the next person is to find it.
        """
        self._behind = _Shown(screen, progress, watched, home)
        if self._cover is None:
            self._put_in_front(self._behind)

    @property
    def has_voice(self) -> bool:
        """Whether this kiosk can read aloud."""
        return self._offer.voice

    @property
    def covered(self) -> bool:
        """Whether a screen stands before all others, and stays."""
        return self._cover is not None

    def cover(self, screen: Screen) -> None:
        """Nothing but that screen is seen or touched until `uncover`, whatever is shown behind it meanwhile."""
        self.close_comfort()
        for veil in self.findChildren(Veil):
            if veil.isVisible():
                veil.stay()
        self._cover = screen
        self._draw_frame()
        self._put_in_front(_Shown(screen))

    def uncover(self) -> None:
        """What was shown last is there again."""
        self._cover = None
        self._draw_frame()
        if self._behind is not None:
            self._put_in_front(self._behind)

    def attend(self, counter: int, agent: str) -> None:
        """Say on every screen who serves at which counter; empty: nobody does just now."""
        self._attended = (counter, agent)
        self._draw_frame()

    def _put_in_front(self, shown: _Shown) -> None:
        screen, progress = shown.screen, shown.progress
        self._stack.setCurrentWidget(screen)
        screen.start_at_top()
        self.hush()
        self._progress = progress
        self._watching, self._home = shown.watched, shown.home
        self.touched()
        self._frame.show_progress(*progress, self.theme, self.translator)
        self._draw_way()
        if self._at_counter:
            self._keys.rest()
        else:
            self._keys.begin(screen)

    def speak(self, language: Language) -> None:
        """Everything, at once, in that language and its direction; what a person wrote stays."""
        self.suit(language, self.theme.comfort)

    def wear(self, comfort: Comfort) -> None:
        """Everything, at once, as that person wants it; what they wrote stays."""
        self.suit(self.theme.language, comfort)

    def suit(self, language: Language, comfort: Comfort) -> None:
        """Both at once."""
        before = self.theme
        if (language, comfort) != (before.language, before.comfort):
            self._put_on(language, comfort)
            self._draw()
            self.worn.emit()
            if language is not before.language:
                self.language_changed.emit()

    def turn_voice(self) -> None:
        """Read aloud from now on, or no longer."""
        self.wear(self.theme.comfort.turned_voice())

    def reset(self) -> None:
        """The next person finds the town's first language, the screen as usual, and nothing of the one before.

        While an agent serves, the screen stays as they read it, but it falls silent.
        """
        self.close_comfort()
        if self._attended[1]:
            self.wear(replace(self.theme.comfort, voice=False, corners=False))
        else:
            self.suit(self._home_language, AS_FOUND)

    def offer_comfort(self) -> None:
        """The panel of what a person can change about the screen, over its lower part."""
        self._keys.begin(self._draw_sheet())

    def close_comfort(self) -> None:
        if self._sheet is not None:
            self._sheet.hide()
            self._sheet.deleteLater()
            self._sheet = None
            self._keys.keep("access")

    def go_back(self) -> None:
        """As the key for it says: out of what lies over the screen, else to the screen before."""
        veils = [each for each in self.findChildren(Veil) if each.isVisible()]
        if veils:
            veils[-1].stay()
        elif self._sheet is not None:
            self.close_comfort()
        elif self.current is not None and self.current.can_go_back:
            self.back_wanted.emit()

    def come_to(self, widget: QWidget) -> None:
        """The keys are there now, and it is in sight."""
        self._keys.go_to(widget)

    def tell(self, sentence: str, sign: str = "alert") -> None:
        """Something happened that changes nothing on the screen: say so over it, for a moment, with a picture."""
        page = QRect(self._stack.mapTo(self, QPoint(0, 0)), self._stack.size())
        self._notice.say(sentence, sign, self.theme, page)

    def show_help(self, said: str, *, on: bool) -> None:
        """How the call of an agent stands, on the button for it."""
        self._frame.show_help(said, on=on)

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
        self.glass.removeEventFilter(self)
        self._second.stop()
        self._shutting = True
        self.close()

    def turn(self, width: int, height: int) -> None:
        """The screen was turned round, or is another one: everything is laid out for it."""
        self.setFixedSize(width, height)
        self._put_on(self.theme.language, self.theme.comfort)
        self._frame.lay(self.theme)
        self._draw()
        self.worn.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.setAccepted(self._shutting)
        if self._at_counter and not self._shutting:
            self.close_wanted.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002  Qt asks so
        if event.type() is QEvent.Type.ContextMenu:
            return True
        if isinstance(event, QMouseEvent) and event.button() not in _FINGER:
            return True
        if event.type() not in _TOUCHES:
            return False
        meant = self._hand.is_meant
        if meant:
            self._hand.touched()
        self.touched()
        if isinstance(event, QKeyEvent):
            return self._press(event, self.focusWidget() or self)
        self._keys.rest()
        return event.type() in _PRESSES and not meant and not self._is_for_the_notice(event)

    def _is_for_the_notice(self, event: QEvent) -> bool:
        """It covers nothing one would touch."""
        if not isinstance(event, QSinglePointEvent):
            return False  # a finger's press follows, as one
        return isinstance(self.childAt(event.position().toPoint()), Notice)

    def childEvent(self, event: QChildEvent) -> None:
        if event.polished() and isinstance(event.child(), Veil):
            self._hand.changed()

    def _press(self, event: QKeyEvent, at: QWidget) -> bool:
        if self._at_counter and event.key() == Qt.Key.Key_F12:
            self.lock_wanted.emit()
            return True
        return (self._at_counter and self._enter.pressed(event, at)) or self._keys.pressed(event, at)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, ARG002  Qt calls it so
        """What the keys were on is hidden: they find their place by themselves."""
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.color(Ink.SAND))
        painter.end()
        event.accept()

    def _put_on(self, language: Language, comfort: Comfort) -> None:
        self.theme = theme_for(self.width(), self.height(), language, comfort, at_counter=self._at_counter)
        self.translator = Translator(language)
        self.setPalette(self.theme.palette())
        rtl = language.right_to_left
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)

    def _draw(self) -> None:
        """All of it again, in what was just put on."""
        self.hush()
        for position in range(self._stack.count()):
            screen = self._stack.widget(position)
            if isinstance(screen, Screen):
                screen.retranslate(self.theme, self.translator)
        self._draw_frame()
        self._frame.show_progress(*self._progress, self.theme, self.translator)
        self._draw_way()
        if self._sheet is not None:
            self._draw_sheet()

    def _draw_frame(self) -> None:
        """Who serves here, but not on the door that is closed before them."""
        counter, agent = self._attended
        attended = (counter, "" if self.covered else agent)
        self._frame.dress(self.theme, self.translator, voice=self._offer.voice, attended=attended)

    def _draw_way(self) -> None:
        if self.current is not None:
            self._hand.changed()
            self._frame.show_way(self.current, self.theme, self.translator)
            self._keys.keep()

    def _draw_sheet(self) -> ComfortSheet:
        before, self._sheet = self._sheet, ComfortSheet(self, self.theme, self.translator, self._offer)
        self._sheet.wanted.connect(self.wear)
        self._sheet.done.connect(self.close_comfort)
        self._sheet.show()
        if before is not None:
            before.hide()
            before.deleteLater()
        self._keys.keep()
        return self._sheet

    def _tick(self) -> None:
        self._quiet_s += 1
        if self._at_counter:
            self.quiet.emit(self._quiet_s)
            return
        patience = self.theme.comfort.patience
        warning = WARNING_S * patience
        left = self._idle_s * patience + warning - self._quiet_s
        if self._home and left <= warning:
            self.reset()
        if not self._watching:
            return
        if left <= 0:
            self.touched()
            self.left_alone.emit()
        elif left <= warning:
            if self._overlay is None:
                self._overlay = StillHere(self, self.theme, self.translator, left)
                self._overlay.show()
                self._keys.begin(self._overlay)
            self._overlay.show_seconds(left)
