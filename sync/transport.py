"""The line to the centre: HTTP with `requests`. Whatever goes wrong on the way is one fault; nothing was settled."""

import json
from collections.abc import Sequence
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Protocol

import requests

from sync.messages import (
    DOCUMENTS_PATH,
    EVENTS_PATH,
    FOLLOW_PATH,
    Answer,
    Event,
    Inquiry,
    MessageFault,
    Outcome,
    Unopened,
    Whereabouts,
    read_found,
)

_TIMEOUT_S = (3.05, 20.0)
"""To connect, and between two bytes of the answer."""
_FOLLOW_TIMEOUT_S = (2.0, 5.0)
"""The same, while a person looks at the screen."""


class CentralUnreachable(Exception):
    """The centre gave no answer one can rely on; the same will be sent again. The words are for the technician."""


class KeyUnknown(CentralUnreachable):
    """The centre answers, but not to this kiosk."""


class Transport(Protocol):
    """What the exchange needs of a line. Every method may raise CentralUnreachable."""

    def send_events(self, events: Sequence[Event]) -> tuple[Answer, ...]: ...

    def send_page(self, sha256: str, page: bytes) -> Outcome: ...


class HttpTransport:
    """Talks to `base_url` with this kiosk's key. A test gives a `requests.Session` with an adapter of its own."""

    def __init__(self, base_url: str, key: str, session: requests.Session | None = None) -> None:
        self._base_url = base_url.rstrip("/")
        self._session = session or requests.Session()
        self._session.trust_env = False  # no proxy or netrc of the machine between a kiosk and its centre
        self._session.headers["Authorization"] = f"Bearer {key}"

    def greet(self) -> datetime:
        """Say nothing, to hear whether the centre knows this kiosk; the moment its clock shows, in whole seconds."""
        response = self._send("POST", EVENTS_PATH, b'{"events": []}', "application/json")
        _expect(response, 200)
        try:
            return parsedate_to_datetime(response.headers.get("Date", ""))
        except ValueError:
            raise CentralUnreachable("whatever answered is not the centre: it does not say what time it is") from None

    def send_events(self, events: Sequence[Event]) -> tuple[Answer, ...]:
        body = json.dumps({"events": [event.to_json() for event in events]}, ensure_ascii=False).encode()
        response = self._send("POST", EVENTS_PATH, body, "application/json")
        _expect(response, 200)
        try:
            answers = tuple(Answer.from_json(answer) for answer in response.json()["answers"])
        except (requests.JSONDecodeError, MessageFault, KeyError, TypeError):
            raise CentralUnreachable("whatever answered is not the centre: its answer has another shape") from None
        if [answer.event_id for answer in answers] != [event.id for event in events]:
            raise CentralUnreachable("the centre did not answer every event, in order")
        return answers

    def send_page(self, sha256: str, page: bytes) -> Outcome:
        """Refused means this page will never be taken (it is not what its name says)."""
        response = self._send("PUT", f"{DOCUMENTS_PATH}/{sha256}", page, "image/jpeg")
        if response.status_code in (400, 413, 415, 422):
            return Outcome.REFUSED
        _expect(response, 204)
        return Outcome.ACCEPTED

    def follow(self, inquiry: Inquiry) -> Whereabouts | Unopened:
        """Where a file is, for who holds its receipt. Raises CentralUnreachable within seconds."""
        body = json.dumps(inquiry.to_json()).encode()
        response = self._send("POST", FOLLOW_PATH, body, "application/json", _FOLLOW_TIMEOUT_S)
        _expect(response, 200)
        try:
            return read_found(response.json())
        except (requests.JSONDecodeError, MessageFault):
            raise CentralUnreachable("whatever answered is not the centre: its answer has another shape") from None

    def _send(
        self, method: str, path: str, body: bytes, kind: str, timeout_s: tuple[float, float] = _TIMEOUT_S
    ) -> requests.Response:
        headers = {"Content-Type": kind}
        try:
            return self._session.request(method, self._base_url + path, data=body, headers=headers, timeout=timeout_s)
        except requests.RequestException as fault:
            raise CentralUnreachable(f"no connection to the centre ({type(fault).__name__})") from None


def _expect(response: requests.Response, status: int) -> None:
    if response.status_code in (401, 403):
        raise KeyUnknown("the centre does not know this kiosk's key: enrol the kiosk again")
    if response.status_code != status:
        raise CentralUnreachable(f"the centre answered with status {response.status_code}")
