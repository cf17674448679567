"""One run of SANE's `scanimage`, another process: a vendor's driver that crashes does not take the kiosk along.

Nor one that hangs: some drivers tell a fault and then never end (their thread is cancelled in the middle of `malloc`).
"""

import os
import re
import selectors
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.devices.base import Watch

_FAULT = b"scanimage: sane_"
_MOVES = re.compile(rb"Scanning page (?P<sheet>\d+)\s|Progress: (?P<share>\d+(?:\.\d+)?)%")
_PARTING_S = 2.0
_GLANCE_S = 0.1
"""How often whoever waits is asked whether it still wants the page."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run left: its exit code, its output, its complaints. `stopped`: it was no longer wanted."""

    code: int
    output: bytes
    said: bytes
    stopped: bool


def run_scanimage(
    command: Sequence[str],
    config_dir: Path,
    patience_s: float,
    watch: Watch,
    is_all: Callable[[bytes | bytearray], bool],
) -> Ran:
    """Run it to its end. It is ended after `patience_s` without a sign of life, soon after it has told a fault or
    `is_all` its output is there, and when it is no longer wanted.
    """
    with subprocess.Popen(  # noqa: S603  the words are of the settings, and no shell reads them
        command,
        env=os.environ | {"SANE_CONFIG_DIR": str(config_dir), "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        return _Listening(process, patience_s, watch).to_end(is_all)


class _Listening:
    """To both outputs at once, as long as there is something to hear."""

    def __init__(self, process: subprocess.Popen[bytes], patience_s: float, watch: Watch) -> None:
        self._process = process
        self._patience_s = patience_s
        self._watch = watch
        self._output, self._said = bytearray(), bytearray()
        self._sheet, self._followed = 1, 0
        self._end = time.monotonic() + patience_s
        self._parting = self._stopped = False

    def to_end(self, is_all: Callable[[bytes | bytearray], bool]) -> Ran:
        with selectors.DefaultSelector() as listening:
            for stream, heard in ((self._process.stdout, self._output), (self._process.stderr, self._said)):
                if stream is not None:
                    listening.register(stream, selectors.EVENT_READ, heard)
            while listening.get_map() and time.monotonic() < self._end:
                if self._watch.unwanted() and not self._stopped:
                    self._stopped = True
                    self._process.terminate()  # the lamp goes home; what it still says is heard, or it would wait
                    self._part()
                for key, _ in listening.select(min(_GLANCE_S, max(0.0, self._end - time.monotonic()))):
                    data = os.read(key.fd, 65536)
                    key.data.extend(data)
                    if not data:
                        listening.unregister(key.fileobj)
                    self._heard(complaint=key.data is self._said)
                if not self._parting and (_FAULT in self._said or is_all(self._output)):
                    self._part()
            if listening.get_map():
                _end(self._process)
        self._process.wait()
        return Ran(self._process.returncode, bytes(self._output), bytes(self._said), self._stopped)

    def _part(self) -> None:
        self._parting = True
        self._end = time.monotonic() + _PARTING_S

    def _heard(self, complaint: bool) -> None:
        if not self._parting:
            self._end = time.monotonic() + self._patience_s
        if complaint:
            self._follow()

    def _follow(self) -> None:
        """The end of one sheet and the start of the next may be heard in one breath, and a word in two."""
        for move in _MOVES.finditer(self._said, self._followed):
            self._followed = move.end()
            if move["sheet"]:
                self._sheet = int(move["sheet"])
            else:
                self._watch.moved(self._sheet, min(1.0, float(move["share"]) / 100))


def _end(process: subprocess.Popen[bytes]) -> None:
    """Asked first, so that the lamp goes home; then killed."""
    process.terminate()
    try:
        process.wait(_PARTING_S)
    except subprocess.TimeoutExpired:
        process.kill()
