"""The device tables of a profile, as this machine suggests them. Proposed only: whoever reads them decides."""

from collections.abc import Sequence

from kiosk.devices.plugged import SaneDevice, SerialPort, UsbPrinter

_HEAD = """\
# Proposed from what is plugged into this machine. Compare it with the profile, copy what is right, delete the rest.
# A name that udev gives (/dev/citizen-…, /dev/serial/by-id/…) stays the same after a restart; /dev/ttyUSB0 does not.
"""
_PRINTER = "citizen-printer"
_READER = "citizen-reader"


def propose(ports: Sequence[SerialPort], printers: Sequence[UsbPrinter], scanners: Sequence[SaneDevice]) -> str:
    """TOML: of each kind the likeliest device, the others as comments beside it."""
    readers = [port for port in ports if port.path.name == _READER]
    lines = [port for port in ports if port not in readers]
    lines.sort(key=lambda port: port.path.name != _PRINTER)
    return "\n".join([_HEAD, *_printer(lines, printers), "", *_scanner(scanners), "", *_reader(readers, lines)]) + "\n"


def _printer(ports: Sequence[SerialPort], printers: Sequence[UsbPrinter]) -> list[str]:
    choices = [
        [f"# {each.name}, serial number {each.serial or 'none'}", 'kind = "usb"', f'address = "{each.address}"']
        for each in printers
    ]
    choices += [
        [
            f"# today {each.device}",
            'kind = "serial"',
            f'address = "{each.path}"',
            "baud = 115200           # as the printer's own test paper says",
        ]
        for each in ports
    ]
    if not choices:
        choices = [
            [
                "# none was found on USB or on a serial line; on the network:",
                'kind = "network"',
                'address = "192.168.1.50:9100"',
            ]
        ]
    more = [
        'model = "generic-80mm"  # a file of assets/printers',
        "roll_m = 80             # as the box of the rolls says",
    ]
    return ["[printer]", *choices[0], *more, *_others(choices[1:])]


def _scanner(scanners: Sequence[SaneDevice]) -> list[str]:
    choices = [
        [f"# {each.name}", 'kind = "sane"', f'device = "{each.device}"', f'backend = "{each.backend}"', "dpi = 200"]
        for each in scanners
    ]
    if not choices:
        choices = [["# SANE finds none: is it switched on, and is its driver installed?", 'kind = "simulated"']]
    return ["[scanner]", *choices[0], *_others(choices[1:])]


def _reader(readers: Sequence[SerialPort], others: Sequence[SerialPort]) -> list[str]:
    """Without a rule for it a reader cannot be told from a printer: then nothing is proposed but what it could be."""
    choices = [['kind = "serial"', f'address = "{each.path}"', "baud = 9600"] for each in (*readers, *others)]
    if readers:
        return ["[reader]", *choices[0]]
    return ["# [reader]              # none has the name of deploy/udev; it could be:", *_others(choices)]


def _others(choices: Sequence[list[str]]) -> list[str]:
    return [line if line.startswith("#") else f"# {line}" for choice in choices for line in ("#", *choice)]
