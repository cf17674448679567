"""What is written, as it is said: sentence by sentence, long numbers digit by digit, dates in words.

A sentence is cut where a value stands in it. What lies between the values is the same for everybody: it can be recorded
once, by a person of the town. The values are said digit by digit, or as numbers and words that were recorded alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from civic.language import Language

_MARKS = str.maketrans({"\u2011": "-", "\u00a0": " ", "\u202f": " ", "\u200e": None, "\u200f": None})
_ENDS = re.compile(r"(?<=[.!?؟…:;؛])\s+|\n+|\s+·\s+|\s*•\s*")
_NUMBER = r"\d+(?:[ \-/:]\d+)*"
_VALUE = re.compile(rf"\u2068(?P<held>[^\u2069]*)\u2069|(?P<place>\{{\w*\}})|(?P<number>{_NUMBER})")
_DATE = re.compile(r"(\d\d)/(\d\d)/(\d{4})")
_SPELLED_FROM = 5
"""From so many digits on, a number identifies something and is said digit by digit."""
_SILENT = " .,:;!?؟،؛…«»“”()"
# fmt: off
MONTHS = {
    Language.ARABIC: (
        "جانفي", "فيفري", "مارس", "أفريل", "ماي", "جوان",
        "جويلية", "أوت", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
    ),
    Language.FRENCH: (
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
    Language.ENGLISH: (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}
# fmt: on


@dataclass(frozen=True, slots=True)
class Piece:
    """Words said in one breath. `value`: they differ from person to person, or from one moment to the next."""

    words: str
    value: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` is the whole of it for a voice that reads; `pieces` are the same words for a voice that was recorded."""

    text: str
    pieces: tuple[Piece, ...]


def sentences(written: str, language: Language) -> tuple[Sentence, ...]:
    """The sentences of a text as a screen shows it, or of a translation whose values still stand in braces."""
    told = (_sentence(part, language) for part in _ENDS.split(written.translate(_MARKS)))
    return tuple(sentence for sentence in told if sentence.pieces)


def _sentence(part: str, language: Language) -> Sentence:
    text, pieces, done = "", [], 0
    for value in _VALUE.finditer(part):
        before = part[done : value.start()]
        said = [] if value["place"] else list(_value(value["held"] or value["number"] or "", language))
        text += before + ("{}" if value["place"] else ", ".join(said))
        pieces += [*_fixed(before), *(Piece(word, value=True) for group in said for word in group.split("  "))]
        done = value.end()
    pieces += _fixed(part[done:])
    return Sentence((text + part[done:]).replace("  ", " ").strip(" –-"), tuple(pieces))


def _fixed(words: str) -> list[Piece]:
    words = words.strip(_SILENT)
    return [Piece(words)] if any(letter.isalnum() for letter in words) else []


def _value(value: str, language: Language) -> Iterator[str]:
    """What is said in one breath each; the words of a breath stand two spaces apart."""
    if date := _DATE.fullmatch(value):
        day, month, year = (int(each) for each in date.groups())
        yield f"{day}  {MONTHS[language][month - 1]}  {year}" if 1 <= month <= len(MONTHS[language]) else value
    elif re.fullmatch(_NUMBER, value) and sum(map(str.isdigit, value)) >= _SPELLED_FROM:
        yield from ("  ".join(group) for group in re.split(r"\D", value))
    else:
        found = re.findall(r"\d+|[^\d]+", value)
        yield "  ".join(word for word in (part.strip(_SILENT) for part in found) if word)
