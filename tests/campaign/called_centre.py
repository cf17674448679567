"""The centre's real application, called in this process: all that it keeps can be put back to its first day at once."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from anyio.from_thread import BlockingPortal
from requests import PreparedRequest
from starlette.types import Message

from central.app import create_app
from central.database import Database, open_database
from central.enrolment import Enrolments
from central.settings import read_settings
from sync.messages import EnrolmentCode
from tests.campaign.working_day import CARDS

_GROUPS = """
[[group]]
id = "building"
icon = "crane"
name = { ar = "أبني", fr = "Je construis", en = "I am building" }
example = { ar = "رخصة", fr = "Permis", en = "Permits" }
services = ["building-permit", "complaint", "agent"]
review = ["ar", "fr", "en"]
"""
CENTRE_URL = "http://centre.example"


@dataclass(frozen=True, slots=True)
class Answer:
    """As a server sends it."""

    status: int
    headers: dict[str, str]
    body: bytes


class CalledCentre:
    """Its data lie in `data`, its database in `store`."""

    def __init__(self, data: Path, portal: BlockingPortal, now: Callable[[], datetime]) -> None:
        self.data, self.store = data, data / "centre.sqlite"
        self._portal = portal
        self._now = now
        _few_cards(data)
        self._settings = read_settings(data, {})
        self.start()
        self.database: Database = open_database(self._settings.database_url, self._settings.municipality)

    def start(self) -> None:
        """Also again: whatever the process before it had in memory is gone."""
        self._app = create_app(self._settings, self._now)

    def invite(self, kiosk: int) -> EnrolmentCode:
        return Enrolments(self.database, self._settings.secret).invite(kiosk, None, self._now())

    def keep(self, first_day: Path) -> None:
        """What there is now can be put back with `begin_anew`."""
        with closing(sqlite3.connect(self.store)) as now, closing(sqlite3.connect(first_day)) as kept:
            now.backup(kept)

    def begin_anew(self, first_day: Path) -> None:
        with closing(sqlite3.connect(first_day)) as kept, closing(sqlite3.connect(self.store)) as now:
            kept.backup(now)
        for folder in self._settings.documents.iterdir():
            shutil.rmtree(folder)
            folder.mkdir()
        for key in self._settings.seal_keys.glob("[2-9]*.pem"):
            key.unlink()

    def pages(self) -> dict[str, bytes]:
        """Every page it has, by its name."""
        return {path.name: path.read_bytes() for path in self._settings.documents.rglob("?" * 64)}

    def answer(self, request: PreparedRequest, body: bytes, *, whole: bool = True) -> Answer:
        """To what came of a request; when it is not the `whole` of it, the line breaks off behind it."""
        parts: list[Message] = [{"type": "http.request", "body": body, "more_body": not whole}]
        said: list[Message] = []

        async def receive() -> Message:
            return parts.pop() if parts else {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            said.append(message)

        async def called() -> None:
            await self._app(_scope(request), receive, send)

        self._portal.call(called)
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in said[0]["headers"]}
        headers["date"] = format_datetime(self._now(), usegmt=True)  # as the server around it does
        return Answer(said[0]["status"], headers, b"".join(each.get("body", b"") for each in said[1:]))


def _few_cards(data: Path) -> None:
    """The card that is used, and those every town has: the others would be read at each start."""
    cards = data / "cards"
    shutil.copytree(CARDS / "common", cards / "common")
    shutil.copytree(CARDS.with_name("places"), cards.with_name("places"))
    for card in ("agent", "building-permit", "complaint"):
        shutil.copy(CARDS / f"{card}.toml", cards)
    (cards / "common" / "groups.toml").write_text(_GROUPS)
    (data / "centre.toml").write_text(f'catalog = "{cards}"\n')


def _scope(request: PreparedRequest) -> dict[str, Any]:
    path = urlsplit(str(request.url)).path
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.lower().encode(), str(value).encode("latin-1")) for name, value in request.headers.items()],
        "server": ("centre.example", 80),
        "client": ("127.0.0.1", 1),
    }
