"""What a printer does with bytes before any paper moves: obeys real-time requests at once, keeps the rest in order."""

import re

CLEAR = bytes.fromhex("10140801031401060208")
RECOVER = b"\x10\x05\x02"
_REAL_TIME = re.compile(rb"\x10\x04[\x01-\x04]|" + re.escape(RECOVER) + rb"|" + re.escape(CLEAR), re.DOTALL)
_SIZES = {b"\x1b@": 2, b"\x1bJ": 3, b"\x1bd": 3, b"\x1ba": 3, b"\x10\x04": 3, b"\x10\x05": 3}
_SIZES |= {b"\x1dP": 4, b"\x1dL": 4, b"\x1dI": 3, b"\x1dr": 3, b"\x1dv": 8}
_CUTS_WITH_FEED = (65, 66)


class ReceiveBuffer:
    """Unbounded, unlike a real one: holding the sender back is the business of the line."""

    def __init__(self) -> None:
        self._waiting = bytearray()
        self._tail = b""  # may be the beginning of a request whose end comes with the next bytes

    def take_in(self, data: bytes) -> list[bytes]:
        """Keep `data`; returns the real-time requests in it, also those inside a raster, as a real printer does."""
        self._waiting += data
        text = self._tail + data
        seen = 0
        requests = []
        for match in _REAL_TIME.finditer(text):
            requests.append(match.group())
            seen = match.end()
            if match.group() == CLEAR:
                self._waiting = bytearray(text[seen:])
        self._tail = text[max(seen, len(text) - len(CLEAR) + 1) :]
        return requests

    def take(self, size: int) -> bytes | None:
        """The next `size` bytes, None while they are not all here."""
        if len(self._waiting) < size:
            return None
        taken = bytes(self._waiting[:size])
        del self._waiting[:size]
        return taken

    def next_command(self) -> bytes | None:
        """The next command (of a raster its head), or one byte that begins none; None while none is whole."""
        del self._waiting[: len(self._waiting) - len(self._waiting.lstrip(b"\x00"))]
        size = self._command_size()
        return self.take(size) if size else None

    def _command_size(self) -> int:
        """0 while the size cannot be known."""
        head = bytes(self._waiting[:5])
        if len(head) == 1 and head in b"\x10\x1b\x1d":
            return 0
        if head[:2] == b"\x1dV":
            return 0 if len(head) < 3 else 4 if head[2] in _CUTS_WITH_FEED else 3
        if head[:2] == b"\x1d(":
            return 0 if len(head) < 5 else 5 + int.from_bytes(head[3:5], "little")
        return _SIZES.get(head[:2], min(len(head), 1))
