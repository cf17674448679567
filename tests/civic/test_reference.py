"""A reference said on the phone, typed on a keypad or copied from a page is the same one, or is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic.reference import HIGHEST_NUMBER, Reference, ReferenceFault

REFERENCES = st.builds(Reference, st.integers(0, 99), st.integers(0, 999), st.integers(1, HIGHEST_NUMBER))


def test_the_check_is_the_one_of_iso_7064_mod_97_10() -> None:
    assert str(Reference(26, 14, 385)) == "26-014-00385-97"
    assert int("260140038597") % 97 == 1


@given(REFERENCES)
def test_what_is_printed_is_read_back(reference: Reference) -> None:
    assert Reference.parse(str(reference)) == reference


@given(REFERENCES, st.sampled_from(["", " ", "\u00a0", "\u2011", "\u2013", "-"]))
def test_dashes_and_spaces_do_not_matter(reference: Reference, between: str) -> None:
    assert Reference.parse(f" {str(reference).replace('-', between)}\n") == reference


@given(REFERENCES)
def test_arabic_digits_are_digits(reference: Reference) -> None:
    eastern = str(reference).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert Reference.parse(eastern) == reference


def test_direction_marks_copied_from_a_page_are_ignored() -> None:
    assert Reference.parse("\u2066\u200e26-014-00385-97\u200f\u2069") == Reference(26, 14, 385)


@given(REFERENCES)
def test_every_single_wrong_digit_is_refused(reference: Reference) -> None:
    digits = str(reference).replace("-", "")
    for position, right in enumerate(digits):
        for wrong in set("0123456789") - {right}:
            with pytest.raises(ReferenceFault):
                Reference.parse(digits[:position] + wrong + digits[position + 1 :])


@given(REFERENCES)
def test_every_swap_of_two_neighbours_is_refused(reference: Reference) -> None:
    digits = str(reference).replace("-", "")
    for position in range(len(digits) - 1):
        first, second = digits[position], digits[position + 1]
        if first != second:
            with pytest.raises(ReferenceFault):
                Reference.parse(digits[:position] + second + first + digits[position + 2 :])


@given(REFERENCES, st.integers(0, 99))
def test_only_one_pair_of_check_digits_is_right(reference: Reference, check: int) -> None:
    text = f"{str(reference)[:-2]}{check:02}"
    if check == reference.check:
        assert Reference.parse(text) == reference
    else:
        with pytest.raises(ReferenceFault, match="check digits"):
            Reference.parse(text)


@pytest.mark.parametrize("text", ["", "26-014-00385", "26-014-00385-977", "26-014-0038A-77", "２6-014-00385-97", "217"])
def test_what_is_not_twelve_digits_is_refused(text: str) -> None:
    with pytest.raises(ReferenceFault, match="twelve digits"):
        Reference.parse(text)


@pytest.mark.parametrize(
    ("year", "kiosk", "number"), [(100, 0, 1), (-1, 0, 1), (26, 1000, 1), (26, 14, 0), (26, 14, 100_000)]
)
def test_no_reference_is_made_that_could_not_be_printed(year: int, kiosk: int, number: int) -> None:
    with pytest.raises(ReferenceFault, match="no reference has"):
        Reference(year, kiosk, number)


def test_number_zero_is_refused_even_with_the_right_check() -> None:
    with pytest.raises(ReferenceFault):
        Reference.parse(f"2601400000{98 - 2601400000 * 100 % 97:02}")
