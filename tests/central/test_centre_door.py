"""What a technician types: the centre starts, enrols and hires, or says in one sentence why not."""

import io
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import requests
from sqlalchemy import text, update

from central.__main__ import main
from central.agents import Agents
from central.app import create_app
from central.database import Database, open_database
from central.kiosks import enrol_kiosk, find_kiosk
from central.settings import CentreFault, Settings, read_settings
from central.tables import dossiers
from civic.tracking import TrackingKey
from tests.central.conftest import serving
from tests.central.invented import PASSWORD, KioskLine, a_deposit

HOUSE = Path(__file__).parent.parent.parent

Refusal = Callable[..., str]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture
def refused(data: Path, capsys: pytest.CaptureFixture[str]) -> Refusal:
    """The sentence on standard error with which the door gives up."""

    def try_it(command: str, *arguments: str, **environment: str) -> str:
        assert main([command, "--data", str(data), *arguments], environment) == 2
        out, err = capsys.readouterr()
        assert not out
        return err

    return try_it


@pytest.fixture
def enrolled(data: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """Enrols kiosk 014 and gives the key it prints."""

    def enrol() -> str:
        assert main(["enrol", "--data", str(data), "--kiosk", "014"], {}) == 0
        return capsys.readouterr().out.strip()

    return enrol


def town(data: Path) -> Database:
    settings = read_settings(data, {})
    return open_database(settings.database_url, settings.municipality)


def test_the_centre_tells_its_addresses_and_leaves_when_it_is_told(data: Path) -> None:
    command = [sys.executable, "-m", "central", "serve", "--data", str(data), "--port", "0"]
    with subprocess.Popen(command, cwd=HOUSE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as centre:
        assert centre.stdout is not None
        told = dict(centre.stdout.readline().split() for _ in range(4))
        assert list(told) == ["centre", "desk", "board", "tracking"]
        assert requests.get(told["tracking"], timeout=60).status_code == 200
        centre.send_signal(signal.SIGINT)
        _, said = centre.communicate(timeout=60)
    assert centre.returncode == 0
    assert "Traceback" not in said


def test_enrolling_again_replaces_the_key(data: Path, enrolled: Callable[[], str]) -> None:
    first, second = enrolled(), enrolled()
    database = town(data)
    assert find_kiosk(database, first) is None
    found = find_kiosk(database, second)
    assert found is not None
    assert found.source == "/el-kef/kiosk/014"
    database.close()


def test_the_key_itself_is_not_kept(data: Path, enrolled: Callable[[], str]) -> None:
    key = enrolled()
    assert len(key) > 30
    assert not [path for path in data.rglob("*") if path.is_file() and key.encode() in path.read_bytes()]


def test_a_key_opens_only_its_own_town(settings: Settings, database: Database) -> None:
    key = enrol_kiosk(database, 14)
    elsewhere = open_database(settings.database_url, "tajerouine")
    assert find_kiosk(database, key) is not None
    assert find_kiosk(elsewhere, key) is None
    elsewhere.close()


def test_an_agent_is_hired_with_a_password_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, database: Database, tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    environment = {"STATE_DIRECTORY": str(tmp_path / "centre"), "DATABASE_URL": settings.database_url}
    assert main(["agent", "--name", "Sami", "--counter", "5"], environment) == 0
    agent = Agents(database, lambda: pytest.fail("nobody tried a password")).find("sami")
    assert agent is not None
    assert agent.counter == 5


def test_an_agents_number_is_refused_before_the_password_is_asked(
    refused: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert "from 1 to 99" in refused("agent", "--name", "amel", "--counter", "300")
    assert "8 characters" in refused("agent", "--name", "amel", "--counter", "3")


def test_a_kiosks_number_has_at_most_three_digits(refused: Refusal) -> None:
    assert "three digits" in refused("enrol", "--kiosk", "1000")


def test_a_port_that_cannot_be_had_is_told(refused: Refusal) -> None:
    assert "at most 65535" in refused("serve", "--port", "99999")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert "Cannot listen" in refused("serve", "--port", str(taken.getsockname()[1]))


@pytest.mark.parametrize("address", ["mysql://nobody@127.0.0.1/town", "not an address"])
def test_a_database_of_another_kind_is_told_in_one_sentence(refused: Refusal, address: str) -> None:
    told = refused("enrol", "--kiosk", "14", DATABASE_URL=address)
    assert told.count("\n") == 1
    assert "DATABASE_URL must begin with" in told


def test_a_database_that_does_not_answer_is_told_without_its_password(refused: Refusal) -> None:
    told = refused("enrol", "--kiosk", "14", DATABASE_URL="postgresql://town:hidden-word@127.0.0.1:1/town")
    assert "cannot be used" in told
    assert "hidden-word" not in told


def test_a_folder_that_cannot_be_used_is_told(data: Path, refused: Refusal) -> None:
    assert "DOCUMENTS_URL must" in refused("serve", DOCUMENTS_URL="s3://bucket")
    (data / "full").touch()
    assert "cannot be used" in refused("serve", "--port", "0", DOCUMENTS_URL=(data / "full").as_uri())
    assert main(["enrol", "--data", str(data / "full" / "centre"), "--kiosk", "14"], {}) == 2


def test_a_broken_card_is_told_with_its_file_and_line(data: Path, refused: Refusal) -> None:
    cards = data / "cards"
    cards.mkdir()
    (data / "centre.toml").write_text(f'catalog = "{cards}"\n')
    for card, reason in (("code = \n", "permit.toml:1:"), ("code = 'T'\ncolour = 'red'\n", "permit.toml:2: “colour”")):
        (cards / "permit.toml").write_text(card)
        assert reason in refused("serve", "--port", "0")


def test_a_setting_nobody_knows_is_told_with_its_line(data: Path, refused: Refusal) -> None:
    for written, reasons in (
        ('colour = "teal"\ntime_zone = "Africa/Nowhere"\n', ("centre.toml:1: “colour”", "centre.toml:2: “Africa/No")),
        ("=", ("centre.toml:1",)),
    ):
        (data / "centre.toml").write_text(written)
        told = refused("enrol", "--kiosk", "14")
        for reason in reasons:
            assert reason in told


def test_a_service_with_dossiers_may_not_leave_the_catalogue(
    kiosk: KioskLine, settings: Settings, database: Database, key: TrackingKey
) -> None:
    kiosk.say(a_deposit(key))
    with database.writing() as connection:
        connection.execute(update(dossiers).values(service="lost"))
    with pytest.raises(CentreFault, match="lost"):
        create_app(settings)


def test_a_database_of_a_newer_centre_is_left_alone(settings: Settings, database: Database) -> None:
    with database.writing() as connection:
        connection.execute(text("UPDATE municipalities SET version = 99"))
    with pytest.raises(CentreFault, match="newer"):
        open_database(settings.database_url, settings.municipality)


def test_several_processes_share_one_secret_and_one_truth(settings: Settings, amel: str) -> None:
    form = {"name": amel, "password": PASSWORD}
    browser = requests.Session()
    with serving(settings) as first, serving(settings) as second:
        assert 'id="next"' in browser.post(f"{first}/desk/sign-in", data=form, timeout=60).text
        assert 'id="next"' in browser.get(f"{second}/desk", timeout=60).text


def test_a_database_that_fails_while_serving_is_a_sentence_and_a_log(
    kiosk: KioskLine, database: Database, key: TrackingKey, expected_logs: list[str]
) -> None:
    with database.writing() as connection:
        connection.execute(text("ALTER TABLE inbox RENAME TO elsewhere"))
    expected_logs.append("the disk or the database failed")
    answer = kiosk.post([kiosk.event(a_deposit(key)).to_json()])
    assert answer.status_code == 503
    assert "later" in answer.json()["error"]
    with database.writing() as connection:
        connection.execute(text("ALTER TABLE elsewhere RENAME TO inbox"))
    assert kiosk.say(a_deposit(key)) == [""]
