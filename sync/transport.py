"""The line to the centre: HTTP with `requests`. Whatever goes wrong on the way is one fault; nothing was settled."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from urllib.parse import urljoin, urlsplit

import orjson

from civic.reuse import HeldPaper
from sync.later import Later
from sync.messages import (
    AGENT_PATH,
    CARDS_PATH,
    CHANGES_PATH,
    ENROLMENT_PATH,
    EVENTS_PATH,
    FOLLOW_PATH,
    GREETING_PATH,
    HELP_PATH,
    LONGEST_WAIT_S,
    NUMBERS_PATH,
    PAPERS_PATH,
    SEAL_PATH,
    TUS_VERSION,
    Answer,
    Batch,
    Changes,
    ChangesWanted,
    Enrolment,
    Inquiry,
    MessageFault,
    NumbersGiven,
    Refusal,
    SealOffer,
    SignedIn,
    SignIn,
    Unopened,
    Whereabouts,
    help_to_json,
    read_coming,
    read_found,
    read_held,
    read_signed_in,
)
from sync.pace import Pace
from sync.signing import KioskKey
from sync.upload import Sent, Told, Uploader

if TYPE_CHECKING:
    import requests
else:
    requests = Later("requests")

Said = TypeVar("Said")
_TIMEOUT_S = (3.05, 20.0)
"""To connect, and between two bytes of the answer."""
_FOLLOW_TIMEOUT_S = (2.0, 5.0)
"""The same, while a person looks at the screen."""
_LISTEN_TIMEOUT_S = (3.05, LONGEST_WAIT_S + 10.0)
"""The same, while the centre keeps a question open until there is something new."""
_PIECE = 64 * 1024
_JSON = {"Content-Type": "application/json"}
_OTHER_SHAPE = "whatever answered is not the centre: its answer has another shape"


class CentralUnreachable(Exception):
    """The centre gave no answer one can rely on; the same will be sent again. The words are for the technician."""


class KeyUnknown(CentralUnreachable):
    """The centre answers, but not to this kiosk."""


class Refused(CentralUnreachable):
    """The centre listened and would have none of the whole request. The words are its own."""

    def __init__(self, refusal: Refusal, words: str) -> None:
        super().__init__(words)
        self.refusal = refusal


class Transport(Protocol):
    """What the exchange needs of a line. Every method may raise CentralUnreachable."""

    def send_batch(self, batch: Batch) -> tuple[Answer, ...]: ...

    @property
    def rest_s(self) -> float:
        """How long the line is not to be used for pages."""
        ...

    def send_page(self, sha256: str, page: bytes, path: str) -> Sent:
        """A chunk of it; `path` is where its upload goes on, empty when none was begun."""
        ...


def _now() -> datetime:
    return datetime.now(UTC)


class HttpTransport:
    """Talks to `base_url`. A test gives a `requests.Session` with an adapter of its own.

    `find_key` gives this kiosk's key, None while it has none; it is asked each time, so that a kiosk enrolled while it
    runs is known at once. May raise OSError. `pages_kbit_s`: how fast pages may go, at most.
    """

    def __init__(
        self,
        base_url: str,
        find_key: Callable[[], KioskKey | None],
        session: requests.Session | None = None,
        now: Callable[[], datetime] = _now,
        pages_kbit_s: int | None = None,
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._find_key = find_key
        self._given = session
        self._now = now
        self._behind = timedelta(0)
        """What must be added to this machine's clock to say the centre's time; known once the centre complained."""
        self._pace = Pace(pages_kbit_s)
        self._uploader = Uploader(self._ask_about_page, self._pace)

    @cached_property
    def _session(self) -> requests.Session:
        session = self._given or requests.Session()
        session.trust_env = False  # no proxy or netrc of the machine between a kiosk and its centre
        return session

    def greet(self) -> datetime:
        """Say nothing, to hear whether the centre knows this kiosk; the moment its clock shows, in whole seconds."""
        response = self._send("GET", GREETING_PATH, b"", {})
        _expect(response, 204)
        return _clock_of(response)

    def enrol(self, enrolment: Enrolment) -> SealOffer:
        """Ask to be known by the key that signs this; the town's seal. Raises Refused when the code is not good."""
        response = self._send("POST", ENROLMENT_PATH, orjson.dumps(enrolment.to_json()), _JSON)
        return _understood(response, SealOffer.from_json)

    def ask_seal(self) -> SealOffer:
        """The town's seal of today. Nothing of it is believed yet."""
        return _understood(self._send("GET", SEAL_PATH, b"", {}), SealOffer.from_json)

    def ask_numbers(self) -> NumbersGiven:
        """The highest numbers of this kiosk that the centre knows of."""
        response = self._send("GET", NUMBERS_PATH, b"", {})
        _expect(response, 200)
        try:
            return NumbersGiven.from_json(response.json())
        except (requests.JSONDecodeError, MessageFault):
            raise CentralUnreachable(_OTHER_SHAPE) from None

    def send_batch(self, batch: Batch) -> tuple[Answer, ...]:
        """Raises Refused when the batch as a whole was not believed: then no event of it was applied."""
        key = self._key()
        body = orjson.dumps(batch.to_json(key.sign(batch.head.statement())))
        response = self._send("POST", EVENTS_PATH, gzip.compress(body, mtime=0), {**_JSON, "Content-Encoding": "gzip"})
        _expect(response, 200)
        try:
            answers = tuple(Answer.from_json(answer) for answer in response.json()["answers"])
        except (requests.JSONDecodeError, MessageFault, KeyError, TypeError):
            raise CentralUnreachable(_OTHER_SHAPE) from None
        if [answer.event_id for answer in answers] != [each.id for each in batch.links]:
            raise CentralUnreachable("the centre did not answer every event, in order")
        return answers

    @property
    def rest_s(self) -> float:
        """How long a chunk of a page must wait, so that they do not go faster than they may."""
        return self._pace.rest_s

    def send_page(self, sha256: str, page: bytes, path: str) -> Sent:
        """A chunk of it. Refused means this page will never be taken (it is not what its name says)."""
        return self._uploader.send(sha256, page, path)

    def follow(self, inquiry: Inquiry) -> Whereabouts | Unopened:
        """Where a file is, for who holds its receipt. Raises CentralUnreachable within seconds."""
        response = self._send("POST", FOLLOW_PATH, orjson.dumps(inquiry.to_json()), _JSON, _FOLLOW_TIMEOUT_S)
        return _understood(response, read_found)

    def papers(self, inquiry: Inquiry) -> tuple[HeldPaper, ...] | Unopened:
        """What an earlier file holds, for who has its receipt. Raises CentralUnreachable within seconds."""
        response = self._send("POST", PAPERS_PATH, orjson.dumps(inquiry.to_json()), _JSON, _FOLLOW_TIMEOUT_S)
        return _understood(response, read_held)

    def call_agent(self, *, wanted: bool) -> bool:
        """Ask for an agent, or say that nobody needs one any more. Whether one is coming. Raises CentralUnreachable."""
        response = self._send("POST", HELP_PATH, orjson.dumps(help_to_json(wanted)), _JSON, _FOLLOW_TIMEOUT_S)
        return _understood(response, read_coming)

    def sign_in(self, asked: SignIn) -> SignedIn | None:
        """The agent as the desk knows them, None when name or password was wrong. Raises CentralUnreachable."""
        response = self._send("POST", AGENT_PATH, orjson.dumps(asked.to_json()), _JSON, _FOLLOW_TIMEOUT_S)
        return _understood(response, read_signed_in)

    def changes(self, cursor: str, agents: Mapping[str, str] | None = None) -> Changes:
        """What is new after that cursor; while nothing is, the answer comes once something is, or half a minute later.

        `agents`: see `ChangesWanted`. Raises KeyUnknown when the centre listens to this kiosk no more.
        """
        body = orjson.dumps(ChangesWanted(cursor, LONGEST_WAIT_S, agents or {}).to_json())
        response = self._send("POST", CHANGES_PATH, body, _JSON, _LISTEN_TIMEOUT_S)
        return _understood(response, Changes.from_json)

    def ask_cards(self, sha256: str, most: int) -> bytes:
        """What the centre gives under that name; of what is longer than `most` bytes no more than one above it.

        Nothing of it is believed yet.
        """
        with self._send("GET", f"{CARDS_PATH}/{sha256}", b"", {}, stream=True) as response:
            _expect(response, 200)
            given = b""
            try:
                for piece in response.iter_content(_PIECE):
                    given += piece
                    if len(given) > most:
                        break
            except requests.RequestException as fault:
                raise CentralUnreachable(f"the line broke while it spoke ({type(fault).__name__})") from None
        return given[: most + 1]

    def _ask_about_page(
        self, method: str, path: str, body: bytes, headers: dict[str, str], statuses: tuple[int, ...]
    ) -> Told:
        response = self._send(method, path, body, {**headers, "Tus-Resumable": TUS_VERSION})
        by_tus = response.headers.get("Tus-Resumable") == TUS_VERSION  # else it is a proxy's word
        _expect(response, *(statuses if by_tus else ()))
        try:
            offset = int(response.headers.get("Upload-Offset", "0"))
        except ValueError:
            raise CentralUnreachable(_OTHER_SHAPE) from None
        location = urljoin(self._base_url + path, response.headers.get("Location", ""))
        return Told(response.status_code, offset, urlsplit(location).path)

    def _send(
        self,
        method: str,
        path: str,
        body: bytes,
        headers: dict[str, str],
        timeout_s: tuple[float, float] = _TIMEOUT_S,
        *,
        stream: bool = False,
    ) -> requests.Response:
        """Once; and once more with the centre's time, when this machine's clock is too far from it."""
        response = self._send_signed(method, path, body, headers, timeout_s, stream)
        if _refusal(response) is Refusal.CLOCK:
            self._behind = _clock_of(response) - self._now()
            response = self._send_signed(method, path, body, headers, timeout_s, stream)
        return response

    def _send_signed(
        self,
        method: str,
        path: str,
        body: bytes,
        headers: dict[str, str],
        timeout_s: tuple[float, float],
        stream: bool,
    ) -> requests.Response:
        # In small pieces: of bytes all at once, `requests` would have to be rid within the time to connect.
        data = BytesIO(body) if body else None
        asked = requests.Request(method, self._base_url + path, headers, data=data)
        clock = self._now()
        try:
            request = self._session.prepare_request(asked)
            self._key().sign_request(request, body, clock + self._behind, clock)
            return self._session.send(request, timeout=timeout_s, allow_redirects=False, stream=stream)
        except requests.RequestException as fault:
            raise CentralUnreachable(f"no connection to the centre ({type(fault).__name__})") from None

    def _key(self) -> KioskKey:
        try:
            key = self._find_key()
        except OSError as fault:
            raise CentralUnreachable(f"this user may not read the kiosk's key ({fault.strerror})") from None
        if key is None:
            raise KeyUnknown("this kiosk has no key yet: enrol it")
        return key


def _expect(response: requests.Response, *statuses: int) -> None:
    if response.status_code in statuses:
        return
    refusal = _refusal(response)
    if refusal is Refusal.STRANGER:
        raise KeyUnknown("the centre does not know this kiosk's key: enrol the kiosk again")
    if refusal is not None:
        raise Refused(refusal, str(_said(response).get("error", refusal.value)))
    raise CentralUnreachable(f"the centre answered with status {response.status_code}")


def _understood(response: requests.Response, read: Callable[[Any], Said]) -> Said:
    """What it says, when the centre said it."""
    _expect(response, 200)
    try:
        return read(response.json())
    except (requests.JSONDecodeError, MessageFault):
        raise CentralUnreachable(_OTHER_SHAPE) from None


def _refusal(response: requests.Response) -> Refusal | None:
    """Why the centre itself would not listen; None when it did, or when something else answered."""
    if response.ok:
        return None
    in_header = response.headers.get("WWW-Authenticate", "").partition('refusal="')[2].rstrip('"')
    try:
        return Refusal(_said(response).get("refusal", in_header))
    except ValueError:
        return None


def _said(response: requests.Response) -> dict[str, Any]:
    """Empty when it says nothing, as every answer to HEAD, or when it is something else."""
    try:
        said: Any = response.json()
    except requests.JSONDecodeError:
        return {}
    return said if isinstance(said, dict) else {}


def _clock_of(response: requests.Response) -> datetime:
    """In whole seconds. Raises CentralUnreachable."""
    try:
        return parsedate_to_datetime(response.headers.get("Date", "")).astimezone(UTC)
    except ValueError:
        raise CentralUnreachable("whatever answered is not the centre: it does not say what time it is") from None
