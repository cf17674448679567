"""`make bench`: how fast, how light, and whether it stays so. Prints a table and writes build/bench.json."""

import argparse
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.bench import (
    after_crash,
    cold_start,
    exchange,
    first_paper,
    hearing,
    last_touch,
    pages,
    touch,
    upload,
    visit_memory,
    wire,
)
from tests.bench.row import Row
from tests.screen import open_screen


class Bench(NamedTuple):
    measure: Callable[[Path, int], dict[str, Row]]
    times: int
    """How often, for numbers to rely on; `--quick` takes one of each."""


BENCHES = (
    Bench(cold_start.measure, 7),
    Bench(after_crash.measure, 5),
    Bench(first_paper.measure, 1),  # before other visits warm this process
    Bench(touch.measure, 10),
    Bench(last_touch.measure, 100),
    Bench(wire.measure, 5),
    Bench(exchange.measure, 10),
    Bench(upload.measure, 3),
    Bench(hearing.measure, 100),
    Bench(pages.measure, 24),
    Bench(visit_memory.measure, 120),
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measures the kiosk on this machine.")
    parser.add_argument("--quick", action="store_true", help="once each: proves that it measures, not what")
    parser.add_argument("--out", type=Path, default=Path("build/bench.json"))
    asked = parser.parse_args()
    rows: dict[str, Row] = {}
    with open_screen() as display:
        os.environ.update(DISPLAY=display, QT_QPA_PLATFORM="xcb")
        for bench in BENCHES:
            with tempfile.TemporaryDirectory() as folder:
                measured = bench.measure(Path(folder), 1 if asked.quick else bench.times)
            for name, row in measured.items():
                print(line(name, row), flush=True)
            rows |= measured
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(json.dumps({name: row.to_json() for name, row in rows.items()}, indent=2) + "\n")


def line(name: str, row: Row) -> str:
    verdict = "" if row.kept else "  SHORT" if row.at_least else "  OVER"
    return f"{name:30} {row.value:>9g} {row.unit:5} (limit {row.limit:g}, n={row.n}){verdict}  {row.note}"


if __name__ == "__main__":
    main()
