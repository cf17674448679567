"""Print, or do not promise: a number waits in the queue only once its citizen holds it, on paper or from the screen."""

from collections.abc import Callable
from datetime import datetime

from civic.ticket import HeldBy, TicketState
from kiosk.devices.base import Printer, PrinterState, Raster
from kiosk.services.receipt import Receipt
from kiosk.store import tickets
from kiosk.store.database import Store
from sync.messages import TicketHeld, TicketVoided
from sync.outbox import Outbox

DrawFace = Callable[[Receipt, int, bool], Raster]
"""Draw a receipt for a paper of that many dots; True marks it as a copy."""


class Ticketing:
    """Used by the printer's thread alone, but for `draw`, which any thread may call.

    Raises PrinterFault when no paper came, StoreFault when the disk refused.
    """

    def __init__(
        self,
        store: Store,
        outbox: Outbox,
        printer: Printer,
        draw: DrawFace,
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._outbox = outbox
        self._printer = printer
        self._draw = draw
        self._now = now

    def printer_state(self) -> PrinterState:
        return self._printer.state()

    def draw(self, receipt: Receipt, *, copy: bool) -> Raster:
        """The paper for this printer. `copy`: an earlier one is out, or may be, so this one says so."""
        return self._draw(receipt, self._printer.width_px, copy)

    def issue(self, ticket_id: str, paper: Raster) -> None:
        """Print the paper, then make its number held."""
        self._printer.print(paper)
        self.hold(ticket_id, HeldBy.PAPER)

    def copy(self, receipt: Receipt) -> None:
        """Another paper of a ticket already held."""
        self._printer.print(self.draw(receipt, copy=True))

    def hold(self, ticket_id: str, by: HeldBy) -> None:
        """The citizen holds the number: it waits from now on. Holding twice is holding once."""
        now = self._now()
        with self._store.transaction() as connection:
            ticket = tickets.move(connection, ticket_id, TicketState.HELD)
            if ticket is not None:
                fact = TicketHeld(
                    ticket_id=ticket.id,
                    number=ticket.number,
                    day=ticket.day,
                    service_id=ticket.service_id,
                    reference=ticket.reference,
                    language=ticket.language,
                    held_at=now,
                    by=by,
                )
                self._outbox.put(connection, fact, now)

    def void(self, ticket_id: str) -> None:
        """Nobody holds the number and nobody will."""
        with self._store.transaction() as connection:
            ticket = tickets.move(connection, ticket_id, TicketState.VOID)
            if ticket is not None:
                self._outbox.put(connection, TicketVoided(ticket.id, ticket.number, ticket.day), self._now())
