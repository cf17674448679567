"""What a printer keeps is printed by its key only while it is surely ours: whatever happened, the paper is true."""

import hashlib
import json
from pathlib import Path

import pytest
from PIL import Image

from kiosk.devices.base import PrinterFault, Raster
from kiosk.devices.graphics_memory import GraphicsMemory
from kiosk.devices.model_memory import ModelMemory
from kiosk.devices.printer_model import PrinterModel
from kiosk.devices.printer_profile import PrinterProfile
from kiosk.devices.raster_parts import parts
from kiosk.devices.simulated import SimulatedPrinter

WIDTH, TALL = 384, 40
PROFILE = PrinterProfile("with memory", WIDTH, process_id=True, mm_per_s=150, keeps_pictures=True)


def band(name: str) -> bytes:
    return hashlib.shake_128(name.encode()).digest(TALL * WIDTH // 8)


def picture(*names: str) -> Raster:
    """Bands of noise, unlike each other, with seams between them."""
    height = TALL * len(names)
    return Raster(WIDTH, height, b"".join(map(band, names)), tuple(range(TALL, height, TALL)))


HEAD, TEXT, NUMBER = "the town", "a sentence", "26-014-00385-97"
TICKET = picture(HEAD, NUMBER, TEXT)


class Hall:
    """One kiosk with its ledger, and the printer that happens to be plugged in."""

    def __init__(self, folder: Path, memory: ModelMemory) -> None:
        self.ledger = folder / "printer-memory.json"
        self.plug(memory)

    def plug(self, memory: ModelMemory) -> None:
        """Another printer, or the same one switched off and on; the kiosk starts anew as well."""
        self.model = PrinterModel(WIDTH, memory=memory)
        self.printer = SimulatedPrinter(self.model, PROFILE, 0.5, memory=GraphicsMemory(self.ledger))

    def learn(self, *names: str) -> list[bool]:
        return [self.printer.learn(part.ink) for part in parts(picture(*names))]

    def print(self) -> int:
        """Print the ticket, see that it is the whole truth; how many bytes it took."""
        before = len(self.model.received)
        self.printer.print(TICKET)
        paper: Image.Image = self.model.papers[-1]
        assert paper.point(lambda shade: 255 - shade).tobytes() == TICKET.rows
        assert self.model.unknown == b""
        return len(self.model.received) - before


@pytest.fixture
def memory() -> ModelMemory:
    return ModelMemory()


@pytest.fixture
def hall(tmp_path: Path, memory: ModelMemory) -> Hall:
    return Hall(tmp_path, memory)


def test_what_is_kept_is_not_sent_again(hall: Hall) -> None:
    whole = hall.print()
    assert hall.learn(HEAD, TEXT) == [True, True]
    assert hall.print() < whole * 0.4


def test_it_is_still_known_after_power_was_off(hall: Hall, memory: ModelMemory) -> None:
    hall.learn(HEAD, TEXT)
    once = hall.print()
    hall.plug(memory)
    hall.print()
    assert hall.print() == once


def test_learning_twice_keeps_it_once(hall: Hall, memory: ModelMemory) -> None:
    hall.learn(HEAD)
    kept = dict(memory.pictures)
    assert hall.learn(HEAD) == [True]
    assert memory.pictures == kept


def test_an_exchanged_printer_is_sent_everything(hall: Hall) -> None:
    hall.learn(HEAD, TEXT)
    hall.plug(ModelMemory(serial="X4FA000002"))
    assert hall.print() > len(TICKET.rows)
    assert hall.learn(HEAD) == [True]
    hall.print()


def test_a_printer_that_another_kiosk_filled_meanwhile_is_not_believed(
    hall: Hall, memory: ModelMemory, tmp_path: Path
) -> None:
    hall.learn(HEAD, TEXT)
    other = Hall(tmp_path / "elsewhere", memory)
    other.learn("another town", "another sentence")
    hall.plug(memory)
    assert hall.print() > len(TICKET.rows)


def test_a_printer_whose_memory_was_cleared_is_sent_everything(hall: Hall, memory: ModelMemory) -> None:
    hall.learn(HEAD, TEXT)
    memory.pictures.clear()
    hall.plug(memory)
    assert hall.print() > len(TICKET.rows)


def test_a_key_that_vanished_is_missed_alone(hall: Hall, memory: ModelMemory) -> None:
    hall.learn(HEAD, TEXT)
    keys = json.loads(hall.ledger.read_text())["pictures"].values()
    del memory.pictures[min(keys).encode()]
    hall.plug(memory)
    assert len(band(TEXT)) < hall.print() < len(TICKET.rows)


@pytest.mark.parametrize("ledger", [b"", b"{", b"[]", b'{"serial": 1}', b"\xff\xfe"])
def test_without_a_readable_ledger_the_printer_is_filled_afresh(hall: Hall, memory: ModelMemory, ledger: bytes) -> None:
    hall.learn(HEAD, TEXT)
    hall.ledger.write_bytes(ledger)
    hall.plug(memory)
    assert hall.print() > len(TICKET.rows)
    hall.learn(HEAD)
    assert len(memory.pictures) == 4, "three seals and one picture"


def test_a_cut_before_it_was_written_down_leaves_nothing_behind(hall: Hall, memory: ModelMemory) -> None:
    hall.learn(HEAD)
    written = hall.ledger.read_bytes()
    hall.learn(TEXT)
    hall.ledger.write_bytes(written)
    hall.plug(memory)
    hall.print()
    assert len(memory.pictures) == 4, "the picture nobody wrote down is deleted"


def test_a_full_memory_is_said_and_harms_nobody(tmp_path: Path) -> None:
    hall = Hall(tmp_path, ModelMemory(room=len(band(HEAD)) + 100))
    assert hall.learn(HEAD, TEXT) == [True, False]
    hall.print()


def test_more_keys_than_are_told_at_once_are_all_known(hall: Hall, memory: ModelMemory) -> None:
    names = [f"sentence {nth}" for nth in range(90)]
    assert all(hall.learn(*names))
    hall.plug(memory)
    hall.print()
    assert len(memory.pictures) == 93
    assert all(hall.learn(*names))
    assert len(memory.pictures) == 93


def test_power_lost_while_learning_is_a_fault_and_nothing_is_believed(hall: Hall, memory: ModelMemory) -> None:
    hall.learn(HEAD)
    hall.model.set_power(False)
    with pytest.raises(PrinterFault):
        hall.learn(TEXT)
    hall.plug(memory)
    hall.print()


def test_a_printer_that_cannot_print_learns_later(hall: Hall) -> None:
    hall.model.set_cover_open(True)
    with pytest.raises(PrinterFault):
        hall.learn(HEAD)
    hall.model.set_cover_open(False)
    assert hall.learn(HEAD) == [True]
