"""Print, or do not promise: a number waits in the queue only once its citizen holds it, on paper or from the screen."""

from collections.abc import Callable
from datetime import datetime

from civic.ticket import HeldBy, TicketState
from kiosk.devices.base import Printer, PrinterState, Raster
from kiosk.services.intake import Prepared
from kiosk.services.receipt import Receipt
from kiosk.store import tickets
from kiosk.store.database import Store
from sync.messages import TicketHeld, TicketVoided
from sync.outbox import Outbox

DrawFace = Callable[[Receipt, int, bool], Raster]
"""Draw a receipt for a paper of that many dots; True marks it as a copy."""


class Ticketing:
    """Used by the printer's thread alone. Raises PrinterFault when no paper came, StoreFault when the disk refused."""

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

    def issue(self, prepared: Prepared, again: bool = False) -> None:
        """Print the paper, then make the number held. `again`: an earlier paper may be out, so this one says copy."""
        self._printer.print(self._draw(prepared.receipt, self._printer.width_px, again))
        self.hold(prepared.ticket_id, HeldBy.PAPER)

    def copy(self, receipt: Receipt) -> None:
        """Another paper of a ticket already held, marked as a copy."""
        self._printer.print(self._draw(receipt, self._printer.width_px, True))

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
