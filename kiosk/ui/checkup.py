"""A kiosk that looks after itself: each part asked on its own thread, and what was found told on the one that draws."""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from civic.kiosk_part import Part
from kiosk.services.health import Condition, Finding, Health
from kiosk.store.database import Store, StoreFault, StoreTrouble
from kiosk.ui.tasks import Tasks
from kiosk.ui.threads import Threads
from sync.outbox import Outbox

Look = Callable[[], tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class Ward:
    """What is looked at, and on which thread. The line's is for what may take its time."""

    health: Health
    store: Store
    outbox: Outbox
    threads: Threads


class Checkup(QObject):
    """Asks nobody again who has not answered yet: a printer that is silent for seconds is asked once."""

    found = Signal(object)
    """Findings, some at a time."""
    done = Signal()
    """Nobody is being asked any more."""

    def __init__(self, ward: Ward) -> None:
        super().__init__()
        self._ward = ward
        self._tasks = Tasks()
        self._tasks.crashed.connect(self._give_up)
        self._asked: set[str] = set()

    def look_at_everything(self) -> None:
        self.look_at_printer()
        self.look_at_scanner()
        self._ask("microphone", self._ward.threads.microphone, self._ward.health.of_microphone)
        self.look_at_centre()

    def look_at_printer(self) -> None:
        self._ask("printer", self._ward.threads.printer, self._ward.health.of_printer)

    def look_at_scanner(self) -> None:
        self._ask("scanner", self._ward.threads.scanner, self._ward.health.of_scanner)

    def look_at_centre(self) -> None:
        """The centre, what it was not told, the machine; and the reader, which answers at once."""
        health, store, outbox = self._ward.health, self._ward.store, self._ward.outbox

        def look() -> tuple[Finding, ...]:
            return (
                *health.of_reader(),
                *health.of_centre(),
                *health.of_outbox(outbox),
                *health.of_seal(),
                *health.of_cards(),
                *health.of_machine(),
                *health.of_store(store),  # the last word about the store
            )

        self._ask("line", self._ward.threads.line, look)

    def forget(self) -> None:
        """Who is still being asked answers nobody."""
        self._tasks.forget()
        self._asked.clear()

    def _give_up(self) -> None:
        """A test that broke off keeps nobody waiting for the others, and is told like anything else that is wrong."""
        self.forget()
        self.found.emit((Finding(Part.PROGRAM, Condition.FAILED),))
        self.done.emit()

    def _ask(self, name: str, thread: Executor, look: Look) -> None:
        if name in self._asked:
            return
        self._asked.add(name)

        def tell(findings: tuple[Finding, ...]) -> None:
            self._asked.discard(name)
            self.found.emit(findings)
            if not self._asked:
                self.done.emit()

        def damaged(fault: StoreFault) -> None:
            saves = fault.trouble is StoreTrouble.CORRUPT
            tell((Finding(Part.STORE, Condition.TO_SAVE if saves else Condition.DAMAGED),))

        self._tasks.run(thread, look, tell, damaged, (StoreFault,))
