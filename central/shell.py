"""What surrounds every page: headers that keep secrets in, errors in plain words, the shared files."""

import logging
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from central.pages import Pages

_log = logging.getLogger(__name__)

_HERE = Path(__file__).parent
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
_SECRET_PATH = re.compile(r"^/(T|V)/[^/?]*", re.IGNORECASE)


class SafeHeaders:
    """No third party, no trace of an address elsewhere, nothing kept in a cache but the shared files."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if "/static/" in scope["path"]:
                    headers["Cache-Control"] = "no-cache"
            await send(message)

        await self._app(scope, receive, send_safely if scope["type"] == "http" else send)


class WithoutSecrets(logging.Filter):
    """The access log says that somebody followed a dossier, never which: a token in a log opens it."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple) and len(record.args) == 5:
            client, method, path, version, status = record.args
            plain = _SECRET_PATH.sub(r"/\1/…", str(path).split("?")[0])
            record.args = (client, method, plain, version, status)
        return True


def error_handlers(pages: Pages) -> Mapping[Any, Callable[[Request, Exception], Response]]:
    """Plain sentences for what goes wrong; the details stay in the log."""

    def told(request: Request, status: int, sentence: str) -> Response:
        if request.url.path.startswith("/exchange/"):
            return JSONResponse({"error": sentence}, status)
        return pages.render(request, "error.html", {"status": status}, status=status)

    def known(request: Request, fault: Exception) -> Response:
        status = fault.status_code if isinstance(fault, HTTPException) else 500
        sentence = "There is nothing at this address." if status == 404 else "This was not understood."
        return told(request, status, sentence)

    def world(request: Request, fault: Exception) -> Response:
        _log.error("the disk or the database failed: %s", type(getattr(fault, "orig", fault)).__name__)
        return told(request, 503, "The centre cannot do this now: send it again later.")

    def gone(_request: Request, _fault: Exception) -> Response:
        return Response(status_code=400)  # nobody hears it: the line broke in the middle of a sentence

    def bug(request: Request, _fault: Exception) -> Response:
        return told(request, 500, "The centre failed: send it again later.")

    return {HTTPException: known, DBAPIError: world, OSError: world, ClientDisconnect: gone, Exception: bug}


def static_files() -> list[Mount]:
    """The files shared by all faces, and each face's own where it has some."""
    folders = [("/static", _HERE / "static"), *((f"/{face}/static", _HERE / face / "static") for face in _FACES)]
    return [Mount(path, StaticFiles(directory=folder)) for path, folder in folders if folder.is_dir()]


_FACES = ("desk", "board", "public")
