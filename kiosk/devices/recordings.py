"""The town's own voice: one file for each piece of a sentence and language, named by what is said in it."""

import wave
from hashlib import sha256
from pathlib import Path

from civic.language import Language
from civic.spoken import Sentence
from kiosk.devices.base import RATE
from kiosk.devices.espeak import synthesise

_SAMPLE = 2
"""Bytes of a sample."""


class Recordings:
    """`folder` holds a folder for each language; a missing one is an empty one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, words: str, language: Language) -> Path:
        """Where those words are kept: the same on every kiosk, whatever the sentence they stand in."""
        name = sha256(" ".join(words.split()).casefold().encode()).hexdigest()[:20]
        return self._folder / language.value / f"{name}.wav"

    def find(self, words: str, language: Language) -> bytes | None:
        """Their samples; None when nobody recorded them, or the file is no recording of ours."""
        try:
            with wave.open(str(self.path(words, language)), "rb") as file:
                if (file.getnchannels(), file.getsampwidth(), file.getframerate()) != (1, _SAMPLE, RATE):
                    return None
                return file.readframes(file.getnframes())
        except (OSError, EOFError, wave.Error):
            return None

    def keep(self, words: str, language: Language, samples: bytes) -> None:
        """Whole or not at all: a power cut leaves the recording before, or none."""
        path = self.path(words, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".part")
        with wave.open(str(half), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(_SAMPLE)
            file.setframerate(RATE)
            file.writeframes(samples)
        half.replace(path)

    def sound(self, sentence: Sentence, language: Language) -> bytes:
        """The sentence in the town's voice where all that is the same for everybody was recorded, values and all that
        was not by the offline voice; otherwise all of it by that. Raises SpeakerFault."""
        found = [(piece, self.find(piece.words, language)) for piece in sentence.pieces]
        fixed = [samples for piece, samples in found if not piece.value]
        if None in fixed or not any(samples for _piece, samples in found):
            return synthesise(sentence.text, language)
        return b"".join(samples or synthesise(piece.words, language) for piece, samples in found)
