"""What is plugged into this machine, as the kernel and udev show it to anybody: nothing is opened, nobody is disturbed.

A port that the running kiosk holds is found as well as a free one; for the scanners SANE is asked, which takes seconds.
"""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

_PRINTER_CLASS = "07"  # bInterfaceClass of a printer (USB Device Class Definition for Printing Devices 1.1)
_HELD = "usbfs"  # the driver of an interface that a program has claimed
_LOOKING_S = 60.0


@dataclass(frozen=True, slots=True)
class SerialPort:
    """`path` is the most lasting name: /dev/citizen-…, else /dev/serial/by-id/…; `device` what it stands for today."""

    path: Path
    device: Path


@dataclass(frozen=True, slots=True)
class UsbPrinter:
    """`address` as a profile writes it (04b8:0e15); `node` is the file a program opens; `held` while one has it."""

    address: str
    name: str
    serial: str
    node: Path
    held: bool


@dataclass(frozen=True, slots=True)
class SaneDevice:
    """`device` as SANE names it, and whose make it is."""

    device: str
    name: str

    @property
    def backend(self) -> str:
        return self.device.partition(":")[0]


def serial_ports(dev: Path = Path("/dev")) -> tuple[SerialPort, ...]:
    """Every serial port with a name that lasts: a bare ttyUSB0 is another one after the next start."""
    by_rule = sorted(dev.glob("citizen-*"))
    by_id = sorted((dev / "serial" / "by-id").glob("*"))
    ports: dict[Path, SerialPort] = {}
    for path in (*by_rule, *by_id):
        ports.setdefault(path.resolve(), SerialPort(path, path.resolve()))
    return tuple(ports.values())


def usb_printers(sys: Path = Path("/sys/bus/usb/devices"), dev: Path = Path("/dev")) -> tuple[UsbPrinter, ...]:
    """Every USB printer, from the kernel's own list."""
    found = []
    for interface in sorted(sys.glob("*:*")):
        if _told(interface / "bInterfaceClass") == _PRINTER_CLASS:
            device = sys / interface.name.partition(":")[0]
            bus, number = (int(_told(device / each) or 0) for each in ("busnum", "devnum"))
            driver = interface / "driver"
            found.append(
                UsbPrinter(
                    address=f"{_told(device / 'idVendor')}:{_told(device / 'idProduct')}",
                    name=" ".join(filter(None, (_told(device / "manufacturer"), _told(device / "product")))),
                    serial=_told(device / "serial"),
                    node=dev / "bus" / "usb" / f"{bus:03}" / f"{number:03}",
                    held=driver.exists() and driver.resolve().name == _HELD,
                )
            )
    return tuple(found)


def sane_devices() -> tuple[SaneDevice, ...]:
    """Every scanner SANE finds, on USB and on the network. Takes seconds; empty when SANE is not installed."""
    scanimage = shutil.which("scanimage")
    if scanimage is None:
        return ()
    words = [scanimage, "--formatted-device-list=%d\t%v %m%n"]
    try:
        told = subprocess.run(words, capture_output=True, text=True, timeout=_LOOKING_S, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return ()
    lines = [line.partition("\t") for line in told.stdout.splitlines() if "\t" in line]
    return tuple(SaneDevice(device, name.strip()) for device, _, name in lines)


def _told(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
