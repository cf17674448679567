"""What every test stands on: no window server is needed, no clock judges, and an unexpected log is a failure.

A test that makes the product complain says so: `def test_x(expected_logs): expected_logs.append("no answer from")`.
Each sentence named there must come, and no other record of level WARNING or above may.
"""

import logging
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("hall", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("hall")


class Complaints(logging.Handler):
    """Keeps every record of level WARNING or above, from any thread, in the order they came."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture
def expected_logs() -> list[str]:
    """Parts of the warnings and errors this test means to cause; add to it at any time during the test."""
    return []


@pytest.fixture(autouse=True)
def no_unexpected_log(expected_logs: list[str]) -> Iterator[None]:
    """Fail on a log nobody expected, and on an expected one that never came."""
    complaints = Complaints()
    logging.getLogger().addHandler(complaints)
    yield
    logging.getLogger().removeHandler(complaints)
    said = [(record, record.getMessage()) for record in complaints.records]
    surprises = [
        f"{record.levelname} {record.name}: {text}"
        for record, text in said
        if not any(expected in text for expected in expected_logs)
    ]
    if surprises:
        pytest.fail("unexpected log:\n" + "\n".join(surprises), pytrace=False)
    silent = [expected for expected in expected_logs if not any(expected in text for _, text in said)]
    if silent:
        pytest.fail("expected in the log, but never said:\n" + "\n".join(silent), pytrace=False)
