"""A kiosk whose clock is wrong, and jumps: back or ahead, by up to ten years, at any moment."""

from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from kiosk.own_centre import OwnCentre
from kiosk.store.database import open_store
from kiosk.store.key_file import KeyFile
from sync.transport import CentralUnreachable, HttpTransport
from tests.campaign.tally import Tally
from tests.campaign.word import Word
from tests.campaign.working_day import Kiosk

_FAR_S = 10 * 366 * 86_400
_JUMPS = 0.2
"""How often, when it is asked."""


class JumpingClock:
    """It jumps in the middle of a visit, and between two words to the centre, until it is `steady`; wrong it stays."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._wrong_by = timedelta(0)
        self.jumps = 0
        self.steady = False

    def now(self) -> datetime:
        if not self.steady and self._chance.random() < _JUMPS:
            self.jumps += 1
            self._wrong_by = timedelta(seconds=self._chance.uniform(-_FAR_S, _FAR_S))
        return datetime.now(UTC) + self._wrong_by


def jump_clock(folder: Path, visits: int, seed: int) -> Tally:
    """So many visits, told to a centre whose clock is right."""
    clock = JumpingClock(Random(seed))  # noqa: S311  repeatable is what it must be
    word, data = Word(), folder / "kiosk"
    with OwnCentre(folder / "centre") as centre:
        centre.enrol(14, data)
        with closing(open_store(data / "kiosk.sqlite")) as store:
            kiosk = Kiosk(data, store, clock.now)
            transport = HttpTransport(centre.url, KeyFile(data).read, now=clock.now)
            for _ in range(visits):
                kiosk.serve(word.hear)
                with suppress(CentralUnreachable):
                    kiosk.tell(transport)
            clock.steady = True
            kiosk.tell(transport)
    return word.known_to(folder / "centre", clock.jumps)
