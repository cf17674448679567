"""A document scanner through SANE, as another process: a vendor's driver that crashes does not take the kiosk along.

Nor one that hangs: some drivers tell a fault and then never end (their thread is cancelled in the middle of `malloc`).
"""

import os
import re
import selectors
import shutil
import subprocess
import time
from pathlib import Path

from kiosk.devices.base import Scan, ScannerFault, ScannerState

_SYSTEM_CONFIG = Path("/etc/sane.d")
_STATES = {  # scanimage ends with the SANE_Status (sane.h)
    0: ScannerState.READY,
    3: ScannerState.BUSY,
    6: ScannerState.JAMMED,
    7: ScannerState.EMPTY,
    8: ScannerState.COVER_OPEN,
}
_SAID = {  # what it says of them before it ends (sane_strstatus)
    b"Device busy": ScannerState.BUSY,
    b"Document feeder jammed": ScannerState.JAMMED,
    b"Document feeder out of documents": ScannerState.EMPTY,
    b"Scanner cover is open": ScannerState.COVER_OPEN,
}
_FAULT = b"scanimage: sane_"
_PNM_HEAD = re.compile(rb"P([456])\s(?:#[^\n]*\n|\s)*(\d+)\s+(\d+)\s+(?:(\d+)\s)?", re.DOTALL)
_PARTING_S = 2.0


class SaneScanner:
    """One device of one SANE backend. Nothing else is loaded or looked for: enumerating takes seconds."""

    def __init__(
        self,
        device: str,
        runtime_dir: Path,
        *,
        dpi: int = 200,
        mode: str | None = None,
        options: tuple[str, ...] = (),
        timeout_s: float = 90.0,
    ) -> None:
        """`device`: SANE's name, as in `test:0`. `mode` and `options`: the device's own (`scanimage -A`)."""
        self._dpi = dpi
        self._timeout_s = timeout_s
        self._command = ["scanimage", "--device-name", device, "--format=pnm", f"--resolution={dpi}", *options]
        if mode is not None:
            self._command.append(f"--mode={mode}")
        self._config_dir = runtime_dir / "sane"
        _write_config(self._config_dir, device.partition(":")[0])

    def state(self) -> ScannerState:
        """Opens the device and lets it go; nothing moves."""
        return self._run("--dont-scan")[0]

    def scan(self) -> Scan:
        state, picture = self._run()
        if state is not ScannerState.READY:
            raise ScannerFault(state)
        if not _is_whole(picture):
            raise ScannerFault(ScannerState.JAMMED)
        return Scan(picture, self._dpi)

    def close(self) -> None:
        """Nothing is held between two pages."""

    def _run(self, *more: str) -> tuple[ScannerState, bytes]:
        scanimage = shutil.which(self._command[0])
        if scanimage is None:
            return ScannerState.OFFLINE, b""
        with (
            subprocess.Popen(  # noqa: S603  the words are of the settings, and no shell reads them
                [scanimage, *self._command[1:], *more],
                env=os.environ | {"SANE_CONFIG_DIR": str(self._config_dir), "LC_ALL": "C"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            ) as process
        ):
            picture, said = _listen(process, time.monotonic() + self._timeout_s)
        told = next((state for words, state in _SAID.items() if words in said), None)
        if told is None:
            told = ScannerState.READY if _is_whole(picture) else ScannerState.OFFLINE
        return _STATES.get(process.returncode, told), picture


def _listen(process: subprocess.Popen[bytes], end: float) -> tuple[bytes, bytes]:
    """Standard output and error to their ends. The process is ended at `end`, or soon after it has told all it can."""
    picture, said = bytearray(), bytearray()
    with selectors.DefaultSelector() as listening:
        for stream, heard in ((process.stdout, picture), (process.stderr, said)):
            if stream is not None:
                listening.register(stream, selectors.EVENT_READ, heard)
        while listening.get_map():
            ready = listening.select(max(0.0, end - time.monotonic()))
            if not ready:
                _end(process)
                break
            for key, _ in ready:
                data = os.read(key.fd, 65536)
                key.data.extend(data)
                if not data:
                    listening.unregister(key.fileobj)
            if _FAULT in said or _is_whole(picture):
                end = min(end, time.monotonic() + _PARTING_S)
    process.wait()
    return bytes(picture), bytes(said)


def _write_config(config_dir: Path, backend: str) -> None:
    """A SANE of one backend, with the settings this machine has for it."""
    config_dir.mkdir(parents=True, exist_ok=True)
    (config_dir / "dll.conf").write_text(backend + "\n", encoding="ascii")
    settings = _SYSTEM_CONFIG / f"{backend}.conf"
    if settings.exists():
        shutil.copyfile(settings, config_dir / settings.name)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Asked first, so that the lamp goes home; then killed."""
    process.terminate()
    try:
        process.wait(_PARTING_S)
    except subprocess.TimeoutExpired:
        process.kill()


def _is_whole(picture: bytes | bytearray) -> bool:
    """A binary PNM file with every row its head promises."""
    head = _PNM_HEAD.match(picture)
    if head is None:
        return False
    kind, width, height = head[1], int(head[2]), int(head[3])
    if kind == b"4":
        row = (width + 7) // 8
        start = head.start(4) if head[4] else head.end()
    else:
        if head[4] is None:
            return False
        row = width * (3 if kind == b"6" else 1) * (2 if int(head[4]) > 255 else 1)
        start = head.end()
    return width > 0 and height > 0 and len(picture) - start == row * height
