"""What a technician types: the centre starts, enrols and hires, or says in one sentence why not."""

import subprocess
import sys
from pathlib import Path

import pytest

from central.database import Database, open_database
from central.kiosks import find_kiosk
from central.settings import read_settings


def central(*arguments: str, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """The door as a process of its own, with nothing but the environment given."""
    return subprocess.run(
        [sys.executable, "-m", "central", *arguments],
        input=typed,
        env=environment,
        cwd=Path(__file__).parent.parent.parent,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def town(data: Path) -> Database:
    settings = read_settings(data, {})
    return open_database(settings.database_url, settings.municipality)


def test_enrolling_again_replaces_the_key(data: Path) -> None:
    first = central("enrol", "--data", str(data), "--kiosk", "014").stdout.strip()
    second = central("enrol", "--data", str(data), "--kiosk", "014").stdout.strip()
    database = town(data)
    assert find_kiosk(database, first) is None
    found = find_kiosk(database, second)
    assert found is not None
    assert found.source == "/el-kef/kiosk/014"
    database.close()


def test_the_key_itself_is_not_kept(data: Path) -> None:
    key = central("enrol", "--data", str(data), "--kiosk", "014").stdout.strip()
    assert len(key) > 30
    assert not [path for path in data.rglob("*") if path.is_file() and key.encode() in path.read_bytes()]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("enrol", "--kiosk", "1000"), "three digits"),
        (("serve", "--port", "70000"), "Cannot listen"),
        (("agent", "--name", "amel", "--counter", "300"), "from 1 to 99"),
    ],
)
def test_a_mistake_is_told_in_one_sentence(data: Path, arguments: tuple[str, ...], says: str) -> None:
    ended = central(arguments[0], "--data", str(data), *arguments[1:])
    assert ended.returncode == 2
    assert says in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("address", ["mysql://nobody@127.0.0.1/town", "not an address"])
def test_a_database_of_another_kind_is_told_in_one_sentence(data: Path, address: str) -> None:
    ended = central("enrol", "--data", str(data), "--kiosk", "14", DATABASE_URL=address)
    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)
    assert "DATABASE_URL must begin with" in ended.stderr


def test_a_database_that_does_not_answer_is_told_without_its_password(data: Path) -> None:
    address = "postgresql://town:hidden-word@127.0.0.1:1/town"
    ended = central("enrol", "--data", str(data), "--kiosk", "14", DATABASE_URL=address)
    assert ended.returncode == 2
    assert "cannot be used" in ended.stderr
    assert "hidden-word" not in ended.stderr


def test_a_broken_card_is_told_with_its_file_and_line(data: Path, tmp_path: Path) -> None:
    cards = tmp_path / "cards"
    cards.mkdir()
    (cards / "permit.toml").write_text("order = \n")
    data.mkdir()
    (data / "centre.toml").write_text(f'catalog = "{cards}"\n')
    ended = central("serve", "--data", str(data), "--port", "0")
    assert ended.returncode == 2
    assert "permit.toml:1:" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_an_unknown_setting_is_told(data: Path) -> None:
    data.mkdir()
    (data / "centre.toml").write_text('colour = "teal"\ntime_zone = "Africa/Nowhere"\n')
    ended = central("enrol", "--data", str(data), "--kiosk", "14")
    assert ended.returncode == 2
    assert "colour" in ended.stderr
    assert "Africa/Nowhere" in ended.stderr
