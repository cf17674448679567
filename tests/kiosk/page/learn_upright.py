"""How the numbers of `kiosk/page/upright.py` were found: `python -m tests.kiosk.page.learn_upright` finds them anew.

Logistic regression over the lines of invented letters. The pages it is tested with are in other typefaces.
"""

import random
import sys

import cv2
import numpy as np

from kiosk.page.pixels import as_pixels, grey
from kiosk.page.upright import BINS, Profiles, profiles_of
from tests.kiosk.page.invented import Glass, write_paper

FRENCH = ("dejavu/DejaVuSerif.ttf", "dejavu/DejaVuSansCondensed.ttf", "noto/NotoSerif-Bold.ttf")
ARABIC = ("noto/NotoNaskhArabic-Bold.ttf", "noto/NotoSansArabic-Bold.ttf", "dejavu/DejaVuSansMono.ttf")
_LETTERS, _STEPS, _KEEP_SMALL, _LARGEST = 100, 1500, 1e-3, 40


def turned(lines: Profiles) -> Profiles:
    """The same lines upside down: what was an upper end is a lower one."""
    return np.asarray(lines[:, (0, 2, 1), ::-1])


def letter(chance: random.Random, arabic: bool) -> Profiles:
    """A letter in any size, straightened as well as scans are."""
    paper = write_paper(chance, arabic, faces=ARABIC if arabic else FRENCH)
    size = chance.choice((0.75, 1, 1, 1.25))
    sheet = as_pixels(cv2.resize(paper.pixels, None, fx=size, fy=size, interpolation=cv2.INTER_AREA))
    angle = chance.uniform(-6, 6)
    glass = Glass(angle, noise=chance.uniform(1, 5), blur_px=chance.choice((0.3, 0.8, 1.4)))
    seen = glass.lay(sheet[:2339, :1654], paper.dpi, chance)
    rows, columns = seen.shape[:2]
    back = cv2.getRotationMatrix2D((columns / 2, rows / 2), -angle + chance.uniform(-0.08, 0.08), 1)
    straight = cv2.warpAffine(seen, back, (columns, rows), borderValue=(250, 250, 250))
    return profiles_of(grey(as_pixels(straight)), paper.dpi)


def main() -> None:
    chance = random.Random(5)  # noqa: S311  a drawing, not a secret
    lines = np.concatenate([letter(chance, nth % 2 == 0) for nth in range(_LETTERS)])
    difference = (lines - turned(lines)).reshape(len(lines), -1) * 10
    weights = np.zeros(difference.shape[1])
    for _ in range(_STEPS):
        right = 1 / (1 + np.exp(-difference @ weights))
        weights += (difference * (1 - right)[:, None]).mean(0) - _KEEP_SMALL * weights
    whole = 2 * weights.reshape(3, BINS)
    ink, _upper, lower = np.rint(whole * _LARGEST / np.abs(whole).max()).astype(int)
    sys.stdout.write(f"_INK = {tuple(ink[: BINS // 2].tolist())}\n_LOWER = {tuple(lower.tolist())}\n")


if __name__ == "__main__":
    main()
