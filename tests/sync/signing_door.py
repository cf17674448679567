"""A door that signs what comes to it as a kiosk does, and passes it on: so any client of tus may speak to a centre."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

import requests

from sync.signing import KioskKey


class _Door(ThreadingHTTPServer):
    daemon_threads = True
    centre: str
    key: KioskKey
    said: list[tuple[str, int]]


class _Call(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Door

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        self.server.said.append((self.command, len(body)))
        named = {name: value for name, value in self.headers.items() if name.lower() not in ("host", "connection")}
        request = requests.Request(self.command, self.server.centre + self.path, named, data=body).prepare()
        now = datetime.now(UTC)
        self.server.key.sign_request(request, body, now, now)
        to = urlsplit(self.server.centre)
        with closing(HTTPConnection(to.hostname or "", to.port)) as line:
            line.request(self.command, self.path, body, dict(request.headers))
            answer = line.getresponse()
            told = answer.read()
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(told)

    do_OPTIONS = do_HEAD = do_PATCH = do_POST

    def log_message(self, *_: object) -> None:
        """What was said stands in `said`."""


@contextmanager
def signing_door(centre: str, key: KioskKey) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """Its address, and what comes to it: the method of each request, and the bytes it carried."""
    with _Door(("127.0.0.1", 0), _Call) as door:
        door.centre, door.key, door.said = centre, key, []
        thread = Thread(target=door.serve_forever, args=(0.02,), name="door")
        thread.start()
        try:
            yield f"http://127.0.0.1:{door.server_address[1]}", door.said
        finally:
            door.shutdown()
            thread.join()
