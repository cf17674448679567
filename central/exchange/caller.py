"""Who calls: a kiosk is heard by the signature of its request, once, and only when the request is of now."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from central.database import Database
from central.exchange.body import TooLarge, read_body
from central.exchange.refusing import error, not_heard
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


Answering = Callable[[Caller, Request], Awaitable[Response]]


class Callers:
    """Knows kiosks by what they sign. All but `heard` is blocking: it asks the database."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def heard(self, answer: Answering) -> Callable[[Request], Awaitable[Response]]:
        """Only for a kiosk that signed this very request, and never more than it may carry."""

        async def listen(request: Request) -> Response:
            try:
                caller = await run_in_threadpool(self.recognise, Signed.of(request))
                return await answer(caller, request)
            except NotHeard as fault:
                return not_heard(fault.refusal)
            except TooLarge:
                return error(413, "Nothing is said with this question.")

        return listen

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


async def signed_body(caller: Caller, request: Request, most: int) -> bytes:
    """The bytes that were signed, as they came. Raises TooLarge, NotHeard."""
    body = await read_body(request, most)
    if not caller.spoken.holds(body):
        raise NotHeard(Refusal.SIGNATURE)
    return body
