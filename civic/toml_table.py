"""A TOML file read strictly: every value is asked for by name and kind, and every mistake knows its file and line."""

import re
import tomllib
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar, cast

from civic.language import Language, Wording
from civic.town import NOWHERE, Point

Folder = Path | zipfile.Path
"""Where files lie: on the disk, or packed in one piece."""
_Word = TypeVar("_Word", bound=StrEnum)
_Value = TypeVar("_Value")
_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.\-]+)\s*\]\]?")
_PLACE = "[latitude, longitude]"
_KEY = re.compile(r"\s*([\w\-]+)\s*[.=]")

_Place = tuple[str | int, ...]
"""Where a value stands: keys and positions in lists, outermost first."""


def _lines(text: str) -> dict[_Place, int]:
    """The line (from 1) of every table and key: tomllib reads values but does not tell where they stood."""
    lines: dict[_Place, int] = {}
    counts: dict[_Place, int] = {}
    table: _Place = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            *parents, last = header[2].split(".")
            table = ()
            for parent in parents:
                table += (parent, counts[(*table, parent)] - 1) if (*table, parent) in counts else (parent,)
            table += (last,)
            if header[1] == "[[":
                lines.setdefault(table, number)
                counts[table] = counts.get(table, 0) + 1
                table += (counts[table] - 1,)
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            lines.setdefault((*table, key[1]), number)
    return lines


def beside(folder: Folder, name: str) -> Folder:
    """What stands next to that folder under that name, if anything does."""
    return cast(Folder, folder.parent) / name  # what a packed folder stands in is packed as well


@dataclass
class TomlFile:
    """One file and the mistakes found in it so far, as `file:line: what is wrong`."""

    path: Folder
    mistakes: list[str] = field(default_factory=list)
    _text: str = ""
    _known: dict[_Place, int] = field(default_factory=dict)

    def read(self) -> "Table | None":
        """The file's outermost table, or None when it is not TOML at all (a mistake says so)."""
        try:
            text = self.path.read_bytes().decode("utf-8")
            data = tomllib.loads(text)
        except OSError as fault:
            self.mistakes.append(f"{self.path}: cannot be read: {fault.strerror}")
        except UnicodeDecodeError:
            self.mistakes.append(f"{self.path}:1: this file is not UTF-8 text")
        except tomllib.TOMLDecodeError as fault:
            line = re.search(r"line (\d+)", str(fault))
            where = int(line[1]) if line else len(text.splitlines())
            self.mistakes.append(f"{self.path}:{where}: {fault}")
        else:
            self._text = text
            return Table(self, (), data)
        return None

    def blame(self, place: _Place, reason: str) -> None:
        """Note a mistake at the nearest line known for that place. Lines are only looked for once there is one."""
        self._known = self._known or _lines(self._text)
        nearest = place
        while nearest and nearest not in self._known:
            nearest = nearest[:-1]
        self.mistakes.append(f"{self.path}:{self._known.get(nearest, 1)}: {reason}")


class Table:
    """A table of the file. Each `take_…` returns the value, or a harmless stand-in once it has noted what is wrong."""

    def __init__(self, file: TomlFile, place: _Place, data: Mapping[str, Any]) -> None:
        self._file = file
        self._place = place
        self._left = dict(data)

    def blame(self, reason: str, *place: str | int) -> None:
        """Note a mistake in this table, or further in: a key, or `key, position` for a table of a list."""
        self._file.blame((*self._place, *place), reason)

    def has(self, key: str) -> bool:
        return key in self._left

    def take_text(self, key: str, default: str | None = None) -> str:
        return self._take(key, str, "a text in quotes", "" if default is None else default, default is None, bool)

    def take_number(self, key: str, default: int | None = None) -> int:
        """A whole number of 1 or more."""
        need = "a whole number, 1 or more"
        return self._take(key, int, need, default or 1, default is None, lambda number: number >= 1)

    def take_flag(self, key: str, default: bool) -> bool:
        return self._take(key, bool, "true or false", default, False, lambda _: True)

    def take_texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; an absent one is empty."""
        texts: list[str] = self._take(
            key, list, "a list of texts", [], False, lambda each: all(isinstance(x, str) for x in each)
        )
        return tuple(texts)

    def take_word(self, key: str, words: type[_Word], default: _Word | None = None) -> _Word:
        """One of the values of that enumeration."""
        allowed = [word.value for word in words]
        fallback = allowed[0] if default is None else default.value
        need = "one of " + ", ".join(allowed)
        return words(self._take(key, str, need, fallback, default is None, lambda text: text in allowed))

    def take_wording(self, key: str) -> Wording:
        """A sentence in every language, none of them empty."""
        languages = [language.value for language in Language]
        need = "{ ar = …, fr = …, en = … }, each a text"
        empty = dict.fromkeys(languages, "")

        def spoken(table: dict[str, Any]) -> bool:
            return sorted(table) == sorted(languages) and all(isinstance(t, str) and t.strip() for t in table.values())

        return Wording(**self._take(key, dict, need, empty, True, spoken))

    def take_point(self, key: str) -> Point:
        """A place on the earth, in degrees."""
        pair: list[float] = self._take(key, list, _PLACE, [NOWHERE.lat, NOWHERE.lon], True, _is_place)
        return Point(*pair)

    def take_points(self, key: str, least: int) -> tuple[Point, ...]:
        """So many of them or more; none when it is a mistake."""
        need = f"a list of {least} places or more, each {_PLACE}"
        pairs: list[list[float]] = self._take(
            key, list, need, [], True, lambda each: len(each) >= least and all(_is_place(pair) for pair in each)
        )
        return tuple(Point(*pair) for pair in pairs)

    def take_tables(self, key: str) -> Iterator["Table"]:
        """The tables written `[[key]]`; none when absent."""

        def tables_only(each: list[Any]) -> bool:
            return all(isinstance(table, dict) for table in each)

        none: list[dict[str, Any]] = []
        for position, data in enumerate(self._take(key, list, f"tables written [[{key}]]", none, False, tables_only)):
            yield Table(self._file, (*self._place, key, position), data)

    def take_table(self, key: str) -> "Table":
        """The table `key`, empty when absent."""
        data: dict[str, Any] = self._take(key, dict, f"a table {key} = {{ … }}", {}, False, lambda _: True)
        return Table(self._file, (*self._place, key), data)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self._left)

    def finish(self) -> None:
        """Whatever was not asked for is a mistake: a misspelt key must not be silently ignored."""
        for key in self._left:
            self.blame(f"“{key}” is not a word of this file", key)

    def _take(
        self, key: str, kind: type, need: str, default: _Value, required: bool, right: Callable[[Any], bool]
    ) -> _Value:
        if key not in self._left:
            if required:
                self.blame(f"“{key}” is missing: it must be {need}")
            return default
        value = self._left.pop(key)
        whole = isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
        if whole and right(value):
            checked: _Value = value
            return checked
        self.blame(f"“{key}” must be {need}", key)
        return default


def _is_place(value: Any) -> bool:
    if not isinstance(value, list) or len(value) != 2 or any(type(each) not in (int, float) for each in value):
        return False
    lat, lon = (float(each) for each in value)
    return abs(lat) <= 90 and abs(lon) <= 180
