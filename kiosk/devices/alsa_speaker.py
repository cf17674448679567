"""A loudspeaker or headset of this machine: sounds go to ALSA through `aplay`, which is ended to be silent at once."""

import logging
import os
import subprocess
import threading
from array import array
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from civic.spoken import sentences
from kiosk.devices.base import RATE, Saying, SpeakerState, Volume
from kiosk.devices.espeak import SpeakerFault
from kiosk.devices.recordings import Recordings

_log = logging.getLogger(__name__)
_GLANCE_S = 0.02
"""How often a voice listens whether it is still wanted: so much later, at most, it is silent."""
_PLAY = ("-q", "-t", "raw", "-f", "S16_LE", "-c", "1", "-r", str(RATE), "--buffer-time=200000")


class AlsaSpeaker:
    """`device` as `aplay -L` names it. A sentence is the town's recording, or made by the offline voice."""

    def __init__(self, device: str, recordings: Recordings, *, private: bool) -> None:
        self.private = private
        self.volume = Volume.USUAL
        self._device = device
        self._recordings = recordings
        self._state = SpeakerState.READY
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="speaker")
        self._over = threading.Event()
        """Of what is being said now: set when it is, or is no longer wanted."""
        self._over.set()

    @property
    def speaking(self) -> bool:
        return not self._over.is_set()

    def state(self) -> SpeakerState:
        return self._state

    def say(self, sayings: Sequence[Saying], begun: Callable[[int], None]) -> None:
        words = tuple(sayings)
        self._begin(lambda over: self._say(words, begun, over))

    def play(self, sound: bytes) -> None:
        self._begin(lambda over: play(at_volume(sound, self.volume), self._device, over))

    def hush(self) -> None:
        self._over.set()

    def close(self) -> None:
        self.hush()
        self._thread.shutdown()

    def _begin(self, speak: Callable[[threading.Event], None]) -> None:
        self._over.set()
        over = self._over = threading.Event()
        self._thread.submit(self._until_over, speak, over)

    def _say(self, sayings: tuple[Saying, ...], begun: Callable[[int], None], over: threading.Event) -> None:
        for nth, saying in enumerate(sayings):
            for place, sentence in enumerate(sentences(saying.text, saying.language)):
                sound = self._recordings.sound(sentence, saying.language)
                if over.is_set():
                    return
                if place == 0:
                    begun(nth)
                play(at_volume(sound, self.volume), self._device, over)

    def _until_over(self, speak: Callable[[threading.Event], None], over: threading.Event) -> None:
        try:
            speak(over)
        except SpeakerFault as fault:
            if self._state is SpeakerState.READY:
                _log.warning("the kiosk is silent: %s", fault)
            self._state = SpeakerState.OFFLINE
        else:
            self._state = SpeakerState.READY
        finally:
            over.set()


def at_volume(sound: bytes, volume: Volume) -> bytes:
    """The same samples, so much softer: not every loudspeaker has a knob that a program can turn."""
    gain = volume.gain
    return sound if gain == 1 else array("h", (round(sample * gain) for sample in array("h", sound))).tobytes()


def play(sound: bytes, device: str, over: threading.Event) -> None:
    """Until it is out, or no longer wanted. Raises SpeakerFault."""
    with _held(sound) as samples:
        command = ["aplay", *_PLAY, "-D", device]
        try:
            process = subprocess.Popen(  # noqa: S603  the words are of the settings, and no shell reads them
                command, stdin=samples, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        except OSError as fault:
            raise SpeakerFault("aplay does not run: is Debian's package alsa-utils installed?") from fault
        with process:
            while process.poll() is None:
                if over.wait(_GLANCE_S):
                    process.kill()
                    return
    if process.returncode:
        raise SpeakerFault(f"aplay cannot play on “{device}”: `aplay -L` names the devices there are")


@contextmanager
def _held(sound: bytes) -> Iterator[int]:
    """As a file in memory alone: it may be about a person, and a pipe would wait for the end of the sound."""
    file = os.memfd_create("sound")
    try:
        os.write(file, sound)
        os.lseek(file, 0, os.SEEK_SET)
        yield file
    finally:
        os.close(file)
