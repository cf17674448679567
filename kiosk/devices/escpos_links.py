"""How a printer is reached: a serial line, USB or the network. The only file that loads python-escpos.

It finds and opens the device; what it says of status is not used, because it calls a silent printer's paper adequate.
"""

import errno
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kiosk.devices.link import LineLost, Wire
from sync.later import Later

if TYPE_CHECKING:
    from escpos import exceptions as faults
    from escpos import printer as escpos
else:
    escpos, faults = Later("escpos.printer"), Later("escpos.exceptions")

_LISTEN_S = 0.05


@dataclass(frozen=True, slots=True)
class SerialLink:
    port: str
    baud: int = 115_200

    @property
    def bytes_per_s(self) -> float:
        return self.baud / 10

    def open(self, patience_s: float) -> Wire:
        printer = escpos.Serial(self.port, self.baud, timeout=_LISTEN_S, dsrdtr=False)
        try:
            printer.open()
            printer.device.write_timeout = patience_s
            printer.device.exclusive = True
        except (faults.DeviceNotFoundError, OSError) as gone:
            raise LineLost(str(gone)) from None
        return _SerialWire(printer)


@dataclass(frozen=True, slots=True)
class UsbLink:
    """The ends are those of most receipt printers; `lsusb -v` shows them."""

    vendor: int
    product: int
    in_end: int = 0x82
    out_end: int = 0x01

    @property
    def bytes_per_s(self) -> float:
        return 1_000_000

    def open(self, patience_s: float) -> Wire:
        printer = escpos.Usb(
            self.vendor, self.product, timeout=patience_s * 1000, in_ep=self.in_end, out_ep=self.out_end
        )
        try:
            printer.open()
        except (faults.DeviceNotFoundError, OSError, ValueError) as gone:  # ValueError: no libusb on this machine
            raise LineLost(str(gone)) from None
        return _UsbWire(printer)


@dataclass(frozen=True, slots=True)
class NetworkLink:
    host: str
    port: int = 9100

    @property
    def bytes_per_s(self) -> float:
        return 1_000_000

    def open(self, patience_s: float) -> Wire:
        try:  # connected here: python-escpos forgets to close a socket that could not connect
            line = socket.create_connection((self.host, self.port), timeout=patience_s)
        except OSError as gone:
            raise LineLost(str(gone)) from None
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        printer = escpos.Network(self.host, self.port, timeout=patience_s)
        printer.device = line
        return _NetworkWire(printer, line, patience_s)


class _SerialWire:
    def __init__(self, printer: Any) -> None:
        self._printer = printer

    def send(self, data: bytes) -> None:
        try:
            self._printer.device.write(data)
        except OSError as gone:
            raise LineLost(str(gone)) from None

    def receive(self) -> bytes:
        device = self._printer.device
        try:
            first: bytes = device.read(1)
            return first + device.read(device.in_waiting) if first else first
        except OSError as gone:
            raise LineLost(str(gone)) from None

    def close(self) -> None:
        self._printer.device.close()  # python-escpos would first wait for a lost line to drain
        self._printer.close()


class _UsbWire:
    def __init__(self, printer: Any) -> None:
        self._printer = printer

    def send(self, data: bytes) -> None:
        try:
            self._printer.device.write(self._printer.out_ep, data, self._printer.timeout)
        except OSError as gone:
            raise LineLost(str(gone)) from None

    def receive(self) -> bytes:
        try:
            return bytes(self._printer.device.read(self._printer.in_ep, 64, int(_LISTEN_S * 1000)))
        except OSError as silence:
            if silence.errno == errno.ETIMEDOUT:
                return b""
            raise LineLost(str(silence)) from None

    def close(self) -> None:
        self._printer.close()


class _NetworkWire:
    def __init__(self, printer: Any, line: socket.socket, patience_s: float) -> None:
        self._printer = printer
        self._line = line
        self._patience_s = patience_s

    def send(self, data: bytes) -> None:
        try:
            self._line.settimeout(self._patience_s)
            self._line.sendall(data)
        except OSError as gone:
            raise LineLost(str(gone)) from None

    def receive(self) -> bytes:
        try:
            self._line.settimeout(_LISTEN_S)
            data = self._line.recv(64)
        except TimeoutError:
            return b""
        except OSError as gone:
            raise LineLost(str(gone)) from None
        if not data:
            raise LineLost("the printer closed the connection")
        return data

    def close(self) -> None:
        self._printer.close()
