"""Runs what a kiosk does to its disk in a process that `strace` watches: its calls are written down, or made to fail.

Python and a kiosk's rooms are read once, by `python -m tests.campaign.recorder`; each run is a child of that process.
"""

import json
import os
import subprocess
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Self

_CALLS = "openat,write,pwrite64,fsync,fdatasync,rename,link,unlink,ftruncate,mkdir"
_LONGEST = 10_000_000
_ROOMS = ("tests.campaign.working_day", "tests.campaign.one_change")
_UNWATCHED = "TracerPid:\t0\n"


def record(command: Sequence[str], log: Path) -> None:
    """Run a whole command to its end; what its first thread did is then in `log`. Raises CalledProcessError."""
    subprocess.run([*_watching(log), *command], check=True, stdout=subprocess.PIPE, env=_unmeasured())


class Recorder:
    """One process from which many are born; it ends with its block."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.campaign.recorder"]
        self._mother = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=_unmeasured()
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._mother.communicate()

    def record(self, words: Sequence[str], log: Path, *options: str, ends: int = 0) -> str:
        """Run a module with its words to its end; what it said on its standard output. What it did is then in `log`.

        Raises CalledProcessError unless it `ends` like this, as `subprocess` tells it: minus the signal that killed it.
        """
        said = log.with_name(f"{log.name}.said")
        child = self._ask(str(said), *words)
        subprocess.run([*_watching(log), *options, "-p", str(child)], check=True)
        ended = self._ask(str(child))
        if ended != ends:
            raise subprocess.CalledProcessError(ended, list(words), said.read_text())
        return said.read_text()

    def _ask(self, *words: str) -> int:
        assert self._mother.stdin is not None
        assert self._mother.stdout is not None
        self._mother.stdin.write(json.dumps(words) + "\n")
        self._mother.stdin.flush()
        return int(self._mother.stdout.readline())


def _watching(log: Path) -> list[str]:
    return ["strace", "-qq", "-y", "-xx", "-s", str(_LONGEST), "-e", f"trace={_CALLS}", "-o", str(log)]


def _unmeasured() -> dict[str, str]:
    """Our environment without the measuring of coverage, which writes as well."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}


def _bear(said: Path, room: ModuleType, words: Sequence[str]) -> int:
    """The number of a child that does it as soon as it is watched."""
    mother = os.getpid()
    if child := os.fork():
        return child
    ended = 1
    try:
        os.dup2(os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), sys.stdout.fileno())
        while _UNWATCHED in Path("/proc/self/status").read_text():
            if os.getppid() != mother:
                raise ProcessLookupError("nobody came to watch")
            os.sched_yield()
        sys.argv = [room.__name__, *words]
        room.main()
        ended = 0
    finally:
        if ended:
            traceback.print_exc()
        os._exit(ended)


def main() -> None:
    rooms = {name: import_module(name) for name in _ROOMS}
    for line in sys.stdin:
        match json.loads(line):
            case [child]:
                answer = os.waitstatus_to_exitcode(os.waitpid(int(child), 0)[1])
            case [said, room, *words]:
                answer = _bear(Path(said), rooms[room], words)
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
