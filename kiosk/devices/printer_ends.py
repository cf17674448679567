"""Real lines to a printer model, a serial port (a pty) and a network port: the real driver talks to it unchanged."""

import os
import select
import socket
import threading
import time
import tty
from abc import ABC, abstractmethod
from pathlib import Path

from kiosk.devices.printer_model import PrinterModel

_AT_ONCE = 256


class PtyEnd:
    """A serial port whose path, `port`, stays the same when it is plugged again: a link, as udev gives to real ones."""

    def __init__(self, model: PrinterModel, port: Path, baud: int | None = None) -> None:
        """At `baud` a byte takes ten of its bits, as on a real line; without, no time at all."""
        self.port = port
        self._model = model
        self._baud = baud
        self._line = self._open()

    def plug(self) -> None:
        self._line.join()
        self._line = self._open()

    def pull(self) -> None:
        """The cable comes out: whoever talks notices. Any thread may pull, also in the middle of a job."""
        self._model.plug(None)
        self.port.unlink(missing_ok=True)
        self._line.hang_up()

    def close(self) -> None:
        self.pull()
        self._line.join()

    def _open(self) -> "_PtyLine":
        line = _PtyLine(self._model, self._baud)
        self._model.plug(line.send)
        self.port.symlink_to(line.path)
        return line


class TcpEnd:
    """A network printer's port, on this machine only. As real ones do, it serves one connection at a time."""

    def __init__(self, model: PrinterModel) -> None:
        self._model = model
        self._line = _TcpLine(model, 0)
        self.port = self._line.port

    def plug(self) -> None:
        self._line.join()
        self._line = _TcpLine(self._model, self.port)

    def pull(self) -> None:
        self._model.plug(None)
        self._line.hang_up()

    def close(self) -> None:
        self.pull()
        self._line.join()


class _Line(ABC):
    """The thread that feeds the model. It alone closes what it reads; hanging up only tells it."""

    def __init__(self, name: str) -> None:
        self._told_in, self._told_out = os.pipe()
        self._hung_up = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def hang_up(self) -> None:
        if not self._hung_up:
            self._hung_up = True
            os.close(self._told_out)

    def join(self) -> None:
        self._thread.join()

    def _run(self) -> None:
        self._serve()
        os.close(self._told_in)

    @abstractmethod
    def _serve(self) -> None: ...

    def _readable(self, source: int) -> bool:
        """Wait for bytes; False when the line is hung up."""
        ready, _, _ = select.select([source, self._told_in], [], [])
        return self._told_in not in ready


class _PtyLine(_Line):
    def __init__(self, model: PrinterModel, baud: int | None) -> None:
        super().__init__("printer pty")
        self._model = model
        self._byte_s = 10 / baud if baud else 0.0
        ours, self._theirs = os.openpty()
        tty.setraw(self._theirs)
        os.set_blocking(ours, False)
        self._ours = os.fdopen(ours, "r+b", buffering=0)
        self.path = os.ttyname(self._theirs)
        self._thread.start()

    def send(self, data: bytes) -> None:
        if not self._ours.closed:
            self._ours.write(data)

    def _serve(self) -> None:
        with self._ours:
            while self._readable(self._ours.fileno()):
                data = self._ours.read(_AT_ONCE) or b""
                time.sleep(len(data) * self._byte_s)
                self._model.feed(data)
        os.close(self._theirs)


class _TcpLine(_Line):
    def __init__(self, model: PrinterModel, port: int) -> None:
        super().__init__("printer port")
        self._model = model
        self._listening = socket.create_server(("127.0.0.1", port))
        self.port: int = self._listening.getsockname()[1]
        self._thread.start()

    def _serve(self) -> None:
        with self._listening:
            while self._readable(self._listening.fileno()):
                connection, _ = self._listening.accept()
                with connection:
                    self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        self._model.plug(lambda data: _send(connection, data))
        while self._readable(connection.fileno()):
            try:
                data = connection.recv(4096)
            except OSError:
                return
            if not data:
                return
            self._model.feed(data)


def _send(connection: socket.socket, data: bytes) -> None:
    try:
        connection.sendall(data)
    except OSError:
        return  # the caller has gone; an answer to nobody is lost
