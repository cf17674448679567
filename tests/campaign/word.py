"""What was promised outside a kiosk's disk, in the words of `working_day`, and whether its disk still keeps it."""

import hashlib
import sqlite3
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kiosk.store.database import StoreFault
from kiosk.store.salvage import open_or_salvage
from sync.messages import Answer, Batch, Outcome
from sync.upload import Sent
from tests.campaign.tally import Tally
from tests.campaign.working_day import Kiosk, saying_of, some_seal


@dataclass(slots=True)
class Word:
    """Given so far: `promised` to people, `told` to the centre (each fact's id by what it says), `pages` it has."""

    promised: set[str] = field(default_factory=set)
    pages: dict[str, str] = field(default_factory=dict)
    """The page of each file that was promised."""
    told: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    numbers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """The ids that came under each number of the chain."""
    has: set[str] = field(default_factory=set)
    papers: list[str] = field(default_factory=list)
    """Every number that was given, and every reference."""

    def hear(self, line: str) -> None:
        match line.split():
            case ["deposited", reference, page]:
                self.promised.add(f"deposited {reference}")
                self.papers.append(reference)
                self.pages[reference] = page
            case ["added", reference, page]:
                self.promised.add(f"added {reference}")
                self.pages[reference] = page
            case ["held" | "voided" | "asked" as done, of]:
                self.promised.add(f"{done} {of}")
            case ["numbered", *number]:
                self.papers.append(" ".join(number))
            case ["took", sequence, event_id, *fact]:
                self.told[" ".join(fact)].add(event_id)
                self.numbers[sequence].add(event_id)
            case ["has", page]:
                self.has.add(page)

    def send_batch(self, batch: Batch) -> tuple[Answer, ...]:
        """As the centre it is told to in the end."""
        for each, message in zip(batch.links, batch.messages, strict=True):
            self.hear(f"took {batch.head.life}/{each.sequence} {each.id} {saying_of(message)}")
        return tuple(Answer(each.id, Outcome.ACCEPTED) for each in batch.links)

    @property
    def rest_s(self) -> float:
        return 0.0

    def send_page(self, sha256: str, page: bytes, path: str) -> Sent:  # noqa: ARG002  whole each time
        if hashlib.sha256(page).hexdigest() == sha256:
            self.has.add(sha256)
        return Sent(Outcome.ACCEPTED)

    def known_to(self, centre: Path, tried: int) -> Tally:
        """What of it the centre has, from its own disk: each promise, and nothing else, once."""
        with closing(sqlite3.connect(f"file:{centre / 'centre.sqlite'}?mode=ro", uri=True)) as database:

            def column(asked: str) -> list[str]:
                return [str(value) for (value,) in database.execute(asked)]

            facts = {f"deposited {each}" for each in column("SELECT reference FROM dossiers")}
            facts |= {f"held {each}" for each in column("SELECT id FROM tickets")}
            told = column("SELECT sequence FROM inbox WHERE outcome = 'accepted' AND kind != 'kiosk.checked'")
        pages = {path.name for path in (centre / "documents").rglob("*") if path.is_file()}
        lost = len(self.promised - facts) + len(set(self.pages.values()) - pages)
        return Tally(tried, lost, len(facts - self.promised) + len(told) - len(facts))

    def kept_by(self, data: Path) -> Tally:
        """Start a kiosk on that disk, let it serve somebody and tell everything; what became of what was promised."""
        self.start_on(data)
        return Tally(1, len(self.lost), self.doubled)

    def start_on(self, data: Path) -> None:
        """What a kiosk does that starts on that disk: sweep, serve somebody, and tell everything."""
        try:
            with closing(open_or_salvage(data / "kiosk.sqlite", date.today)) as store:
                kiosk = Kiosk(data, store, find_seal=some_seal)
                kiosk.vault.keep_only(kiosk.outbox.unsettled_pages())
                kiosk.serve(self.hear)
                kiosk.tell(self)
        except StoreFault:
            pass  # whatever was not told is lost

    @property
    def lost(self) -> set[str]:
        """The promises the centre does not know, and the pages it does not have."""
        return (self.promised - self.told.keys()) | (set(self.pages.values()) - self.has)

    @property
    def doubled(self) -> int:
        """Facts told as two, numbers of the chain with two facts, and papers with one number."""
        twice = sum(len(ids) - 1 for ids in [*self.told.values(), *self.numbers.values()])
        return twice + len(self.papers) - len(set(self.papers))
