"""A voice made small for a poor line: Ogg with Opus (RFC 7845), by Debian's `opusenc`. It goes through pipes alone."""

import subprocess

from kiosk.devices.base import RATE, MicrophoneFault

_KBITS = 24
"""A second of speech is 3 kB: two minutes are less than a scanned page, and still plain in any language."""
_PATIENCE_S = 60
_FORMAT = ("--raw", "--raw-rate", str(RATE), "--raw-chan", "1", "--padding", "0")
_SPEECH = ("--speech", "--bitrate", str(_KBITS), "--comp", "5")


def encode(samples: bytes) -> bytes:
    """A whole Ogg file. Raises MicrophoneFault: a sound that cannot be sent is as good as not heard."""
    command = ["opusenc", "--quiet", *_FORMAT, *_SPEECH, "-", "-"]
    try:
        ran = subprocess.run(command, input=samples, capture_output=True, timeout=_PATIENCE_S, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise MicrophoneFault("opusenc does not run: is Debian's package opus-tools installed?") from fault
    if ran.returncode or not ran.stdout:
        raise MicrophoneFault(f"opusenc made no sound (it ended with {ran.returncode})")
    return ran.stdout
