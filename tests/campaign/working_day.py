"""`python -m tests.campaign.working_day DATA VISITS`: a kiosk's work on its disk, without screen, paper or line.

Says on its standard output, a line each and in order, what becomes true outside its disk:

    deposited REFERENCE SHA-256    somebody was told that this file, with this page, is kept
    held TICKET                    somebody was told that this number is theirs
    numbered DAY NUMBER            a paper with this number is, or may be, in somebody's hand
    took LIFE/NUMBER EVENT FACT    the centre has this fact, in the words above
    has SHA-256                    the centre has this page

With `--careless` its database waits for no disk: what a power cut does then shows that the campaign can see a loss.
"""

import argparse
import os
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import event

from civic.card import read_catalog
from civic.catalog import Service
from civic.dossier import Applicant, Document, Draft
from civic.language import Language, Wording
from civic.ticket import HeldBy
from civic.tracking import TrackingKey, new_tracking_key
from kiosk.devices.base import Raster
from kiosk.devices.simulated import SimulatedPrinter
from kiosk.services.intake import Intake, Place, Prepared
from kiosk.services.receipt import Office, Receipt
from kiosk.services.ticketing import Ticketing
from kiosk.store.database import Store, StoreFault, open_store
from kiosk.store.seal_file import SealFile
from kiosk.store.vault import Vault
from sync.engine import exchange_once
from sync.messages import Answer, Batch, Outcome
from sync.outbox import Outbox
from sync.sealing import FindSeal, Seal, SealKey
from sync.transport import Transport
from sync.upload import Sent

CARDS = Path(__file__).parents[2] / "assets" / "catalog"
_ANSWERS = {"inside": "yes", "where": "ordinary", "project": "house", "public-edge": "no"}
SOURCE = "/el-kef/kiosk/014"
_TOWN = Wording("بلدية الكاف", "Commune du Kef", "El Kef town hall")
PLACE = Place(Office(_TOWN, _TOWN, "014", "78 000 000"), 14, 2, ZoneInfo("Africa/Tunis"), "https://kef.example")
PAGE_BYTES = 9000
LARGE_PAGE_BYTES = 300_000
"""Goes in several chunks."""
_TOLD_EVERY = 3
"""Visits: in between, facts and pages wait."""


def _now() -> datetime:
    return datetime.now(UTC)


class SayingCentre:
    """Takes everything, and says so before it answers."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say

    def send_batch(self, batch: Batch) -> tuple[Answer, ...]:
        for each, message in zip(batch.links, batch.messages, strict=True):
            self._say(f"took {batch.head.life}/{each.sequence} {each.id} {saying_of(message)}")
        return tuple(Answer(each.id, Outcome.ACCEPTED) for each in batch.links)

    rest_s = 0.0

    def send_page(self, sha256: str, page: bytes, path: str) -> Sent:  # noqa: ARG002  the line would carry it
        self._say(f"has {sha256}")
        return Sent(Outcome.ACCEPTED)


class Kiosk:
    """What of a kiosk writes to its disk, in `data`. Without another seal it seals to the town it was enrolled in."""

    def __init__(
        self,
        data: Path,
        store: Store,
        now: Callable[[], datetime] = _now,
        find_seal: FindSeal | None = None,
        new_key: Callable[[], TrackingKey] = new_tracking_key,
    ) -> None:
        self.data, self.store, self.now = data, store, now
        self.find_seal = find_seal or SealFile(data).find
        self.outbox = Outbox(store.transaction, SOURCE, self.find_seal)
        self.vault = Vault(data / "vault", self.find_seal)
        self.intake = Intake(store, self.outbox, PLACE, now)
        self.ticketing = Ticketing(store, self.outbox, SimulatedPrinter(), _no_paper, now)
        self.new_key = new_key

    def serve(self, say: Callable[[str], None], page_bytes: int = PAGE_BYTES) -> None:
        """One citizen, from the page on the glass to the number in the hand. Raises StoreFault."""
        self.hold(self.deposit(say, page_bytes), say)

    def deposit(self, say: Callable[[str], None], page_bytes: int = PAGE_BYTES) -> str:
        """Until the paper is to be printed; the id of its ticket. Raises StoreFault."""
        draft, page = self.draft(page_bytes)
        prepared = self.intake.deposit(draft, Language.ARABIC, self.new_key())
        if prepared.receipt.deposit is not None:
            say(f"deposited {prepared.receipt.deposit.reference} {page}")
        return self.numbered(prepared, say)

    def draft(self, page_bytes: int = PAGE_BYTES) -> tuple[Draft, str]:
        """What somebody says and shows, and the name of its page. Raises StoreFault."""
        page = self.vault.put(os.urandom(page_bytes))
        documents = {"survey": Document("survey", (page,))}
        return Draft(permit(), _ANSWERS, Applicant("Selma Zitouna-Test", "78000001"), documents), page

    def numbered(self, prepared: Prepared, say: Callable[[str], None]) -> str:
        say(f"numbered {prepared.receipt.given_at.date()} {prepared.receipt.number}")
        return prepared.ticket_id

    def hold(self, ticket_id: str, say: Callable[[str], None]) -> None:
        """The paper is out. Raises StoreFault."""
        self.ticketing.hold(ticket_id, HeldBy.PAPER)
        say(f"held {ticket_id}")

    def tell(self, transport: Transport) -> None:
        """Everything. Raises StoreFault, CentralUnreachable."""
        while exchange_once(self.outbox, self.vault, transport).more:
            pass
        self.store.scrub()


@cache
def some_seal() -> Seal:
    """Of a town that need not open what is sealed with it."""
    return SealKey.make().seal


@cache
def permit() -> Service:
    return read_catalog(CARDS)["building-permit"]


def _no_paper(_receipt: Receipt, _width_px: int, _copy: bool) -> Raster:
    raise AssertionError("nothing is printed on this day")


def saying_of(message: Mapping[str, Any]) -> str:
    """The words in which its person was told a fact."""
    match message["type"]:
        case "dossier.deposited":
            return f"deposited {message['data']['reference']}"
        case "ticket.held":
            return f"held {message['data']['ticket']}"
        case "ticket.voided":
            return f"voided {message['data']['ticket']}"
        case "papers.added":
            return f"added {message['data']['reference']}"
        case "reason.asked":
            return f"asked {message['data']['reference']}"
        case "kiosk.checked":
            return f"checked {message['time']}"
        case other:
            raise ValueError(other)


def say(line: str) -> None:
    """At once and in one call, so that a record of this process holds it in its place."""
    os.write(1, f"{line}\n".encode())


def day(data: Path, visits: int, *, careless: bool = False) -> list[str]:
    """Such a day, as a recorder is told."""
    words = ["tests.campaign.working_day", str(data), str(visits)]
    return [*words, "--careless"] if careless else words


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.campaign.working_day")
    parser.add_argument("data", type=Path)
    parser.add_argument("visits", type=int)
    parser.add_argument("--careless", action="store_true")
    asked = parser.parse_args()
    try:
        store = open_store(asked.data / "kiosk.sqlite")
        kiosk = Kiosk(asked.data, store, find_seal=some_seal)
    except (OSError, StoreFault):
        return  # the screen says that this kiosk is closed
    if asked.careless:
        event.listen(store.engine, "connect", _forget_the_disk)
        store.engine.dispose()  # the next connection is a careless one
    with closing(store):
        for nth in range(1, asked.visits + 1):
            with suppress(StoreFault):  # the screen says that nothing was kept
                kiosk.serve(say)
                if nth % _TOLD_EVERY == 0:
                    kiosk.tell(SayingCentre(say))


def _forget_the_disk(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA synchronous = OFF")


if __name__ == "__main__":
    main()
