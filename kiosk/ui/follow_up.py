"""Following a file at the kiosk: from a receipt in front of the reader, or its two numbers, to where the file is."""

from collections.abc import Callable
from concurrent.futures import Executor

from PySide6.QtCore import QObject, Signal

from civic.reference import Reference
from kiosk.devices.base import Reading
from kiosk.flow import Flow
from kiosk.services.following import Following, Found
from kiosk.ui.screens.follow import FollowScreen
from kiosk.ui.tasks import Tasks
from kiosk.ui.veil import InTheMiddle
from kiosk.ui.window import Window
from sync.messages import ByToken, Inquiry

Shown = ByToken | Reference
"""What a receipt in front of the reader said."""


class FollowUp(QObject):
    """Hears the reader on every screen. What the centre answers arrives through `tasks`, whose owner may forget it."""

    entered = Signal()
    """The person wants to see a file: whatever was on the screen gives way to the follow screen, at once."""

    def __init__(
        self,
        window: Window,
        flow: Flow,
        screen: FollowScreen,
        following: Following,
        line_thread: Executor,
        tasks: Tasks,
        at_rest: Callable[[], bool],
        reader_ready: Callable[[], bool],
    ) -> None:
        """`at_rest`: whether nothing on the screen must be settled first, such as a paper that is coming out.

        `reader_ready`: whether there is a code reader, and it answers now.
        """
        super().__init__()
        self._window = window
        self._flow = flow
        self._screen = screen
        self._following = following
        self._thread = line_thread
        self._tasks = tasks
        self._at_rest = at_rest
        self._reader_ready = reader_ready
        self._inquiry: Inquiry | None = None
        self._question: InTheMiddle | None = None
        screen.inquired.connect(self._ask)
        screen.again_wanted.connect(self._ask_again)

    def hear(self, reading: Reading) -> None:
        """A code is in front of the reader, whatever the screen shows."""
        self._window.touched()
        _, shown = self._window.translator, self._following.recognise(reading.text)
        if shown is None:
            self._window.tell(_("This code is not from this town hall. Show the square code of your receipt."))
        elif not self._at_rest():
            self._window.tell(_("Finish here first, then show your receipt again."))
        elif self._flow.filing:
            self._ask_first(shown)
        else:
            self._show(shown)

    def open(self) -> None:
        """Lead the person to where the two numbers are typed."""
        self._enter()
        self._screen.show_form()

    def forget(self) -> None:
        self._inquiry = None
        self._take_question_away()

    def _ask_first(self, shown: Shown) -> None:
        """Nothing said is lost without a word. A second receipt takes the place of the first."""
        self._window.hush()
        self._take_question_away()
        question = InTheMiddle(self._window, self._window.theme, self._window.translator)
        question.go_on.clicked.connect(self._take_question_away)
        question.leave.clicked.connect(lambda: self._show(shown))
        question.show()
        self._question = question

    def _enter(self) -> None:
        self._screen.has_reader = self._reader_ready()
        self.entered.emit()

    def _show(self, shown: Shown) -> None:
        self._enter()
        if isinstance(shown, ByToken):
            self._ask(shown)
        else:
            self._screen.show_form(shown)

    def _take_question_away(self) -> None:
        if self._question is not None:
            self._question.hide()
            self._question.deleteLater()
            self._question = None

    def _ask_again(self) -> None:
        if self._inquiry is not None:
            self._ask(self._inquiry)

    def _ask(self, inquiry: Inquiry) -> None:
        self._inquiry = inquiry
        self._screen.show_asking()

        def answered(found: Found) -> None:
            self._window.touched()
            self._screen.has_reader = self._reader_ready()
            self._screen.show_found(found)

        self._tasks.run(self._thread, lambda: self._following.ask(inquiry), answered, answered, ())
