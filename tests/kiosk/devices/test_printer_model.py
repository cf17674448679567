"""The printer in software behaves as the manual of a real one says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from kiosk.devices.base import Raster
from kiosk.devices.escpos_job import CUT, pieces, preamble
from kiosk.devices.printer_model import PrinterModel, Roll
from kiosk.devices.printer_profile import PrinterProfile

PROFILE = PrinterProfile("small", width_px=64, process_id=True, mm_per_s=150)
ONE_BLACK_ROW = b"\x1dv0\x00\x08\x00\x01\x00" + b"\xff" * 8


def plugged() -> tuple[PrinterModel, list[bytes]]:
    model = PrinterModel(PROFILE.width_px)
    answers: list[bytes] = []
    model.plug(answers.append)
    return model, answers


def pixels(paper: Image.Image) -> bytes:
    return paper.point(lambda shade: 255 - shade).tobytes()


ROW = st.one_of(st.just(bytes(8)), st.binary(min_size=8, max_size=8))


@given(rows=st.lists(ROW, min_size=1, max_size=90), cuts=st.lists(st.integers(1, 60), max_size=30))
def test_the_paper_shows_the_picture_pixel_for_pixel_however_the_bytes_arrive(
    rows: list[bytes], cuts: list[int]
) -> None:
    model, _ = plugged()
    image = Raster(64, len(rows), b"".join(rows))
    job = preamble(PROFILE) + b"".join(pieces(image, lambda _: None, draws_codes=False)) + CUT
    for size in cuts:
        model.feed(job[:size])
        job = job[size:]
    model.feed(job)
    [paper] = model.papers
    assert (paper.width, paper.height) == (image.width_px, image.height_px)
    assert pixels(paper) == image.rows
    assert model.unknown == b""


def test_status_is_answered_at_once_with_the_fixed_bits() -> None:
    model, answers = plugged()
    questions = b"".join(b"\x10\x04" + bytes([n]) for n in (1, 2, 3, 4))
    model.feed(questions)
    assert b"".join(answers) == b"\x12\x12\x12\x12"
    answers.clear()
    model.set_cover_open(True)
    model.set_roll(Roll.OUT)
    model.feed(questions)
    assert b"".join(answers) == b"\x1a\x36\x12\x7e"


def test_a_status_request_cut_in_two_is_understood() -> None:
    model, answers = plugged()
    model.feed(b"\x10\x04")
    model.feed(b"\x01")
    assert answers == [b"\x12"]


def test_a_process_id_is_answered_only_when_all_before_it_is_on_paper() -> None:
    model, answers = plugged()
    model.set_cover_open(True)
    model.feed(ONE_BLACK_ROW + b"\x1dVB\x00" + b"\x1d(H\x06\x0000abcd")
    assert answers == []
    model.set_cover_open(False)
    assert answers == [b"\x37\x22abcd\x00"]
    assert len(model.papers) == 1


def test_clearing_drops_what_waits_and_says_so() -> None:
    model, answers = plugged()
    model.set_roll(Roll.OUT)
    model.feed(ONE_BLACK_ROW + bytes.fromhex("10140801031401060208"))
    assert answers == [b"\x37\x25\x00"]
    model.set_roll(Roll.FULL)
    assert model.hanging is None


def test_power_off_loses_what_waits_but_not_the_paper_printed_so_far() -> None:
    model, answers = plugged()
    model.run_out_after(1)
    model.feed(ONE_BLACK_ROW * 3)
    model.set_power(False)
    model.feed(ONE_BLACK_ROW + b"\x10\x04\x01")
    model.set_power(True)
    model.set_roll(Roll.FULL)
    assert answers == []
    assert model.hanging is not None
    assert model.hanging.height == 1


def test_a_stuck_cutter_stops_the_printer_until_it_is_freed() -> None:
    model, answers = plugged()
    model.set_cutter_stuck(True)
    model.feed(ONE_BLACK_ROW + b"\x1dV\x00" + b"\x10\x04\x03")
    model.feed(b"\x10\x04\x03")
    assert answers[-1] == b"\x1a"
    assert model.papers == []
    model.set_cutter_stuck(False)
    assert len(model.papers) == 1


def test_feeds_by_dots_and_by_lines_move_white_paper() -> None:
    model, _ = plugged()
    model.feed(preamble(PROFILE) + b"\x1bJ\x18" + b"\x1bd\x02" + b"\x1dV\x01")
    assert model.papers[0].height == 24 + 2 * 30
    assert model.papers[0].getextrema() == (255, 255)


@pytest.mark.parametrize(("roll", "answer"), [(Roll.FULL, b"\x00"), (Roll.LOW, b"\x03")])
def test_paper_sensor_is_told_in_turn(roll: Roll, answer: bytes) -> None:
    model, answers = plugged()
    model.set_roll(roll)
    model.feed(b"\x1dr\x01")
    assert answers == [answer]


def test_finished_papers_are_handed_to_whoever_looks_at_the_tray() -> None:
    tray: list[Image.Image] = []
    model = PrinterModel(PROFILE.width_px, on_paper=tray.append)
    model.feed(ONE_BLACK_ROW + b"\x1dVB\x00")
    assert tray == model.papers
    assert bytes(model.received) == ONE_BLACK_ROW + b"\x1dVB\x00"


def test_a_margin_falls_on_its_dot_at_the_far_edge_too() -> None:
    model = PrinterModel()
    model.feed(b"\x1b@\x1dP\xcb\xcb" + b"\x1dL\x38\x02" + b"\x1dv0\x00\x01\x00\x01\x00\x80" + CUT)
    [paper] = model.papers
    assert [paper.getpixel((at, 0)) for at in (567, 568, 569)] == [255, 0, 255]
