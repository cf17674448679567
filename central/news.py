"""Telling open pages that something changed: one look at the database for all of them, five times a second."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable

from sqlalchemy.exc import DBAPIError
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from central.changes import changed_dossiers
from central.database import Database

_log = logging.getLogger(__name__)

_LOOK_S = 0.2
_KEEP_ALIVE_S = 15.0
"""A line says nothing at least this often, so that a proxy or a phone that left is noticed."""


class News:
    """The listeners of this process. Lives on the event loop; `watch` runs as one task beside the requests."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._listeners: dict[asyncio.Queue[int | None], str | None] = {}
        self._last = 0
        self._closed = False

    async def watch(self, before: Callable[[], object]) -> None:
        """Look for changes until closed. A database out of reach is waited for.

        `before` is done, where it may take its time, before anybody hears of a change.
        """
        reachable = True
        while not self._closed:
            try:
                last, changed = await run_in_threadpool(self._look, before)
            except DBAPIError as fault:
                if reachable:
                    _log.warning("the database does not answer: %s", type(fault.orig).__name__)
                reachable = False
            else:
                reachable = True
                if last != self._last:
                    self._last = last
                    for listener, reference in self._listeners.items():
                        if reference is None or reference in changed:
                            listener.put_nowait(last)
            await asyncio.sleep(_LOOK_S)

    def _look(self, before: Callable[[], object]) -> tuple[int, frozenset[str]]:
        last, changed = changed_dossiers(self._database, self._last)
        if last != self._last:
            before()
        return last, changed

    def close(self) -> None:
        """End every stream: the centre is about to stop."""
        self._closed = True
        for listener in self._listeners:
            listener.put_nowait(None)

    async def past(self, change: int, most_s: float) -> None:
        """Return as soon as something changed after that change; at most so many seconds later, or at the end."""
        listener: asyncio.Queue[int | None] = asyncio.Queue()
        self._listeners[listener] = None
        try:
            async with asyncio.timeout(most_s):
                while self._last <= change and not self._closed:
                    await listener.get()
        except TimeoutError:
            return
        finally:
            del self._listeners[listener]

    def stream(self, reference: str | None) -> StreamingResponse:
        """Server-sent events: the number of each change of that dossier (None: of anything), from the last one on."""
        return StreamingResponse(self._events(reference), media_type="text/event-stream")

    async def _events(self, reference: str | None) -> AsyncIterator[str]:
        listener: asyncio.Queue[int | None] = asyncio.Queue()
        self._listeners[listener] = reference
        try:
            yield f"data: {self._last}\n\n"
            while not self._closed:
                try:
                    change = await asyncio.wait_for(listener.get(), _KEEP_ALIVE_S)
                except TimeoutError:
                    yield ":\n\n"
                    continue
                if change is not None:
                    yield f"data: {change}\n\n"
        finally:
            del self._listeners[listener]
