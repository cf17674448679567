"""The same facts are delivered five times at once: each is stored once, and nobody hears of an error."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kiosk.own_centre import OwnCentre
from kiosk.store.key_file import KeyFile
from sync.messages import Batch, Outcome
from sync.transport import CentralUnreachable, HttpTransport
from tests.campaign.tally import Tally
from tests.central.invented import KioskLine, a_ticket
from tests.journeys.hall import count

_KIOSK = 14
_FACTS, _AT_ONCE = 200, 5
_IN_A_BATCH = 20


def deliver_at_once(folder: Path, rounds: int) -> Tally:
    """So many times. A delivery that is not answered with `accepted` counts as lost, wherever its fact is."""
    refused = 0
    with OwnCentre(folder / "centre") as centre, ThreadPoolExecutor(_AT_ONCE) as couriers:
        centre.enrol(_KIOSK, folder / "kiosk")
        keys = KeyFile(folder / "kiosk")
        key = keys.read()
        assert key is not None
        kiosk = KioskLine(centre.url, key, _KIOSK)
        for first in range(1000, 1000 + rounds * _FACTS, _FACTS):
            batch = kiosk.batch(*(a_ticket(str(first + nth)) for nth in range(_FACTS)))
            parts = kiosk.split(batch, _IN_A_BATCH)
            turned = [parts[turn * 2 :] + parts[: turn * 2] for turn in range(_AT_ONCE)]
            refused += sum(couriers.map(lambda each: _deliver(HttpTransport(centre.url, keys.read), each), turned))
    stored, facts = count(centre.data / "centre.sqlite", "tickets"), rounds * _FACTS
    return Tally(facts * _AT_ONCE, refused + max(0, facts - stored), max(0, stored - facts))


def _deliver(line: HttpTransport, parts: Sequence[Batch]) -> int:
    """How many were not accepted."""
    refused = 0
    for part in parts:
        try:
            answers = line.send_batch(part)
        except CentralUnreachable:
            refused += len(part.links)
        else:
            refused += sum(each.outcome is not Outcome.ACCEPTED for each in answers)
    return refused
