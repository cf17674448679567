"""Devices keep their names: every line of the rules is one udev understands, also those a technician takes the # from.

Debian 12's udevadm has no `verify` yet (systemd 254 brought it), so the grammar of udev(7) is held against each line.
"""

import re
from pathlib import Path

import pytest

from kiosk.settings import read_settings

DEPLOY = Path(__file__).parents[2] / "deploy"
RULES = (DEPLOY / "udev" / "70-citizen-space.rules").read_text(encoding="utf-8").splitlines()
MATCH = r'(SUBSYSTEM|KERNEL|ATTRS?\{\w+\}|ENV\{\w+\})(==|!=)"[^"]+"'
ASSIGN = r'(SYMLINK\+?=|GROUP=|MODE=|TAG\+=)"[^"]+"'
RULE = re.compile(rf"{MATCH}(, {MATCH})*(, {ASSIGN})+")
NAMES = {"citizen-printer", "citizen-reader"}


def rules() -> list[str]:
    """The lines in force and the patterns to copy, which begin with # and a key."""
    return [line.lstrip("#") for line in RULES if re.match(r"#?[A-Z]+\b.*==", line)]


@pytest.mark.parametrize("rule", rules())
def test_a_rule_is_well_formed_and_gives_one_of_our_names_to_one_maker(rule: str) -> None:
    assert RULE.fullmatch(rule)
    assert re.findall(r'SYMLINK\+="([^"]+)"', rule)[0] in NAMES
    assert re.search(r'ATTRS\{idVendor\}=="[0-9a-f]{4}"', rule)


def test_a_line_is_a_rule_or_a_comment_and_no_maker_has_two_names() -> None:
    in_force = [line for line in RULES if line and not line.startswith("#")]
    assert set(in_force) <= set(rules())
    makers = [re.findall(r'idVendor\}=="(\w+)"', line)[0] for line in in_force]
    assert len(makers) == len(set(makers))


@pytest.mark.parametrize(
    "broken",
    [
        'SUBSYSTEM="tty", SYMLINK+="x"',
        'SUBSYSTEM=="tty" SYMLINK+="x"',
        'SUBSYSTEM=="tty", SYMLINK+=x',
        'SUBSYSTEM=="tty"',
    ],
)
def test_a_mistyped_rule_would_be_seen(broken: str) -> None:
    assert not RULE.fullmatch(broken)


def test_the_example_profile_calls_the_printer_by_its_lasting_name() -> None:
    assert Path(read_settings(DEPLOY / "kiosk.toml.example").printer.address).name in NAMES
