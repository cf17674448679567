"""The wordings a native reader has still to check: those whose `review` names their language."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from civic.language import Language

_WORDING = {language.value for language in Language}


@dataclass(frozen=True, slots=True)
class Doubt:
    """A sentence in doubt: the file it stands in, the field (“requirement plans: hint”), its language and its words."""

    path: Path
    field: str
    language: Language
    text: str


def doubts(folder: Path) -> tuple[Doubt, ...]:
    """Every wording in doubt of a catalogue that can be used, card by card, then what they share."""
    paths = (*sorted(folder.glob("*.toml")), *sorted((folder / "common").glob("*.toml")))
    return tuple(doubt for path in paths for doubt in _doubts_in(path))


def _doubts_in(path: Path) -> Iterator[Doubt]:
    card = tomllib.loads(path.read_text(encoding="utf-8"))
    for field, review, wording in _wordings(card, "", ()):
        for code in review:
            yield Doubt(path, field, Language(code), wording[code])


def _wordings(
    table: Mapping[str, Any], field: str, around: Sequence[str]
) -> Iterator[tuple[str, Sequence[str], Mapping[str, str]]]:
    """Each sentence, where it stands, and the languages in doubt.

    A part that names its own source answers for its own words; one that names none is covered by what is around it.
    """
    review = table.get("review", () if "source" in table else around)
    for key, value in table.items():
        if isinstance(value, dict) and value.keys() == _WORDING:
            yield f"{field}: {key}" if field else key, review, value
        elif isinstance(value, dict):
            yield from _wordings(value, f"{field} {key}".strip(), review)
        elif isinstance(value, list):
            for position, part in enumerate(value, start=1):
                if isinstance(part, dict):
                    yield from _wordings(part, f"{field} {key} {part.get('id', position)}".strip(), review)
