"""People find a service by what they call it, however they spell it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic.card import read_catalog
from civic.language import Language
from civic.search import Index, words_of

CATALOG = read_catalog(Path(__file__).parents[2] / "assets" / "catalog")
INDEX = Index(CATALOG)
NAMES = st.tuples(st.sampled_from([service.id for service in CATALOG]), st.sampled_from(list(Language)))


def found(typed: str) -> list[str]:
    return [service.id for service in INDEX.find(typed)]


@pytest.mark.parametrize(
    "typed",
    ["رخصة بناء", "الرخصة", "رخصه", "بِنَاء", "بنا", "Permis", "PERMIS DE BATIR", "permis de bâtir", "build per", "دار"],
)
def test_a_building_permit_is_found_however_it_is_written(typed: str) -> None:
    assert "building-permit" in found(typed)


@pytest.mark.parametrize("typed", ["إمضاء", "امضاء", "الإمضاء", "إمضــاء", "legalisation", "légalisation"])
def test_a_signature_is_found_first_however_it_is_written(typed: str) -> None:
    assert found(typed)[0] == "signature-legalisation"


def test_what_a_service_is_called_comes_before_what_its_examples_say() -> None:
    first, *others = found("réclamation")
    assert first == "complaint"
    assert "complaint" not in others


def test_nothing_typed_finds_nothing_and_a_word_of_nobody_too() -> None:
    assert found("") == found(" ، ") == found("خرافة") == found("permis خرافة") == []


@given(NAMES, st.data())
def test_any_beginning_of_any_word_of_a_name_finds_its_service(
    named: tuple[str, Language], data: st.DataObject
) -> None:
    service_id, language = named
    word = data.draw(st.sampled_from(words_of(CATALOG[service_id].name[language])))
    typed = word[: data.draw(st.integers(1, len(word)))]
    assert service_id in found(typed)


@given(NAMES, st.data())
def test_vowel_signs_capitals_and_stretched_letters_change_nothing(
    named: tuple[str, Language], data: st.DataObject
) -> None:
    service_id, language = named
    name = CATALOG[service_id].name[language]
    signs = data.draw(st.lists(st.sampled_from(["", "\u064e", "\u0651", "\u0640"]), min_size=len(name)))
    dressed = "".join(map(str.__add__, name, signs)) if language is Language.ARABIC else name.upper()
    assert found(dressed) == found(name)
    assert service_id in found(name)


@given(st.text(max_size=40))
def test_whatever_is_typed_the_kiosk_stands(typed: str) -> None:
    words = words_of(typed)
    assert words_of(" ".join(words)) == words
    assert set(found(typed)) <= {service.id for service in CATALOG}
