"""The last touch: what a person confirmed is kept for good, and only then printed."""

from collections.abc import Callable
from concurrent.futures import Executor, Future

from PySide6.QtCore import QObject, Signal

from civic.dossier import Draft
from civic.language import Language
from civic.tracking import TrackingKey
from kiosk.devices.base import Raster
from kiosk.services.intake import Prepared
from kiosk.store.database import StoreFault
from kiosk.ui.hall import Hall
from kiosk.ui.tasks import Tasks

Keep = Callable[[Draft, Language], Prepared]


class Filing(QObject):
    """One request at a time: touched twice, it is filed once."""

    kept = Signal(object, object)
    """It is kept: its Prepared ticket, and its paper as a Raster."""
    refused = Signal(object)
    """The disk would not keep it: a StoreFault."""

    def __init__(self, hall: Hall, tasks: Tasks) -> None:
        super().__init__()
        self._hall = hall
        self._tasks = tasks
        self._keep: Keep | None = None
        self.key: Future[TrackingKey] | None = None

    @property
    def _thread(self) -> Executor:
        return self._hall.threads.store

    def begin(self) -> None:
        """A service is chosen: its key is made long before it is needed."""
        self.key = key = self._thread.submit(self._hall.new_key)
        self._keep = lambda draft, language: self._hall.intake.deposit(draft, language, key.result())

    def begin_adding(self) -> None:
        """A file lies at the town hall already, and has its key."""
        self._keep = self._hall.intake.add

    def forget(self) -> None:
        self._keep = self.key = None

    def file(self, draft: Draft, language: Language) -> bool:
        """False when it is being filed already."""
        keep_it, self._keep = self._keep, None
        if keep_it is None:
            return False

        def keep() -> tuple[Prepared, Raster]:
            """Drawn while nothing else moves: the thread of the screen has nothing to do before it is told."""
            prepared = keep_it(draft, language)
            return prepared, self._hall.ticketing.draw(prepared.receipt, copy=False)

        self._hall.threads.printer.submit(self._hall.ticketing.printer_state)  # it answers while the disk writes
        self._tasks.run(self._thread, keep, lambda filed: self.kept.emit(*filed), self.refused.emit, (StoreFault,))
        return True
