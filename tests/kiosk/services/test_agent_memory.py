"""An agent signs in at a counter: the centre says who they are, and while the line is down the kiosk remembers."""

import json
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.services.agents import REMEMBERED, Agents, SignInTrouble
from kiosk.store.agent_file import AgentFile
from sync.messages import SignedIn, SignIn
from sync.transport import CentralUnreachable

MORNING = datetime(2026, 11, 23, 8, tzinfo=UTC)


@dataclass
class Centre:
    """Knows one agent, as long as the line holds."""

    passwords: dict[str, str] = field(default_factory=lambda: {"amel": "olive-tree-2026"})
    down: bool = False

    def sign_in(self, asked: SignIn) -> SignedIn | None:
        if self.down:
            raise CentralUnreachable("the line is cut")
        name = asked.name.strip().casefold()
        right = self.passwords.get(name) == asked.password
        return SignedIn(name, f"seal {len(asked.password)}") if right else None


@dataclass
class Clock:
    now: datetime = MORNING

    def seconds(self) -> float:
        return self.now.timestamp()


@pytest.fixture
def centre() -> Centre:
    return Centre()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def start(centre: Centre, clock: Clock, tmp_path: Path) -> Callable[[], Agents]:
    """The kiosk is switched on, again and again with the same memory."""
    return lambda: Agents(centre, AgentFile(tmp_path), lambda: clock.now, clock.seconds)


def test_the_centre_says_who_an_agent_is(start: Callable[[], Agents]) -> None:
    assert start().sign_in(" Amel", "olive-tree-2026") == "amel"
    assert start().sign_in("amel", "something-else") is SignInTrouble.WRONG
    assert start().sign_in("mongi", "olive-tree-2026") is SignInTrouble.WRONG


def test_who_signed_in_here_lately_goes_on_while_the_line_is_down(
    start: Callable[[], Agents], centre: Centre, clock: Clock
) -> None:
    start().sign_in("amel", "olive-tree-2026")
    centre.down = True
    clock.now += REMEMBERED
    assert start().sign_in("AMEL ", "olive-tree-2026") == "amel"
    assert start().sign_in("amel", "something-else") is SignInTrouble.WRONG
    assert start().sign_in("mongi", "olive-tree-2026") is SignInTrouble.UNREACHABLE


def test_who_has_not_been_here_for_a_week_needs_the_centre(
    start: Callable[[], Agents], centre: Centre, clock: Clock
) -> None:
    start().sign_in("amel", "olive-tree-2026")
    centre.down = True
    clock.now += REMEMBERED + timedelta(seconds=1)
    assert start().sign_in("amel", "olive-tree-2026") is SignInTrouble.UNREACHABLE


def test_a_password_the_centre_no_longer_takes_is_forgotten_and_a_mistyped_one_forgets_nobody(
    start: Callable[[], Agents], centre: Centre
) -> None:
    start().sign_in("amel", "olive-tree-2026")
    start().sign_in("amel", "olive-tree-2062")
    centre.down = True
    assert start().sign_in("amel", "olive-tree-2026") == "amel"
    centre.down, centre.passwords = False, {"amel": "cedar-tree-2026"}
    assert start().sign_in("amel", "olive-tree-2026") is SignInTrouble.WRONG
    centre.down = True
    assert start().sign_in("amel", "olive-tree-2026") is SignInTrouble.UNREACHABLE


def test_nobody_guesses_their_way_in_while_the_line_is_down(
    start: Callable[[], Agents], centre: Centre, clock: Clock
) -> None:
    agents = start()
    agents.sign_in("amel", "olive-tree-2026")
    centre.down = True
    for nth in range(5):
        assert agents.sign_in("amel", f"guess-{nth}") is SignInTrouble.WRONG
    assert agents.sign_in("amel", "olive-tree-2026") is SignInTrouble.WRONG
    clock.now += timedelta(minutes=6)
    assert agents.sign_in("amel", "olive-tree-2026") == "amel"


def test_the_memory_is_for_the_kiosk_alone_and_holds_no_password(start: Callable[[], Agents], tmp_path: Path) -> None:
    start().sign_in("amel", "olive-tree-2026")
    kept = tmp_path / "agents.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert "olive" not in kept.read_text()
    assert [path.name for path in tmp_path.iterdir()] == ["agents.json"]


def test_the_centre_is_asked_about_those_who_may_come_in_without_it(
    start: Callable[[], Agents], centre: Centre, clock: Clock
) -> None:
    agents = start()
    assert agents.known() == {}
    for nth in range(25):
        centre.passwords[f"agent-{nth}"] = "olive-tree-2026"
        agents.sign_in(f"agent-{nth}", "olive-tree-2026")
        clock.now += timedelta(seconds=1)
    assert list(agents.known()) == [f"agent-{nth}" for nth in range(5, 25)], "those who were here last"
    assert set(agents.known().values()) == {"seal 15"}
    clock.now += REMEMBERED
    assert start().known() == {}


def test_who_is_dismissed_does_not_come_in_while_the_line_is_down_either(
    start: Callable[[], Agents], centre: Centre
) -> None:
    agents = start()
    agents.sign_in("amel", "olive-tree-2026")
    agents.dismiss(("amel", "mongi"))
    assert agents.known() == {}
    centre.down = True
    for counter in (agents, start()):
        assert counter.sign_in("amel", "olive-tree-2026") is SignInTrouble.UNREACHABLE
    centre.down = False
    assert agents.sign_in("amel", "olive-tree-2026") == "amel", "hired again"
    centre.down = True
    assert agents.sign_in("amel", "olive-tree-2026") == "amel"


def test_a_disk_that_will_not_forget_lets_nobody_in_who_was_dismissed(
    start: Callable[[], Agents], centre: Centre, tmp_path: Path
) -> None:
    agents = start()
    agents.sign_in("amel", "olive-tree-2026")
    kept = (tmp_path / "agents.json").read_bytes()
    agents.dismiss(("amel",))
    (tmp_path / "agents.json").write_bytes(kept)
    centre.down = True
    assert agents.sign_in("amel", "olive-tree-2026") is SignInTrouble.UNREACHABLE
    assert agents.known() == {}, "the centre is not told of the same agent again and again"


def test_a_memory_from_before_there_were_seals_is_still_one(
    start: Callable[[], Agents], centre: Centre, tmp_path: Path
) -> None:
    agents = start()
    agents.sign_in("amel", "olive-tree-2026")
    kept = json.loads((tmp_path / "agents.json").read_text())
    (tmp_path / "agents.json").write_text(json.dumps({name: each[:2] for name, each in kept.items()}))
    assert agents.known() == {"amel": ""}
    centre.down = True
    assert agents.sign_in("amel", "olive-tree-2026") == "amel"


@pytest.mark.parametrize("damage", ["", "[]", "{", '{"amel": []}', '{"amel": ["x", "never"]}', '{"amel": ["x", 7]}'])
def test_a_damaged_memory_is_an_empty_one(
    start: Callable[[], Agents], centre: Centre, tmp_path: Path, damage: str
) -> None:
    (tmp_path / "agents.json").write_text(damage)
    centre.down = True
    assert start().sign_in("amel", "olive-tree-2026") is SignInTrouble.UNREACHABLE
    centre.down = False
    assert start().sign_in("amel", "olive-tree-2026") == "amel"


def test_a_hash_that_is_none_opens_nothing(start: Callable[[], Agents], centre: Centre, tmp_path: Path) -> None:
    (tmp_path / "agents.json").write_text(f'{{"amel": ["no hash", "{MORNING.isoformat()}"]}}')
    centre.down = True
    assert start().sign_in("amel", "olive-tree-2026") is SignInTrouble.WRONG


def test_a_disk_that_keeps_nothing_stops_no_agent(centre: Centre, clock: Clock, tmp_path: Path) -> None:
    agents = Agents(centre, AgentFile(tmp_path / "nowhere"), lambda: clock.now, clock.seconds)
    assert agents.sign_in("amel", "olive-tree-2026") == "amel"
