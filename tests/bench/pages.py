"""What a scanned page costs: its judging, its bytes, how straight it comes, whether it still reads."""

import difflib
import os
import random
import shutil
import subprocess
import time
from pathlib import Path

import cv2
from PIL import Image

from kiosk.page.codes import find_codes
from kiosk.page.pixels import Pixels, encode, grey
from kiosk.page.reading import read_page
from tests.bench.row import Row, percentile
from tests.kiosk.page.invented import Glass, write_paper

_DPI = 200
_PEERS = {
    "convert": ("convert", "in.png", "-deskew", "40%", "out.png"),
    "ocrmypdf": (
        "ocrmypdf",
        "-q",
        "--deskew",
        "--image-dpi",
        "200",
        "-l",
        "ara+fra",
        "--output-type",
        "pdf",
        "in.png",
        "out.pdf",
    ),
}


def measure(folder: Path, times: int) -> dict[str, Row]:
    """One core, this process's own time: what others do on the machine does not count."""
    cv2.setNumThreads(1)
    chance = random.Random(8)  # noqa: S311  a drawing
    spent, weights, skews, lost, codes = [], [], [], [], []
    for nth in range(times):
        paper = write_paper(chance, arabic=nth % 2 == 0)
        angle = chance.uniform(-9, 9)
        seen = Glass(angle, chance.choice((255, 200, 60)), noise=chance.uniform(1, 4), shadow=0.2 * (nth % 2)).lay(
            paper.pixels, _DPI, chance
        )
        begun = time.process_time()
        page = read_page(seen, _DPI)
        file = encode(page.pixels, page.dpi, 400_000)
        spent.append((time.process_time() - begun) * 1000)
        begun = time.process_time()
        find_codes(grey(page.pixels))
        codes.append((time.process_time() - begun) * 1000)
        weights.append(len(file) / 1000)
        skews.append(abs((page.turned_deg - angle + 180) % 360 - 180))
        if nth < 6:
            (folder / "kept.jpg").write_bytes(file)
            Image.fromarray(Glass(0.0).lay(paper.pixels, _DPI, chance)).save(folder / "straight.png")
            lost.append(
                _words_lost(folder / "kept.jpg", paper.words) - _words_lost(folder / "straight.png", paper.words)
            )
            last = seen
    return {
        "page_ms": Row(percentile(spent, 50), "ms", 150, times, f"judged, straight, encoded; {_peers(folder, last)}"),
        "page_codes_ms": Row(percentile(codes, 50), "ms", 150, times, "looking for codes on it"),
        "page_kb": Row(percentile(weights, 100), "kB", 400, times, "the heaviest A4 page in colour"),
        "page_skew_error_deg": Row(round(max(skews), 3), "deg", 0.2, times, "the worst, laid up to 9° askew"),
        "page_ocr_error": Row(
            round(max(0.0, sum(lost) / len(lost)), 3),
            "share",
            0.02,
            len(lost),
            "words lost beyond those of a straight scan",
        ),
    }


def _words_lost(picture: Path, words: str) -> float:
    """The share of the words written that tesseract does not read; 0 where it is not installed."""
    if shutil.which("tesseract") is None:
        return 0.0
    command = ["tesseract", str(picture), "-", "-l", "ara+fra", "--dpi", str(_DPI)]
    read = subprocess.run(command, capture_output=True, text=True, check=True, env=_one_core()).stdout.split()
    written = words.split()
    same = difflib.SequenceMatcher(None, written, read, autojunk=False).get_matching_blocks()
    return 1 - sum(block.size for block in same) / len(written)


def _peers(folder: Path, seen: Pixels) -> str:
    """What others take for the same page, where they are installed."""
    Image.fromarray(seen).save(folder / "in.png")
    told = []
    for name, command in _PEERS.items():
        if shutil.which(name) is not None:
            begun = time.monotonic()
            subprocess.run(command, cwd=folder, check=False, capture_output=True, env=_one_core())
            told.append(f"{name} {time.monotonic() - begun:.1f} s")
    return ", ".join(told) or "no peer installed"


def _one_core() -> dict[str, str]:
    return {**os.environ, "OMP_THREAD_LIMIT": "1"}
