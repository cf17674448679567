"""Invented citizens, agents and kiosks, and what they say to the centre."""

from datetime import UTC, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import numpy as np
import requests

from civic.dossier import Applicant, Document
from civic.language import Language
from civic.reference import Reference
from civic.remark import Remark
from civic.ticket import HeldBy
from civic.tracking import TrackingKey
from kiosk.page.pixels import encode
from sync.messages import EVENTS_PATH, DossierDeposited, Event, Fact, TicketHeld

SOURCE = "/el-kef/kiosk/014"
PASSWORD = "olive-tree-2026"


class KioskLine:
    """What kiosk 014 says to the centre, as bytes on a real connection."""

    def __init__(self, address: str, key: str) -> None:
        self.address = address
        self.headers = {"Authorization": f"Bearer {key}"}
        self._sequence = 0

    def event(self, fact: Fact) -> Event:
        self._sequence += 1
        return Event(str(uuid4()), SOURCE, self._sequence, datetime.now(UTC), fact)

    def post(self, messages: object) -> requests.Response:
        body = {"events": messages}
        return requests.post(self.address + EVENTS_PATH, json=body, headers=self.headers, timeout=60)

    def say(self, *facts: Fact) -> list[str]:
        """Tell facts; the reasons the centre gave for refusing, empty where it accepted."""
        response = self.post([self.event(fact).to_json() for fact in facts])
        assert response.status_code == 200, response.text
        return [answer["reason"] for answer in response.json()["answers"]]

    def put(self, sha256: str, page: bytes) -> requests.Response:
        url = f"{self.address}/exchange/documents/{sha256}"
        return requests.put(url, data=page, headers=self.headers, timeout=60)


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
