"""A kiosk keeps up with its town's seal."""

from dataclasses import dataclass
from pathlib import Path

from kiosk.services.town_seal import TownSeal
from kiosk.store.seal_file import SealFile
from sync.messages import SealOffer
from sync.sealing import Seal
from sync.signing import KioskKey
from sync.transport import CentralUnreachable
from tests.kiosk.store.test_seal_file import offered


@dataclass
class Centre:
    """Answers with what it was given to say, or not at all."""

    offer: SealOffer | None = None
    asked: int = 0

    def ask(self) -> SealOffer:
        self.asked += 1
        if self.offer is None:
            raise CentralUnreachable("no connection to the centre")
        return self.offer


def test_it_is_asked_at_once_and_then_every_hour(tmp_path: Path) -> None:
    centre, file, clock = Centre(offered(1)), SealFile(tmp_path), [0.0]
    seal = TownSeal(file, centre.ask, lambda: clock[0])
    for clock[0] in (0.0, 60.0, 3599.0):
        seal.refresh()
    assert centre.asked == 1
    centre.offer, clock[0] = offered(2), 3600.0
    seal.refresh()
    assert file.find() == Seal(centre.offer.key)


def test_a_centre_that_does_not_answer_is_asked_again_the_next_time(tmp_path: Path) -> None:
    centre, file = Centre(), SealFile(tmp_path)
    seal = TownSeal(file, centre.ask, lambda: 0.0)
    seal.refresh()
    assert file.find() is None
    centre.offer = offered(1)
    seal.refresh()
    assert file.find() == Seal(centre.offer.key)


def test_a_seal_of_another_town_is_told_to_the_technician(tmp_path: Path, expected_logs: list[str]) -> None:
    expected_logs.append("enrol the kiosk again")
    file = SealFile(tmp_path)
    mine = offered(1)
    assert file.pin(mine)
    TownSeal(file, Centre(offered(2, KioskKey.make())).ask, lambda: 0.0).refresh()
    assert file.find() == Seal(mine.key)
