"""A centre and the kiosk it knows, put back to their first day as often as one likes, in milliseconds."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from anyio.from_thread import start_blocking_portal

from civic.tracking import TrackingKey, new_tracking_key
from kiosk.services.enrolment import Enrolment
from kiosk.store.database import open_store
from sync.transport import HttpTransport
from tests.campaign.called_centre import CENTRE_URL, CalledCentre
from tests.campaign.fated_line import FatedLine

KIOSK = 14


class Clocks:
    """The centre's is right; the kiosk's is `wrong_by` so much."""

    def __init__(self) -> None:
        self.set_right()

    def set_right(self) -> None:
        self.passed = self.wrong_by = timedelta(0)

    def centre(self) -> datetime:
        return datetime.now(UTC) + self.passed

    def kiosk(self) -> datetime:
        return self.centre() + self.wrong_by


class FreshTown:
    """`kiosk` is the folder of that kiosk's data. Counts how many `schedules` it saw, and how much was `spoilt`."""

    def __init__(self, folder: Path, centre: CalledCentre, clocks: Clocks) -> None:
        self.centre, self.clocks = centre, clocks
        self.kiosk, self._fresh, self._first_day = folder / "kiosk", folder / "fresh", folder / "first-day.sqlite"
        self.schedules = self.spoilt = 0
        self._pin = new_tracking_key()
        self._fresh.mkdir()
        line = partial(HttpTransport, session=FatedLine(centre).session())
        Enrolment(CENTRE_URL, KIOSK, self._fresh, line).enrol(centre.invite(KIOSK).digits)
        open_store(self._fresh / "kiosk.sqlite").close()
        centre.keep(self._first_day)

    def begin_anew(self) -> None:
        self.clocks.set_right()
        self.centre.begin_anew(self._first_day)
        shutil.rmtree(self.kiosk, ignore_errors=True)
        shutil.copytree(self._fresh, self.kiosk)

    def new_key(self) -> TrackingKey:
        """With a token of its own; the slow hash of its PIN is reckoned once for all."""
        return replace(self._pin, token=secrets.token_hex(13))


@contextmanager
def fresh_town(folder: Path) -> Iterator[FreshTown]:
    clocks = Clocks()
    with start_blocking_portal() as portal:
        centre = CalledCentre(folder / "centre", portal, clocks.centre)
        try:
            yield FreshTown(folder, centre, clocks)
        finally:
            centre.database.close()
