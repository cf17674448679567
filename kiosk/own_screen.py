"""A screen of one's own where the machine has none: an X server that draws into memory, for the hall's visit."""

import os
import shutil
import subprocess
from typing import Self


class ScreenFault(Exception):
    """There is no screen and none could be made; the words say what to do."""


class OwnScreen:
    """An `Xvfb` of that many pixels, dark again with `close`. `display` is what goes into DISPLAY."""

    def __init__(self, width: int, height: int) -> None:
        """Starts it and waits until it can be drawn on. Raises ScreenFault."""
        if shutil.which("Xvfb") is None:
            raise ScreenFault("There is no display here, and no Xvfb for one: install Debian's package xvfb.")
        told, telling = os.pipe()
        words = ["-displayfd", str(telling), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-terminate"]
        self._server = subprocess.Popen(["Xvfb", *words], pass_fds=[telling], stderr=subprocess.DEVNULL)  # noqa: S603, S607
        os.close(telling)
        with os.fdopen(told) as number:
            self.display = f":{number.readline().strip()}"
        if self.display == ":":
            self.close()
            raise ScreenFault("There is no display here, and Xvfb, which stands in for it, did not start.")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._server.terminate()
        self._server.wait()
