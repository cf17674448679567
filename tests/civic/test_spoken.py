"""What is written, as a person hears it."""

import pytest

from civic.language import Language
from civic.spoken import sentences


def heard(written: str, language: Language = Language.ENGLISH) -> list[str]:
    return [each.text for each in sentences(written, language)]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("File \u206826\u2011014\u201100385\u201197\u2069", "File 2 6, 0 1 4, 0 0 3 8 5, 9 7"),
        ("Call \u206878\u00a0000\u00a0000\u2069", "Call 7 8, 0 0 0, 0 0 0"),
        ("PIN: \u2068123\u00a0456\u2069", "PIN: 1 2 3, 4 5 6"),
        ("Card 07234567", "Card 0 7 2 3 4 5 6 7"),
    ],
)
def test_what_identifies_is_said_digit_by_digit(written: str, said: str) -> None:
    assert " ".join(heard(written)) == said


@pytest.mark.parametrize("written", ["Your number: \u2068217\u2069", "45 days", "Part 2 of 5"])
def test_what_counts_is_said_as_a_number(written: str) -> None:
    assert " ".join(heard(written)) == written.replace("\u2068", "").replace("\u2069", "")


@pytest.mark.parametrize(
    ("language", "said"),
    [(Language.ARABIC, "7 جانفي 2027"), (Language.FRENCH, "7 janvier 2027"), (Language.ENGLISH, "7 January 2027")],
)
def test_a_date_is_said_in_words(language: Language, said: str) -> None:
    assert heard("\u206807/01/2027\u2069", language) == [said]


def test_each_sentence_is_a_breath_of_its_own() -> None:
    assert heard("The lid is open. Close it, please!\n•  A copy · A photo…") == [
        "The lid is open.",
        "Close it, please!",
        "A copy",
        "A photo…",
    ]


def test_a_sentence_is_cut_at_its_values_so_that_the_rest_can_be_recorded_once() -> None:
    shown, written = sentences("Part 2 of 5", Language.ENGLISH), sentences("Part {n} of {total}", Language.ENGLISH)
    assert [piece.words for piece in shown[0].pieces] == ["Part", "2", "of", "5"]
    assert [piece for piece in shown[0].pieces if not piece.value] == list(written[0].pieces)


def test_what_is_no_date_keeps_its_numbers() -> None:
    assert heard("\u206807/13/2027\u2069") == ["07/13/2027"]
