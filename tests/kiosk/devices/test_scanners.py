"""Every scanner keeps one promise: a whole page, or a fault that says why. SANE here is real, its devices are not."""

import io
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from kiosk.devices.base import UNWATCHED, Scan, Scanner, ScannerFault, ScannerState, Watch
from kiosk.devices.sane_scanner import SaneScanner
from kiosk.devices.simulated import SimulatedScanner
from tests.kiosk.devices.escl_server import escl_server

SANE_FAULTS = {
    ScannerState.JAMMED: "SANE_STATUS_JAMMED",
    ScannerState.EMPTY: "SANE_STATUS_NO_DOCS",
    ScannerState.COVER_OPEN: "SANE_STATUS_COVER_OPEN",
}
SIMULATED_FAULTS = {
    ScannerState.JAMMED: SimulatedScanner.jam,
    ScannerState.EMPTY: SimulatedScanner.empty,
    ScannerState.COVER_OPEN: SimulatedScanner.lift_cover,
}

Make = Callable[[ScannerState, Path], Scanner]


def simulated(state: ScannerState, _: Path) -> Scanner:
    scanner = SimulatedScanner(dpi=75)
    if state in SIMULATED_FAULTS:
        SIMULATED_FAULTS[state](scanner)
    return scanner


def sane(state: ScannerState, runtime_dir: Path) -> Scanner:
    options = (f"--read-return-value={SANE_FAULTS[state]}",) if state in SANE_FAULTS else ("--test-picture=Grid",)
    return SaneScanner("test:0", runtime_dir, dpi=75, mode="Gray", options=options)


@pytest.fixture(params=[simulated, sane], ids=["simulated", "sane"])
def make(request: pytest.FixtureRequest) -> Make:
    chosen: Make = request.param
    return chosen


def picture_of(scanner: Scanner) -> Image.Image:
    picture = Image.open(io.BytesIO(scanner.scan().picture))
    picture.load()
    return picture


def fault_of(scanner: Scanner) -> ScannerState:
    with pytest.raises(ScannerFault) as caught:
        scanner.scan()
    return caught.value.state


def test_a_whole_page_comes(make: Make, tmp_path: Path) -> None:
    scanner = make(ScannerState.READY, tmp_path)
    assert scanner.state() is ScannerState.READY
    scan = scanner.scan()
    picture = Image.open(io.BytesIO(scan.picture))
    picture.load()
    assert scan.dpi == 75
    assert picture.width > 100
    assert picture.convert("L").getextrema() != (255, 255)
    scanner.close()


@pytest.mark.parametrize("state", [ScannerState.JAMMED, ScannerState.EMPTY, ScannerState.COVER_OPEN])
def test_a_fault_says_what_to_mend(make: Make, tmp_path: Path, state: ScannerState) -> None:
    assert fault_of(make(state, tmp_path)) is state
    assert picture_of(make(ScannerState.READY, tmp_path)).width > 100


def test_the_simulator_shows_a_different_page_each_time_and_the_one_laid_on_it() -> None:
    scanner = SimulatedScanner(dpi=75)
    assert scanner.scan().picture != scanner.scan().picture
    scanner.insert(b"P5\n1 1\n255\n\x00")
    assert scanner.scan().picture == b"P5\n1 1\n255\n\x00"
    assert picture_of(scanner).size == (620, 877)


def test_a_mended_simulator_scans_again() -> None:
    scanner = SimulatedScanner(dpi=75)
    scanner.jam()
    assert scanner.state() is ScannerState.JAMMED
    scanner.mend()
    assert picture_of(scanner).width == 620


def test_a_real_picture_comes_through_sane_unchanged(tmp_path: Path) -> None:
    page = Image.linear_gradient("L").convert("RGB").resize((200, 300))
    page.save(tmp_path / "page.ppm")
    scanner = SaneScanner("pnm:0", tmp_path, dpi=75, options=(f"--filename={tmp_path / 'page.ppm'}",))
    assert picture_of(scanner).tobytes() == page.tobytes()


def test_a_page_that_ends_too_early_is_not_kept(tmp_path: Path) -> None:
    (tmp_path / "page.ppm").write_bytes(b"P6\n100 100\n255\n" + b"half a page" * 900)
    scanner = SaneScanner("pnm:0", tmp_path, dpi=75, options=(f"--filename={tmp_path / 'page.ppm'}",))
    assert fault_of(scanner) is ScannerState.JAMMED


@pytest.mark.parametrize("name", ["SANE_STATUS_IO_ERROR", "SANE_STATUS_ACCESS_DENIED", "SANE_STATUS_NO_MEM"])
def test_a_scanner_that_goes_away_is_offline(tmp_path: Path, name: str) -> None:
    scanner = SaneScanner("test:0", tmp_path, dpi=75, options=(f"--read-return-value={name}",))
    assert fault_of(scanner) is ScannerState.OFFLINE


def test_a_scanner_in_use_is_busy(tmp_path: Path) -> None:
    scanner = SaneScanner("test:0", tmp_path, dpi=75, options=("--read-return-value=SANE_STATUS_DEVICE_BUSY",))
    assert fault_of(scanner) is ScannerState.BUSY


def test_an_absent_scanner_is_offline(tmp_path: Path) -> None:
    scanner = SaneScanner("test:99", tmp_path, dpi=75)
    assert scanner.state() is ScannerState.OFFLINE
    assert fault_of(scanner) is ScannerState.OFFLINE


def test_a_machine_without_sane_has_no_scanner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    scanner = SaneScanner("test:0", tmp_path, dpi=75)
    assert scanner.state() is ScannerState.OFFLINE
    assert fault_of(scanner) is ScannerState.OFFLINE


@pytest.mark.parametrize("deaf", ["", "trap '' TERM"], ids=["slow", "deaf"])
def test_a_scan_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deaf: str) -> None:
    hanging_scanimage(tmp_path, monkeypatch, f"{deaf}\nprintf P5")
    scanner = SaneScanner("test:0", tmp_path, dpi=75, timeout_s=0.2)
    assert fault_of(scanner) is ScannerState.OFFLINE


def test_a_driver_that_tells_a_fault_and_hangs_is_believed_and_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanging_scanimage(tmp_path, monkeypatch, "echo 'scanimage: sane_start: Document feeder jammed' >&2")
    assert fault_of(SaneScanner("test:0", tmp_path, dpi=75)) is ScannerState.JAMMED


def test_a_whole_page_is_kept_though_its_driver_hangs_after_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hanging_scanimage(tmp_path, monkeypatch, "printf 'P5\\n2 2\\n255\\nabcd'")
    assert SaneScanner("test:0", tmp_path, dpi=75).scan().picture == b"P5\n2 2\n255\nabcd"


def hanging_scanimage(folder: Path, monkeypatch: pytest.MonkeyPatch, does: str) -> None:
    hanging = folder / "scanimage"
    hanging.write_text(f"#!/bin/bash\n{does}\nread -r -t 60 <> <(:)\nread -r -t 60 <> <(:)\n", encoding="ascii")
    hanging.chmod(hanging.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(folder), prepend=":")


def test_the_driver_loads_one_backend_only(tmp_path: Path) -> None:
    SaneScanner("test:0", tmp_path, dpi=75)
    assert (tmp_path / "sane" / "dll.conf").read_text(encoding="ascii") == "test\n"


def simulated_feeder(_: Path) -> Scanner:
    scanner = SimulatedScanner(dpi=50, feeder=True)
    for _sheet in range(10):
        scanner.insert(b"P5\n2 2\n255\nabcd")
    return scanner


def sane_feeder(runtime_dir: Path) -> Scanner:
    """SANE's test device has ten sheets in its feeder."""
    options = ("--source=Automatic Document Feeder", "--test-picture=Grid")
    return SaneScanner("test:0", runtime_dir, dpi=50, mode="Gray", options=options)


@pytest.mark.parametrize("make_feeder", [simulated_feeder, sane_feeder], ids=["simulated", "sane"])
def test_a_pile_goes_through_in_one_go(tmp_path: Path, make_feeder: Callable[[Path], Scanner]) -> None:
    sheets: list[int] = []
    watch = Watch(moved=lambda sheet, _share: sheets.append(sheet), unwanted=lambda: False)
    scans = [(scan, list(tmp_path.rglob("*.pnm"))) for scan in make_feeder(tmp_path).scan_all(watch)]
    assert len(scans) == 10
    assert not any(on_disk for _, on_disk in scans), "a pile goes through memory"
    assert sheets == sorted(sheets)
    assert sheets[-1] == 10


def test_the_glass_gives_one_page_and_tells_how_far_the_lamp_is(make: Make, tmp_path: Path) -> None:
    told: list[float] = []
    watch = Watch(moved=lambda _sheet, share: told.append(share), unwanted=lambda: False)
    assert len(list(make(ScannerState.READY, tmp_path).scan_all(watch))) == 1
    assert told == sorted(told)
    assert told[-1] == 1.0


def pages_before_the_fault(scanner: Scanner, watch: Watch = UNWATCHED) -> tuple[list[Scan], ScannerState]:
    came: list[Scan] = []
    with pytest.raises(ScannerFault) as caught:
        came.extend(scanner.scan_all(watch))
    return came, caught.value.state


def test_a_scan_nobody_wants_any_more_stops_the_device(tmp_path: Path) -> None:
    """The test device would take a minute: it reads a buffer, then waits, many times."""
    told: list[float] = []
    watch = Watch(moved=lambda _sheet, share: told.append(share), unwanted=lambda: len(told) > 2)
    options = ("--read-delay=yes", "--read-delay-duration=200000", "--read-limit=yes", "--read-limit-size=4096")
    scanner = SaneScanner("test:0", tmp_path, dpi=150, mode="Color", options=options)
    assert pages_before_the_fault(scanner, watch) == ([], ScannerState.STOPPED)
    assert max(told) < 1.0
    assert scanner.state() is ScannerState.READY


def test_a_simulated_scan_stops_too() -> None:
    scanner = SimulatedScanner(dpi=50, lamp_s=0.1)
    told: list[float] = []
    watch = Watch(moved=lambda _sheet, share: told.append(share), unwanted=lambda: len(told) > 2)
    assert pages_before_the_fault(scanner, watch) == ([], ScannerState.STOPPED)


def test_a_jam_in_the_pile_leaves_the_whole_pages_before_it() -> None:
    scanner = SimulatedScanner(dpi=50, feeder=True)
    for _sheet in range(4):
        scanner.insert(b"P5\n2 2\n255\nabcd")
    scanner.jam(after_sheets=2)
    came, state = pages_before_the_fault(scanner)
    assert (len(came), state) == (2, ScannerState.JAMMED)


def test_an_empty_feeder_says_so(tmp_path: Path) -> None:
    options = ("--source=Automatic Document Feeder", "--read-return-value=SANE_STATUS_NO_DOCS")
    scanner = SaneScanner("test:0", tmp_path, dpi=50, options=options)
    assert pages_before_the_fault(scanner) == ([], ScannerState.EMPTY)


def test_a_jam_in_mid_page_gives_no_page(tmp_path: Path) -> None:
    options = ("--source=Automatic Document Feeder", "--read-return-value=SANE_STATUS_JAMMED")
    scanner = SaneScanner("test:0", tmp_path, dpi=50, options=options)
    assert pages_before_the_fault(scanner) == ([], ScannerState.JAMMED)
    assert not list(scanner._pile_dir.iterdir())


def a_jpeg(columns: int = 620) -> bytes:
    file = io.BytesIO()
    Image.linear_gradient("L").resize((columns, 877)).convert("RGB").save(file, "JPEG")
    return file.getvalue()


def test_a_network_scanner_needs_no_driver(tmp_path: Path) -> None:
    with escl_server(a_jpeg()) as server:
        scanner = SaneScanner(server.device, tmp_path, dpi=75, mode="Color")
        assert scanner.state() is ScannerState.READY
        picture = picture_of(scanner).convert("L")
        assert abs(picture.width - 637) <= 20
        assert picture.getpixel((300, 20)) != picture.getpixel((300, 800))


def test_a_network_feeder_gives_its_pile_and_then_is_empty(tmp_path: Path) -> None:
    with escl_server(a_jpeg(), a_jpeg(), a_jpeg()) as server:
        server.adf_state = "ScannerAdfLoaded"
        scanner = SaneScanner(server.device, tmp_path, dpi=75, mode="Color", options=("--source=ADF",))
        assert len(list(scanner.scan_all())) == 3
        server.adf_state = "ScannerAdfEmpty"
        assert pages_before_the_fault(scanner) == ([], ScannerState.EMPTY)


def written_columns(face: Image.Image) -> int:
    box = Image.eval(face, lambda level: 255 - level).crop((0, 80, face.width, 81)).getbbox()
    assert box is not None
    return box[2]


def test_a_feeder_that_sees_both_faces_gives_each_back_after_its_front(tmp_path: Path) -> None:
    """Every face tells by its width which it is."""
    with escl_server(*(a_jpeg(columns) for columns in (600, 560))) as server:
        server.backs = [a_jpeg(columns) for columns in (580, 540)]
        server.adf_state = "ScannerAdfLoaded"
        scanner = SaneScanner(server.device, tmp_path, dpi=75, mode="Color", options=("--source=ADF Duplex",))
        faces = [Image.open(io.BytesIO(scan.picture)).convert("L") for scan in scanner.scan_all()]
    assert [written_columns(face) for face in faces] == pytest.approx([600, 580, 560, 540], abs=4)


def test_a_network_feeder_that_jams_keeps_what_came_whole(tmp_path: Path) -> None:
    with escl_server(a_jpeg(), a_jpeg()) as server:
        server.adf_state = "ScannerAdfJam"
        scanner = SaneScanner(server.device, tmp_path, dpi=75, mode="Color", options=("--source=ADF",))
        came, state = pages_before_the_fault(scanner)
    assert (len(came), state) == (2, ScannerState.JAMMED)


def test_a_network_scanner_that_goes_away_in_mid_page_gives_no_page(tmp_path: Path) -> None:
    with escl_server(a_jpeg()) as server:
        server.breaks = True
        scanner = SaneScanner(server.device, tmp_path, dpi=75, mode="Color")
        assert pages_before_the_fault(scanner) == ([], ScannerState.OFFLINE)
    assert scanner.state() is ScannerState.OFFLINE
