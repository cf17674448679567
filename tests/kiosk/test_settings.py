"""A technician's profile: read whole, or refused with every mistake and its line."""

from datetime import time
from pathlib import Path

import pytest

from kiosk.settings import PrinterKind, ReaderKind, ScannerKind, SettingsFault, SwitchSettings, read_settings

EXAMPLE = Path(__file__).parent.parent.parent / "deploy" / "kiosk.toml.example"


def mistakes(tmp_path: Path, old: str, new: str) -> str:
    text = EXAMPLE.read_text()
    assert old in text
    path = tmp_path / "kiosk.toml"
    path.write_text(text.replace(old, new))
    with pytest.raises(SettingsFault) as fault:
        read_settings(path)
    return str(fault.value).removeprefix(str(path))


def test_the_example_can_be_used_as_it_is() -> None:
    settings = read_settings(EXAMPLE)
    assert (settings.kiosk, settings.lane, str(settings.zone)) == (14, 2, "Africa/Tunis")
    assert settings.printer.kind is PrinterKind.SERIAL
    assert settings.scanner.kind is ScannerKind.SANE
    assert settings.reader.kind is ReaderKind.SERIAL


def test_a_profile_says_how_the_technician_comes_in_and_when_the_kiosk_tries_itself(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_text(EXAMPLE.read_text().replace("# pin = ", 'pin = "271828" # ').replace("07:00", "06:30"))
    settings = read_settings(path)
    assert (settings.technician.pin, settings.technician.check_at) == ("271828", time(6, 30))
    assert settings.printer.roll_m == 80


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [('check_at = "07:00"', 'check_at = "24:00"', "such as 07:00"), ("# pin = ", 'pin = "12345" # ', "six digits")],
)
def test_a_technicians_mistake_is_named_with_its_line(tmp_path: Path, old: str, new: str, why: str) -> None:
    line = EXAMPLE.read_text().split(old)[0].count("\n") + 1
    said = mistakes(tmp_path, old, new)
    assert said.startswith(f":{line}:")
    assert why in said


def test_a_kiosk_stands_in_the_hall_unless_its_profile_names_a_counter(tmp_path: Path) -> None:
    assert read_settings(EXAMPLE).counter is None
    path = tmp_path / "kiosk.toml"
    path.write_text(EXAMPLE.read_text().replace("# counter = ", "counter = "))
    assert read_settings(path).counter == 3
    assert "“counter” is at most 99" in mistakes(tmp_path, "# counter = 3", "counter = 100")


def test_nobody_comes_in_by_a_pin_that_was_never_chosen() -> None:
    assert read_settings(EXAMPLE).technician.pin == ""


def test_a_reader_that_types_needs_no_address_and_a_kiosk_may_have_none(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.toml"
    head, _, devices = EXAMPLE.read_text().partition("[reader]")
    path.write_text(head + '[reader]\nkind = "keyboard"\n')
    assert read_settings(path).reader.kind is ReaderKind.KEYBOARD
    path.write_text(head + "[technician]" + devices.partition("[technician]")[2])
    assert read_settings(path).reader.kind is ReaderKind.NONE


def test_without_devices_they_are_simulated(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_text(EXAMPLE.read_text().split("[printer]")[0])
    settings = read_settings(path)
    assert settings.printer.kind is PrinterKind.SIMULATED
    assert settings.scanner.kind is ScannerKind.SIMULATED


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("", None),
        ("[switches]", SwitchSettings("F7", "F8")),
        ('[switches]\nnext = "Space"\nchoose = "Enter"', SwitchSettings("Space", "Enter")),
    ],
)
def test_switches_are_offered_where_the_profile_names_them(
    tmp_path: Path, written: str, read: SwitchSettings | None
) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_text(EXAMPLE.read_text() + "\n" + written)
    assert read_settings(path).switches == read


@pytest.mark.parametrize(
    ("switches", "why"),
    [('next = "A"', "“next” is a key"), ('next = "F8"', "are two keys"), ('nexxt = "F8"', "not a word of this file")],
)
def test_a_switch_nobody_can_press_is_named(tmp_path: Path, switches: str, why: str) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_text(f"{EXAMPLE.read_text()}\n[switches]\n{switches}\n")
    with pytest.raises(SettingsFault, match=why):
        read_settings(path)


@pytest.mark.parametrize(
    ("old", "new", "line", "why"),
    [
        ("kiosk = 14 ", "kiosk = 1400 ", 4, "at most 999"),
        ("lane = 2 ", "lane = 12 ", 5, "at most 9"),
        ('language = "ar"', 'language = "de"', 10, "one of ar, fr, en"),
        ('data = "', 'date = "', 1, "missing"),
        ('kind = "serial"', 'kind = "parallel"', 21, "one of simulated, serial, usb, network"),
        ('address = "/dev/citizen-printer"', "", 20, "missing"),
        ('url = "https://', 'url = "ftp://', 16, "web address"),
        ("idle_s = 60", 'time_zone = "Africa/Kef"', 11, "not a time zone"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, old: str, new: str, line: int, why: str) -> None:
    said = mistakes(tmp_path, old, new)
    assert why in said
    assert any(part.startswith(f":{line}:") for part in said.split(str(tmp_path / "kiosk.toml"))), said


def test_a_profile_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsFault, match="cannot be read"):
        read_settings(tmp_path / "nothing.toml")
