"""Every piece of a sentence the kiosk may have to say, once each: what a voice of the town is to record."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path

from babel.messages.pofile import read_po

from civic.catalog import Catalog
from civic.language import Language, Wording
from civic.spoken import MONTHS, sentences

_SCREENS = "kiosk/ui/"
_SILENT = ("technician", "health_words", "morning", "roll_guide", "strip", "paper_words", "tray", "pin_pad")
"""What a technician reads, what is only on paper, and what stands beside a simulated hall: never said."""
_COUNTED_TO = 60
"""Numbers up to here are recorded: digits, days, parts and most delays; a larger one is said by the offline voice."""


def repertoire(catalog: Catalog, translations: Path, language: Language) -> tuple[str, ...]:
    """First what the screens say, then the services, numbers and months. Values are cut out, as when it is said."""
    told = [*_screens(translations, language), *(each[language] for each in _wordings(catalog))]
    pieces = [piece.words for text in told for sentence in sentences(text, language) for piece in sentence.pieces]
    numbers = [str(number) for number in range(_COUNTED_TO + 1)]
    return tuple(dict.fromkeys([*pieces, *MONTHS[language], *numbers]))


def _screens(translations: Path, language: Language) -> Iterator[str]:
    """English is the key of every sentence, and is read from the file of another language."""
    folder = Language.FRENCH if language is Language.ENGLISH else language
    with (translations / folder.value / "LC_MESSAGES" / "citizen.po").open("rb") as file:
        for message in read_po(file, locale=folder.value):
            places = [place for place, _line in message.locations if place.startswith(_SCREENS)]
            if message.id and any(not any(word in place for word in _SILENT) for place in places):
                said = message.id if language is Language.ENGLISH else message.string
                yield from [said] if isinstance(said, str) else said or ()


def _wordings(thing: object) -> Iterator[Wording]:
    """Whatever a card says in every language, wherever it stands in it."""
    if isinstance(thing, Wording):
        yield thing
    elif isinstance(thing, tuple):
        for each in thing:
            yield from _wordings(each)
    elif isinstance(thing, Mapping):
        for each in thing.values():
            yield from _wordings(each)
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from _wordings(getattr(thing, field.name))
