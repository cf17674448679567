"""A microphone of this machine, through ALSA's `arecord`. What is heard comes by a pipe, and stays in memory."""

import logging
import math
import os
import select
import subprocess
import time
from array import array
from collections.abc import Iterator
from contextlib import contextmanager

from civic.voice_note import LONGEST_S
from kiosk.devices.base import RATE, Ear, MicrophoneFault, MicrophoneState

_log = logging.getLogger(__name__)
_RECORD = ("-q", "-t", "raw", "-f", "S16_LE", "-c", "1", "-r", str(RATE), "--buffer-time=500000", "--period-time=50000")
_GLANCE_S = 0.02
"""How often it is asked whether it is enough: so much later, at most, nothing is heard any more."""
_PATIENCE_S = 5.0
"""A microphone that sends nothing for so long is as good as none."""
_MOMENT_S = 0.3
"""So much is listened to before it is said how a microphone is: some begin with silence."""
TENTH = RATE // 10 * 2
"""Bytes of a tenth of a second."""
LONGEST = LONGEST_S * RATE * 2
"""Bytes of as much as anybody may say."""
_FLOOR_DB, _LOUD_DB = -46.0, -6.0
"""The hum of a hall, and a voice too near, below the loudest sample there is."""


class AlsaMicrophone:
    """`device` as `arecord -L` names it."""

    def __init__(self, device: str) -> None:
        self._device = device

    def state(self) -> MicrophoneState:
        moment = Ear(heard=lambda _level: None, enough=lambda: False)
        try:
            heard = self._hear(moment, int(_MOMENT_S * RATE) * 2)
        except MicrophoneFault as fault:
            _log.warning("nobody is heard: %s", fault)
            return MicrophoneState.OFFLINE
        return MicrophoneState.READY if any(heard) else MicrophoneState.MUTE

    def record(self, ear: Ear) -> bytes:
        return self._hear(ear, LONGEST)

    def _hear(self, ear: Ear, most: int) -> bytes:
        """At most so many bytes; a device that falls silent, or ends, has sent all it will. Raises MicrophoneFault."""
        taken, told, came_at = bytearray(), 0, time.monotonic()
        with self._recorder() as pipe:
            while len(taken) < most and not ear.enough():
                ready = bool(select.select([pipe], [], [], _GLANCE_S)[0])
                piece = os.read(pipe, TENTH) if ready else b""
                if piece:
                    came_at = time.monotonic()
                elif ready or time.monotonic() - came_at > _PATIENCE_S:
                    break
                taken += piece
                while len(taken) - told >= TENTH:
                    ear.heard(loudness(taken[told : told + TENTH]))
                    told += TENTH
            else:
                return bytes(taken[:most])
        if not taken:
            where = f"arecord hears nothing on “{self._device}”"
            raise MicrophoneFault(f"{where}: `arecord -L` names the devices there are")
        return bytes(taken)

    @contextmanager
    def _recorder(self) -> Iterator[int]:
        """What it hears comes out of this end of a pipe."""
        command = ["arecord", *_RECORD, "-D", self._device]
        here, there = os.pipe()
        try:
            process = subprocess.Popen(  # noqa: S603  the words are of the settings, and no shell reads them
                command, stdin=subprocess.DEVNULL, stdout=there, stderr=subprocess.DEVNULL
            )
        except OSError as fault:
            os.close(here)
            raise MicrophoneFault("arecord does not run: is Debian's package alsa-utils installed?") from fault
        finally:
            os.close(there)
        with process:
            try:
                yield here
            finally:
                process.kill()
                os.close(here)


def loudness(tenth: bytes | bytearray) -> float:
    """How loud samples are to an ear, from 0 (a quiet hall) to 1."""
    loudest = max(map(abs, array("h", bytes(tenth))), default=0)
    decibels = 20 * math.log10(max(loudest, 1) / 32_768)
    return min(max((decibels - _FLOOR_DB) / (_LOUD_DB - _FLOOR_DB), 0.0), 1.0)
