"""A staffed window: an agent signs in, serves one person after the other, locks or leaves; nobody else gets past."""

from concurrent.futures import Executor
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal

from civic.assistance import Assistance
from civic.language import Language
from kiosk.services.agents import Agents, SignInTrouble
from kiosk.ui.comfort import Comfort
from kiosk.ui.screens.sign_in import Door, SignInScreen
from kiosk.ui.tasks import Tasks
from kiosk.ui.visit import Visits
from kiosk.ui.window import Window

COVER_S = 5 * 60
"""Untouched so long, a page with somebody's data is covered: nothing is lost, and a password brings it back."""
SIGN_OUT_S = 15 * 60
"""Untouched so long while nobody is served, the agent is signed out."""


@dataclass(frozen=True, slots=True)
class Shift:
    """An agent at work between two people, and how they read the screen: what a kiosk that opens anew takes over."""

    agent: str
    language: Language
    comfort: Comfort


class Counter(QObject):
    """While nobody is signed in, and while a page is covered, the window shows its door alone."""

    closed = Signal()
    """The agent closes the program, and nobody is being served."""
    dismissed = Signal(object)
    """The names of agents who may sign in no more as they did; from whatever thread."""

    def __init__(
        self,
        window: Window,
        visits: Visits,
        number: int,
        agents: Agents,
        line_thread: Executor,
        shift: Shift | None = None,
    ) -> None:
        """`shift`: who was at work already."""
        super().__init__()
        self._window = window
        self._visits = visits
        self._number = number
        self._agents = agents
        self._thread = line_thread
        self._tasks = Tasks()
        self.door = SignInScreen(window.theme, window.translator)
        window.add(self.door)
        self.door.entered.connect(self._sign_in)
        self._tasks.crashed.connect(lambda: self.door.close_door(self.door.door))
        window.lock_wanted.connect(self.lock)
        window.quiet.connect(self._note_quiet)
        window.close_wanted.connect(self._close)
        self.dismissed.connect(self._dismiss, Qt.ConnectionType.QueuedConnection)
        visits.ended.connect(self._part)
        self._gone: frozenset[str] = frozenset()
        if shift is None:
            self._sign_out()
        else:
            window.suit(shift.language, shift.comfort)
            self._attend(shift.agent)

    def lock(self) -> None:
        """In the middle of serving the page is covered; between two people the agent is signed out."""
        if self._window.covered:
            return
        if self._visits.serving:
            self._close_door(Door.COVERED)
        else:
            self._sign_out()

    def close(self) -> None:
        """The kiosk is being switched off."""
        self._tasks.forget()

    def _sign_in(self, name: str, password: str) -> None:
        self.door.show_asking()
        self._tasks.run(
            self._thread, lambda: self._agents.sign_in(name, password), self._answered, lambda _fault: None, ()
        )

    def _answered(self, said: str | SignInTrouble) -> None:
        self._window.touched()
        if isinstance(said, SignInTrouble):
            self.door.show_trouble(said)
            return
        fresh = self.door.door is Door.NOBODY
        self.door.close_door(self.door.door)
        self._attend(said)
        self._window.uncover()
        if fresh:
            self._visits.open()

    def _attend(self, agent: str) -> None:
        self._gone -= {agent}
        self.door.agent = agent
        self._visits.attended = Assistance(agent, self._number)
        self._window.attend(self._number, agent)

    @property
    def shift(self) -> Shift | None:
        """None while nobody is signed in."""
        attended, theme = self._visits.attended, self._window.theme
        return None if attended is None else Shift(attended.agent, theme.language, theme.comfort)

    def _dismiss(self, names: tuple[str, ...]) -> None:
        self._gone |= set(names)
        self._part()

    def _part(self) -> None:
        """Who is an agent no more finishes with the person before them."""
        attended = self._visits.attended
        if attended is not None and attended.agent in self._gone and not self._visits.serving:
            self._sign_out()

    def _sign_out(self) -> None:
        self._visits.attended = None
        self._window.attend(self._number, "")
        self._window.reset()
        self._close_door(Door.NOBODY)

    def _close_door(self, door: Door) -> None:
        self.door.close_door(door)
        self._window.cover(self.door)

    def _note_quiet(self, seconds: int) -> None:
        """Nobody has touched anything for so long."""
        if self._window.covered:
            return
        if self._visits.serving and seconds >= COVER_S:
            self._leave_alone()
        elif seconds >= SIGN_OUT_S:
            self._sign_out()

    def _leave_alone(self) -> None:
        """Whose paper is out has gone; of anybody else nothing is lost."""
        if self._visits.given:
            self._visits.next_person()
        else:
            self._close_door(Door.COVERED)

    def _close(self) -> None:
        if self._visits.serving:
            _ = self._window.translator
            self._window.tell(_("Somebody is being served: finish with them, or start over, before you close."))
        else:
            self.closed.emit()
