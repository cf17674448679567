"""The three languages of the hall, and a sentence written in all of them."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

Say = Callable[[str], str]
"""Answers an English sentence in the language of whoever reads it. Callers name it `_`, so that sentences are found."""


class Language(StrEnum):
    """A language a person can choose; the value is its ISO 639-1 code."""

    ARABIC = "ar"
    FRENCH = "fr"
    ENGLISH = "en"

    @property
    def locale(self) -> str:
        """The CLDR locale: `ar_TN` writes digits 0-9 and جانفي, plain `ar` does neither."""
        return f"{self.value}_TN" if self is not Language.ENGLISH else "en_GB"

    @property
    def right_to_left(self) -> bool:
        return self is Language.ARABIC


@dataclass(frozen=True, slots=True)
class Wording:
    """One thing said in every language of the hall."""

    ar: str
    fr: str
    en: str

    def __getitem__(self, language: Language) -> str:
        return {Language.ARABIC: self.ar, Language.FRENCH: self.fr, Language.ENGLISH: self.en}[language]
