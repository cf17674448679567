"""A kiosk whose store is new asks the centre which numbers it gave before, until it was answered once."""

from collections.abc import Callable

from kiosk.store import beginning, numbers
from kiosk.store.database import Store
from sync.messages import NumbersGiven
from sync.transport import CentralUnreachable


class Numbering:
    """Used by the thread that talks with the centre, which `ask` asks. `lane` is the kiosk's own."""

    def __init__(self, store: Store, ask: Callable[[], NumbersGiven], lane: int) -> None:
        self._store = store
        self._ask = ask
        self._lane = lane
        self._answered = False

    def refresh(self) -> None:
        """A centre that does not answer is asked again the next time. Raises StoreFault."""
        if self._answered:
            return
        with self._store.transaction() as connection:
            wanted = beginning.is_unasked(connection)
        if wanted:
            try:
                given = self._ask()
            except CentralUnreachable:
                return
            with self._store.transaction() as connection:
                numbers.go_on_after(connection, self._series(given))
                beginning.note_answer(connection)
        self._answered = True

    def _series(self, given: NumbersGiven) -> dict[str, int]:
        series = {numbers.references(year): last for year, last in given.references.items()}
        series |= {numbers.tickets_of(day): lanes.get(self._lane, 0) for day, lanes in given.tickets.items()}
        return series | {numbers.REMINDERS: given.reminders}
