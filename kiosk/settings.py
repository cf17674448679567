"""What a technician decides for one kiosk: a TOML profile, read strictly, every mistake named with its line."""

import re
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from civic.assistance import HIGHEST_COUNTER
from civic.language import Language, Wording
from civic.toml_table import Table, TomlFile

_PIN = re.compile(r"\d{6,12}", re.ASCII)
_SWITCH_KEY = re.compile(r"F([6-9]|1\d|2[0-4])|Space|Enter|Tab|Backspace")
_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
ASSETS = Path(__file__).parent.parent / "assets"


class SettingsFault(ValueError):
    """The profile cannot be used. One line per mistake: `file:line: what is wrong`."""


class PrinterKind(StrEnum):
    SIMULATED = "simulated"
    SERIAL = "serial"
    USB = "usb"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class PrinterSettings:
    """`address`: /dev/citizen-printer, a USB id such as 04b8:0e15, or host:port. `model`: a file of assets/printers.

    `roll_m`: how many metres of paper a new roll holds, as its box says.
    """

    kind: PrinterKind
    address: str
    baud: int
    model: str
    roll_m: int = 80


class ScannerKind(StrEnum):
    SIMULATED = "simulated"
    SANE = "sane"


@dataclass(frozen=True, slots=True)
class ScannerSettings:
    """`device` as SANE names it (`test:0`), `backend` its driver (`test`), `options` passed on to it."""

    kind: ScannerKind
    device: str
    backend: str
    dpi: int
    options: tuple[str, ...]


class ReaderKind(StrEnum):
    """`KEYBOARD`: the reader types what it reads, as a keyboard would. `NONE`: this kiosk has no code reader."""

    NONE = "none"
    SIMULATED = "simulated"
    SERIAL = "serial"
    KEYBOARD = "keyboard"


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """`address`: the serial port, such as /dev/ttyACM0; `baud` matters to readers with a serial plug only."""

    kind: ReaderKind = ReaderKind.NONE
    address: str = ""
    baud: int = 9600


class SpeakerKind(StrEnum):
    """`NONE`: this kiosk is silent, and offers no voice."""

    NONE = "none"
    SIMULATED = "simulated"
    ALSA = "alsa"


@dataclass(frozen=True, slots=True)
class SpeakerSettings:
    """`device` as `aplay -L` names it. `private`: it is a headset, and may say what concerns the person alone.

    `recordings`: the folder of the town's own voice.
    """

    kind: SpeakerKind = SpeakerKind.NONE
    device: str = "default"
    private: bool = False
    recordings: Path = ASSETS / "voices"


class MicrophoneKind(StrEnum):
    """`NONE`: nobody can speak to this kiosk, and it offers no voice note."""

    NONE = "none"
    SIMULATED = "simulated"
    ALSA = "alsa"


@dataclass(frozen=True, slots=True)
class MicrophoneSettings:
    """`device` as `arecord -L` names it."""

    kind: MicrophoneKind = MicrophoneKind.NONE
    device: str = "default"


@dataclass(frozen=True, slots=True)
class SwitchSettings:
    """What the switches of people who use no finger send, as a keyboard's key: `next` moves on, `choose` chooses."""

    next: str = "F7"
    choose: str = "F8"


@dataclass(frozen=True, slots=True)
class CentreSettings:
    """Where the kiosk talks (`url`), and what is on the QR (`tracking`).

    `pages_kbit_s`: how much of the line scanned pages may take, in thousands of bits a second; None: all of it.
    """

    url: str
    tracking: str
    pages_kbit_s: int | None = None


@dataclass(frozen=True, slots=True)
class TechnicianSettings:
    """`pin`: six digits or more, which open the technician's screen; without one it stays closed.

    `check_at`: when the kiosk tries its devices and its line by itself every morning, on the kiosk's own clock.
    """

    pin: str = ""
    check_at: time = time(7)


@dataclass(frozen=True, slots=True)
class Settings:
    municipality: str
    kiosk: int
    lane: int
    town: Wording
    site: Wording
    phone: str
    zone: ZoneInfo
    language: Language
    idle_s: int
    data: Path
    catalog: Path
    centre: CentreSettings
    printer: PrinterSettings
    scanner: ScannerSettings
    technician: TechnicianSettings = TechnicianSettings()
    reader: ReaderSettings = ReaderSettings()
    speaker: SpeakerSettings = SpeakerSettings()
    microphone: MicrophoneSettings = MicrophoneSettings()
    answer_days: int = 7
    """In how many days the town aims to say why a file is late."""
    switches: SwitchSettings | None = None
    """None: there is no socket for switches, and no word of them on the screen."""
    counter: int | None = None
    """The staffed window it stands at; None in the hall."""


def read_settings(path: Path) -> Settings:
    """Raises SettingsFault naming every mistake."""
    file = TomlFile(path)
    profile = file.read()
    settings = None if profile is None else _settings(profile)
    if file.mistakes or settings is None:
        raise SettingsFault("\n".join(file.mistakes))
    return settings


def _settings(profile: Table) -> Settings:
    settings = Settings(
        municipality=profile.take_text("municipality"),
        kiosk=_below(profile, "kiosk", 999),
        lane=_below(profile, "lane", 9),
        town=profile.take_wording("town"),
        site=profile.take_wording("site"),
        phone=profile.take_text("phone"),
        zone=_zone(profile),
        language=profile.take_word("language", Language, Language.ARABIC),
        idle_s=profile.take_number("idle_s", 60),
        data=Path(profile.take_text("data")),
        catalog=Path(profile.take_text("catalog", str(ASSETS / "catalog"))),
        centre=_centre(profile.take_table("centre")),
        printer=_printer(profile.take_table("printer")),
        scanner=_scanner(profile.take_table("scanner")),
        technician=_technician(profile.take_table("technician")),
        reader=_reader(profile.take_table("reader")),
        speaker=_speaker(profile.take_table("speaker")),
        microphone=_microphone(profile.take_table("microphone")),
        answer_days=profile.take_number("answer_days", 7),
        switches=_switches(profile.take_table("switches")) if profile.has("switches") else None,
        counter=_counter(profile),
    )
    profile.finish()
    return settings


def _below(profile: Table, key: str, most: int) -> int:
    number = profile.take_number(key)
    if number > most:
        profile.blame(f"“{key}” is at most {most}", key)
    return number


def _counter(profile: Table) -> int | None:
    return _below(profile, "counter", HIGHEST_COUNTER) if "counter" in profile.keys else None


def _zone(profile: Table) -> ZoneInfo:
    name = profile.take_text("time_zone", "Africa/Tunis")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        profile.blame(f"“{name}” is not a time zone, such as Africa/Tunis", "time_zone")
        return ZoneInfo("UTC")


def _centre(table: Table) -> CentreSettings:
    url = table.take_text("url")
    pages_kbit_s = table.take_number("pages_kbit_s") if table.has("pages_kbit_s") else None
    centre = CentreSettings(url, table.take_text("tracking", url), pages_kbit_s)
    for key, address in (("url", centre.url), ("tracking", centre.tracking)):
        if address and not address.lower().startswith(("http://", "https://")):
            table.blame(f"“{key}” is a web address that begins with https://", key)
    table.finish()
    return centre


def _printer(table: Table) -> PrinterSettings:
    kind = table.take_word("kind", PrinterKind, PrinterKind.SIMULATED)
    address = table.take_text("address") if kind is not PrinterKind.SIMULATED else ""
    printer = PrinterSettings(
        kind=kind,
        address=address,
        baud=table.take_number("baud", 115_200),
        model=table.take_text("model", "generic-80mm"),
        roll_m=table.take_number("roll_m", 80),
    )
    table.finish()
    return printer


def _scanner(table: Table) -> ScannerSettings:
    kind = table.take_word("kind", ScannerKind, ScannerKind.SIMULATED)
    real = kind is ScannerKind.SANE
    scanner = ScannerSettings(
        kind=kind,
        device=table.take_text("device") if real else "",
        backend=table.take_text("backend") if real else "",
        dpi=table.take_number("dpi", 200),
        options=table.take_texts("options"),
    )
    table.finish()
    return scanner


def _technician(table: Table) -> TechnicianSettings:
    pin, check_at = table.take_text("pin", ""), table.take_text("check_at", "07:00")
    if pin and not _PIN.fullmatch(pin):
        table.blame("“pin” is six digits or more, in quotes", "pin")
    if not _HOUR.fullmatch(check_at):
        table.blame("“check_at” is an hour such as 07:00, in quotes", "check_at")
        check_at = "07:00"
    table.finish()
    return TechnicianSettings(pin, time.fromisoformat(check_at))


def _reader(table: Table) -> ReaderSettings:
    kind = table.take_word("kind", ReaderKind, ReaderKind.NONE)
    serial = kind is ReaderKind.SERIAL
    reader = ReaderSettings(kind, table.take_text("address") if serial else "", table.take_number("baud", 9600))
    table.finish()
    return reader


def _speaker(table: Table) -> SpeakerSettings:
    speaker = SpeakerSettings(
        kind=table.take_word("kind", SpeakerKind, SpeakerKind.NONE),
        device=table.take_text("device", "default"),
        private=table.take_flag("private", default=False),
        recordings=Path(table.take_text("recordings", str(ASSETS / "voices"))),
    )
    table.finish()
    return speaker


def _microphone(table: Table) -> MicrophoneSettings:
    kind = table.take_word("kind", MicrophoneKind, MicrophoneKind.NONE)
    microphone = MicrophoneSettings(kind, table.take_text("device", "default"))
    table.finish()
    return microphone


def _switches(table: Table) -> SwitchSettings:
    usual = SwitchSettings()
    switches = SwitchSettings(table.take_text("next", usual.next), table.take_text("choose", usual.choose))
    for key, name in (("next", switches.next), ("choose", switches.choose)):
        if not _SWITCH_KEY.fullmatch(name):
            table.blame(f"“{key}” is a key: F6 to F24, Space, Enter, Tab or Backspace", key)
    if switches.next == switches.choose:
        table.blame("“next” and “choose” are two keys", "choose")
    table.finish()
    return switches
