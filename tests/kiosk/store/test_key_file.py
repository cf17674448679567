"""The kiosk's key: made here, read by its user alone, and never half there."""

import stat
from pathlib import Path

import pytest

from kiosk.store.key_file import KeyFile


def test_a_kiosk_that_was_never_enrolled_has_no_key(tmp_path: Path) -> None:
    assert KeyFile(tmp_path).read() is None


def test_a_key_is_this_kiosks_once_the_centre_has_taken_it(tmp_path: Path) -> None:
    keys = KeyFile(tmp_path)
    proposed = keys.propose()
    assert keys.read() is None
    waiting = keys.proposed()
    assert waiting is not None
    assert waiting.id == proposed.id, "an answer lost on the way does no harm"
    keys.keep()
    assert keys.proposed() is None
    kept = keys.read()
    assert kept is not None
    assert kept.id == proposed.id
    assert keys.propose().id != proposed.id


def test_only_the_kiosks_user_reads_it(tmp_path: Path) -> None:
    keys = KeyFile(tmp_path)
    keys.propose()
    keys.keep()
    [path] = tmp_path.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_with_a_damaged_file_the_kiosk_has_no_key_and_may_be_enrolled_again(tmp_path: Path) -> None:
    for name in ("kiosk.key", "kiosk.key.new"):
        (tmp_path / name).write_text("a shopping list")
    keys = KeyFile(tmp_path)
    assert keys.read() is None
    proposed = keys.propose()
    keys.keep()
    kept = keys.read()
    assert kept is not None
    assert kept.id == proposed.id


def test_what_a_power_cut_left_half_written_is_in_nobodys_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.getpid", lambda: 7)
    (tmp_path / "kiosk.key.new.7").write_text("-----BEGIN")
    KeyFile(tmp_path).propose()
    assert [path.name for path in tmp_path.iterdir()] == ["kiosk.key.new"]
