"""Three languages, one of them written from the right."""

from datetime import date

from babel.dates import format_date

from civic.language import Language, Wording


def test_a_sentence_is_said_in_the_language_chosen() -> None:
    wording = Wording(ar="نعم", fr="Oui", en="Yes")
    assert [wording[language] for language in Language] == ["نعم", "Oui", "Yes"]


def test_only_arabic_is_written_from_the_right() -> None:
    assert [language for language in Language if language.right_to_left] == [Language.ARABIC]


def test_dates_are_written_as_tunisia_writes_them() -> None:
    january = date(2027, 1, 7)
    assert format_date(january, "d MMMM y", locale=Language.ARABIC.locale) == "7 جانفي 2027"
    assert format_date(january, "d MMMM y", locale=Language.FRENCH.locale) == "7 janvier 2027"
    assert format_date(january, "d MMMM y", locale=Language.ENGLISH.locale) == "7 January 2027"
