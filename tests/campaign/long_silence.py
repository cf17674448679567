"""The centre is out of reach for days while a kiosk serves on; then it is back, and is told everything, facts first."""

from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kiosk.own_centre import OwnCentre
from kiosk.store.database import open_store
from kiosk.store.key_file import KeyFile
from sync.messages import Answer, Batch
from sync.transport import CentralUnreachable, HttpTransport
from sync.upload import Sent
from tests.campaign.tally import Tally
from tests.campaign.word import Word
from tests.campaign.working_day import Kiosk

_DAYS = 6


class Hearing:
    """The line, and `out_of_turn`: how many facts came behind a scan."""

    def __init__(self, line: HttpTransport) -> None:
        self._line = line
        self._pages = 0
        self.out_of_turn = 0

    def send_batch(self, batch: Batch) -> tuple[Answer, ...]:
        self.out_of_turn += len(batch.links) if self._pages else 0
        return self._line.send_batch(batch)

    rest_s = 0.0

    def send_page(self, sha256: str, page: bytes, path: str) -> Sent:
        sent = self._line.send_page(sha256, page, path)
        self._pages += 1
        return sent


def keep_silent(folder: Path, visits: int) -> Tally:
    """Six days of so many visits each. A fact told behind a scan counts as lost: it was late without need."""
    word, data = Word(), folder / "kiosk"
    with OwnCentre(folder / "centre") as centre:
        centre.enrol(14, data)
    moments = _days(visits)
    with closing(open_store(data / "kiosk.sqlite")) as store:
        kiosk = Kiosk(data, store, lambda: next(moments))
        silent = HttpTransport(centre.url, KeyFile(data).read)
        for _ in range(_DAYS * visits):
            kiosk.serve(word.hear)
            with suppress(CentralUnreachable):
                kiosk.tell(silent)
        with OwnCentre(folder / "centre") as centre:
            line = Hearing(HttpTransport(centre.url, KeyFile(data).read))
            kiosk.tell(line)
    found = word.known_to(folder / "centre", _DAYS * visits)
    return Tally(found.tried, found.lost + line.out_of_turn, found.doubled)


def _days(visits: int) -> Iterator[datetime]:
    """The moments of the next days' visits; a kiosk asks for two in each."""
    begun = datetime.now(UTC).replace(hour=8)
    for day in range(_DAYS):
        for moment in range(2 * visits):
            yield begun + timedelta(days=day, seconds=moment * 10_000 / visits)
