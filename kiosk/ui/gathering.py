"""Taking a person's papers through the scanner: each page seen, a doubtful one asked about."""

from concurrent.futures import Executor
from threading import Event

from PySide6.QtCore import QObject, Signal

from civic.excuse import Excuse
from kiosk.devices.base import ScannerFault, ScannerState, Watch
from kiosk.flow import Flow
from kiosk.services.scanning import Scanned, ScannedPage, Scanning
from kiosk.store.database import StoreFault
from kiosk.ui.screens.documents import DocumentsScreen
from kiosk.ui.tasks import Tasks


class Gathering(QObject):
    """One scan at a time. A page with a remark belongs to the file only once the person has said to keep it."""

    seen = Signal()
    """A page came: the person is here, even if nothing was touched for a while."""
    failed = Signal(object)
    """Something was in the way: the ScannerState that says what."""
    refused = Signal(object)
    """The disk would not keep a page: a StoreFault."""
    _moved = Signal(int, float)

    def __init__(
        self, screen: DocumentsScreen, flow: Flow, scanning: Scanning, scanner_thread: Executor, tasks: Tasks
    ) -> None:
        super().__init__()
        self._screen = screen
        self._flow = flow
        self._scanning = scanning
        self._thread = scanner_thread
        self._tasks = tasks
        self._stop = Event()
        self._card_numbers: dict[str, str] = {}
        self._waiting: tuple[ScannedPage, ...] = ()
        self._moved.connect(screen.show_progress)
        screen.scan_wanted.connect(self._scan)
        screen.scan_stopped.connect(self._halt)
        screen.page_kept.connect(self._keep)
        screen.page_removed.connect(self._remove)
        screen.excused.connect(self._excuse)

    @property
    def card_number(self) -> str:
        """The number of a national card that a page of the file shows; empty when none does."""
        pages = (page for each in self._flow.draft.documents.values() for page in each.pages)
        return next((self._card_numbers[page] for page in pages if page in self._card_numbers), "")

    def forget(self) -> None:
        """The person has gone: the lamp goes home."""
        self._stop.set()
        self._waiting = ()
        self._card_numbers.clear()

    def _halt(self) -> None:
        self._stop.set()

    def _scan(self, requirement_id: str) -> None:
        """Again, if a page was in doubt: what comes now stands in its place, before those that came after it."""
        stop, after = Event(), self._waiting[1:]
        self._stop, self._waiting = stop, ()
        watch = Watch(moved=self._moved.emit, unwanted=stop.is_set)
        self._screen.show_scanning()

        def came(scanned: Scanned) -> None:
            self._take(requirement_id, scanned.pages + after, scanned.trouble)
            self.seen.emit()

        def failed(fault: ScannerFault | StoreFault) -> None:
            if isinstance(fault, StoreFault):
                self.refused.emit(fault)
            else:
                self._take(requirement_id, after, fault.state)

        self._tasks.run(self._thread, lambda: self._scanning.scan(watch), came, failed, (ScannerFault, StoreFault))

    def _take(self, requirement_id: str, pages: tuple[ScannedPage, ...], trouble: ScannerState | None = None) -> None:
        """Add the pages up to the first in doubt, and ask about that one."""
        self._waiting = ()
        for position, page in enumerate(pages):
            if page.remark is not None:
                self._waiting = pages[position:]
                self._screen.show_doubt(self._flow.draft.documents, page.thumbnail, page.remark)
                break
            self._add(requirement_id, page)
        if trouble is not None:
            self._screen.show_fault(trouble)
            if trouble is not ScannerState.STOPPED:
                self.failed.emit(trouble)

    def _keep(self, requirement_id: str) -> None:
        """As it is, with its remark."""
        kept, *after = self._waiting
        self._add(requirement_id, kept)
        self._take(requirement_id, tuple(after))

    def _add(self, requirement_id: str, page: ScannedPage) -> None:
        self._flow.attach(requirement_id, page.sha256)
        if page.card_number:
            self._card_numbers[page.sha256] = page.card_number
        self._screen.show_page(self._flow.draft.documents, page.thumbnail)

    def _remove(self, requirement_id: str) -> None:
        self._flow.detach(requirement_id)
        draft = self._flow.draft
        self._screen.show_papers(draft.requirements, draft.documents, draft.excuses)

    def _excuse(self, requirement_id: str, excuse: Excuse | None) -> None:
        self._flow.excuse(requirement_id, excuse)
        self._screen.show_excuses(self._flow.draft.excuses)
