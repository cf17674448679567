"""What the kiosk tells of a file while the centre does not answer: what it heard last, to who holds the receipt."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from civic.catalog import Catalog, Service
from civic.course import Course
from civic.deadline import promise
from civic.language import Wording
from civic.tracking import hash_pin, hash_token
from civic.workflow import Step, WorkflowFault
from kiosk.services.intake import Place
from kiosk.store.database import Store, StoreFault
from kiosk.store.mirror import Mirror, Remembered
from kiosk.store.tries import forget, may_try
from sync.messages import ByPin, ByToken, FileRecord, Inquiry, MessageFault, Owed, Unopened, Whereabouts, mark, unlock

_NO_SALT = "00" * 16


@dataclass(frozen=True, slots=True)
class LastKnown:
    """A file as it stood at `known_at`, in the town's time, `days_ago` days before today."""

    whereabouts: Whereabouts
    known_at: datetime
    days_ago: int


class Memory:
    """`recall` takes as long as a PIN does at the centre."""

    def __init__(
        self, store: Store, mirror: Mirror, catalog: Catalog, place: Place, now: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._mirror = mirror
        self._catalog = catalog
        self._zone = place.zone
        self._now = now

    def recall(self, inquiry: Inquiry) -> LastKnown | Unopened | None:
        """None when this kiosk knows nothing that the receipt opens. Never raises for the disk."""
        try:
            return self._by_token(inquiry) if isinstance(inquiry, ByToken) else self._by_pin(inquiry)
        except (MessageFault, StoreFault):  # what another version of the centre said, or a disk that fails too
            return None

    def _by_token(self, inquiry: ByToken) -> LastKnown | None:
        hashed = hash_token(inquiry.token)
        found = self._mirror.by_mark(mark(hashed))
        record = None if found is None else unlock(found.file.by_token, found.file.reference, hashed)
        return None if found is None or record is None else self._told(found, record)

    def _by_pin(self, inquiry: ByPin) -> LastKnown | Unopened | None:
        """As long, and as often, for a file that is not known here."""
        with self._store.transaction() as connection:
            if not may_try(connection, inquiry.reference, self._now()):
                return Unopened.TOO_OFTEN
        found = self._mirror.by_reference(inquiry.reference)
        hashed = hash_pin(inquiry.pin, _NO_SALT if found is None else found.file.pin_salt)
        record = None if found is None else unlock(found.file.by_pin, found.file.reference, hashed)
        if found is None or record is None:
            return None
        with self._store.transaction() as connection:
            forget(connection, inquiry.reference)
        return self._told(found, record)

    def _told(self, found: Remembered, record: FileRecord) -> LastKnown | None:
        """As of the day it was heard: nobody is called late for days of which nothing is known."""
        service = next((each for each in self._catalog if each.id == record.service_id), None)
        known_at = found.known_at.astimezone(self._zone)
        course = None if service is None else self._course(service, record, known_at)
        if service is None or course is None:
            return None
        names = {each.id: each.name for each in service.requirements}
        owed = tuple(
            Owed(paper, names.get(paper, Wording(paper, paper, paper)), "", excused) for paper, excused in record.owed
        )
        told = Whereabouts.of(found.file.reference, service, course, owed, None, known_at.date(), self._zone)
        return LastKnown(told, known_at, (self._now().astimezone(self._zone).date() - known_at.date()).days)

    def _course(self, service: Service, record: FileRecord, known_at: datetime) -> Course | None:
        """None when this kiosk's cards are not those the centre spoke of.

        The days are those that were promised, perhaps by earlier cards; what they rest on is in today's words.
        """
        alike = [each for each in service.deadlines if each.kind is record.kind]
        if service.workflow is None or not alike:
            return None
        deadline = next((each for each in alike if each.days == record.days), replace(alike[0], days=record.days))
        try:
            history = tuple(Step(service.workflow[stage], entered_at) for stage, entered_at in record.steps)
        except WorkflowFault:
            return None
        promised = promise(deadline, history, known_at.date(), self._zone)
        return Course(service.workflow, history, promised, promised.late_days(known_at.date()))
