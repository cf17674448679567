"""What is sealed to a town opens there alone, and only as what it is."""

import pytest

from sync.messages import SealFault
from sync.sealing import MARK, OVERHEAD, PAGE, Seal, SealKey, no_seal, sealed_to
from sync.signing import KioskKey, key_id

KEY = SealKey.make()
WORDS = b"Selma Zitouna-Test"


def test_what_is_sealed_opens_with_the_private_half_and_hides_its_words() -> None:
    sealed = KEY.seal.seal(WORDS, PAGE)
    assert WORDS not in sealed
    assert len(sealed) == len(WORDS) + OVERHEAD
    assert KEY.open(sealed, PAGE) == WORDS


def test_the_same_words_are_never_sealed_alike() -> None:
    assert KEY.seal.seal(WORDS, PAGE) != KEY.seal.seal(WORDS, PAGE)


def test_it_tells_its_key_and_nothing_else() -> None:
    sealed = KEY.seal.seal(WORDS, PAGE)
    assert sealed_to(sealed) == KEY.seal.id == key_id(KEY.seal.public)
    assert sealed_to(WORDS) is None
    assert sealed_to(MARK + b"cut off") is None


@pytest.mark.parametrize("byte", [0, len(MARK), len(MARK) + 32, -1])
def test_not_a_byte_of_it_can_be_changed(byte: int) -> None:
    sealed = bytearray(KEY.seal.seal(WORDS, PAGE))
    sealed[byte] ^= 1
    with pytest.raises(SealFault):
        KEY.open(bytes(sealed), PAGE)


def test_it_opens_for_nothing_else_and_with_no_other_key() -> None:
    sealed = KEY.seal.seal(WORDS, PAGE)
    with pytest.raises(SealFault, match="not what was sealed"):
        KEY.open(sealed, b"another purpose")
    with pytest.raises(SealFault, match="another key"):
        SealKey.make().open(sealed, PAGE)
    with pytest.raises(SealFault, match="not what was sealed"):
        KEY.open(sealed[: OVERHEAD - 20], PAGE)


def test_the_key_is_kept_as_other_programs_keep_keys() -> None:
    again = SealKey.from_pem(KEY.to_pem())
    assert again.seal == KEY.seal == Seal(KEY.seal.public)
    assert again.open(KEY.seal.seal(WORDS, PAGE), PAGE) == WORDS
    with pytest.raises(ValueError, match="not an X25519 key"):
        SealKey.from_pem(KioskKey.make().to_pem())


def test_a_kiosk_no_town_has_yet_knows_no_seal() -> None:
    no_seal()
