"""Every code reader keeps one promise: each code once and whole, whatever comes, and again after the cable was out."""

import queue
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest
from pytestqt.qtbot import QtBot

from kiosk.devices.base import CodeReader, ReaderState, Reading
from kiosk.devices.code_reader import LONGEST_CODE, SerialReader
from kiosk.devices.simulated import SimulatedReader
from tests.kiosk.devices.reader_end import ReaderEnd

ADDRESS = "HTTPS://KEF.EXAMPLE/T/ABCDEFGHIJKLMNOPQRSTUVWX23"


class Hand(Protocol):
    """What a person and a technician do with a reader."""

    def show(self, text: str) -> None: ...
    def send(self, data: bytes) -> None: ...
    def pull(self) -> None: ...
    def plug(self) -> None: ...


class Desk:
    """A reader that listens, the hand in front of it, and what was heard."""

    def __init__(self, reader: CodeReader, hand: Hand) -> None:
        self.reader = reader
        self.hand = hand
        self._heard: queue.SimpleQueue[Reading] = queue.SimpleQueue()
        reader.listen(self._heard.put)

    def hears(self) -> str:
        """The next code; waits for it."""
        return self._heard.get(timeout=60).text

    def heard_nothing_more(self) -> bool:
        return self._heard.empty()


def simulated(_: Path) -> tuple[CodeReader, Hand, Callable[[], None]]:
    reader = SimulatedReader()
    return reader, reader, lambda: None


def serial(folder: Path) -> tuple[CodeReader, Hand, Callable[[], None]]:
    end = ReaderEnd(folder / "ttyReader")
    return SerialReader(str(end.port), 9600), end, end.pull


@pytest.fixture(params=[simulated, serial], ids=["simulated", "serial"])
def desk(request: pytest.FixtureRequest, qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    reader, hand, close = request.param(tmp_path)
    desk = Desk(reader, hand)
    qtbot.waitUntil(lambda: reader.state() is ReaderState.READY, timeout=60_000)
    yield desk
    reader.close()
    close()


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n"], ids=["CR", "LF", "CRLF"])
def test_a_code_comes_whole_whatever_its_end(desk: Desk, end: bytes) -> None:
    for text in (ADDRESS, "26-014-00385-97", "دفتر"):
        desk.hand.send(text.encode() + end)
        assert desk.hears() == text
    assert desk.heard_nothing_more()


def test_a_code_that_comes_in_two_parts_is_one(desk: Desk) -> None:
    desk.hand.send(ADDRESS[:11].encode())
    desk.hand.send(ADDRESS[11:].encode() + b"\r")
    assert desk.hears() == ADDRESS


def test_two_codes_that_come_together_are_two(desk: Desk) -> None:
    desk.hand.send(f"{ADDRESS}\r\n\r\n26-014-00385-97\r\n".encode())
    assert [desk.hears(), desk.hears()] == [ADDRESS, "26-014-00385-97"]
    assert desk.heard_nothing_more()


def test_the_largest_code_comes_whole(desk: Desk) -> None:
    for size in (4096, LONGEST_CODE):
        desk.hand.show("7" * size)
        assert desk.hears() == "7" * size


@pytest.mark.parametrize(
    "garbage",
    [bytes(range(128, 256)), b"\x00\x01\x02", b"\xd8\xa7\xd9", b"7" * (LONGEST_CODE + 1), b"A" * 50_000],
    ids=["binary", "control", "half a letter", "too long", "endless"],
)
def test_what_is_no_text_is_heard_as_nothing_readable_and_the_next_code_is_right(desk: Desk, garbage: bytes) -> None:
    desk.hand.send(garbage + b"\r")
    assert desk.hears() == ""
    desk.hand.show(ADDRESS)
    assert desk.hears() == ADDRESS


def test_a_reader_replugged_in_the_middle_of_a_code_reads_on(
    qtbot: QtBot, desk: Desk, expected_logs: list[str]
) -> None:
    if isinstance(desk.reader, SerialReader):
        expected_logs.append("the code reader is not on")
    desk.hand.send(b"HTTPS://KEF")
    desk.hand.pull()
    qtbot.waitUntil(lambda: desk.reader.state() is ReaderState.OFFLINE, timeout=60_000)
    desk.hand.plug()
    qtbot.waitUntil(lambda: desk.reader.state() is ReaderState.READY, timeout=60_000)
    desk.hand.show(ADDRESS)
    assert desk.hears() == ADDRESS
    assert desk.heard_nothing_more()


def test_a_serial_reader_that_ends_no_code_is_understood_by_silence(qtbot: QtBot, tmp_path: Path) -> None:
    reader, hand, close = serial(tmp_path)
    desk = Desk(reader, hand)
    qtbot.waitUntil(lambda: reader.state() is ReaderState.READY, timeout=60_000)
    hand.send(ADDRESS.encode())
    assert desk.hears() == ADDRESS
    reader.close()
    close()


def test_a_simulated_reader_falls_silent_too() -> None:
    reader = SimulatedReader()
    heard: list[Reading] = []
    reader.listen(heard.append)
    reader.send(ADDRESS.encode())
    assert heard == []
    reader.fall_silent()
    reader.fall_silent()
    assert heard == [Reading(ADDRESS)]
    reader.close()
    reader.show(ADDRESS)
    assert len(heard) == 1


def test_a_reader_that_is_not_there_yet_is_found_when_it_comes(
    qtbot: QtBot, tmp_path: Path, expected_logs: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    expected_logs.append("the code reader is not on")
    end = ReaderEnd(tmp_path / "ttyReader")
    end.pull()
    desk = Desk(SerialReader(str(end.port), 9600), end)
    qtbot.waitUntil(lambda: "the code reader is not on" in caplog.text, timeout=60_000)
    assert desk.reader.state() is ReaderState.OFFLINE
    end.plug()
    qtbot.waitUntil(lambda: desk.reader.state() is ReaderState.READY, timeout=60_000)
    end.show(ADDRESS)
    assert desk.hears() == ADDRESS
    desk.reader.close()
    end.pull()


def test_a_reader_nobody_listens_to_can_be_closed(tmp_path: Path) -> None:
    SerialReader(str(tmp_path / "ttyReader"), 9600).close()


def test_what_a_code_says_is_in_no_log() -> None:
    assert ADDRESS not in repr(Reading(ADDRESS))
