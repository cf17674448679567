"""The line between a kiosk and its centre does its worst, and in the end every fact is there once.

It comes late, in crumbs, twice, behind what was said later, in part or not at all, and so does the answer.
"""

import asyncio
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

from anyio.from_thread import BlockingPortal, start_blocking_portal

from kiosk.own_centre import OwnCentre
from kiosk.store.database import open_store
from kiosk.store.key_file import KeyFile
from sync.transport import CentralUnreachable, HttpTransport
from tests.campaign.tally import Tally
from tests.campaign.word import Word
from tests.campaign.working_day import LARGE_PAGE_BYTES, PAGE_BYTES, Kiosk

_FATES = (
    *("lost", "kept back", "cut", "twice", "late", "in crumbs"),
    *("answer lost", "answer cut", "answer in crumbs", "stranger", "broken"),
)
_STRANGER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 20\r\n\r\n<h1>Please pay.</h1>"
_BROKEN = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_LATEST_S = 0.2
_CRUMB_BYTES, _BETWEEN_CRUMBS_S = 97, 0.002
_LARGE_EVERY = 5
"""Visits with a page that goes in several chunks."""


class HostileLine:
    """A proxy to `centre`, of one loop: it does to each request what chance will have, until it is `honest`.

    `url` is its near end once it is open. Counts what it has `spoilt`.
    """

    def __init__(self, centre: str, chance: Random) -> None:
        address = urlsplit(centre)
        self._centre = (address.hostname or "", address.port or 0)
        self._chance = chance
        self._kept_back: list[bytes] = []
        self.honest = False
        self.spoilt = 0

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._calls, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def close(self) -> None:
        self._server.close()

    async def let_go(self) -> None:
        """What was kept back arrives, after what was said later."""
        while self._kept_back:
            await self._carry(self._kept_back.pop())

    async def _calls(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        """One connection, until either end has enough or a request has met its fate."""
        with closing(back), suppress(OSError, asyncio.IncompleteReadError):
            while await self._met("carried" if self._is_well() else self._chance.choice(_FATES), near, back):
                pass

    def _is_well(self) -> bool:
        return self.honest or self._chance.random() < 0.3

    async def _met(self, fate: str, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> bool:
        """Whether the next request got through unharmed."""
        answer = await self._heard(fate, await _read(near))
        match fate:
            case "answer lost":
                pass
            case "answer cut":
                await _say(back, answer[: self._chance.randrange(len(answer))])
            case _:
                await _say(back, answer, in_crumbs=fate == "answer in crumbs")
        self.spoilt += fate != "carried"
        return fate == "carried"

    async def _heard(self, fate: str, request: bytes) -> bytes:
        """What is answered to it, when it is."""
        match fate:
            case "lost":
                return b""
            case "kept back":
                self._kept_back.append(request)
                return b""
            case "cut":
                await self._carry_some(request[: self._chance.randrange(len(request))])
                return b""
            case "stranger":
                return _STRANGER
            case "broken":
                return _BROKEN
            case "twice":
                await self._carry(request)
            case "late":
                await asyncio.sleep(self._chance.random() * _LATEST_S)
        return await self._carry(request, in_crumbs=fate == "in crumbs")

    async def _carry(self, request: bytes, *, in_crumbs: bool = False) -> bytes:
        """The centre's whole answer. Raises OSError, IncompleteReadError."""
        answer, on = await asyncio.open_connection(*self._centre)
        with closing(on):
            await _say(on, request, in_crumbs=in_crumbs)
            return await _read(answer, bodiless=request.startswith(b"HEAD "))

    async def _carry_some(self, part: bytes) -> None:
        _, on = await asyncio.open_connection(*self._centre)
        with closing(on):
            await _say(on, part)


async def _read(stream: asyncio.StreamReader, *, bodiless: bool = False) -> bytes:
    """A whole request, or answer; one to HEAD is `bodiless`, whatever length it tells. Raises IncompleteReadError."""
    head = await stream.readuntil(b"\r\n\r\n")
    length = None if bodiless else _LENGTH.search(head)
    return head + await stream.readexactly(int(length[1]) if length else 0)


async def _say(stream: asyncio.StreamWriter, what: bytes, *, in_crumbs: bool = False) -> None:
    size = _CRUMB_BYTES if in_crumbs else len(what) + 1
    for start in range(0, len(what), size):
        stream.write(what[start : start + size])
        await stream.drain()
        if in_crumbs:
            await asyncio.sleep(_BETWEEN_CRUMBS_S)


@contextmanager
def _spoiling(centre: str, chance: Random) -> Iterator[tuple[HostileLine, BlockingPortal]]:
    line = HostileLine(centre, chance)
    with start_blocking_portal() as portal:
        portal.call(line.open)
        try:
            yield line, portal
        finally:
            portal.call(line.close)


def spoil_line(folder: Path, visits: int, seed: int) -> Tally:
    """A day of so many visits on a line that spoils most of what is said; at night it is well."""
    word = Word()
    chance = Random(seed)  # noqa: S311  repeatable is what it must be
    data = folder / "kiosk"
    with OwnCentre(folder / "centre") as centre:
        centre.enrol(14, data)
        with _spoiling(centre.url, chance) as (line, portal), closing(open_store(data / "kiosk.sqlite")) as store:
            kiosk = Kiosk(data, store)
            transport = HttpTransport(line.url, KeyFile(data).read)
            for nth in range(visits):
                kiosk.serve(word.hear, LARGE_PAGE_BYTES if nth % _LARGE_EVERY == 0 else PAGE_BYTES)
                with suppress(CentralUnreachable):
                    kiosk.tell(transport)
                if chance.random() < 0.3:
                    portal.call(line.let_go)
            line.honest = True
            portal.call(line.let_go)
            kiosk.tell(transport)
            spoilt = line.spoilt
    return word.known_to(folder / "centre", spoilt)
