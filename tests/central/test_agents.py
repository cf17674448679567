"""Only an agent signs in, and nobody guesses their way in."""

from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher

from central.agents import NOBODY, Agents, hire_agent
from central.database import Database
from central.settings import CentreFault

PASSWORD = "olive-tree-2026"
MORNING = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture
def agents(database: Database) -> Agents:
    hire_agent(database, " Amel ", PASSWORD, 3)
    return Agents(database, lambda: MORNING)


def test_capitals_and_spaces_around_a_name_do_not_matter(agents: Agents) -> None:
    agent = agents.sign_in("AMEL ", PASSWORD)
    assert agent is not None
    assert (agent.name, agent.counter) == ("amel", 3)


def test_a_wrong_password_and_an_unknown_name_open_nothing(agents: Agents) -> None:
    assert agents.sign_in("amel", "something-else") is None
    assert agents.sign_in("nobody", PASSWORD) is None


def test_an_unknown_name_takes_as_long_as_a_wrong_password() -> None:
    assert not PasswordHasher().check_needs_rehash(NOBODY)


def test_after_five_wrong_passwords_the_right_one_waits_a_quarter_of_an_hour(
    agents: Agents, database: Database
) -> None:
    for _ in range(5):
        agents.sign_in("amel", "something-else")
    assert agents.sign_in("amel", PASSWORD) is None
    later = Agents(database, lambda: MORNING + timedelta(minutes=16))
    assert later.sign_in("amel", PASSWORD) is not None


def test_a_new_password_replaces_the_old_one_and_ends_its_sessions(agents: Agents, database: Database) -> None:
    before = agents.find("amel")
    hire_agent(database, "amel", "cedar-tree-2026", 4)
    after = agents.find("amel")
    assert before is not None
    assert after is not None
    assert before.seal != after.seal
    assert agents.sign_in("amel", PASSWORD) is None
    assert agents.sign_in("amel", "cedar-tree-2026") == after


@pytest.mark.parametrize(
    ("name", "password", "counter", "says"),
    [(" ", PASSWORD, 3, "name"), ("amel", "short", 3, "8 characters"), ("amel", PASSWORD, 0, "from 1 to 99")],
)
def test_an_agent_is_hired_with_a_name_a_password_and_a_counter(
    database: Database, name: str, password: str, counter: int, says: str
) -> None:
    with pytest.raises(CentreFault, match=says):
        hire_agent(database, name, password, counter)
