"""What the doctor proposes can be copied into a profile as it is, and is nothing but comments where it is unsure."""

import tomllib
from pathlib import Path

from kiosk.devices.plugged import SaneDevice, SerialPort, UsbPrinter
from kiosk.devices.proposal import propose

USB = UsbPrinter("04b8:0e28", "EPSON TM-T20III", "X3AB000123", Path("/dev/bus/usb/001/004"), held=False)
FTDI = SerialPort(Path("/dev/serial/by-id/usb-FTDI_FT232R_A50285BI-if00-port0"), Path("/dev/ttyUSB0"))
NAMED = SerialPort(Path("/dev/citizen-printer"), Path("/dev/ttyUSB1"))
READER = SerialPort(Path("/dev/citizen-reader"), Path("/dev/ttyACM0"))
SCANNER = SaneDevice("genesys:libusb:001:004", "Canon LiDE 120")


def test_the_likeliest_device_is_proposed_and_the_others_stand_beside_it_as_comments() -> None:
    text = propose([FTDI, NAMED, READER], [USB], [SCANNER])
    told = tomllib.loads(text)
    assert told["printer"] == {"kind": "usb", "address": "04b8:0e28", "model": "generic-80mm", "roll_m": 80}
    assert told["scanner"] == {"kind": "sane", "device": SCANNER.device, "backend": "genesys", "dpi": 200}
    assert told["reader"]["address"] == "/dev/citizen-reader"
    assert f'# address = "{FTDI.path}"' in text


def test_a_port_that_a_rule_calls_the_printer_goes_before_all_other_ports() -> None:
    printer = tomllib.loads(propose([FTDI, NAMED], [], []))["printer"]
    assert (printer["kind"], printer["address"], printer["baud"]) == ("serial", "/dev/citizen-printer", 115_200)


def test_where_nothing_is_plugged_in_it_says_what_would_stand_there() -> None:
    told = tomllib.loads(propose([], [], []))
    assert told["printer"]["kind"] == "network"
    assert told["scanner"] == {"kind": "simulated"}
    assert "reader" not in told
