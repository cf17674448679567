"""The parts of a kiosk that can be well or not, by the names its technician and the town's staff know them by."""

from enum import StrEnum, auto

from civic.language import Say


class Part(StrEnum):
    """What of a kiosk is looked at, each morning and whenever somebody asks."""

    PRINTER = auto()
    PAPER = auto()
    SCANNER = auto()
    READER = auto()
    MICROPHONE = auto()
    CENTRE = auto()
    CLOCK = auto()
    OUTBOX = auto()
    DISK = auto()
    MEMORY = auto()
    STORE = auto()
    PROGRAM = auto()


def part_name(part: Part, _: Say) -> str:
    return {
        Part.PRINTER: _("Printer"),
        Part.PAPER: _("Paper"),
        Part.SCANNER: _("Scanner"),
        Part.READER: _("Code reader"),
        Part.MICROPHONE: _("Microphone"),
        Part.CENTRE: _("Centre"),
        Part.CLOCK: _("Clock"),
        Part.OUTBOX: _("News for the centre"),
        Part.DISK: _("Disk"),
        Part.MEMORY: _("Memory"),
        Part.STORE: _("Store"),
        Part.PROGRAM: _("Program"),
    }[part]
