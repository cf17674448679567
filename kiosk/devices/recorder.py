"""A microphone of this machine, through ALSA's `arecord`; and what a recording is worth before anybody hears it."""

import math
import os
import signal
import subprocess
import tempfile
import time
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from kiosk.devices.espeak import RATE, SpeakerFault

_LONGEST_S = 60
_GLANCE_S = 0.02
_LEAST_S = 0.15
_FULL = 32_767
_CLIPPED = 32_700
_CLIPPED_SHARE = 0.001
_QUIET = 600
"""The loudest sample of a voice that was too far from its microphone."""
_WINDOW = RATE // 100
_AROUND = RATE // 12
"""Samples kept before and after the voice: a word cut short sounds like another one."""
_LOUDNESS = 3_300
"""The mean (RMS) of every recording, -20 dB of full scale: all sound as near as each other."""


class Worth(StrEnum):
    GOOD = "good"
    SILENT = "silent"
    TOO_QUIET = "too-quiet"
    CLIPPED = "clipped"


@dataclass(frozen=True, slots=True)
class Take:
    """One attempt: its samples without the silence around them, as loud as every other, and what it is worth."""

    samples: bytes
    worth: Worth


def record(device: str, until: Callable[[], object]) -> Take:
    """From the moment the microphone hears, when `until` is called, until that returns. Raises SpeakerFault."""
    command = ["arecord", "-q", "-t", "raw", "-f", "S16_LE", "-c", "1", "-r", str(RATE), "-d", str(_LONGEST_S)]
    with tempfile.TemporaryFile() as tape:
        try:
            process = subprocess.Popen(  # noqa: S603  the device is an argument of the person at the keyboard
                [*command, "-D", device], stdout=tape, stderr=subprocess.DEVNULL
            )
        except OSError as fault:
            raise SpeakerFault("arecord does not run: is Debian's package alsa-utils installed?") from fault
        with process:
            while process.poll() is None and not os.fstat(tape.fileno()).st_size:
                time.sleep(_GLANCE_S)
            if os.fstat(tape.fileno()).st_size:
                until()
            process.send_signal(signal.SIGINT)
        tape.seek(0)
        output = tape.read()
    if not output:
        raise SpeakerFault(f"arecord hears nothing on “{device}”: `arecord -L` names the devices there are")
    return judge(output)


def judge(raw: bytes) -> Take:
    """Trimmed, and brought to the common loudness, unless it is too quiet for that."""
    samples = array("h", raw[: len(raw) // 2 * 2])
    voice = _voice(samples)
    loudest = max(map(abs, voice), default=0)
    if loudest < _QUIET // 3 or len(voice) < _LEAST_S * RATE:
        return Take(b"", Worth.SILENT)
    clipped = sum(abs(sample) >= _CLIPPED for sample in voice) > len(voice) * _CLIPPED_SHARE
    worth = Worth.TOO_QUIET if loudest < _QUIET else Worth.CLIPPED if clipped else Worth.GOOD
    gain = min(_LOUDNESS / _mean(voice), _FULL * 0.97 / loudest)
    return Take(array("h", (round(sample * gain) for sample in voice)).tobytes(), worth)


def _voice(samples: "array[int]") -> "array[int]":
    """From a little before the first sound to a little after the last one, both well above the hum of the room."""
    loud = [_mean(samples[at : at + _WINDOW]) for at in range(0, len(samples), _WINDOW)]
    hum = sorted(loud)[len(loud) // 10] if loud else 0.0
    above = [nth for nth, mean in enumerate(loud) if mean > max(60.0, 3 * min(hum, 100.0))]
    if not above:
        return samples[:0]
    return samples[max(0, above[0] * _WINDOW - _AROUND) : (above[-1] + 1) * _WINDOW + _AROUND]


def _mean(samples: "array[int]") -> float:
    return math.sqrt(sum(sample * sample for sample in samples) / len(samples)) if samples else 0.0
