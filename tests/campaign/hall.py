"""The hall that is put to the test: one kiosk, its printer and its centre, with a hand on everything that can fail."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from sqlalchemy import create_engine

from civic.card import read_catalog
from kiosk.devices.printer_model import Roll
from kiosk.own_centre import OwnCentre
from kiosk.services.intake import Intake, Place, Prepared
from kiosk.services.receipt import Office
from kiosk.services.unfinished import Unfinished
from kiosk.settings import read_settings
from kiosk.store.database import Store
from kiosk.store.paper_key import PaperKey
from sync.outbox import Outbox
from tests.journeys.hall import Kiosk
from tests.journeys.line import Line

_LONGEST_ROWS = 900
_A_COMPLAINT = 700
"""About so many rows has the paper of a complaint: a fault may also come after it."""


class Hall:
    """`receipts` holds every ticket that was ever prepared, by its id: what its paper must look like."""

    def __init__(self, folder: Path, display: str) -> None:
        self._centre_data = folder / "centre"
        self.centre = OwnCentre(self._centre_data)
        self.line = Line(self.centre.url)
        self.kiosk = Kiosk(folder / "kiosk", display, self.line.url, self.centre)
        self.receipts: dict[str, Prepared] = {}
        self.killed = False
        self._pulled = False
        self._centre_is_up = True

    @property
    def store(self) -> Path:
        return self.kiosk.store

    @property
    def centre_store(self) -> Path:
        return self._centre_data / "centre.sqlite"

    def close(self) -> None:
        with suppress(BrokenPipeError):
            self.kiosk.close()
        self.line.close()
        if self._centre_is_up:
            self.centre.close()

    def remember(self) -> tuple[Prepared, ...]:
        """The tickets prepared just now. Each is seen before it can be held: a held one has forgotten its secrets."""
        found = _prepared(self.kiosk)
        self.receipts |= {each.ticket_id: each for each in found}
        return found

    # the hands

    def break_printer(self, chance: Random) -> str:
        """In the next paper, or just after it, something happens; what, in words."""
        model = self.kiosk.printer
        faults: dict[str, Callable[[], None]] = {
            "the paper ends": lambda: model.set_roll(Roll.OUT),
            "the cover is opened": lambda: model.set_cover_open(True),
            "the printer loses its power": lambda: model.set_power(False),
            "the cable is pulled": self._pull,
            "the cutter is stuck": lambda: model.set_cutter_stuck(True),
            "the kiosk is killed": self.kill,
            "the whole hall goes dark": self._dark,
        }
        name = chance.choice(list(faults))
        rows = chance.choice([0, chance.randrange(2, _A_COMPLAINT), chance.randrange(_A_COMPLAINT, _LONGEST_ROWS)])
        if rows == 0 and "kiosk" not in name:
            faults[name]()
        else:
            self._at_rows(max(rows, 2), faults[name])
        return f"{name} at row {rows}"

    def watch_paper(self) -> None:
        """Once a row of the next paper is there, its ticket is remembered."""
        self._at_rows(0, lambda: None)

    def kill(self) -> None:
        self.killed = True
        self.kiosk.cut_power()

    def mend(self) -> None:
        """Every part of the printer is well again."""
        model = self.kiosk.printer
        if self._pulled:
            self._pulled = False
            self.kiosk._line.plug()
        model.set_cutter_stuck(False)
        model.set_cover_open(False)
        model.set_roll(Roll.FULL)
        if not model.power:
            model.set_power(True)
        self.watch_paper()

    def restart_kiosk(self) -> str:
        """The power comes back; what is then on the screen."""
        with suppress(BrokenPipeError):
            self.kiosk.end()
        self.killed = False
        self.remember()
        self.kiosk.start()
        return self.kiosk.do("look")

    def spoil_line(self, chance: Random) -> str:
        """The centre is killed, or comes back; answers get lost, or no more. What, in words; mostly nothing."""
        self.line.losing = chance.random() < 0.3
        self.line.lost.clear()
        told = "answers are lost" if self.line.losing else ""
        if self._centre_is_up and chance.random() < 0.12:
            self._kill_centre()
            return f"{told} the centre is killed".strip()
        if not self._centre_is_up and chance.random() < 0.4:
            self.start_centre()
            return f"{told} the centre is back".strip()
        return told

    def start_centre(self) -> None:
        """On the same data: it knows its kiosk."""
        if not self._centre_is_up:
            self.centre = OwnCentre(self._centre_data)
            self.line.centre = self.centre.url
            self._centre_is_up = True

    def _kill_centre(self) -> None:
        self._centre_is_up = False
        self.centre._process.kill()
        self.centre.close()

    def _pull(self) -> None:
        self._pulled = True
        self.kiosk._line.pull()

    def _dark(self) -> None:
        self.kiosk.printer.set_power(False)
        self.kill()

    def _at_rows(self, rows: int, happening: Callable[[], None]) -> None:
        model = self.kiosk.printer

        def first_row() -> None:
            self.remember()
            if rows:
                model.after_rows(rows - 1, happening)

        model.after_rows(1, first_row)


@contextmanager
def open_hall(folder: Path, display: str) -> Iterator[Hall]:
    hall = Hall(folder, display)
    try:
        yield hall
    finally:
        hall.close()


def _prepared(kiosk: Kiosk) -> tuple[Prepared, ...]:
    """Read beside the kiosk, without a word to it."""
    if not kiosk.store.exists():
        return ()
    settings = read_settings(kiosk.folder / "kiosk.toml")
    office = Office(settings.town, settings.site, f"{settings.kiosk:03}", settings.phone)
    place = Place(office, settings.kiosk, settings.lane, settings.zone, settings.centre.tracking)
    engine = create_engine(f"sqlite:///file:{kiosk.store}?mode=ro&uri=true")
    try:
        store = Store(engine, PaperKey(kiosk.store.parent))
        intake = Intake(store, Outbox(store.transaction, ""), place, lambda: datetime.now(UTC))
        return Unfinished(store, intake, read_catalog(settings.catalog)).find()
    finally:
        engine.dispose()
