"""Finding a service by a few letters of what people call it, in any language, however it is spelt."""

import re
import unicodedata

from civic.catalog import Catalog, Service
from civic.language import Language

_WORD = re.compile(r"\w+")
_TATWEEL = "ـ"
_ALIKE = str.maketrans({"ة": "ه", "ى": "ي", "ٱ": "ا", "œ": "oe", "æ": "ae", "ء": "", _TATWEEL: ""})
"""Letters people write one for the other; what bears a hamza or an accent loses it before."""
_ARTICLE = re.compile(r"^(?:[وفبك]?ال|لل)(?=\w)")
"""The, alone or grown together with and, so, by, as, for: “للسقوط” is found under س."""
_SHORTEST = 2
"""Letters of a word that may be found without its article."""


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: no case, accents, vowel signs, hamza, nor ta marbuta."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return tuple(_WORD.findall(bare.translate(_ALIKE)))


class Index:
    """Made once of a catalogue: folding its words takes longer than a person should wait at each letter."""

    def __init__(self, catalog: Catalog) -> None:
        self._entries = tuple((service, _shelves(service)) for service in catalog)

    def find(self, typed: str) -> tuple[Service, ...]:
        """Every service that has a word beginning with each word typed; those named so first."""
        wanted = [_forms(word) for word in words_of(typed)]
        if not wanted:
            return ()
        found: list[tuple[int, Service]] = []
        for service, shelves in self._entries:
            ranks = [_rank(forms, shelves) for forms in wanted]
            if None not in ranks:
                found.append((sum(rank for rank in ranks if rank is not None), service))
        return tuple(service for _, service in sorted(found, key=lambda each: each[0]))


def begins(typed: str, text: str) -> bool:
    """Whether each word typed begins a word of that text."""
    shelf = frozenset(form for word in words_of(text) for form in _forms(word))
    return all(_rank(_forms(word), (shelf,)) is not None for word in words_of(typed))


def _shelves(service: Service) -> tuple[frozenset[str], ...]:
    """Its words: those of its name, then what else people call it, then its examples."""
    texts = (
        " ".join(service.name[language] for language in Language),
        " ".join(service.words),
        " ".join(service.example[language] for language in Language),
    )
    return tuple(frozenset(form for word in words_of(text) for form in _forms(word)) for text in texts)


def _forms(word: str) -> tuple[str, ...]:
    """The word, and what is left of it without its article."""
    bare = _ARTICLE.sub("", word)
    return (word,) if bare == word or len(bare) < _SHORTEST else (word, bare)


def _rank(forms: tuple[str, ...], shelves: tuple[frozenset[str], ...]) -> int | None:
    """The first shelf that has a word beginning so, None without any."""
    for rank, shelf in enumerate(shelves):
        if any(word.startswith(forms) for word in shelf):
            return rank
    return None
