"""“Call an agent”, from every screen: it changes nothing on the screen, and says what comes of it."""

from concurrent.futures import Executor
from enum import Enum, auto

from PySide6.QtCore import QObject, QTimer

from kiosk.services.help_line import Called, HelpLine
from kiosk.ui.language import Translator, phone
from kiosk.ui.tasks import Tasks
from kiosk.ui.window import Window

_PATIENCE_S, _ASK_EVERY_S, _COMING_S = 60, 3, 180
"""How long a person is left waiting for a word, how often the centre is asked, how long an agent may be on the way."""


class Help(Enum):
    """How a call stands."""

    NONE = auto()
    CALLING = auto()
    COMING = auto()
    ALONE = auto()
    """Nobody has answered: the person knows what to do, and an agent may still come."""


class Helping(QObject):
    """One call at a time. While it is under way nobody is taken for having left."""

    def __init__(self, window: Window, line: HelpLine, thread: Executor, number: str) -> None:
        """`number`: of the town hall's telephone."""
        super().__init__()
        self.help = Help.NONE
        self._window = window
        self._line = line
        self._thread = thread
        self._number = number
        self._tasks = Tasks()
        self._seconds = 0
        self._asking = False
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._tick)
        window.help_wanted.connect(self.call)
        window.worn.connect(self._show)

    def call(self) -> None:
        """Touched while a call stands, it says again how that is."""
        if self.help in (Help.NONE, Help.ALONE):
            self._turn(Help.CALLING)
            self._second.start()
            self._ask()
        else:
            self._tell()

    def over(self) -> None:
        """Whoever asked has gone."""
        if self.help is not Help.NONE:
            self._end()
            self._tasks.run(self._thread, self._line.cancel, lambda _called: None, lambda _fault: None, ())

    def close(self) -> None:
        """The kiosk is being switched off."""
        self._end()

    def _end(self) -> None:
        self._second.stop()
        self._tasks.forget()
        self._asking = False
        self.help, self._seconds = Help.NONE, 0
        self._show()

    def _tick(self) -> None:
        self._seconds += 1
        if self.help is not Help.ALONE:
            self._window.touched()
        if self.help is Help.CALLING and self._seconds >= _PATIENCE_S:
            self._turn(Help.ALONE)
        elif self.help is not Help.CALLING and self._seconds >= _COMING_S:
            self._end()
        elif self.help is not Help.COMING and self._seconds % _ASK_EVERY_S == 0:
            self._ask()

    def _ask(self) -> None:
        if not self._asking:
            self._asking = True
            self._tasks.run(self._thread, self._line.call, self._heard, self._heard, ())

    def _heard(self, called: Called) -> None:
        self._asking = False
        if called is Called.COMING:
            self._turn(Help.COMING)
        elif called is Called.UNHEARD and self.help is Help.CALLING:
            self._turn(Help.ALONE)

    def _turn(self, help_: Help) -> None:
        self.help, self._seconds = help_, 0
        self._show()
        self._tell()

    def _show(self) -> None:
        self._window.show_help(help_words(self.help, self._window.translator), on=self.help is not Help.NONE)

    def _tell(self) -> None:
        _ = self._window.translator
        match self.help:
            case Help.CALLING:
                self._window.tell(_("An agent is being called. You may go on meanwhile."), "bell")
            case Help.COMING:
                self._window.tell(_("Somebody is coming."), "bell")
            case _nobody:
                advice = _("Nobody has answered. Go to the counter, or ring {phone}.")
                self._window.tell(advice.format(phone=phone(self._number)))


def help_words(help_: Help, _: Translator) -> str:
    """What the button says of itself."""
    match help_:
        case Help.CALLING:
            return _("Help: an agent is being called")
        case Help.COMING:
            return _("Help: somebody is coming")
        case _none_yet:
            return _("Help: call an agent")
