"""A disk that will not have what is written: what each part of the kiosk says of it."""

import pytest
from pytestqt.qtbot import QtBot

from kiosk.app import Kiosk
from tests.kiosk.ui.disk import Disk


def test_the_exchange_says_why_nothing_is_told_and_the_kiosk_serves_on(
    qtbot: QtBot, kiosk: Kiosk, caplog: pytest.LogCaptureFixture, expected_logs: list[str]
) -> None:
    expected_logs.append("the centre is told nothing for now: the store is broken")
    Disk(kiosk, "sync").worn = True
    kiosk.worker.wake()
    qtbot.waitUntil(lambda: expected_logs[0] in caplog.text, timeout=30_000)
    assert kiosk.visits.welcome.isVisible()
