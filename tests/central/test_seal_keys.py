"""The town's seal keys: made once, shown, renewed, and all of them open."""

import os
import stat
from pathlib import Path

import pytest

from central.seal_keys import SealKeys, UnknownSeal
from central.settings import CentreFault
from sync.messages import SealFault
from sync.sealing import PAGE, Seal
from sync.signing import is_signed


def test_a_town_has_a_seal_from_its_first_day_in_files_only_its_user_reads(tmp_path: Path) -> None:
    folder = tmp_path / "seal-keys"
    offer = SealKeys(folder).offer()
    assert offer.number == 1
    assert is_signed(offer.town, offer.statement(), offer.signature)
    assert sorted(path.name for path in folder.iterdir()) == ["1.pem", "town.pem"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert SealKeys(folder).offer() == offer, "every process of the centre says the same"


def test_a_renewed_seal_leaves_the_old_one_to_open_what_it_sealed(tmp_path: Path) -> None:
    keys = SealKeys(tmp_path)
    before = Seal(keys.offer().key).seal(b"before", PAGE)
    assert keys.renew() == 2
    after = keys.offer()
    assert after.number == 2
    assert keys.open(before, PAGE) == b"before"
    assert keys.open(Seal(after.key).seal(b"after", PAGE), PAGE) == b"after", "found without a new start"


def test_numbers_are_counted_and_not_spelled(tmp_path: Path) -> None:
    keys = SealKeys(tmp_path)
    for _ in range(9):
        keys.renew()
    assert keys.offer().number == 10


def test_a_key_that_is_gone_is_named_and_opens_again_once_it_is_back(tmp_path: Path) -> None:
    sealed = Seal(SealKeys(tmp_path).offer().key).seal(b"words", PAGE)
    (tmp_path / "1.pem").rename(tmp_path / "lost")
    keys = SealKeys(tmp_path)
    with pytest.raises(UnknownSeal, match="put its file back"):
        keys.open(sealed, PAGE)
    (tmp_path / "lost").rename(tmp_path / "2.pem")
    assert keys.open(sealed, PAGE) == b"words"
    with pytest.raises(SealFault, match="not sealed"):
        keys.open(b"words", PAGE)


def test_a_folder_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CentreFault, match="cannot be used"):
        SealKeys(tmp_path / "file")
    (tmp_path / "town.pem").write_text("a shopping list")
    with pytest.raises(CentreFault, match=r"town\.pem is no key"):
        SealKeys(tmp_path)
    (tmp_path / "town.pem").unlink()
    (tmp_path / "1.pem").write_text("a shopping list")
    with pytest.raises(CentreFault, match="no seal key"):
        SealKeys(tmp_path)


def test_a_key_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    keys = SealKeys(tmp_path / "keys")
    (tmp_path / "keys" / f"2.pem.{os.getpid()}").mkdir()
    with pytest.raises(CentreFault, match="No seal key can be made"):
        keys.renew()
