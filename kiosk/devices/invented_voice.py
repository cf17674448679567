"""A voice of nobody: a low tone in syllables, with a pause for breath, for a microphone that is not there."""

import math
from array import array
from functools import cache

from kiosk.devices.base import RATE

_SECONDS, _BREATH_S = 4, 0.8
_TONE_HZ, _SYLLABLES_S = 160, 3.5
_LOUDEST = 9_000


@cache
def invented_voice() -> bytes:
    """Some seconds of samples that may be said again and again."""
    return array("h", (_sample(nth / RATE) for nth in range(_SECONDS * RATE))).tobytes()


def _sample(moment_s: float) -> int:
    if moment_s > _SECONDS - _BREATH_S:
        return 0
    tone = sum(math.sin(math.tau * _TONE_HZ * over * moment_s) / over for over in (1, 2, 3))
    return round(_LOUDEST / 2 * tone * math.sin(math.pi * _SYLLABLES_S * moment_s) ** 2)
