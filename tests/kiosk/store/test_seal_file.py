"""Whom a kiosk believes when it is told which key to seal to."""

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.store.seal_file import SealFile
from sync.messages import SealOffer, offer_statement
from sync.sealing import Seal, SealKey
from sync.signing import KioskKey

TOWN = KioskKey.make()


def offered(number: int, town: KioskKey = TOWN) -> SealOffer:
    key = SealKey.make().seal.public
    return SealOffer(town.public, number, key, town.sign(offer_statement(number, key)))


@pytest.fixture
def seal(tmp_path: Path) -> SealFile:
    return SealFile(tmp_path)


def test_a_kiosk_knows_its_towns_seal_once_it_is_enrolled(seal: SealFile) -> None:
    assert seal.find() is None
    offer = offered(1)
    assert seal.pin(offer)
    assert seal.find() == Seal(offer.key)


def test_a_seal_the_town_did_not_sign_is_not_taken(seal: SealFile) -> None:
    assert not seal.pin(replace(offered(1), key=SealKey.make().seal.public))
    assert seal.find() is None


def test_a_newer_seal_takes_the_place_of_the_old_one_and_an_older_one_does_not(seal: SealFile) -> None:
    first, second = offered(1), offered(2)
    assert seal.pin(first)
    assert seal.learn(second)
    assert seal.learn(first), "it was true once"
    assert seal.find() == Seal(second.key)


def test_another_town_cannot_put_its_seal_in_the_place_of_ours(seal: SealFile) -> None:
    first = offered(1)
    assert seal.pin(first)
    assert not seal.learn(offered(9, KioskKey.make()))
    assert not seal.learn(replace(offered(9), number=10))
    assert seal.find() == Seal(first.key)


def test_a_kiosk_enrolled_before_there_were_seals_believes_the_first_it_hears(seal: SealFile) -> None:
    offer = offered(3)
    assert seal.learn(offer)
    assert seal.find() == Seal(offer.key)


def test_with_a_damaged_file_it_knows_none_and_learns_again(seal: SealFile, tmp_path: Path) -> None:
    (tmp_path / "seal.json").write_text("a shopping list")
    assert seal.find() is None
    assert seal.learn(offered(1))
    assert seal.find() is not None
