"""The line to a centre, as a schedule will have it: each request has its fate, and may be heard again much later."""

import io
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from requests import ConnectionError as LineBroken
from requests import PreparedRequest, Response, Session
from requests.adapters import HTTPAdapter
from urllib3 import HTTPResponse

from tests.campaign.called_centre import Answer, CalledCentre

CARRIED = "carried"
FATES = (
    CARRIED,
    "lost",
    "cut",
    "changed",
    "twice",
    "answer lost",
    "answer cut",
    "answer ends early",
    *(f"status {status}" for status in (200, 204, 302, 400, 404, 408, 413, 422, 429, 500, 502, 503)),
)
"""A `status` is that of a stranger on the way, such as a proxy: the centre hears nothing."""
_STRANGER = b"<h1>Please come back later.</h1>"


@dataclass(frozen=True, slots=True)
class Said:
    """A request, and what it carried."""

    request: PreparedRequest
    body: bytes


class FatedLine(HTTPAdapter):
    """`said`: every request, whatever became of it."""

    def __init__(self, centre: CalledCentre) -> None:
        super().__init__()
        self._centre = centre
        self._coming: deque[str] = deque()
        self.said: list[Said] = []
        self.spoilt = 0
        self.statuses: set[int] = set()
        """What the centre itself answered to what came as it was said."""

    @contextmanager
    def fated(self, fates: Iterable[str]) -> Iterator[None]:
        """These are the fates of the requests said meanwhile; all behind them are carried."""
        self._coming = deque(fates)
        try:
            yield
        finally:
            self._coming.clear()

    def session(self) -> Session:
        session = Session()
        session.mount("http://", self)
        return session

    def send(self, request: PreparedRequest, *_: Any, **__: Any) -> Response:
        said = Said(request, _body(request))
        self.said.append(said)
        fate = self._coming.popleft() if self._coming else CARRIED
        self.spoilt += fate != CARRIED
        match fate.split():
            case ["carried"]:
                return self._hears(request, self.carry(said))
            case ["lost"]:
                raise LineBroken(fate)
            case ["cut"]:
                self._centre.answer(request, said.body[: len(said.body) // 2], whole=False)
                raise LineBroken(fate)
            case ["changed"]:
                return self._hears(request, self._centre.answer(request, _changed(said.body)))
            case ["twice"]:
                self.carry(said)
                return self._hears(request, self.carry(said))
            case ["answer", "lost"]:
                self.carry(said)
                raise LineBroken(fate)
            case ["answer", *how]:
                return self._hears(request, _shortened(self.carry(said), told=how == ["cut"]))
            case _:
                headers = {"content-type": "text/html", "content-length": str(len(_STRANGER))}
                return self._hears(request, Answer(int(fate.split()[1]), headers, _STRANGER))

    def carry(self, said: Said) -> Answer:
        """As it was said, now."""
        answer = self._centre.answer(said.request, said.body)
        self.statuses.add(answer.status)
        return answer

    def _hears(self, request: PreparedRequest, answer: Answer) -> Response:
        """What of it comes to the kiosk, read by the library that reads it in a hall."""
        raw = HTTPResponse(
            io.BytesIO(answer.body),
            answer.headers,
            answer.status,
            preload_content=False,
            request_method=request.method,
        )
        return self.build_response(request, raw)


def _body(request: PreparedRequest) -> bytes:
    body: Any = request.body or b""
    return bytes(body if isinstance(body, bytes) else body.read())


def _changed(body: bytes) -> bytes:
    """One bit of it, or another where there is none."""
    middle = len(body) // 2
    return body[:middle] + bytes([body[middle] ^ 1]) + body[middle + 1 :] if body else b"?"


def _shortened(answer: Answer, *, told: bool) -> Answer:
    """Its end does not come. When its length was not `told`, that can only be seen by what it says."""
    headers = {name: value for name, value in answer.headers.items() if told or name != "content-length"}
    return Answer(answer.status, headers, answer.body[: len(answer.body) * 2 // 3])
