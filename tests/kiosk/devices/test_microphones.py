"""Every microphone keeps one promise: what is said comes whole, or a fault says why.

ALSA is real, and so is `arecord`: its plug-ins stand where a sound card would be, and hear what a test puts before it.
"""

import math
import os
import threading
from array import array
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kiosk.devices.alsa_microphone import LONGEST, TENTH, AlsaMicrophone, loudness
from kiosk.devices.base import RATE, Ear, Microphone, MicrophoneFault, MicrophoneState
from kiosk.devices.of_profile import open_microphone
from kiosk.devices.opus import encode
from kiosk.devices.simulated import SimulatedMicrophone
from kiosk.settings import MicrophoneKind, MicrophoneSettings

Make = Callable[[bytes], Microphone]
PATIENCE_S = 60


def voice(loudest: int, seconds: float) -> bytes:
    return array("h", (round(loudest * math.sin(at / 8)) for at in range(round(RATE * seconds)))).tobytes()


SAID = voice(9_000, 1.5)


@pytest.fixture
def alsa(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """“mic” hears the file, and after it nothing; “slow” hears what comes out of a pipe, when it comes."""
    mouth, slow, rc = tmp_path / "mouth.raw", tmp_path / "slow", tmp_path / "asoundrc"
    os.mkfifo(slow)
    rc.write_text(
        "".join(
            f'pcm.{name} {{ type file slave.pcm "null" file "/dev/null" infile "{path}" format "raw" }}\n'
            for name, path in (("mic", mouth), ("slow", slow))
        )
    )
    monkeypatch.setenv("ALSA_CONFIG_PATH", f"/usr/share/alsa/alsa.conf:{rc}")
    return tmp_path


@pytest.fixture(params=["simulated", "alsa"])
def make(request: pytest.FixtureRequest, alsa: Path) -> Make:
    """A microphone before which exactly that is said."""

    def simulated(said: bytes) -> SimulatedMicrophone:
        microphone = SimulatedMicrophone(tenth_s=0)
        microphone.say(said)
        return microphone

    def real(said: bytes) -> AlsaMicrophone:
        (alsa / "mouth.raw").write_bytes(said)
        return AlsaMicrophone("mic")

    return simulated if request.param == "simulated" else real


def after(levels: list[float], tenths: int) -> Ear:
    return Ear(levels.append, lambda: len(levels) >= tenths)


def test_what_is_said_comes_whole_and_its_loudness_while_it_is_said(make: Make) -> None:
    levels: list[float] = []
    taken = make(SAID + bytes(10 * TENTH)).record(after(levels, 20))
    assert taken.startswith(SAID)
    assert len(levels) >= 20
    assert all(level > 0.5 for level in levels[:15])
    assert levels[15:20] == [0.0] * 5


def test_nobody_speaks_longer_than_two_minutes(make: Make) -> None:
    assert len(make(SAID).record(after([], 9_999))) == LONGEST == 120 * RATE * 2


def test_who_has_said_enough_at_once_said_nothing(make: Make) -> None:
    assert make(SAID).record(Ear(lambda _level: None, lambda: True)) == b""


def test_a_microphone_is_listened_to_before_it_is_called_well(make: Make) -> None:
    assert make(SAID).state() is MicrophoneState.READY


def test_one_whose_plug_is_out_is_mute(alsa: Path) -> None:
    (alsa / "mouth.raw").write_bytes(b"")
    assert AlsaMicrophone("mic").state() is MicrophoneState.MUTE
    simulated = SimulatedMicrophone()
    simulated.mute()
    assert simulated.state() is MicrophoneState.MUTE


def test_one_that_is_not_there_is_told(alsa: Path, expected_logs: list[str]) -> None:
    expected_logs.append("nobody is heard: arecord hears nothing on “nowhere”")
    simulated = SimulatedMicrophone()
    simulated.pull()
    for microphone in (AlsaMicrophone("nowhere"), simulated):
        assert microphone.state() is MicrophoneState.OFFLINE
        with pytest.raises(MicrophoneFault):
            microphone.record(after([], 1))
    simulated.mend()
    assert simulated.state() is MicrophoneState.READY


@pytest.fixture
def thread() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as thread:
        yield thread


def test_it_is_silent_as_soon_as_somebody_has_finished(alsa: Path, thread: ThreadPoolExecutor) -> None:
    """Also while the device says nothing, as a busy one does."""
    heard, enough = threading.Event(), threading.Event()
    ear = Ear(lambda _level: heard.set(), enough.is_set)
    recording = thread.submit(AlsaMicrophone("slow").record, ear)
    with (alsa / "slow").open("wb", buffering=0) as mouth:
        while not heard.is_set():
            mouth.write(SAID[:TENTH])
        assert not recording.done()
        enough.set()
        assert recording.result(PATIENCE_S)[:TENTH] == SAID[:TENTH]


def test_a_kiosk_without_the_recorder_says_which_package_it_wants(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(MicrophoneFault, match="Debian's package alsa-utils"):
        AlsaMicrophone("default").record(after([], 1))
    with pytest.raises(MicrophoneFault, match="Debian's package opus-tools"):
        encode(SAID)


def test_an_encoder_that_ends_badly_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "opusenc"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MicrophoneFault, match="it ended with 3"):
        encode(SAID)


def test_two_minutes_are_smaller_than_a_scanned_page() -> None:
    small = encode(voice(9_000, 120))
    assert small.startswith(b"OggS")
    assert b"OpusHead" in small[:64]
    assert len(small) < 400_000


def test_loudness_is_as_an_ear_has_it() -> None:
    assert loudness(b"") == loudness(voice(100, 0.1)) == 0
    assert 0.2 < loudness(voice(600, 0.1)) < loudness(voice(6_000, 0.1)) < 1
    assert loudness(voice(32_000, 0.1)) == 1


def test_the_profile_names_the_microphone() -> None:
    assert open_microphone(MicrophoneSettings()) is None
    assert isinstance(open_microphone(MicrophoneSettings(MicrophoneKind.ALSA, "plughw:1,0")), AlsaMicrophone)
    assert isinstance(open_microphone(MicrophoneSettings(MicrophoneKind.SIMULATED)), SimulatedMicrophone)
