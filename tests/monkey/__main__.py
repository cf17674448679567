"""`make monkey`: 100 000 touches, strokes, keys and codes that mean nothing; whatever they do, the kiosk stays a kiosk.

Prints what was seen amiss, and how the memory and the objects of the process grew; ends with 1 if anything was.
"""

import argparse
import os
import secrets
import tempfile
from pathlib import Path
from random import Random

import psutil
from PySide6.QtCore import QCoreApplication, QEvent

from kiosk.app import Kiosk, application, open_kiosk
from kiosk.hall import KIOSK, simulated_settings
from kiosk.own_centre import OwnCentre
from kiosk.ui.player import run_for
from tests.monkey.hands import Hands
from tests.monkey.watch import Watch, objects_at_rest

_REST = 1000
"""After so many deeds everybody has left: only then two moments can be compared."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.monkey", description="Hands that mean nothing.")
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application()
    with tempfile.TemporaryDirectory() as folder, OwnCentre(Path(folder) / "centre") as centre:
        settings = simulated_settings(Path(folder), centre)
        centre.enrol(KIOSK, settings.data)
        kiosk = open_kiosk(settings, 540, 960)
        kiosk.window.show()
        try:
            with Watch(kiosk) as watch:
                hands = Hands(kiosk, Random(asked.seed))  # noqa: S311  repeatable is what it must be
                rests = [_rest(kiosk, hands)]
                for nth in range(1, asked.events + 1):
                    hands.act()
                    run_for(1)
                    watch.look(nth)
                    if nth % _REST == 0:
                        rests.append(_rest(kiosk, hands))
                        print(f"{nth}: {rests[-1][0]} objects, {rests[-1][1]:.0f} MB", flush=True)
        finally:
            kiosk.close()
    for complaint in dict.fromkeys(watch.complaints):
        print(f"AMISS: {complaint}")
    return 1 if watch.complaints else 0


def _rest(kiosk: Kiosk, hands: Hands) -> tuple[int, float]:
    """Everybody has left: the Qt objects of the window, and the megabytes of the process."""
    kiosk.window.left_alone.emit()
    run_for(200)
    hands.take_papers_away()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return objects_at_rest(kiosk), psutil.Process().memory_info().rss / 1e6


if __name__ == "__main__":
    raise SystemExit(main())
