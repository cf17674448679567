"""What the first citizen of the day waits for."""

from pathlib import Path

from tests.bench.hall import open_hall
from tests.bench.row import Row


def measure(folder: Path, _times: int) -> dict[str, Row]:
    with open_hall(folder) as hall:
        touched_at = hall.visit("building-permit")
        first_byte_at = hall.recording.first_since(touched_at)
        assert first_byte_at is not None
    return {
        "first_visit_first_byte_ms": Row(
            round((first_byte_at - touched_at) * 1000, 1),
            "ms",
            250,
            1,
            "last touch to first byte, first visit of a kiosk just started",
        ),
    }
