"""The offline voice: Debian's `espeak-ng`, a process for each sentence (about 20 ms). Plain, clear, never a person."""

import subprocess

from civic.language import Language

_VOICES = {Language.ARABIC: "ar", Language.FRENCH: "fr-fr", Language.ENGLISH: "en-gb"}
_WORDS_A_MINUTE = 140
"""espeak-ng's own 175 is too fast for who hears it for the first time in a hall."""
_HEADER = 44
_PATIENCE_S = 20


class SpeakerFault(Exception):
    """Nothing can be said; the words say which program did not do its part. Nothing of the sentence is in them."""


def synthesise(text: str, language: Language) -> bytes:
    """The samples. The text goes in by the program's input: its words stand in no list of processes."""
    command = ["espeak-ng", "-v", _VOICES[language], "-s", str(_WORDS_A_MINUTE), "--stdin", "--stdout"]
    try:
        ran = subprocess.run(command, input=text.encode(), capture_output=True, timeout=_PATIENCE_S, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise SpeakerFault("espeak-ng does not run: is Debian's package espeak-ng installed?") from fault
    if ran.returncode or len(ran.stdout) < _HEADER:
        raise SpeakerFault(f"espeak-ng made no sound (it ended with {ran.returncode})")
    return ran.stdout[_HEADER:]
