"""Before anything waits, a kiosk can ask the centre whether it is there, knows this kiosk, and what time it is."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests

from kiosk.own_centre import OwnCentre
from sync.transport import CentralUnreachable, HttpTransport, KeyUnknown
from tests.sync.test_exchange import transport_to


def test_the_centre_knows_its_kiosk_and_tells_the_time(tmp_path: Path) -> None:
    with OwnCentre(tmp_path, 14) as centre:
        told = HttpTransport(centre.url, centre.key).greet()
        assert abs(told - datetime.now(UTC)) < timedelta(minutes=5)
        with pytest.raises(KeyUnknown, match="enrol"):
            HttpTransport(centre.url, "somebody's key").greet()


def test_a_centre_that_is_not_there_is_out_of_reach() -> None:
    with pytest.raises(CentralUnreachable, match="no connection"):
        HttpTransport("http://127.0.0.1:9", "key").greet()


def test_an_answer_without_the_time_is_not_the_centres() -> None:
    transport, _ = transport_to(lambda _: (requests.codes.ok, {"answers": []}))
    with pytest.raises(CentralUnreachable, match="what time it is"):
        transport.greet()
