"""What a citizen's receipt opens: where their file is, the question why it is late, the papers it holds already."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from kiosk.devices.base import Reading
from kiosk.flow import Flow, Step
from kiosk.ui.follow_up import FollowUp
from kiosk.ui.hall import Hall
from kiosk.ui.recalling import Recalling
from kiosk.ui.receipt_on_glass import ReceiptOnGlass
from kiosk.ui.reminding import Reminding
from kiosk.ui.screens.base import Screen
from kiosk.ui.screens.earlier import EarlierScreen
from kiosk.ui.screens.follow import FollowScreen
from kiosk.ui.tasks import Tasks
from kiosk.ui.window import Window


class Receipts(QObject):
    """Knows a receipt by its square code, before the reader or on the glass, or by its two numbers."""

    entered = Signal()
    """The person wants to see a file: whatever was on the screen gives way to it, at once."""
    asked = Signal()
    """Somebody asked why a file is late, and it is kept for good."""
    refused = Signal(object)
    """The disk would not keep it: a StoreFault."""
    read = Signal(object)
    """A Reading from the glass, as if a code reader had seen it."""
    scanner_failed = Signal(object)

    def __init__(self, window: Window, flow: Flow, hall: Hall, tasks: Tasks, at_rest: Callable[[], bool]) -> None:
        """`at_rest`: whether nothing on the screen must be settled first, such as a paper that is coming out."""
        super().__init__()
        self._flow = flow
        self._hall = hall
        look, words = window.theme, window.translator
        self.follow = FollowScreen(look, words)
        self.follow.today = hall.today
        self.follow.papers = {each.id: frozenset(paper.id for paper in each.requirements) for each in hall.catalog}
        self.earlier = EarlierScreen(look, words)
        following, line = hall.following, hall.threads.line
        self._follow_up = FollowUp(window, flow, self.follow, following, line, tasks, at_rest, hall.reader_ready)
        self._reminding = Reminding(self.follow, hall.reminders, hall.threads.store, hall.threads.printer, tasks)
        self._recalling = Recalling(window, flow, self.earlier, hall.earlier, line, tasks, following.recognise)
        self._glasses = tuple(
            ReceiptOnGlass(screen, hall.scanning, hall.threads.scanner, tasks, following.opens)
            for screen in (self.follow, self.earlier)
        )
        self._follow_up.entered.connect(self.entered)
        self._reminding.asked.connect(self.asked)
        self._reminding.refused.connect(self.refused)
        for glass in self._glasses:
            glass.read.connect(self.read)
            glass.failed.connect(self.scanner_failed)

    @property
    def screens(self) -> tuple[Screen, ...]:
        return self.follow, self.earlier

    def open(self) -> None:
        """Lead the person to where the two numbers are typed."""
        self._follow_up.open()

    def recall(self) -> None:
        """Papers were given before, with another file: ask for its receipt."""
        self.earlier.has_reader = self._hall.reader_ready()
        self.earlier.show_form()
        self._flow.recall()

    def hear(self, reading: Reading) -> None:
        """A code is in front of the reader, whatever the screen shows."""
        if self._flow.step is Step.EARLIER:
            self._recalling.hear(reading)
        else:
            self._follow_up.hear(reading)

    def forget(self) -> None:
        self._follow_up.forget()
        self._reminding.forget()
        for glass in self._glasses:
            glass.forget()
