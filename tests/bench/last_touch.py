"""From the last touch to the first byte on the printer's line, with the deposit kept for good in between."""

from pathlib import Path

from tests.bench.hall import open_hall
from tests.bench.row import Row, percentile


def measure(folder: Path, times: int) -> dict[str, Row]:
    waits: list[float] = []
    with open_hall(folder) as hall:
        hall.visit("complaint")
        for _ in range(times):
            hall.clear()
            touched_at = hall.visit("complaint")
            first_byte_at = hall.recording.first_since(touched_at)
            assert first_byte_at is not None
            waits.append((first_byte_at - touched_at) * 1000)
    said = "complaints on a serial line (pty), durable commit and drawing included, after one visit"
    return {
        "last_touch_first_byte_p50_ms": Row(percentile(waits, 50), "ms", 50, times, said),
        "last_touch_first_byte_p99_ms": Row(percentile(waits, 99), "ms", 50, times, said),
    }
