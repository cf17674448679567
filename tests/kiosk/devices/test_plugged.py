"""A technician hears what is plugged into this machine, under the name that lasts."""

from pathlib import Path

import pytest

from kiosk.devices.plugged import sane_devices, serial_ports, usb_printers


def test_a_serial_port_has_the_name_of_its_rule_or_else_that_of_its_maker(tmp_path: Path) -> None:
    by_id = tmp_path / "serial" / "by-id"
    by_id.mkdir(parents=True)
    for name in ("ttyUSB0", "ttyACM0", "ttyS0"):
        (tmp_path / name).touch()
    (by_id / "usb-FTDI_FT232R_A50285BI-if00-port0").symlink_to("../../ttyUSB0")
    (by_id / "usb-Example_Reader_0042-if00").symlink_to("../../ttyACM0")
    (tmp_path / "citizen-printer").symlink_to("ttyUSB0")
    ports = serial_ports(tmp_path)
    assert [port.path.name for port in ports] == ["citizen-printer", "usb-Example_Reader_0042-if00"]
    assert [port.device.name for port in ports] == ["ttyUSB0", "ttyACM0"]


@pytest.mark.parametrize("held", [True, False])
def test_a_usb_printer_is_told_from_everything_else_on_usb_and_whether_a_program_holds_it(
    tmp_path: Path, held: bool
) -> None:
    sys, drivers = tmp_path / "devices", tmp_path / "drivers"
    facts = {"busnum": "1", "devnum": "4", "idVendor": "04b8", "idProduct": "0e28", "manufacturer": "EPSON"}
    for name, text in (facts | {"product": "TM-T20III", "serial": "X3AB000123"}).items():
        write(sys / "1-2" / name, text)
    write(sys / "1-2:1.0" / "bInterfaceClass", "07")
    write(sys / "1-3:1.0" / "bInterfaceClass", "03")
    for driver in ("usbfs", "usblp"):
        (drivers / driver).mkdir(parents=True)
    (sys / "1-2:1.0" / "driver").symlink_to(drivers / ("usbfs" if held else "usblp"))
    [printer] = usb_printers(sys, Path("/dev"))
    assert (printer.address, printer.name, printer.serial) == ("04b8:0e28", "EPSON TM-T20III", "X3AB000123")
    assert printer.node == Path("/dev/bus/usb/001/004")
    assert printer.held is held


def test_sane_names_its_scanners(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "dll.conf").write_text("test\n")
    (tmp_path / "test.conf").write_text("number_of_devices 1\n")
    monkeypatch.setenv("SANE_CONFIG_DIR", str(tmp_path))
    assert ("test:0", "test") in [(each.device, each.backend) for each in sane_devices()]


def test_a_machine_without_sane_has_no_scanners(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert sane_devices() == ()


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n")
