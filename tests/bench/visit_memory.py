"""Whether a kiosk grows with the people it serves: resident memory over whole visits, paper and centre included."""

import gc
from pathlib import Path
from statistics import linear_regression

import psutil

from tests.bench.hall import Hall, open_hall
from tests.bench.row import Row

_STEP = 5


def measure(folder: Path, times: int) -> dict[str, Row]:
    with open_hall(folder) as hall:
        for _ in range(times // 3 + 1):
            _visit(hall)  # what is kept once for all is there
        megabytes = [_resident()]
        for nth in range(1, times + 1):
            _visit(hall)
            if nth % _STEP == 0:
                megabytes.append(_resident())
    served = [nth * _STEP for nth in range(len(megabytes))]
    slope = linear_regression(served, megabytes).slope if len(served) > 1 else 0.0
    note = f"slope {slope * 1000:.0f} kB a visit over {times} visits (line through {len(served)} looks)"
    if times < 1000:
        note += ", extrapolated to 1000"
    return {"visit_memory_growth_mb_1000": Row(round(slope * 1000, 1), "MB", 5, times, note)}


def _visit(hall: Hall) -> None:
    hall.visit("complaint")
    hall.clear()


def _resident() -> float:
    gc.collect()
    return float(psutil.Process().memory_info().rss) / 1e6
