"""What somebody said into a microphone, and what it is worth before anybody else hears it."""

import math
import threading
from array import array
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum

from kiosk.devices.alsa_microphone import AlsaMicrophone
from kiosk.devices.base import RATE, Ear

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
    """From the moment the microphone hears, when `until` is called, until that returns. Raises MicrophoneFault."""
    begun, over = threading.Event(), threading.Event()
    with ThreadPoolExecutor(1) as thread:
        recording = thread.submit(AlsaMicrophone(device).record, Ear(lambda _loud: begun.set(), over.is_set))
        recording.add_done_callback(lambda _ended: begun.set())
        begun.wait()
        if not recording.done() or recording.exception() is None:
            until()
        over.set()
        return judge(recording.result())


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
