"""What a technician types: the centre starts, enrols and hires, or says in one sentence why not."""

import io
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import requests
from sqlalchemy import create_engine, text, update

from central.__main__ import main
from central.agents import Agents
from central.app import create_app
from central.database import Database, open_database
from central.kiosks import find_kiosk
from central.settings import CentreFault, Settings, read_settings
from central.tables import dossiers
from civic.tracking import TrackingKey
from kiosk.services.enrolment import Enrolment, EnrolmentFault, EnrolmentTrouble
from kiosk.store.key_file import KeyFile
from sync.messages import Enrolment as Asking
from sync.messages import EnrolmentCode
from sync.transport import HttpTransport
from tests.central.conftest import serving
from tests.central.invented import PASSWORD, KioskLine, a_deposit, a_ticket, enrol_kiosk

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


def test_a_kiosk_is_enrolled_with_the_code_a_person_types(
    centre: str, door: Callable[..., str], database: Database, tmp_path: Path
) -> None:
    code = door("enrol", "--kiosk", "014", "--site", "annexe").splitlines()[0]
    Enrolment(centre, 14, tmp_path).enrol(code)
    key = KeyFile(tmp_path).read()
    assert key is not None
    known = find_kiosk(database, key.id)
    assert known is not None
    assert (known.kiosk.source, known.kiosk.site) == ("/el-kef/kiosk/014", "annexe")
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and code.encode() in path.read_bytes()]


def test_a_code_is_good_once_and_only_for_its_kiosk(centre: str, door: Callable[..., str], tmp_path: Path) -> None:
    code = door("enrol", "--kiosk", "014").splitlines()[0]
    folders = [tmp_path / name for name in ("first", "second")]
    for folder in folders:
        folder.mkdir()
    with pytest.raises(EnrolmentFault) as another:
        Enrolment(centre, 15, folders[0]).enrol(code)
    Enrolment(centre, 14, folders[0]).enrol(code)
    with pytest.raises(EnrolmentFault) as used:
        Enrolment(centre, 14, folders[1]).enrol(code)
    assert another.value.trouble is used.value.trouble is EnrolmentTrouble.WRONG_CODE


def test_a_dead_kiosk_is_replaced_and_the_old_machine_is_heard_no_more(
    kiosk: KioskLine, door: Callable[..., str], tmp_path: Path
) -> None:
    assert kiosk.say(a_ticket("217")) == [""]
    code = door("enrol", "--kiosk", "014").splitlines()[0]
    assert kiosk.say(a_ticket("218")) == [""], "until the code is used"
    Enrolment(kiosk.address, 14, tmp_path).enrol(code)
    assert kiosk.send(kiosk.batch(a_ticket("219"))).status_code == 401
    fresh = KeyFile(tmp_path).read()
    assert fresh is not None
    assert KioskLine(kiosk.address, fresh).say(a_ticket("220")) == [""]


def test_a_kiosk_that_never_heard_it_was_enrolled_is_with_the_next_code(
    centre: str, door: Callable[..., str], database: Database, tmp_path: Path
) -> None:
    """The answer to the first code was lost, and the key it brought was put aside since."""
    coming, code = KeyFile(tmp_path).propose(), door("enrol", "--kiosk", "014").splitlines()[0]
    HttpTransport(centre, lambda: coming).enrol(Asking(14, EnrolmentCode.parse(code), coming.public))
    door("revoke", "--kiosk", "014")
    Enrolment(centre, 14, tmp_path).enrol(door("enrol", "--kiosk", "014").splitlines()[0])
    key = KeyFile(tmp_path).read()
    assert key is not None
    assert find_kiosk(database, key.id) is not None


def test_a_stolen_kiosk_is_revoked_and_what_waited_is_told_once_it_is_enrolled_again(
    kiosk: KioskLine, door: Callable[..., str], database: Database
) -> None:
    assert kiosk.say(a_ticket("217")) == [""]
    door("revoke", "--kiosk", "014")
    waiting = kiosk.batch(a_ticket("218"))
    refused = kiosk.send(waiting)
    assert (refused.status_code, refused.json()["refusal"]) == (401, "stranger")
    kiosk.key = enrol_kiosk(database, 14)
    assert kiosk.send(waiting).json()["answers"][0]["outcome"] == "accepted"
    assert "Every fact is what its kiosk signed" in door("verify")


def test_a_kiosk_moves_to_another_site(kiosk: KioskLine, door: Callable[..., str]) -> None:
    door("move", "--kiosk", "14", "--site", "annexe")
    assert "kiosk 014 at annexe" in door("kiosks")
    assert "No kiosk 015" in door("move", "--kiosk", "15", "--site", "annexe", status=2)
    assert "No kiosk 015" in door("revoke", "--kiosk", "15", status=2)


def test_the_roll_tells_who_was_heard_and_whose_clock_is_wrong(kiosk: KioskLine, door: Callable[..., str]) -> None:
    assert "never heard" in door("kiosks")
    kiosk.say(a_ticket("217"), a_ticket("<b>"))
    told = door("kiosks")
    for words in (f"key {kiosk.key.id[:16]}", "heard 20", "2 facts", "1 refused"):
        assert words in told
    assert "CLOCK" not in told
    kiosk.ahead = timedelta(days=3650)
    assert kiosk.send(kiosk.batch(a_ticket("218"))).json()["refusal"] == "clock"
    assert "3650 days, 0:00:00 h ahead of" in door("kiosks")
    kiosk.ahead = timedelta(hours=-1)
    kiosk.send(kiosk.batch(a_ticket("218")))
    assert "1:00:00 h behind the centre's" in door("kiosks")
    door("revoke", "--kiosk", "014")
    assert "revoked" in door("kiosks")


def test_an_empty_town_holds_what_it_promises(door: Callable[..., str]) -> None:
    assert door("kiosks") == ""
    assert "none is missing" in door("verify")


def test_a_key_opens_only_its_own_town(settings: Settings, database: Database) -> None:
    key = enrol_kiosk(database, 14)
    elsewhere = open_database(settings.database_url, "tajerouine")
    assert find_kiosk(database, key.id) is not None
    assert find_kiosk(elsewhere, key.id) is None
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


BEFORE = (
    "CREATE TABLE municipalities (municipality TEXT PRIMARY KEY, version INTEGER NOT NULL, change BIGINT NOT NULL)",
    "INSERT INTO municipalities VALUES ('el-kef', 1, 5)",
    "CREATE TABLE kiosks (municipality TEXT, number INTEGER, site TEXT NOT NULL, key_hash TEXT NOT NULL, "
    "enrolled_at TIMESTAMP NOT NULL, PRIMARY KEY (municipality, number))",
    "CREATE UNIQUE INDEX kiosks_key ON kiosks (municipality, key_hash)",
    "INSERT INTO kiosks VALUES ('el-kef', 14, 'annexe', 'abc', '2026-11-23 08:41:00')",
    "CREATE TABLE inbox (municipality TEXT, kiosk INTEGER, id TEXT, sequence BIGINT NOT NULL, outcome TEXT NOT NULL, "
    "reason TEXT NOT NULL, received_at TIMESTAMP NOT NULL, PRIMARY KEY (municipality, kiosk, id))",
    "CREATE TABLE documents (municipality TEXT, reference TEXT, requirement TEXT, position INTEGER NOT NULL, "
    "pages JSON NOT NULL, decision TEXT NOT NULL, reason TEXT NOT NULL, decided_by TEXT, decided_at TIMESTAMP, "
    "PRIMARY KEY (municipality, reference, requirement))",
    "CREATE TABLE dossiers (municipality TEXT, reference TEXT, site TEXT NOT NULL, kiosk INTEGER NOT NULL, "
    "service TEXT NOT NULL, language TEXT NOT NULL, deposited_at TIMESTAMP NOT NULL, answers JSON NOT NULL, "
    "applicant_name TEXT NOT NULL, applicant_phone TEXT NOT NULL, identity_kind TEXT, identity_number TEXT NOT NULL, "
    "token_hash TEXT NOT NULL, pin_salt TEXT NOT NULL, pin_hash TEXT NOT NULL, stage TEXT NOT NULL, "
    "change BIGINT NOT NULL, PRIMARY KEY (municipality, reference))",
)
"""A centre's tables as they were when kiosks spoke with a secret word."""


def test_a_database_of_before_is_brought_to_today_and_what_was_told_is_not_told_twice(
    settings: Settings, key: TrackingKey
) -> None:
    engine = create_engine(settings.database_url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        for statement in BEFORE:
            connection.execute(text(statement))
    with serving(settings) as address:
        database = open_database(settings.database_url, settings.municipality)
        kiosk = KioskLine(address, enrol_kiosk(database, 14))
        batch = kiosk.batch(a_ticket("217"), a_ticket("218"))
        told = "INSERT INTO inbox (municipality, kiosk, id, sequence, outcome, reason, received_at) "
        with database.writing() as connection:
            before = f"{told} VALUES ('el-kef', 14, :id, 7, 'accepted', '', '2026-11-23 08:41:00')"
            connection.execute(text(before), {"id": batch.links[0].id})
        answers = kiosk.send(batch).json()["answers"]
        assert [answer["outcome"] for answer in answers] == ["accepted"] * 2
        with database.reading() as connection:
            assert connection.execute(text("SELECT number FROM tickets")).scalars().all() == ["218"]
        database.close()
    engine.dispose()


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
    batch = kiosk.batch(a_deposit(key))
    answer = kiosk.send(batch)
    assert answer.status_code == 503
    assert "later" in answer.json()["error"]
    with database.writing() as connection:
        connection.execute(text("ALTER TABLE elsewhere RENAME TO inbox"))
    assert kiosk.send(batch).json()["answers"][0]["outcome"] == "accepted"


def test_the_seal_keys_are_shown_and_renewed(door: Callable[..., str], settings: Settings) -> None:
    first = door("seal")
    assert "1  " in first
    assert "kiosks seal to it" in first
    assert str(settings.seal_keys) in first
    renewed = door("seal", "--renew")
    assert "opens what was sealed before\n2  " in renewed


def test_the_seal_keys_may_lie_in_a_folder_of_their_own(refused: Refusal, tmp_path: Path) -> None:
    assert read_settings(tmp_path, {"SEAL_KEYS": "/run/keys"}).seal_keys == Path("/run/keys")
    (tmp_path / "file").write_text("")
    assert "cannot be used" in refused("seal", SEAL_KEYS=str(tmp_path / "file"))
