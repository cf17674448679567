"""Invented citizens, agents and kiosks, and what they say to the centre."""

import json
import secrets
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import numpy as np
import requests

from central.database import Database
from central.enrolment import Enrolments
from central.kiosks import HALL
from civic.dossier import Applicant, Document
from civic.language import Language
from civic.reference import Reference
from civic.remark import Remark
from civic.ticket import HeldBy
from civic.tracking import TrackingKey
from kiosk.page.pixels import encode
from sync.messages import (
    CHUNK_TYPE,
    EVENTS_PATH,
    TUS_VERSION,
    UPLOADS_PATH,
    Batch,
    DossierDeposited,
    Enrolment,
    Event,
    Fact,
    TicketHeld,
    TicketVoided,
    first_hash,
    page_metadata,
    seal_words,
)
from sync.sealing import Seal
from sync.signing import KioskKey

PASSWORD = "olive-tree-2026"


def enrol_kiosk(database: Database, number: int = 14, site: str = HALL) -> KioskKey:
    """The key by which that kiosk is known from now on."""
    enrolments, key, now = Enrolments(database, "secret"), KioskKey.make(), datetime.now(UTC)
    enrolments.enrol(Enrolment(number, enrolments.invite(number, site, now), key.public), now)
    return key


class KioskLine:
    """What a kiosk says to the centre, as bytes on a real connection. Its clock is ahead by `ahead`.

    It knows no seal until `seal` is set: then what it says is sealed.
    """

    def __init__(self, address: str, key: KioskKey, number: int = 14) -> None:
        self.address = address
        self.key = key
        self.source = f"/el-kef/kiosk/{number:03}"
        self.ahead = timedelta(0)
        self.seal: Seal | None = None
        self.begin_life()

    def begin_life(self) -> None:
        """Its store is a new one."""
        self.life = secrets.token_hex(16)
        self.sequence = 0
        self.previous = first_hash(self.source, self.life)

    def batch(self, *said: Fact | tuple[str, object]) -> Batch:
        """The next facts of this kiosk, in one batch; or what another kind of kiosk might say: a type and its data."""
        messages = []
        for position, each in enumerate(said, start=self.sequence + 1):
            if isinstance(each, tuple):
                fact, (kind, data) = NOTHING, each
                message = Event(str(uuid4()), self.source, position, datetime.now(UTC), fact, "0" * 64).to_json()
                message |= {"type": kind, "data": data}
            else:
                message = Event(str(uuid4()), self.source, position, datetime.now(UTC), each, "0" * 64).to_json()
            del message["previoushash"]
            messages.append(message if self.seal is None else seal_words(message, self.seal))
        batch = Batch.of(self.source, self.life, self.previous, messages)
        self.sequence, self.previous = batch.head.last, batch.head.hash
        return batch

    def split(self, batch: Batch, size: int) -> list[Batch]:
        """The same facts in smaller batches."""
        parts, previous = [], batch.head.previous
        for start in range(0, len(batch.messages), size):
            parts.append(Batch.of(self.source, batch.head.life, previous, batch.messages[start : start + size]))
            previous = parts[-1].head.hash
        return parts

    def wire(self, batch: Batch) -> dict[str, Any]:
        return batch.to_json(self.key.sign(batch.head.statement()))

    def send(self, batch: Batch) -> requests.Response:
        return self.post(self.wire(batch))

    def post(self, body: object) -> requests.Response:
        return self.ask("POST", EVENTS_PATH, json.dumps(body).encode())

    def say(self, *facts: Fact) -> list[str]:
        """Tell facts; the reasons the centre gave for refusing, empty where it accepted."""
        response = self.send(self.batch(*facts))
        assert response.status_code == 200, response.text
        return [answer["reason"] for answer in response.json()["answers"]]

    def begin(self, sha256: str, length: int, chunk: bytes, **headers: str) -> requests.Response:
        """An upload, with its first bytes."""
        told = {"Upload_Length": str(length), "Upload_Metadata": page_metadata(sha256), **headers}
        return self.tus("POST", UPLOADS_PATH, chunk, **told)

    def put(self, sha256: str, page: bytes) -> requests.Response:
        """A page at once."""
        return self.begin(sha256, len(page), page)

    def tus(self, method: str, path: str, chunk: bytes = b"", **headers: str) -> requests.Response:
        return self.ask(method, path, chunk, **{"Tus_Resumable": TUS_VERSION, "Content_Type": CHUNK_TYPE, **headers})

    def request(self, method: str, path: str, body: bytes, **headers: str) -> requests.PreparedRequest:
        """Signed, and not yet sent. In the names of headers `_` stands for `-`; an empty one is left away."""
        named = {name.replace("_", "-"): value for name, value in headers.items() if value}
        request = requests.Request(method, self.address + path, named, data=body).prepare()
        now = datetime.now(UTC) + self.ahead
        self.key.sign_request(request, body, now, now)
        return request

    def ask(self, method: str, path: str, body: bytes, **headers: str) -> requests.Response:
        return send(self.request(method, path, body, **headers))


def send(request: requests.PreparedRequest) -> requests.Response:
    with requests.Session() as session:
        return session.send(request, timeout=60)


NOTHING = TicketVoided("nobody", "200", date(2026, 11, 23))


def a_deposit(key: TrackingKey, number: int = 385, pages: tuple[str, ...] = ()) -> DossierDeposited:
    """A complete building permit filed by an invented person, today."""
    return DossierDeposited(
        reference=Reference(26, 14, number),
        service_id="building-permit",
        language=Language.ARABIC,
        deposited_at=datetime.now(UTC).replace(microsecond=0),
        answers={"inside": "yes", "where": "ordinary", "project": "house", "public-edge": "no"},
        applicant=Applicant("Selma Zitouna-Test", "78000001"),
        documents=(Document("application", pages), Document("survey", pages)) if pages else (),
        missing=(),
        excuses={},
        token_hash=key.token_hash,
        pin_salt=key.pin_salt,
        pin_hash=key.pin_hash,
    )


def a_page(remark: Remark | None = None) -> bytes:
    """An empty A4 page as a kiosk keeps it, with what it remarked of it."""
    return encode(np.full((2339, 1654), 250, np.uint8), 200, 400_000, remark.comment if remark else "")


def a_ticket(number: str = "217", reference: Reference | None = None) -> TicketHeld:
    """Somebody waits from now on: for a signature, or with that building permit."""
    now = datetime.now(UTC)
    service = "signature-legalisation" if reference is None else "building-permit"
    day = now.astimezone(ZoneInfo("Africa/Tunis")).date()
    return TicketHeld(str(uuid4()), number, day, service, reference, Language.ARABIC, now, HeldBy.PAPER)
