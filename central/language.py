"""Saying a sentence in the reader's language, and its dates so that nothing in it turns round."""

import datetime as dt
import gettext

from babel.dates import format_date

from central.settings import ASSETS
from civic.language import Language

TRANSLATIONS = ASSETS / "translations"
_ISOLATE, _END = "\u2068", "\u2069"
_NO_BREAK_HYPHEN = "\u2011"


def isolate(text: object) -> str:
    """Keep a number, date or name in its own direction inside a sentence of the other one (Unicode UAX #9)."""
    return f"{_ISOLATE}{text}{_END}"


def unbroken(text: object) -> str:
    """The same characters, isolated and never split over two lines."""
    return isolate(str(text).replace("-", _NO_BREAK_HYPHEN).replace(" ", "\u00a0"))


class Translator:
    """Called with an English sentence, answers in `language`. Templates name it `_`, so that sentences are found."""

    def __init__(self, language: Language, zone: dt.tzinfo) -> None:
        self.language = language
        self._zone = zone
        self._catalog = gettext.translation("citizen", TRANSLATIONS, [language.value], fallback=True)

    def __call__(self, sentence: str) -> str:
        return self._catalog.gettext(sentence)

    def count(self, one: str, many: str, number: int) -> str:
        """The right plural, with `{n}` filled in: Arabic has six."""
        return self._catalog.ngettext(one, many, number).format(n=number)

    def date(self, day: dt.date) -> str:
        """«7 جانفي 2027», «7 janvier 2027», «7 January 2027»; a moment is taken in the town's time."""
        return isolate(format_date(self._local(day), "d MMMM y", self.language.locale))

    def day(self, day: dt.date) -> str:
        """The same without the year."""
        return isolate(format_date(self._local(day), "d MMMM", self.language.locale))

    def weekday(self, day: dt.date) -> str:
        """The same with the name of the day before it."""
        return isolate(format_date(self._local(day), "EEEE d MMMM", self.language.locale))

    def time(self, moment: dt.datetime) -> str:
        """24 hours, as every notice in the country writes it."""
        return isolate(f"{moment.astimezone(self._zone):%H:%M}")

    def _local(self, day: dt.date) -> dt.date:
        return day.astimezone(self._zone).date() if isinstance(day, dt.datetime) else day
