"""A town's cards in one piece: packed, they say what they said in their folder, and nothing else passes for them."""

import io
import zipfile
from pathlib import Path

import pytest

import civic.edition
from civic.card import CatalogFault
from civic.edition import MOST_PACKED, card_names, files_in, pack, read_edition, read_packed
from civic.language import Wording
from civic.municipality import Municipality
from tests.own_cards import OwnCards


@pytest.fixture
def town(tmp_path: Path) -> OwnCards:
    return OwnCards(tmp_path / "town")


def zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def test_packed_they_say_what_they_say_in_their_folder(town: OwnCards) -> None:
    edition = read_packed(pack(town.cards))
    assert edition == read_edition(town.cards)
    assert edition.catalog["birth-extract"].fee is not None
    assert any(question.town is not None for service in edition.catalog for question in service.questions)


def test_the_same_files_are_the_same_bytes_and_one_letter_is_another(town: OwnCards, tmp_path: Path) -> None:
    assert pack(town.cards) == pack(OwnCards(tmp_path / "copy").cards)
    before = pack(town.cards)
    town.change_fee()
    assert pack(town.cards) != before


def test_what_lies_about_in_the_folder_is_no_part_of_it(town: OwnCards) -> None:
    before = pack(town.cards)
    for name in ("catalog/notes.txt", "catalog/birth-extract.toml~", "kiosk.key"):
        (town.folder / name).write_text("mine")
    assert pack(town.cards) == before
    assert all(name.endswith(".toml") for name in files_in(before))
    assert "birth-extract" in card_names(before)
    assert "groups" not in card_names(before)


def test_a_town_says_of_itself_what_it_likes(town: OwnCards) -> None:
    assert read_edition(town.cards).municipality == Municipality()
    town.say('phone = "78 111 111"\n')
    assert read_edition(town.cards).municipality == Municipality(phone="78 111 111")
    town.say('name = { ar = "الكاف", fr = "Le Kef", en = "El Kef" }\nanswer_days = 3\n')
    assert read_packed(pack(town.cards)).municipality == Municipality(Wording("الكاف", "Le Kef", "El Kef"), None, 3)


@pytest.mark.parametrize(
    ("words", "told"),
    [("answer_days = 0", "town.toml:1: “answer_days”"), ("=", "town.toml:1"), ('fax = "1"', "town.toml:1: “fax”")],
)
def test_a_mistake_in_it_is_told_with_those_of_the_cards(town: OwnCards, words: str, told: str) -> None:
    town.say(words)
    with pytest.raises(CatalogFault) as alone:
        read_edition(town.cards)
    town.change("catalog/birth-extract.toml", "tracked = false", 'tracked = "no"')
    with pytest.raises(CatalogFault, match="birth-extract") as both:
        read_edition(town.cards)
    for fault in (alone, both):
        assert told in str(fault.value)


@pytest.mark.parametrize("card", ["agent", "complaint"])
def test_without_the_cards_the_first_screen_leads_to_nothing_is_shown(town: OwnCards, card: str) -> None:
    (town.cards / f"{card}.toml").unlink()
    groups = town.cards / "common" / "groups.toml"
    lines = groups.read_text(encoding="utf-8").replace(f'"{card}"', '"birth-extract"')
    groups.write_text(lines, encoding="utf-8")
    with pytest.raises(CatalogFault, match=f"{card}.toml: is missing: the first screen"):
        read_edition(town.cards)


def test_a_folder_without_cards_is_no_edition(tmp_path: Path) -> None:
    with pytest.raises(CatalogFault, match="no card"):
        read_edition(tmp_path)
    with pytest.raises(CatalogFault, match="no card"):
        read_packed(zipped({}))


def test_whatever_else_comes_is_no_edition(town: OwnCards) -> None:
    packed = pack(town.cards)
    locked = bytearray(packed)
    directory = packed.index(b"PK\x01\x02")
    locked[6], locked[directory + 8] = 1, 1  # the bit that says: only with a password
    unknown = bytearray(packed)
    unknown[8], unknown[directory + 10] = 99, 99  # packed by no method of ours
    torn = bytearray(packed)
    torn[3000:3040] = b"x" * 40
    for damaged in (b"", b"<html>hotel wifi</html>", packed[: len(packed) // 2], locked, unknown, torn):
        with pytest.raises(CatalogFault):
            read_packed(bytes(damaged))


def test_what_would_fill_the_memory_is_kept_out(town: OwnCards, monkeypatch: pytest.MonkeyPatch) -> None:
    files = files_in(pack(town.cards))
    with pytest.raises(CatalogFault, match="too large"):
        read_packed(zipped({**files, "catalog/bomb.toml": b"#" * 9_000_000}))
    assert len(pack(town.cards)) < MOST_PACKED
    monkeypatch.setattr(civic.edition, "MOST_PACKED", 1000)
    with pytest.raises(CatalogFault, match="too large"):
        read_packed(pack(town.cards))
