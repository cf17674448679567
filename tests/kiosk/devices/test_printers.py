"""Every printer keeps one promise: `print` returns only when one whole paper is out, and a fault says why it is not.

The same tests run on the simulator, on a serial line and on a network, each with both kinds of printer model.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest
from PIL import Image

from kiosk.devices.base import Printer, PrinterFault, PrinterState, Raster
from kiosk.devices.escpos_links import NetworkLink, SerialLink, UsbLink
from kiosk.devices.escpos_printer import EscposPrinter
from kiosk.devices.graphics_memory import GraphicsMemory
from kiosk.devices.printer_ends import PtyEnd, TcpEnd
from kiosk.devices.printer_model import PrinterModel, Roll
from kiosk.devices.printer_profile import PrinterProfile
from kiosk.devices.raster_parts import parts
from kiosk.devices.simulated import SimulatedPrinter

WIDTH = 384
ROW_BYTES = WIDTH // 8
ROWS = 400
BLACK_ROW = b"\xff" * ROW_BYTES
MIDDLE = 200
PROFILES = {
    "with-process-id": PrinterProfile("with process ID", WIDTH, process_id=True, mm_per_s=150),
    "without-process-id": PrinterProfile("without process ID", WIDTH, process_id=False, mm_per_s=150),
    "with-memory": PrinterProfile("with memory", WIDTH, process_id=True, mm_per_s=150, keeps_pictures=True),
}
SEAMS = (60, 61, 190, 260, 399)


class Cable(Protocol):
    def plug(self) -> None: ...
    def pull(self) -> None: ...


@dataclass(frozen=True)
class Bench:
    """A printer, the machine at the other end of its cable, and the cable."""

    printer: Printer
    model: PrinterModel
    cable: Cable

    def lose_power(self) -> None:
        self.model.set_power(False)

    def end_paper(self) -> None:
        self.model.set_roll(Roll.OUT)

    def open_cover(self) -> None:
        self.model.set_cover_open(True)

    def mend(self) -> None:
        self.model.set_power(True)
        self.model.set_roll(Roll.FULL)
        self.model.set_cover_open(False)
        self.model.set_cutter_stuck(False)


def memory_for(profile: PrinterProfile, folder: Path) -> GraphicsMemory | None:
    return GraphicsMemory(folder / "memory.json") if profile.keeps_pictures else None


def simulated(stack: ExitStack, profile: PrinterProfile, patience_s: float, tmp_path: Path) -> Bench:
    memory = memory_for(profile, tmp_path)
    printer = SimulatedPrinter(PrinterModel(profile.width_px), profile, patience_s, memory=memory)
    stack.callback(printer.close)
    return Bench(printer, printer.model, printer.cable)


def serial_line(stack: ExitStack, profile: PrinterProfile, patience_s: float, tmp_path: Path) -> Bench:
    model = PrinterModel(profile.width_px)
    end = PtyEnd(model, tmp_path / "ttyPrinter")
    stack.callback(end.close)
    printer = EscposPrinter(SerialLink(str(end.port)), profile, patience_s, memory_for(profile, tmp_path))
    stack.callback(printer.close)
    return Bench(printer, model, end)


def network(stack: ExitStack, profile: PrinterProfile, patience_s: float, tmp_path: Path) -> Bench:
    model = PrinterModel(profile.width_px)
    end = TcpEnd(model)
    stack.callback(end.close)
    printer = EscposPrinter(NetworkLink("127.0.0.1", end.port), profile, patience_s, memory_for(profile, tmp_path))
    stack.callback(printer.close)
    return Bench(printer, model, end)


Connect = Callable[[float], Bench]


@pytest.fixture(params=[simulated, serial_line, network], ids=["simulated", "serial", "network"])
def wiring(request: pytest.FixtureRequest) -> Callable[[ExitStack, PrinterProfile, float, Path], Bench]:
    chosen: Callable[[ExitStack, PrinterProfile, float, Path], Bench] = request.param
    return chosen


@pytest.fixture(params=list(PROFILES.values()), ids=list(PROFILES))
def connect(
    request: pytest.FixtureRequest,
    wiring: Callable[[ExitStack, PrinterProfile, float, Path], Bench],
    tmp_path: Path,
) -> Iterator[Connect]:
    """Connect a printer that bears a silence for so many seconds. One with a memory keeps most of both tickets."""

    def connect_one(patience_s: float) -> Bench:
        bench = wiring(stack, request.param, patience_s, tmp_path)
        for part in (*list(parts(OLD))[1:], *list(parts(NEW))[:-1]):
            assert bench.printer.learn(part.ink) is request.param.keeps_pictures
        return bench

    with ExitStack() as stack:
        yield connect_one


@pytest.fixture
def bench(connect: Connect) -> Bench:
    return connect(2.0)


@pytest.fixture
def hurried_bench(connect: Connect) -> Bench:
    """For what never answers."""
    return connect(0.5)


def ticket(seed: int) -> Raster:
    """Black specks and white stretches, unlike any other ticket; its last row alone is black."""
    specks = hashlib.shake_128(bytes([seed])).digest(ROWS * ROW_BYTES)
    rows = [specks[at : at + ROW_BYTES] for at in range(0, len(specks), ROW_BYTES)]
    bits = b"".join(row if row[0] < 160 else bytes(ROW_BYTES) for row in rows[1:]) + BLACK_ROW
    return Raster(WIDTH, ROWS, bits, SEAMS)


OLD, NEW = ticket(1), ticket(2)


def seen(paper: Image.Image) -> Raster:
    return Raster(paper.width, paper.height, paper.point(lambda shade: 255 - shade).tobytes(), SEAMS)


def fault_of(bench: Bench, image: Raster) -> PrinterState:
    with pytest.raises(PrinterFault) as caught:
        bench.printer.print(image)
    return caught.value.state


CUT_IN_TWO = (b"", b"\x1b", b"\x1d", b"\x10")
"""What a printer makes nothing of: at most the head of a command that the cable cut in two."""


def assert_one_whole_new_paper(bench: Bench) -> None:
    """The new ticket is the last paper, alone on it; the old one is at most a scrap that lacks its end."""
    bench.printer.print(NEW)
    *scraps, last = [seen(paper) for paper in bench.model.papers]
    assert last == NEW
    assert len(scraps) <= 1
    for scrap in scraps:
        assert OLD.rows.startswith(scrap.rows.rstrip(b"\x00"))
        assert BLACK_ROW not in scrap.rows
    assert bench.model.hanging is None
    assert bench.model.unknown in CUT_IN_TWO


def test_a_ticket_comes_out_as_it_was_drawn(bench: Bench) -> None:
    assert bench.printer.state() is PrinterState.READY
    bench.printer.print(NEW)
    assert [seen(paper) for paper in bench.model.papers] == [NEW]
    assert bench.model.unknown == b""


def test_tickets_follow_each_other(bench: Bench) -> None:
    for image in (OLD, NEW, OLD):
        bench.printer.print(image)
    assert [seen(paper) for paper in bench.model.papers] == [OLD, NEW, OLD]


def test_a_picture_that_holds_status_requests_by_chance_confuses_nobody(bench: Bench) -> None:
    bench.model.set_roll(Roll.LOW)
    row = b"\x10\x04\x04\x10\x04\x01".ljust(ROW_BYTES, b"\x55")
    image = Raster(WIDTH, ROWS, row * ROWS, SEAMS)
    bench.printer.print(image)
    assert bench.printer.state() is PrinterState.PAPER_LOW
    assert [seen(paper) for paper in bench.model.papers] == [image]


def test_little_paper_is_said_and_still_prints(bench: Bench) -> None:
    bench.model.set_roll(Roll.LOW)
    assert bench.printer.state() is PrinterState.PAPER_LOW
    bench.printer.print(NEW)
    assert [seen(paper) for paper in bench.model.papers] == [NEW]


@pytest.mark.parametrize(
    ("happens", "state"),
    [
        (Bench.end_paper, PrinterState.PAPER_OUT),
        (Bench.open_cover, PrinterState.COVER_OPEN),
    ],
)
def test_nothing_is_sent_to_a_printer_that_cannot_print(
    bench: Bench, happens: Callable[[Bench], None], state: PrinterState
) -> None:
    happens(bench)
    assert bench.printer.state() is state
    assert fault_of(bench, OLD) is state
    bench.mend()
    assert bench.printer.state() is PrinterState.READY
    assert bench.model.papers == []
    assert_one_whole_new_paper(bench)


def test_who_asked_just_before_has_the_paper_on_its_way_at_once(bench: Bench) -> None:
    assert bench.printer.state() is PrinterState.READY
    bench.model.received.clear()
    bench.printer.print(NEW)
    assert bench.model.received.startswith(b"\x1b@")


@pytest.mark.parametrize(
    ("happens", "state"),
    [
        (Bench.end_paper, PrinterState.PAPER_OUT),
        (Bench.open_cover, PrinterState.COVER_OPEN),
    ],
)
def test_what_happens_between_the_answer_and_the_ticket_is_noticed(
    bench: Bench, happens: Callable[[Bench], None], state: PrinterState
) -> None:
    assert bench.printer.state() is PrinterState.READY
    happens(bench)
    assert fault_of(bench, OLD) is state
    bench.mend()
    assert_one_whole_new_paper(bench)


def test_paper_runs_out_in_the_middle_of_a_ticket(bench: Bench) -> None:
    bench.model.run_out_after(MIDDLE)
    assert fault_of(bench, OLD) is PrinterState.PAPER_OUT
    assert bench.printer.state() is PrinterState.PAPER_OUT
    bench.mend()
    assert_one_whole_new_paper(bench)


@pytest.mark.parametrize("rows", [1, MIDDLE, ROWS - 30])
def test_cover_is_opened_in_the_middle_of_a_ticket(bench: Bench, rows: int) -> None:
    bench.model.after_rows(rows, bench.open_cover)
    assert fault_of(bench, OLD) is PrinterState.COVER_OPEN
    bench.mend()
    assert_one_whole_new_paper(bench)


def test_power_is_lost_in_the_middle_of_a_ticket(hurried_bench: Bench) -> None:
    bench = hurried_bench
    bench.model.after_rows(MIDDLE, bench.lose_power)
    assert fault_of(bench, OLD) is PrinterState.OFFLINE
    bench.mend()
    assert_one_whole_new_paper(bench)


def test_cable_is_pulled_in_the_middle_of_a_ticket_and_plugged_again(bench: Bench) -> None:
    bench.model.after_rows(MIDDLE, bench.cable.pull)
    assert fault_of(bench, OLD) is PrinterState.OFFLINE
    assert bench.printer.state() is PrinterState.OFFLINE
    bench.cable.plug()
    assert bench.printer.state() is PrinterState.READY
    assert_one_whole_new_paper(bench)


def test_cable_is_pulled_between_two_tickets_and_plugged_again(bench: Bench) -> None:
    assert bench.printer.state() is PrinterState.READY
    bench.cable.pull()
    assert bench.printer.state() is PrinterState.OFFLINE
    assert fault_of(bench, OLD) is PrinterState.OFFLINE
    bench.cable.plug()
    assert_one_whole_new_paper(bench)


def test_a_silent_printer_is_offline(hurried_bench: Bench) -> None:
    hurried_bench.lose_power()
    assert hurried_bench.printer.state() is PrinterState.OFFLINE
    assert fault_of(hurried_bench, OLD) is PrinterState.OFFLINE
    hurried_bench.mend()
    assert_one_whole_new_paper(hurried_bench)


def test_a_cutter_that_sticks_leaves_the_old_ticket_to_be_cut_before_the_new(bench: Bench) -> None:
    bench.model.set_cutter_stuck(True)
    assert fault_of(bench, OLD) is PrinterState.CUTTER_ERROR
    assert fault_of(bench, NEW) is PrinterState.CUTTER_ERROR
    bench.mend()
    bench.printer.print(NEW)
    assert [seen(paper) for paper in bench.model.papers] == [OLD, NEW]


def test_a_picture_wider_than_the_paper_is_refused(bench: Bench) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        bench.printer.print(Raster(WIDTH + 8, 1, bytes(ROW_BYTES + 1)))


def test_a_job_of_an_earlier_run_does_not_come_out_with_the_first_ticket() -> None:
    model = PrinterModel(WIDTH)
    profile = PROFILES["with-process-id"]
    model.set_cover_open(True)
    model.feed(b"\x1b@\x1dv0\x00\x30\x00\x02\x00" + bytes([255]) * 96 + b"\x1dVB\x00")
    printer = SimulatedPrinter(model, profile)
    assert printer.state() is PrinterState.COVER_OPEN
    model.set_power(True)
    model.set_cover_open(False)
    printer.print(NEW)
    assert seen(model.papers[-1]) == NEW


def test_a_printer_that_answers_but_never_prints_is_a_fault_in_the_end() -> None:
    model = PrinterModel(WIDTH, mm_per_s=0.001)
    printer = SimulatedPrinter(model, PROFILES["without-process-id"], patience_s=0.2)
    with pytest.raises(PrinterFault) as caught:
        printer.print(ticket(3))
    assert caught.value.state is PrinterState.UNKNOWN
    model.close()


def test_a_slow_printer_is_waited_for() -> None:
    model = PrinterModel(WIDTH, mm_per_s=200)
    printer = SimulatedPrinter(model, PROFILES["with-process-id"])
    printer.print(NEW)
    assert [seen(paper) for paper in model.papers] == [NEW]
    model.close()


@pytest.mark.parametrize(
    "link",
    [SerialLink("/dev/no-such-printer"), NetworkLink("127.0.0.1", 9), UsbLink(0x04B8, 0xFFFF)],
    ids=["serial", "network", "usb"],
)
def test_an_absent_printer_is_offline(link: SerialLink | NetworkLink | UsbLink) -> None:
    printer = EscposPrinter(link, PROFILES["with-process-id"])
    assert printer.state() is PrinterState.OFFLINE
    with pytest.raises(PrinterFault):
        printer.print(NEW)
    printer.close()
