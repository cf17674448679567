"""A thousand visits, each with a fault of the printer at some point of its paper: no promise is ever untrue.

The driver is the real one, on the printer's model; faults come at every row, and between two papers. What must hold:
a number waits in the queue only with a whole paper in somebody's hand or after “I noted it”, and of two whole papers
with one number the second says that it is a copy.
"""

import hashlib
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from civic.catalog import Catalog
from civic.dossier import Draft
from civic.language import Language
from civic.ticket import HeldBy
from civic.tracking import TrackingKey
from kiosk.devices.base import PrinterFault, Raster
from kiosk.devices.graphics_memory import GraphicsMemory
from kiosk.devices.printer_model import PrinterModel, Roll
from kiosk.devices.printer_profile import PrinterProfile
from kiosk.devices.raster_parts import parts
from kiosk.devices.simulated import SimulatedPrinter
from kiosk.services.intake import Intake, Place, Prepared
from kiosk.services.receipt import Receipt
from kiosk.services.ticketing import Ticketing
from kiosk.services.unfinished import Unfinished
from kiosk.store.database import open_store
from sync.messages import TicketHeld
from sync.outbox import Outbox

WIDTH, HEAD_ROWS, ROWS = 64, 40, 130
HALLS, VISITS = 36, 30
PROFILES = (
    PrinterProfile("with process ID", WIDTH, process_id=True, mm_per_s=150),
    PrinterProfile("without process ID", WIDTH, process_id=False, mm_per_s=150),
    PrinterProfile("with memory", WIDTH, process_id=True, mm_per_s=150, keeps_pictures=True),
)


def noise(name: str, rows: int) -> bytes:
    return hashlib.shake_128(name.encode()).digest(rows * WIDTH // 8)


def draw(receipt: Receipt, width_px: int, copy: bool) -> Raster:
    """What all papers say, then what only this one does."""
    own = noise(f"{receipt.number} {copy}", ROWS - HEAD_ROWS)
    return Raster(width_px, ROWS, noise("the town", HEAD_ROWS) + own, (HEAD_ROWS,))


class Hall:
    """One kiosk with its printer, and a mischievous hand. Everything it does comes from its seed."""

    def __init__(self, seed: int, folder: Path, catalog: Catalog, place: Place, key: TrackingKey) -> None:
        self._chance = random.Random(seed)  # noqa: S311  chance that can be lived through again
        self._catalog, self._key = catalog, key
        self._store = open_store(folder / "kiosk.sqlite")
        self._outbox = Outbox(self._store.transaction, "/el-kef/kiosk/014")
        self._intake = Intake(self._store, self._outbox, place, lambda: datetime(2026, 11, 23, 8, 41, tzinfo=UTC))
        self.model = PrinterModel(WIDTH)
        profile = PROFILES[seed % len(PROFILES)]
        memory = GraphicsMemory(folder / "memory.json") if profile.keeps_pictures else None
        self._printer = SimulatedPrinter(self.model, profile, patience_s=0.15, memory=memory)
        self._start()
        self._printer.learn(next(parts(Raster(WIDTH, HEAD_ROWS, noise("the town", HEAD_ROWS)))).ink)

    def _start(self) -> None:
        """The kiosk, or the same one after a power cut."""
        self._ticketing = Ticketing(self._store, self._outbox, self._printer, draw, lambda: datetime.now(UTC))

    def visit(self) -> None:
        prepared = self._intake.deposit(Draft(self._catalog["signature"]), Language.ARABIC, self._key)
        papers_before = len(self.model.papers)
        by = self._issue(prepared)
        self._mend()
        held = [event.fact for event in self._outbox.waiting_events(10_000)][-1]
        assert isinstance(held, TicketHeld)
        assert (held.ticket_id, held.by) == (prepared.ticket_id, by)
        papers = [bytes(255 - each for each in paper.tobytes()) for paper in self.model.papers[papers_before:]]
        whole = [copy for paper in papers for copy in (False, True) if paper[-self._own :] == self._end(prepared, copy)]
        if by is HeldBy.PAPER:
            assert whole, "a number was promised without a paper"
        assert whole[1:] == [True] * len(whole[1:]), "a second paper does not say that it is a copy"

    _own = (ROWS - HEAD_ROWS) * WIDTH // 8

    def _end(self, prepared: Prepared, copy: bool) -> bytes:
        return draw(prepared.receipt, WIDTH, copy).rows[-self._own :]

    def _issue(self, prepared: Prepared) -> HeldBy:
        """Until the number is held: tried again, noted, or finished after a power cut of the kiosk itself."""
        again = False
        while True:
            self._arm()
            try:
                self._ticketing.issue(prepared.ticket_id, self._ticketing.draw(prepared.receipt, copy=again))
            except PrinterFault:
                self._mend()
                again = True
            else:
                return HeldBy.PAPER
            choice = self._chance.random()
            if choice < 0.3:
                self._ticketing.hold(prepared.ticket_id, HeldBy.SCREEN)
                return HeldBy.SCREEN
            if choice < 0.5:
                self._start()
                [prepared] = Unfinished(self._store, self._intake, self._catalog).find()

    def _arm(self) -> None:
        """A fault at some row of the paper, or just before it; sometimes none."""
        hands: list[Callable[[], None]] = [
            lambda: self.model.set_roll(Roll.OUT),
            lambda: self.model.set_cover_open(True),
            lambda: self.model.set_power(False),
            self._printer.cable.pull,
        ]
        if self._chance.random() < 0.1:
            self.model.set_cutter_stuck(True)
        elif self._chance.random() < 0.9:
            self.model.after_rows(self._chance.randint(1, ROWS + 5), self._chance.choice(hands))
        elif self._chance.random() < 0.5:
            self._chance.choice(hands)()

    def _mend(self) -> None:
        self.model.after_rows(1 << 30, lambda: None)
        self.model.set_power(True)
        self.model.set_roll(Roll.FULL)
        self.model.set_cover_open(False)
        self.model.set_cutter_stuck(False)
        self._printer.cable.plug()


@pytest.mark.timeout(900)
def test_a_thousand_faults_and_no_untrue_promise(
    tmp_path: Path, catalog: Catalog, place: Place, key: TrackingKey
) -> None:
    def a_day(seed: int) -> None:
        folder = tmp_path / str(seed)
        folder.mkdir()
        hall = Hall(seed, folder, catalog, place, key)
        for _ in range(VISITS):
            hall.visit()

    with ThreadPoolExecutor(HALLS) as halls:
        list(halls.map(a_day, range(HALLS)))
