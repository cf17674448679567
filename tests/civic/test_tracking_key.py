"""What opens a dossier to its citizen, and to nobody who has only read the list of hashes."""

import re

from civic.tracking import hash_pin, hash_token, new_tracking_key, pin_opens


def test_a_receipt_carries_a_token_for_the_qr_and_six_digits_for_people() -> None:
    key = new_tracking_key()
    assert re.fullmatch(r"[A-Z2-7]{26}", key.token)
    assert re.fullmatch(r"[0-9]{6}", key.pin)


def test_the_pin_opens_and_another_does_not() -> None:
    key = new_tracking_key()
    assert pin_opens(key.pin, key.pin_salt, key.pin_hash)
    assert not pin_opens(f"{(int(key.pin) + 1) % 10**6:06}", key.pin_salt, key.pin_hash)


def test_the_same_pin_with_another_salt_has_another_hash() -> None:
    assert hash_pin("482913", "00" * 16) != hash_pin("482913", "01" * 16)


def test_a_token_typed_in_small_letters_is_the_same_token() -> None:
    key = new_tracking_key()
    assert hash_token(key.token.lower()) == key.token_hash == hash_token(key.token)


def test_two_receipts_never_share_their_secrets() -> None:
    one, other = new_tracking_key(), new_tracking_key()
    assert one.token != other.token
    assert one.pin_salt != other.pin_salt


def test_the_secrets_are_not_shown_by_accident() -> None:
    key = new_tracking_key()
    said = f"{key!r} {key}"
    assert key.token not in said
    assert key.pin not in said
