"""The benchmarks measure: what they measure is for `make bench`, on a machine that does nothing else."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
ASKED = {
    "bytes_per_event",
    "catch_up_ratio",
    "change_at_kiosk_p99_ms",
    "cold_start_ms",
    "crash_to_paper_offered_ms",
    "event_confirmed_p50_ms",
    "ingest_events_per_s_postgresql",
    "last_touch_first_byte_p99_ms",
    "page_kb",
    "page_ms",
    "page_ocr_error",
    "page_skew_error_deg",
    "ticket_bytes_ar_80",
    "ticket_wire_115200_ar_ms",
    "ticket_wire_115200_fr_ms",
    "touch_painted_p50_ms",
    "touch_painted_p99_ms",
    "touch_slowing_ratio",
    "upload_mb_per_s",
    "upload_pages_per_s",
    "visit_memory_growth_mb_1000",
}


def test_every_number_asked_for_is_measured_and_written(tmp_path: Path) -> None:
    out = tmp_path / "bench.json"
    command = [sys.executable, "-m", "tests.bench", "--quick", "--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    rows = json.loads(out.read_text())
    assert rows.keys() >= ASKED
    assert all(isinstance(row["value"], float | int) and row["unit"] for row in rows.values())
    may_be_none = ("growth", "error")
    assert all(row["value"] > 0 for name, row in rows.items() if not any(word in name for word in may_be_none))
    assert all(f"{name} " in done.stdout for name in rows)
