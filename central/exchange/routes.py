"""The addresses of `sync.messages`, for kiosks that hold a key."""

import json
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from central.changes import note_change
from central.database import Database
from central.documents import PageFolder, WrongPage
from central.exchange.whereabouts import Follower
from central.ingest import Ingest
from central.kiosks import Kiosk, find_kiosk
from sync.messages import DOCUMENTS_PATH, EVENTS_PATH, FOLLOW_PATH, read_inquiry

_MOST_EVENTS_BYTES = 8 * 2**20
_MOST_PAGE_BYTES = 24 * 2**20
"""Twenty times a colour page of 300 dots per inch."""
_MOST_INQUIRY_BYTES = 4096


class _TooLarge(Exception):
    """The body is larger than anything a kiosk has to say."""


class Exchange:
    """Answers kiosks. A refusal of the whole request is a status and `{"error": sentence}`."""

    def __init__(self, database: Database, ingest: Ingest, pages: PageFolder, follower: Follower) -> None:
        self._database = database
        self._ingest = ingest
        self._pages = pages
        self._follower = follower

    def routes(self) -> list[Route]:
        return [
            Route(EVENTS_PATH, self.receive_events, methods=["POST"]),
            Route(f"{DOCUMENTS_PATH}/{{sha256}}", self.receive_page, methods=["PUT"]),
            Route(FOLLOW_PATH, self.receive_inquiry, methods=["POST"]),
        ]

    async def receive_events(self, request: Request) -> Response:
        kiosk = await self._kiosk(request)
        if kiosk is None:
            return _stranger()
        try:
            messages = _messages(await _body(request, _MOST_EVENTS_BYTES))
        except _TooLarge:
            return _error(413, "These events are too large: send fewer at once.")
        except (ValueError, RecursionError):
            return _error(400, 'The body must be JSON: {"events": [event, …]}.')
        answers = await run_in_threadpool(self._ingest.receive, kiosk, messages)
        return JSONResponse({"answers": [answer.to_json() for answer in answers]})

    async def receive_page(self, request: Request) -> Response:
        if await self._kiosk(request) is None:
            return _stranger()
        try:
            page = await _body(request, _MOST_PAGE_BYTES)
            await run_in_threadpool(self._keep, request.path_params["sha256"], page)
        except _TooLarge:
            return _error(413, f"A page is at most {_MOST_PAGE_BYTES >> 20} MB.")
        except WrongPage:
            return _error(422, "This page is not what its name says: its SHA-256 differs.")
        return Response(status_code=204)

    async def receive_inquiry(self, request: Request) -> Response:
        """Somebody stands at a kiosk with a receipt. What they showed is in no address and no log."""
        if await self._kiosk(request) is None:
            return _stranger()
        try:
            inquiry = read_inquiry(json.loads(await _body(request, _MOST_INQUIRY_BYTES)))
            found = await run_in_threadpool(self._follower.follow, inquiry)
        except _TooLarge:
            return _error(413, "An inquiry is a token, or a reference and a PIN.")
        except (ValueError, RecursionError):
            return _error(400, 'The body must be JSON: {"token": …} or {"reference": …, "pin": …}.')
        return JSONResponse(found.to_json(), headers={"Cache-Control": "no-store"})

    def _keep(self, sha256: str, page: bytes) -> None:
        self._pages.put(sha256, page)
        with self._database.writing() as connection:  # a desk may be waiting to see it
            note_change(connection, self._database.municipality)

    async def _kiosk(self, request: Request) -> Kiosk | None:
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not key:
            return None
        return await run_in_threadpool(find_kiosk, self._database, key.strip())


async def _body(request: Request, most: int) -> bytes:
    """The whole body, never more than `most` bytes of it in memory. Raises _TooLarge."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise _TooLarge
    return bytes(body)


def _messages(body: bytes) -> list[Any]:
    """Raises ValueError."""
    said = json.loads(body)
    messages: Any = said.get("events") if isinstance(said, dict) else None
    if isinstance(messages, list):
        return messages
    raise ValueError


def _stranger() -> Response:
    return JSONResponse(
        {"error": "This kiosk's key is not known: enrol the kiosk again."}, 401, {"WWW-Authenticate": "Bearer"}
    )


def _error(status: int, sentence: str) -> Response:
    return JSONResponse({"error": sentence}, status)
