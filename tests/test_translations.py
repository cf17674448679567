"""Every sentence of the product is said in Arabic and French, with every number, name and date it carries.

When this fails after a sentence was added or changed: write it in both `assets/translations/*/LC_MESSAGES/citizen.po`.
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.pofile import read_po

from civic.language import Language

HOUSE = Path(__file__).parent.parent
TRANSLATED = (Language.ARABIC, Language.FRENCH)
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w*\}")
SAID_IN_WORDS = {Language.ARABIC: (0, 1, 2), Language.FRENCH: ()}
"""The plural forms of one number only, which a language may say in words: «صفحتان», never «2 صفحتان»."""


def sentences_of_the_house(folder: Path) -> Catalog:
    """What pybabel finds now, called as CONTRIBUTING says."""
    found = folder / "citizen.pot"
    pybabel = [sys.executable, "-m", "babel.messages.frontend", "-q"]
    subprocess.run([*pybabel, "extract", "-F", "babel.cfg", "-k", "count:1,2", "-o", found, "."], cwd=HOUSE, check=True)
    with found.open(encoding="utf-8") as pot:
        return read_po(pot)


def translations(language: Language) -> Catalog:
    path = HOUSE / "assets" / "translations" / language.value / "LC_MESSAGES" / "citizen.po"
    with path.open(encoding="utf-8") as po:
        return read_po(po, locale=language.value, abort_invalid=True)


def forms(message: Message) -> tuple[str, ...]:
    """The translation of a sentence: one text, or one for each plural form."""
    return tuple(message.string) if isinstance(message.string, tuple | list) else (message.string or "",)


def english(message: Message) -> tuple[str, ...]:
    """The sentence as written in the code: alone, or with its plural."""
    return tuple(message.id) if isinstance(message.id, tuple | list) else (message.id,)


def said(catalog: Catalog) -> dict[tuple[str, ...], Message]:
    """Every sentence of the catalogue; its head, whose sentence is empty, is none."""
    return {english(message): message for message in catalog if message.id}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated(language: Language, tmp_path: Path) -> None:
    known = said(translations(language))
    wanted = said(sentences_of_the_house(tmp_path))
    assert wanted, "babel.cfg finds no sentence at all"
    missing, left_over = sorted(wanted.keys() - known.keys()), sorted(known.keys() - wanted.keys())
    assert not missing, "sentences without a translation"
    assert not left_over, "translations of sentences nobody says any more"


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_empty_doubtful_or_left_over(language: Language) -> None:
    catalog = translations(language)
    assert not catalog.obsolete
    assert not catalog.fuzzy
    assert not [message.id for message in catalog if message.id and (message.fuzzy or not all(forms(message)))]
    assert {len(forms(message)) for message in catalog if message.pluralizable} <= {catalog.num_plurals}


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_loses_what_it_must_carry(language: Language) -> None:
    lost = []
    for message in said(translations(language)).values():
        carried = set(PLACEHOLDER.findall(english(message)[-1]))
        for position, form in enumerate(forms(message)):
            spared = {"{n}"} if message.pluralizable and position in SAID_IN_WORDS[language] else set()
            found = set(PLACEHOLDER.findall(form))
            if not (carried - spared <= found <= carried):
                lost.append(form)
    assert not lost


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_keeps_the_spaces_and_lines_around_and_inside(language: Language) -> None:
    for message in said(translations(language)).values():
        for form in forms(message):
            assert form == form.strip()
            assert "  " not in form
            assert form.count("\n") == english(message)[0].count("\n")


def test_arabic_counts_in_six_ways() -> None:
    arabic = translations(Language.ARABIC)
    assert arabic.num_plurals == 6
    assert "n==2" in arabic.plural_expr


def test_numbers_are_written_with_the_digits_tunisia_uses() -> None:
    texts = [form for message in said(translations(Language.ARABIC)).values() for form in forms(message)]
    cards = [path.read_text(encoding="utf-8") for path in (HOUSE / "assets" / "catalog").glob("*.toml")]
    assert not re.search("[٠-٩]", "".join(texts + cards))


def test_french_punctuation_never_begins_a_line() -> None:
    """A narrow or plain no-break space stands before : ; ! ? and inside « »."""
    texts = [form for message in said(translations(Language.FRENCH)).values() for form in forms(message)]
    assert not [text for text in texts if re.search(r"[^\u00a0\u202f][:;!?»](\s|$)|«[^\u00a0\u202f]", text)]


def test_no_sentence_is_written_where_it_would_not_be_found() -> None:
    """pybabel reads `_("…")` and, in Python only, `_.count("…")`: not inside an f-string, nor behind another name."""
    hidden = {".html": re.compile(r"_\.count\("), ".py": re.compile(r"\{_\(|\{self\._\(|translator\([\"']")}
    sources = [path for room in ("kiosk", "central") for path in (HOUSE / room).rglob("*") if path.suffix in hidden]
    assert not [path for path in sources if hidden[path.suffix].search(path.read_text(encoding="utf-8"))]
