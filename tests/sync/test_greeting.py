"""Before anything waits, a kiosk can ask the centre whether it is there, knows this kiosk, and what time it is."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests

from kiosk.own_centre import OwnCentre
from kiosk.store.key_file import KeyFile
from sync.signing import KioskKey
from sync.transport import CentralUnreachable, HttpTransport, KeyUnknown
from tests.sync.test_exchange import KEY, transport_to


@pytest.mark.parametrize("years", [0, -10, 10])
def test_the_centre_knows_its_kiosk_and_tells_the_time(tmp_path: Path, years: int) -> None:
    with OwnCentre(tmp_path) as centre:
        centre.enrol(14, tmp_path / "kiosk")
        clock = datetime.now(UTC) + timedelta(days=365 * years)
        told = HttpTransport(centre.url, KeyFile(tmp_path / "kiosk").read, now=lambda: clock).greet()
        assert abs(told - datetime.now(UTC)) < timedelta(minutes=5)
        with pytest.raises(KeyUnknown, match="enrol"):
            HttpTransport(centre.url, KioskKey.make).greet()


def test_a_centre_that_is_not_there_is_out_of_reach() -> None:
    with pytest.raises(CentralUnreachable, match="no connection"):
        HttpTransport("http://127.0.0.1:9", lambda: KEY).greet()


def test_an_answer_without_the_time_is_not_the_centres() -> None:
    transport, _ = transport_to(lambda _: (requests.codes.no_content, b""))
    with pytest.raises(CentralUnreachable, match="what time it is"):
        transport.greet()
