"""A page goes to the centre in chunks: the client's side of tus 1.0 (https://tus.io/protocols/resumable-upload).

A chunk is what the line carries in about a second: a fact waits no longer behind a scan. Whatever happens on the way
costs one chunk, and the next one is half as large, so that a page arrives on every line that carries anything at all.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from sync.messages import CHUNK_TYPE, UPLOADS_PATH, Outcome, page_metadata
from sync.pace import Pace

FIRST_BYTES = 256 * 2**10
LEAST_BYTES = 32 * 2**10
MOST_BYTES = 4 * 2**20
_CHUNK_S = 1.0
_GONE = (403, 404, 410)
_NEVER = (400, 413, 415, 422)
"""This page will not be taken, however often it is sent."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a tus server answered: it has `offset` bytes of the page, whose upload goes on at `path`."""

    status: int
    offset: int
    path: str


class Ask(Protocol):
    """One request. Raises CentralUnreachable unless a tus server answers it with one of those statuses."""

    def __call__(
        self, method: str, path: str, body: bytes, headers: dict[str, str], statuses: tuple[int, ...]
    ) -> Told: ...


@dataclass(frozen=True, slots=True)
class Sent:
    """`outcome` of a page, None while there is more of it to send; then it goes on at `path`."""

    outcome: Outcome | None
    path: str = ""


class Uploader:
    """Sends pages, one chunk each time it is asked."""

    def __init__(self, ask: Ask, pace: Pace, clock: Callable[[], float] = time.monotonic) -> None:
        self._ask = ask
        self._pace = pace
        self._clock = clock
        self._chunk_bytes = FIRST_BYTES
        self._most_bytes = MOST_BYTES
        """As much as the line was not seen to fail with."""
        self._last: Told | None = None
        """Where the page stands that was sent last; None when nobody knows."""

    def send(self, sha256: str, page: bytes, path: str) -> Sent:
        """The next chunk of a page whose upload is at `path`, empty when none was begun. Raises CentralUnreachable."""
        told = self._where(path) if path else None
        if told is None:
            headers = {"Upload-Length": str(len(page)), "Upload-Metadata": page_metadata(sha256)}
            told = self._carry("POST", UPLOADS_PATH, page, 0, headers)
        elif told.offset < len(page):
            told = self._carry("PATCH", path, page, told.offset, {"Upload-Offset": str(told.offset)})
        if told.status in _NEVER:
            return Sent(Outcome.REFUSED)
        if told.offset < len(page):
            self._last = told
            return Sent(None, told.path)
        self._most_bytes = min(2 * self._most_bytes, MOST_BYTES)  # the line may have become a better one
        return Sent(Outcome.ACCEPTED)

    def _where(self, path: str) -> Told | None:
        """None when the upload is no more."""
        if self._last is not None and self._last.path == path:
            return self._last
        told = self._ask("HEAD", path, b"", {}, (200, 204, *_GONE))
        return None if told.status in _GONE else told

    def _carry(self, method: str, path: str, page: bytes, offset: int, headers: dict[str, str]) -> Told:
        size, most = self._chunk_bytes, self._most_bytes
        chunk = page[offset : offset + int(min(size, max(LEAST_BYTES, self._pace.portion(_CHUNK_S))))]
        self._last = None  # taken for lost until the answer is there
        self._chunk_bytes = self._most_bytes = max(size // 2, LEAST_BYTES)
        self._pace.spend(len(chunk))
        begun_at = self._clock()
        told = self._ask(method, path, chunk, {**headers, "Content-Type": CHUNK_TYPE}, (201, 204, *_NEVER))
        carries = int(len(chunk) / (self._clock() - begun_at) * _CHUNK_S)
        self._chunk_bytes = size if len(chunk) < size else min(max(carries, LEAST_BYTES), 2 * size, most)
        self._most_bytes = most
        return told
