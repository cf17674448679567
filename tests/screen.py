"""A real screen for tests: an X server that draws into memory, and a finger that touches it from outside.

Whatever shows itself there is a process of its own with `DISPLAY` in its environment and `QT_QPA_PLATFORM=xcb`.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

Point = tuple[int, int]
"""Pixels from the left and the top of the whole screen."""

_SWIPE_STEPS = 12
_ROWS = {10: "1234567890-=", 24: "qwertyuiop[]", 38: "asdfghjkl;'`", 51: "\\zxcvbnm,./"}
_US_KEYS = {letter: first + place for first, row in _ROWS.items() for place, letter in enumerate(row)} | {":": 47}
"""X keycodes, by what stands on the keys of a US keyboard."""
_SHIFTED = "ABCDEFGHIJKLMNOPQRSTUVWXYZ:"
_ENTER_KEY = 36


@contextmanager
def open_screen(width: int = 1080, height: int = 1920) -> Iterator[str]:
    """The `DISPLAY` of a screen of our own, on a free number and with nothing on it; dark again afterwards."""
    told, telling = os.pipe()
    words = ["-displayfd", str(telling), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(["Xvfb", *words], pass_fds=[telling], stderr=subprocess.DEVNULL)
    os.close(telling)
    try:
        with os.fdopen(told) as number:
            yield f":{int(number.readline())}"
    finally:
        server.terminate()
        server.wait()


class Finger:
    """Touches what lies there, whatever it is: the X server's own events, through `xdotool`."""

    def __init__(self, display: str) -> None:
        self._environment = {**os.environ, "DISPLAY": display}

    def tap(self, at: Point) -> None:
        self._do(*_move(at), "click", "1")

    def swipe(self, start: Point, end: Point) -> None:
        """Down at `start`, along a straight line, up at `end`."""
        way: list[str] = []
        for step in range(1, _SWIPE_STEPS + 1):
            along = [a + (b - a) * step // _SWIPE_STEPS for a, b in zip(start, end, strict=True)]
            way += [*_move((along[0], along[1])), "sleep", "0.01"]  # the pace of a hand: moves at once are one move
        self._do(*_move(start), "mousedown", "1", *way, "mouseup", "1")

    def _do(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self._environment, check=True)


def type_as_reader(display: str, text: str) -> None:
    """Press what a code reader presses: the keys of a US keyboard, whatever they mean on that screen, and Enter."""
    keys = [f"shift+{_US_KEYS[letter.lower()]}" if letter in _SHIFTED else str(_US_KEYS[letter]) for letter in text]
    environment = {**os.environ, "DISPLAY": display}
    subprocess.run(["xdotool", "key", "--delay", "6", *keys, str(_ENTER_KEY)], env=environment, check=True)


def _move(at: Point) -> tuple[str, ...]:
    return ("mousemove", str(at[0]), str(at[1]))
