"""Who calls: a kiosk is heard by the signature of its request, once, and only when the request is of now."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.requests import Request

from central.database import Database
from central.findings import note_finding
from central.kiosks import Known, find_kiosk, note_hearing
from sync.messages import Flaw, Refusal
from sync.signing import WINDOW, SignatureFault, Spoken, claimed_key, hear


class NotHeard(Exception):
    """The request is not listened to; nothing of it was done."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Caller:
    """A kiosk that was heard; its body may be believed when `spoken` holds it."""

    known: Known
    spoken: Spoken


@dataclass(frozen=True, slots=True)
class Signed:
    """The parts of a request that are signed, as `sync.signing` reads them."""

    method: str
    url: str
    headers: Any

    @classmethod
    def of(cls, request: Request) -> "Signed":
        """The path as it came over the wire; which host it was meant for is the proxy's business."""
        path = request.scope["raw_path"].decode("latin-1")
        return cls(request.method, f"http://centre{path}", request.headers)


class Callers:
    """Blocking: it asks the database."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def recognise(self, signed: Signed) -> Caller:
        """Raises NotHeard."""
        try:
            known = find_kiosk(self._database, claimed_key(signed))
            if known is None:
                raise NotHeard(Refusal.STRANGER)
            spoken = hear(signed, known.public)
        except SignatureFault:
            raise NotHeard(Refusal.SIGNATURE) from None
        now = self._now()
        fresh = note_hearing(self._database, known.kiosk, spoken, now)
        self.check_time(spoken, now)
        if not fresh:
            with self._database.writing() as connection:
                note_finding(connection, known.kiosk, Flaw.REPLAY, now)
            raise NotHeard(Refusal.REPLAY)
        return Caller(known, spoken)

    def still_known(self, known: Known) -> Known:
        """The same kiosk, as it is by now: it may have moved meanwhile. Raises NotHeard when it is known no more."""
        now = find_kiosk(self._database, known.key_id)
        if now is None:
            raise NotHeard(Refusal.STRANGER)
        return now

    def check_time(self, spoken: Spoken, now: datetime) -> None:
        """Raises NotHeard. The answer's `Date` lets a kiosk whose clock is wrong sign again with the centre's time."""
        if abs(spoken.created - now) > WINDOW:
            raise NotHeard(Refusal.CLOCK)
