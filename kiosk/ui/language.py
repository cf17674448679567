"""Saying a sentence in a person's language, with its dates and numbers, so that nothing in it turns round."""

import datetime as dt
import gettext
from pathlib import Path

from PySide6.QtCore import QDate, QLocale

from civic.language import Language

TRANSLATIONS = Path(__file__).parent.parent.parent / "assets" / "translations"

_ISOLATE, _END = "\u2068", "\u2069"
_NO_BREAK_HYPHEN = "\u2011"
_LOCAL_DIGITS = 8


def isolate(text: str) -> str:
    """Keep a number, date or phone in its own direction inside a sentence of the other one (Unicode UAX #9)."""
    return f"{_ISOLATE}{text}{_END}"


def unbroken(text: str) -> str:
    """The same characters, never split over two lines."""
    return text.replace("-", _NO_BREAK_HYPHEN).replace(" ", "\u00a0")


def with_unit(sentence: str, number: int) -> str:
    """The number never ends a line with its unit alone on the next."""
    return sentence.replace(f"{number} ", f"{number}\u00a0")


def phone(number: str) -> str:
    """As people here say it: 22 000 001. One from abroad stays as it was given."""
    digits = number.replace(" ", "")
    local = len(digits) == _LOCAL_DIGITS and digits.isdecimal()
    return isolate(unbroken(f"{digits[:2]} {digits[2:5]} {digits[5:]}" if local else number))


class Translator:
    """Called with an English sentence, answers in `language`. Callers name it `_`, so that sentences are found."""

    def __init__(self, language: Language, folder: Path = TRANSLATIONS) -> None:
        self.language = language
        self._catalog = gettext.translation("citizen", folder, [language.value], fallback=True)
        self._locale = QLocale(language.locale)

    def __call__(self, sentence: str) -> str:
        return self._catalog.gettext(sentence)

    def count(self, one: str, many: str, number: int) -> str:
        """The right plural, with `{n}` filled in: Arabic has six."""
        return self._catalog.ngettext(one, many, number).format(n=number)

    def date(self, day: dt.date) -> str:
        """«7 جانفي 2027», «7 janvier 2027», «7 January 2027»."""
        return self._locale.toString(QDate(day.year, day.month, day.day), "d MMMM yyyy")

    def short_date(self, day: dt.date) -> str:
        """07/01/2027, without the hidden marks CLDR would put in."""
        return f"{day:%d/%m/%Y}"

    def time(self, moment: dt.datetime) -> str:
        """24 hours, as every notice in the country writes it."""
        return f"{moment:%H:%M}"
