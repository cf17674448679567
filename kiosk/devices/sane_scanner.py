"""A document scanner through SANE: flatbed, feeder, or a network scanner that needs no driver (sane-airscan)."""

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from kiosk.devices.base import UNWATCHED, Scan, ScannerFault, ScannerState, Watch
from kiosk.devices.scanimage import Ran, run_scanimage

_SYSTEM_CONFIG = Path("/etc/sane.d")
_AIRSCAN = "airscan"
_AIRSCAN_CONFIG = "[options]\ndiscovery = disable\n"
"""The device's name says where it is: nobody else on the network is looked for, which would take seconds."""
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
_MEMORY = Path("/dev/shm")  # noqa: S108  a folder of one's own is made in it, which is nobody else's
_FEEDER = re.compile(r"--source=.*(feeder|adf|duplex)", re.IGNORECASE)
_PNM_HEAD = re.compile(rb"P([456])\s(?:#[^\n]*\n|\s)*(\d+)\s+(\d+)\s+(?:(\d+)\s)?", re.DOTALL)


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
        """`device`: SANE's name, as in `test:0`; on the network, `airscan:escl:Hall:http://192.168.1.60/eSCL`.

        `mode` and `options`: the device's own (`scanimage -A`). A `--source=` that is a feeder takes the whole pile,
        both faces of each sheet when the source does. `timeout_s`: so long without a sign of life is a hang.
        """
        self._dpi = dpi
        self._timeout_s = timeout_s
        self._command = ["--device-name", device, "--format=pnm", f"--resolution={dpi}", *options]
        if mode is not None:
            self._command.append(f"--mode={mode}")
        self._feeds = any(_FEEDER.match(option) for option in options)
        self._config_dir = runtime_dir / "sane"
        self._pile_dir = _in_memory(runtime_dir)
        shutil.rmtree(self._pile_dir, ignore_errors=True)  # a kiosk that fell may have left one
        _write_config(self._config_dir, device.partition(":")[0])

    def state(self) -> ScannerState:
        """Opens the device and lets it go; nothing moves."""
        ran = self._run(["--dont-scan"], UNWATCHED)
        return ScannerState.OFFLINE if ran is None else _told(ran, whole=_is_whole(ran.output))

    def scan(self, watch: Watch = UNWATCHED) -> Scan:
        ran = self._run(["--progress"], watch)
        if ran is None:
            raise ScannerFault(ScannerState.OFFLINE)
        state = _told(ran, whole=_is_whole(ran.output))
        if state is ScannerState.READY and not _is_whole(ran.output):
            state = ScannerState.JAMMED
        if state is not ScannerState.READY:
            raise ScannerFault(state)
        return Scan(ran.output, self._dpi)

    def scan_all(self, watch: Watch = UNWATCHED) -> Iterator[Scan]:
        if self._feeds:
            yield from self._take_pile(watch)
        else:
            yield self.scan(watch)

    def close(self) -> None:
        """Nothing is held between two pages."""

    def _take_pile(self, watch: Watch) -> Iterator[Scan]:
        """Sheet by sheet through the feeder. A face is named only when the whole of it is in its file, in memory."""
        self._pile_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self._pile_dir) as pile:
            ran = self._run([f"--batch={pile}/%04d.pnm", "--batch-print", "--progress"], watch)
            if ran is None:
                raise ScannerFault(ScannerState.OFFLINE)
            came = 0
            for name in ran.output.decode("utf-8", "replace").splitlines():
                picture = (Path(pile) / Path(name).name).read_bytes()
                if not _is_whole(picture):
                    raise ScannerFault(ScannerState.JAMMED)
                came += 1
                yield Scan(picture, self._dpi)
            state = _told(ran, whole=came > 0)
            if state in (ScannerState.READY, ScannerState.EMPTY) and not came:
                raise ScannerFault(ScannerState.EMPTY)  # of an empty feeder `scanimage --batch` makes a success
            if state not in (ScannerState.READY, ScannerState.EMPTY):
                raise ScannerFault(state)

    def _run(self, more: Sequence[str], watch: Watch) -> Ran | None:
        """None where there is no SANE."""
        scanimage = shutil.which("scanimage")
        if scanimage is None:
            return None
        return run_scanimage(
            [scanimage, *self._command, *more], self._config_dir, self._timeout_s, watch, is_all=_is_whole
        )


def _in_memory(folder: Path) -> Path:
    """The folder for a pile: no disk ever holds a page as it was scanned."""
    name = hashlib.sha256(bytes(folder.absolute())).hexdigest()[:16]
    return _MEMORY / f"citizen-scanner-{os.getuid()}-{name}"


def _told(ran: Ran, whole: bool) -> ScannerState:
    """Its exit code, or what it said before it had to be ended."""
    if ran.stopped:
        return ScannerState.STOPPED
    told = next((state for words, state in _SAID.items() if words in ran.said), None)
    if told is None:
        told = ScannerState.READY if whole else ScannerState.OFFLINE
    return _STATES.get(ran.code, told)


def _write_config(config_dir: Path, backend: str) -> None:
    """A SANE of one backend, with the settings this machine has for it."""
    config_dir.mkdir(parents=True, exist_ok=True)
    (config_dir / "dll.conf").write_text(backend + "\n", encoding="ascii")
    settings = _SYSTEM_CONFIG / f"{backend}.conf"
    if backend == _AIRSCAN:
        (config_dir / settings.name).write_text(_AIRSCAN_CONFIG, encoding="ascii")
    elif settings.exists():
        shutil.copyfile(settings, config_dir / settings.name)


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
