"""When the line is dead for days: what waits goes to the centre on a USB stick, signed and sealed as over the line."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import orjson

from kiosk.store.own_file import write_own
from kiosk.store.vault import Vault
from sync.engine import BATCH
from sync.messages import Batch
from sync.outbox import Outbox
from sync.sealing import Seal, carried
from sync.signing import KioskKey


@dataclass(frozen=True, slots=True)
class Carried:
    """How much lies on the stick."""

    facts: int
    pages: int


class Stick:
    """Nothing is settled by it: the kiosk goes on saying all of it until the centre itself has answered."""

    def __init__(self, outbox: Outbox, vault: Vault, key: KioskKey, seal: Seal) -> None:
        self._outbox = outbox
        self._vault = vault
        self._key = key
        self._seal = seal

    def fill(self, folder: Path) -> Carried:
        """Write what waits into the folder; again is no harm. Raises OSError, StoreFault."""
        folder.mkdir(parents=True, exist_ok=True)
        facts = 0
        for batch in self._batches():
            kiosk = batch.head.source.rpartition("/")[2]
            said = {"key": self._key.id, "batch": batch.to_json(self._key.sign(batch.head.statement()))}
            self._write(folder / f"{kiosk}-{batch.head.life[:8]}-{batch.head.first:010}.facts", orjson.dumps(said))
            facts += len(batch.links)
        pages = [sha256 for sha256 in sorted(self._outbox.unsettled_pages()) if self._write_page(folder, sha256)]
        return Carried(facts, len(pages))

    def _batches(self) -> Iterator[Batch]:
        after = 0
        while (batch := self._outbox.next_batch(BATCH, after)) is not None:
            yield batch
            after = batch.head.last

    def _write_page(self, folder: Path, sha256: str) -> bool:
        """Whether it was there: the running kiosk may just have sent and dropped it."""
        try:
            page = self._vault.read(sha256)
        except FileNotFoundError:
            return False
        self._write(folder / f"{sha256}.page", page)
        return True

    def _write(self, path: Path, content: bytes) -> None:
        """Sealed whole, also what waits from before this kiosk knew a seal."""
        write_own(path, self._seal.seal(content, carried(path.name)))
