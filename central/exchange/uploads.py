"""How scanned pages come, a chunk at a time: the server's side of tus 1.0 (https://tus.io/protocols/resumable-upload).

With its extensions creation, creation-with-upload and expiration. What is not signed of a request is not read.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from email.utils import format_datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from central.changes import note_change
from central.database import Database
from central.documents import WrongPage
from central.exchange.body import TooLarge
from central.exchange.caller import Caller, Callers, signed_body
from central.exchange.refusing import error
from central.uploads import Misplaced, NotBegun, Progress, Upload, Uploads
from sync.messages import CHUNK_TYPE, TUS_VERSION, UPLOADS_PATH, page_metadata, read_page_metadata

_MOST_PAGE_BYTES = 24 * 2**20
"""Twenty times a colour page of 300 dots per inch."""
_OPTIONS = {
    "Tus-Version": TUS_VERSION,
    "Tus-Extension": "creation,creation-with-upload,expiration",
    "Tus-Max-Size": str(_MOST_PAGE_BYTES),
}
_METHODS = ["OPTIONS", "POST", "HEAD", "PATCH"]


class PageUploads:
    """What it answers says `Tus-Resumable`, also when it will not listen: no proxy is taken for it."""

    def __init__(self, database: Database, uploads: Uploads, now: Callable[[], datetime]) -> None:
        self._database = database
        self._uploads = uploads
        self._callers = Callers(database, now)

    def routes(self) -> list[Route]:
        answer = self._marked(self._callers.heard(self._answer))
        return [
            Route(UPLOADS_PATH, answer, methods=_METHODS),
            Route(f"{UPLOADS_PATH}/{{name}}", answer, methods=_METHODS),
        ]

    def _marked(self, answer: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        async def marked(request: Request) -> Response:
            response = await answer(request)
            response.headers["Tus-Resumable"] = TUS_VERSION
            return response

        return marked

    async def _answer(self, caller: Caller, request: Request) -> Response:
        try:
            return await self._do(caller, request)
        except TooLarge:
            return error(413, f"A page is at most {_MOST_PAGE_BYTES >> 20} MB.")
        except NotBegun:
            return error(404, "This kiosk has no such upload: begin it again.")
        except Misplaced:
            return error(409, "This chunk does not belong where the upload stands: ask where it does.")
        except WrongPage:
            return error(422, "This page is not what its name says: its SHA-256 differs.")
        except ValueError:
            return error(400, "What tus 1.0 asks for is missing, wrong or not signed: see docs/protocol.md.")

    async def _do(self, caller: Caller, request: Request) -> Response:
        said = caller.spoken.headers
        method = said.get("x-http-method-override", request.method)
        if method != "OPTIONS" and said.get("tus-resumable") != TUS_VERSION:
            return Response(status_code=412, headers={"Tus-Version": TUS_VERSION})
        match method, request.path_params.get("name"):
            case "OPTIONS", _:
                await signed_body(caller, request, 0)
                return Response(status_code=204, headers=_OPTIONS)
            case "POST", None:
                return await self._begin(caller, request)
            case "HEAD", str(name):
                return await self._find(caller, request, name)
            case "PATCH", str(name):
                return await self._add(caller, request, name)
        return error(405, "An upload is begun with POST, asked for with HEAD, and goes on with PATCH.")

    async def _begin(self, caller: Caller, request: Request) -> Response:
        said = caller.spoken.headers
        length = _count(said.get("upload-length"))
        upload = Upload(caller.known.kiosk.number, read_page_metadata(said.get("upload-metadata", "")), length)
        if length > _MOST_PAGE_BYTES:
            raise TooLarge
        chunk = await signed_body(caller, request, _MOST_PAGE_BYTES)
        if chunk and not _is_chunk(request):
            return _other_type()
        progress = await run_in_threadpool(self._noted, self._uploads.begin, upload, chunk)
        return Response(status_code=201, headers={"Location": f"{UPLOADS_PATH}/{upload.name}", **_told(progress)})

    async def _find(self, caller: Caller, request: Request, name: str) -> Response:
        await signed_body(caller, request, 0)
        upload = Upload.named(caller.known.kiosk.number, name)
        progress = await run_in_threadpool(self._uploads.find, upload)
        of_page = {"Upload-Length": str(upload.length), "Upload-Metadata": page_metadata(upload.sha256)}
        return Response(headers={**of_page, **_told(progress), "Cache-Control": "no-store"})

    async def _add(self, caller: Caller, request: Request, name: str) -> Response:
        upload = Upload.named(caller.known.kiosk.number, name)
        offset = _count(caller.spoken.headers.get("upload-offset"))
        if not _is_chunk(request):
            return _other_type()
        chunk = await signed_body(caller, request, _MOST_PAGE_BYTES)
        progress = await run_in_threadpool(self._noted, self._uploads.add, upload, offset, chunk)
        return Response(status_code=204, headers=_told(progress))

    def _noted(self, do: Callable[..., Progress], *what: Upload | int | bytes) -> Progress:
        progress = do(*what)
        if progress.until is None:
            with self._database.writing() as connection:  # a desk may be waiting to see the page
                note_change(connection, self._database.municipality)
        return progress


def _told(progress: Progress) -> dict[str, str]:
    told = {"Upload-Offset": str(progress.offset)}
    return told if progress.until is None else {**told, "Upload-Expires": format_datetime(progress.until, usegmt=True)}


def _count(told: str | None) -> int:
    """Raises ValueError."""
    if told is None or not told.isdigit():
        raise ValueError(told)
    return int(told)


def _is_chunk(request: Request) -> bool:
    return request.headers.get("Content-Type") == CHUNK_TYPE


def _other_type() -> Response:
    return error(415, f"A chunk is {CHUNK_TYPE}.")
