"""A serial port with a code reader at its other end, in a test's hand."""

import os
import tty
from pathlib import Path


class ReaderEnd:
    """A pty whose path, `port`, stays the same when it is plugged again: a link, as udev gives to real ones."""

    def __init__(self, port: Path) -> None:
        self.port = port
        self.plug()

    def show(self, text: str) -> None:
        """Hold a code with that text in front of it."""
        self.send(text.encode() + b"\r")

    def send(self, data: bytes) -> None:
        while data:  # a line takes no more at once than it has room for
            data = data[os.write(self._ours, data) :]

    def pull(self) -> None:
        self.port.unlink()
        for end in (self._ours, self._theirs):
            os.close(end)

    def plug(self) -> None:
        self._ours, self._theirs = os.openpty()
        tty.setraw(self._theirs)
        self.port.symlink_to(os.ttyname(self._theirs))
