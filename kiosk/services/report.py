"""The kiosk's own report: what its test of the morning found goes to the centre as a fact like any other."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from civic.kiosk_part import Part
from kiosk.services.health import Finding
from kiosk.store.database import Store
from sync.messages import MOST_PAPERS, KioskChecked, Told
from sync.outbox import Outbox


class Report:
    """Names and amounts stay here: they belong to the sentences of whoever stands before the kiosk."""

    def __init__(self, store: Store, outbox: Outbox, now: Callable[[], datetime]) -> None:
        self._store = store
        self._outbox = outbox
        self._now = now

    def keep(self, findings: Sequence[Finding], at: datetime) -> None:
        """It waits to be told from now on. Raises StoreFault: then the centre hears of the next one."""
        left = next((min(each.amount, MOST_PAPERS) for each in findings if each.part is Part.PAPER), None)
        parts = {each.part: Told(each.verdict, each.condition.value) for each in findings}
        with self._store.transaction() as connection:
            self._outbox.put(connection, KioskChecked(at.astimezone(UTC), parts, left), self._now())
