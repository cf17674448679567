"""The line between a kiosk and its centre does its worst, and in the end every fact is there once."""

import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

from kiosk.own_centre import OwnCentre
from kiosk.store.database import open_store
from kiosk.store.key_file import KeyFile
from sync.transport import CentralUnreachable, HttpTransport
from tests.campaign.tally import Tally
from tests.campaign.word import Word
from tests.campaign.working_day import Kiosk

_STRANGER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 20\r\n\r\n<h1>Please pay.</h1>"


class HostileLine(ThreadingHTTPServer):
    """Carries requests to `centre`, and does to each what chance will have, until `honest`. `url` is its near end."""

    daemon_threads = True

    def __init__(self, centre: str, chance: Random) -> None:
        super().__init__(("127.0.0.1", 0), _Call)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.honest = False
        self.spoilt = 0
        self._chance = chance
        self._address = urlsplit(centre)
        self._kept_back: list[tuple[str, str, dict[str, str], bytes]] = []

    def fate(self) -> str:
        """Of the next request."""
        if self.honest or self._chance.random() < 0.3:
            return "carried"
        self.spoilt += 1
        return self._chance.choice(
            ("lost", "kept back", "cut", "twice", "answer lost", "answer cut", "answer slow", "stranger", "broken")
        )

    def carry(self, method: str, path: str, headers: dict[str, str], body: bytes) -> bytes:
        """The centre's whole answer. Raises OSError, HTTPException."""
        with closing(HTTPConnection(self._address.hostname or "", self._address.port, timeout=60)) as connection:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            said = answer.read()
        named = "".join(f"{name}: {value}\r\n" for name, value in answer.getheaders() if name.lower() != "connection")
        return f"HTTP/1.1 {answer.status} {answer.reason}\r\n{named}\r\n".encode() + said

    def cut(self, method: str, path: str, headers: dict[str, str], body: bytes) -> None:
        """Half of it reaches the centre, then nothing more."""
        with closing(HTTPConnection(self._address.hostname or "", self._address.port)) as connection:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders(body[: len(body) // 2])

    def keep_back(self, *request: Any) -> None:
        self._kept_back.append(request)

    def let_go(self) -> None:
        """What was kept back arrives, after what was said later."""
        while self._kept_back:
            self.carry(*self._kept_back.pop())


class _Call(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: HostileLine

    def do_GET(self) -> None:
        line = self.server
        request = (
            self.command,
            self.path,
            dict(self.headers),
            self.rfile.read(int(self.headers["Content-Length"] or 0)),
        )
        fate = line.fate()
        self.close_connection = fate != "carried"
        try:
            match fate:
                case "lost":
                    pass
                case "kept back":
                    line.keep_back(*request)
                case "cut":
                    line.cut(*request)
                case "stranger":
                    self.wfile.write(_STRANGER)
                case "broken":
                    self.send_error(502)
                case _:
                    if fate == "twice":
                        line.carry(*request)
                    self._answer(line.carry(*request), fate)
        except (OSError, HTTPException):
            self.close_connection = True

    do_POST = do_PUT = do_GET

    def _answer(self, answer: bytes, fate: str) -> None:
        match fate:
            case "answer lost":
                pass
            case "answer cut":
                self.wfile.write(answer[: len(answer) * 2 // 3])
            case "answer slow":
                for start in range(0, len(answer), 97):
                    self.wfile.write(answer[start : start + 97])
                    time.sleep(0.002)
            case _:
                self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """What it does is in the tally."""


@contextmanager
def _spoiling(centre: str, chance: Random) -> Iterator[HostileLine]:
    with HostileLine(centre, chance) as line:
        thread = threading.Thread(target=line.serve_forever, args=(0.02,), name="line")
        thread.start()
        try:
            yield line
        finally:
            line.shutdown()
            thread.join()


def spoil_line(folder: Path, visits: int, seed: int) -> Tally:
    """A day of so many visits on a line that spoils most of what is said; at night it is well."""
    word = Word()
    chance = Random(seed)  # noqa: S311  repeatable is what it must be
    data = folder / "kiosk"
    with OwnCentre(folder / "centre") as centre:
        centre.enrol(14, data)
        with _spoiling(centre.url, chance) as line, closing(open_store(data / "kiosk.sqlite")) as store:
            kiosk = Kiosk(data, store)
            transport = HttpTransport(line.url, KeyFile(data).read)
            for _ in range(visits):
                kiosk.serve(word.hear)
                with suppress(CentralUnreachable):
                    kiosk.tell(transport)
                if chance.random() < 0.3:
                    line.let_go()
            line.honest = True
            line.let_go()
            kiosk.tell(transport)
            spoilt = line.spoilt
    return word.known_to(folder / "centre", spoilt)
