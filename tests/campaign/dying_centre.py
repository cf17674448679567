"""The centre is killed and started again while agents move files; a kiosk that listens knows in the end what it knows.

`lost`: files the kiosk knows otherwise than the centre; `doubled`: what was kept twice.
"""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from central.database import open_database
from central.dossiers import Dossier, Dossiers
from central.papers import Decision
from central.settings import read_settings
from civic.card import read_catalog
from civic.reference import Reference
from civic.tracking import hash_token, new_tracking_key
from civic.workflow import Clock
from kiosk.own_centre import OwnCentre
from kiosk.store.database import open_store
from kiosk.store.key_file import KeyFile
from kiosk.store.mirror import Mirror
from sync.listener import Listener
from sync.messages import Changes, FileRecord, mark, unlock
from sync.transport import HttpTransport
from tests.campaign.tally import Tally
from tests.central.invented import KioskLine, a_deposit
from tests.journeys.line import Line

_FILES = 30
_PATIENCE_S = 60.0


def kill_centre(folder: Path, kills: int, seed: int) -> Tally:
    """Between two deaths some files are moved; now and then the kiosk too begins again, on the same disk."""
    chance = Random(seed)  # noqa: S311  repeatable is what it must be
    data, kept = folder / "centre", list[str]()
    settings = read_settings(data, {})
    with closing(open_database(settings.database_url, settings.municipality)) as database:
        agents = Dossiers(database, read_catalog(settings.catalog), settings.zone, lambda: datetime.now(UTC))
        centre = OwnCentre(data)
        line = Line(centre.url)
        try:
            centre.enrol(14, folder / "kiosk")
            _deposit(centre.url, folder / "kiosk")
            for nth in range(kills):
                with _listening(folder / "kiosk", line.url, kept):
                    for _ in range(chance.randrange(1, 12)):
                        _move_one(agents, chance)
                        time.sleep(chance.random() * 0.05)
                    centre._process.kill()
                    centre.close()
                    _move_one(agents, chance)  # a desk's own process lives on
                    centre = OwnCentre(data)
                    line.centre = centre.url
                    if nth == kills - 1:
                        lost = _different(folder / "kiosk", agents)
        finally:
            line.close()
            centre.close()
    return Tally(kills, lost, len(kept) - len(set(kept)))


class _Counting(Mirror):
    """Notes each cursor whose files were kept."""

    kept: list[str]

    def apply(self, changes: Changes, after: str) -> None:
        stood = self.cursor()
        super().apply(changes, after)
        if changes.files and stood != self.cursor():
            self.kept.append(changes.cursor)


@contextmanager
def _listening(data: Path, url: str, kept: list[str]) -> Iterator[None]:
    with closing(open_store(data / "kiosk.sqlite")) as store:
        mirror = _Counting(store.transaction, lambda: datetime.now(UTC))
        mirror.kept = kept
        listener = Listener(mirror, HttpTransport(url, KeyFile(data).read), lambda _said: None, retry_s=(0.05,))
        listener.start()
        yield
        listener.stop()


def _deposit(url: str, data: Path) -> None:
    key = KeyFile(data).read()
    assert key is not None
    receipt = new_tracking_key()
    deposits = [
        replace(a_deposit(receipt, number, ("ab" * 32,)), token_hash=_token_hash(Reference(26, 14, number)))
        for number in range(1, _FILES + 1)
    ]
    assert set(KioskLine(url, key).say(*deposits)) == {""}


def _token_hash(reference: Reference) -> str:
    return hash_token(str(reference))


def _move_one(agents: Dossiers, chance: Random) -> None:
    """To a next stage, or a paper of it is judged, as an agent would."""
    reference = str(Reference(26, 14, chance.randrange(1, _FILES + 1)))
    dossier = agents.find(reference)
    assert dossier is not None
    going_on = [each for each in dossier.next_stages if each.clock is not Clock.ENDED]  # so there is always more to do
    if going_on and not dossier.owed and chance.random() < 0.7:
        agents.move(reference, chance.choice(going_on).id, "amel")
    else:
        decision = chance.choice([Decision.ACCEPTED, Decision.REFUSED])
        agents.decide(reference, "survey", decision, "cannot be read", "amel")


def _different(data: Path, agents: Dossiers) -> int:
    """How many files the kiosk knows otherwise, once it had time."""
    end = time.monotonic() + _PATIENCE_S
    references = [Reference(26, 14, number) for number in range(1, _FILES + 1)]
    with closing(open_store(data / "kiosk.sqlite")) as store:
        mirror = Mirror(store.transaction, lambda: datetime.now(UTC))
        while True:
            different = sum(not _agree(mirror, agents, each) for each in references)
            if not different or time.monotonic() > end:
                return different
            time.sleep(0.05)


def _agree(mirror: Mirror, agents: Dossiers, reference: Reference) -> bool:
    hashed, dossier = _token_hash(reference), agents.find(str(reference))
    found = mirror.by_mark(mark(hashed))
    record = None if found is None else unlock(found.file.by_token, reference, hashed)
    return record is not None and dossier is not None and _says(record, dossier)


def _says(record: FileRecord, dossier: Dossier) -> bool:
    steps = tuple((step.stage.id, step.entered_at) for step in dossier.history)
    owed = tuple((paper.requirement, paper.excuse is not None) for paper in dossier.owed)
    return (record.steps, record.owed) == (steps, owed)
