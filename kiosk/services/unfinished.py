"""The tickets a power cut left prepared: their numbers are true, but perhaps nobody holds them."""

from civic.catalog import Catalog
from civic.dossier import Document, Draft
from kiosk.services.intake import Intake, Prepared
from kiosk.store.database import Store
from kiosk.store.tickets import Ticket, prepared


def has_prepared(store: Store) -> bool:
    """Whether any paper has still to come out, or its number to be settled. Raises StoreFault."""
    with store.transaction() as connection:
        return bool(prepared(connection, store.paper_key))


class Unfinished:
    """Asked once at start, before anyone touches the screen."""

    def __init__(self, store: Store, intake: Intake, catalog: Catalog) -> None:
        self._store = store
        self._intake = intake
        self._catalog = catalog

    def find(self) -> tuple[Prepared, ...]:
        """Oldest first, each with the very paper it was prepared with."""
        with self._store.transaction() as connection:
            found = prepared(connection, self._store.paper_key)
        return tuple(Prepared(ticket.id, self._intake.receipt(ticket, self._draft(ticket))) for ticket in found)

    def _draft(self, ticket: Ticket) -> Draft:
        service = self._catalog[ticket.service_id]
        if ticket.sealed is None:
            return Draft(service)
        documents = {
            name: Document(name, pages, ticket.sealed.given.get(name)) for name, pages in ticket.sealed.pages.items()
        }
        owed = ticket.sealed.owed
        return Draft(
            service,
            ticket.sealed.answers,
            documents=documents,
            excuses=ticket.sealed.excuses,
            joins=ticket.reference if owed else None,
            owed=owed,
            assistance=ticket.sealed.assistance,
        )
