"""Following a file at the kiosk: what a code in front of the reader is, and where the file it opens has come to."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from civic.catalog import Catalog
from civic.language import Wording
from civic.reference import Reference, ReferenceFault
from civic.tracking import hash_token
from kiosk.services.intake import Place
from kiosk.services.last_known import LastKnown, Memory
from kiosk.store.database import Store, StoreFault
from kiosk.store.dossiers import find
from sync.messages import ByToken, Inquiry, Unopened, Whereabouts, mark
from sync.transport import CentralUnreachable, KeyUnknown

_TOKEN = re.compile(r"[A-Z2-7]{26}")


class Line(Protocol):
    """Where the centre is asked. May raise CentralUnreachable, within seconds."""

    def follow(self, inquiry: Inquiry) -> Whereabouts | Unopened: ...


@dataclass(frozen=True, slots=True)
class KnownHere:
    """What this kiosk knows by itself of a file deposited at it."""

    reference: Reference
    service: Wording
    deposited_on: date
    complete: bool


@dataclass(frozen=True, slots=True)
class NotReached:
    """The centre did not answer. `known` is never more than the receipt of who asks says."""

    known: KnownHere | None


Found = Whereabouts | Unopened | NotReached | KnownHere | LastKnown
"""`KnownHere`: the centre answers, and this file has not reached it yet. `LastKnown`: it does not, and once did."""


class Following:
    """`ask` belongs to a thread that may wait; `recognise` does not wait."""

    def __init__(self, line: Line, memory: Memory, store: Store, catalog: Catalog, place: Place) -> None:
        self._line = line
        self._memory = memory
        self._store = store
        self._catalog = catalog
        self._place = place

    def recognise(self, text: str) -> ByToken | Reference | None:
        """The token of our tracking address, in capitals or not, or one of our references; None for all else."""
        said, ours = text.upper(), self._place.tracking_url("")
        token = said.removeprefix(ours)
        if said != token and _TOKEN.fullmatch(token):
            return ByToken(token)
        try:
            return Reference.parse(text)
        except ReferenceFault:
            return None

    def opens(self, text: str) -> bool:
        """Whether a code is one of ours."""
        return self.recognise(text) is not None

    def ask(self, inquiry: Inquiry) -> Found:
        """Never raises for the line or the disk: somebody is waiting for a sentence."""
        try:
            found = self._line.follow(inquiry)
        except KeyUnknown:
            return NotReached(self._known(inquiry))
        except CentralUnreachable:
            return self._memory.recall(inquiry) or NotReached(self._known(inquiry))
        return (self._known(inquiry) or found) if found is Unopened.UNKNOWN else found

    def _known(self, inquiry: Inquiry) -> KnownHere | None:
        """By the token alone: a PIN can be tried, and only the centre counts how often."""
        if not isinstance(inquiry, ByToken):
            return None
        try:
            with self._store.transaction() as connection:
                kept = find(connection, mark(hash_token(inquiry.token)))
        except StoreFault:
            return None
        service = None if kept is None else next((each for each in self._catalog if each.id == kept.service_id), None)
        if kept is None or service is None:
            return None
        deposited_on = kept.deposited_at.astimezone(self._place.zone).date()
        return KnownHere(kept.reference, service.name, deposited_on, kept.complete)
