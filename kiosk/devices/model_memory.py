"""What a printer in software keeps through power cuts: pictures by key, a serial number, and a limit."""

from collections.abc import Iterator

_BLOCK = 40  # keys told at once


class ModelMemory:
    """Obeys GS ( L functions 51, 64 to 67 and 69, as Epson's command reference has them."""

    def __init__(self, serial: str = "X4FA000001", room: int = 256 * 1024) -> None:
        """`room` in bytes."""
        self.serial = serial
        self.pictures: dict[bytes, tuple[int, bytes]] = {}
        """By key: the bytes of a row, and the rows."""
        self._room = room
        self._untold: list[bytes] = []

    def obey(self, function: int, data: bytes) -> bytes:
        """The printer's answer, empty when it has none."""
        match function:
            case 51:
                return b"71" + str(self._free).encode() + b"\x00"
            case 64:
                self._untold = sorted(self.pictures)
                return self.tell_more()
            case 65:
                self.pictures.clear()
            case 66:
                self.pictures.pop(data[:2], None)
            case 67:
                self._define(data)
        return b""

    def tell_more(self) -> bytes:
        """The next block of keys; the host asks for it with ACK."""
        told, self._untold = self._untold[:_BLOCK], self._untold[_BLOCK:]
        return b"7r" + (b"A" if self._untold else b"@") + b"".join(told) + b"\x00"

    def rows_of(self, key: bytes) -> Iterator[bytes]:
        """A key that keeps nothing prints nothing."""
        row_bytes, rows = self.pictures.get(key, (1, b""))
        return (rows[at : at + row_bytes] for at in range(0, len(rows), row_bytes))

    @property
    def _free(self) -> int:
        return self._room - sum(len(rows) for _, rows in self.pictures.values())

    def _define(self, data: bytes) -> None:
        """Tone, key, number of colours, width and height in dots, the colour, the rows."""
        key, width = data[1:3], int.from_bytes(data[4:6], "little")
        rows = data[9:]
        if len(rows) <= self._free:
            self.pictures[key] = ((width + 7) // 8, rows)
