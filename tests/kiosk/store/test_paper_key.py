"""What a paper to come will say is locked with a key of this kiosk's own."""

import stat
from pathlib import Path

import pytest

from kiosk.store.key_file import KeyFile
from kiosk.store.paper_key import PaperKey


def test_what_is_locked_is_read_again_and_shows_nothing(tmp_path: Path) -> None:
    locked = PaperKey(tmp_path).lock("PIN 482913")
    assert "482913" not in locked
    assert PaperKey(tmp_path).unlock(locked) == "PIN 482913"
    [path] = tmp_path.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_without_its_key_it_stays_locked(tmp_path: Path, expected_logs: list[str]) -> None:
    expected_logs.append("paper.key is no key")
    locked = PaperKey(tmp_path).lock("PIN 482913")
    (tmp_path / "paper.key").unlink()
    assert PaperKey(tmp_path).unlock(locked) is None
    (tmp_path / "paper.key").write_text("a shopping list")
    assert PaperKey(tmp_path).unlock(locked) is None
    PaperKey(tmp_path).lock("PIN 111111")
    assert PaperKey(tmp_path).unlock(locked) is None, "another key was made since"


def test_systemd_may_keep_the_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A technician seals them to the machine and removes the files: the kiosk finds what systemd unlocked."""
    unlocked, folder = tmp_path / "credentials", tmp_path / "kiosk"
    unlocked.mkdir()
    folder.mkdir()
    keys, papers = KeyFile(folder), PaperKey(folder)
    proposed = keys.propose()
    keys.keep()
    locked = papers.lock("PIN 482913")
    for name in ("kiosk.key", "paper.key"):
        (folder / name).rename(unlocked / name)
    assert keys.read() is None
    assert papers.unlock(locked) is None
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(unlocked))
    kept = keys.read()
    assert kept is not None
    assert kept.id == proposed.id
    assert papers.unlock(locked) == "PIN 482913"
    assert papers.unlock(papers.lock("PIN 111111")) == "PIN 111111"
    assert not list(folder.iterdir()), "no second key was made beside the one systemd keeps"
