"""The QR code a printer in software draws by itself, from the GS ( k commands of Epson's reference."""

import qrcode

_LEVELS = {
    0x30: qrcode.ERROR_CORRECT_L,
    0x31: qrcode.ERROR_CORRECT_M,
    0x32: qrcode.ERROR_CORRECT_Q,
    0x33: qrcode.ERROR_CORRECT_H,
}


class ModelCode:
    """Remembers settings and text until it is told to print."""

    def __init__(self) -> None:
        self._module_px = 3
        self._level = qrcode.ERROR_CORRECT_L
        self._text = b""

    def obey(self, function: int, data: bytes, room_px: int) -> list[bytes]:
        """The rows to print, eight dots a byte, in the middle of `room_px` (0: at the left); none unless told to."""
        match function:
            case 67:
                self._module_px = data[0]
            case 69:
                self._level = _LEVELS[data[0]]
            case 80:
                self._text = data[1:]
            case 81:
                rows = self._draw()
                left = max(0, room_px - len(rows)) // 2
                return [_packed(bytes(left) + row) for row in rows]
        return []

    def _draw(self) -> list[bytes]:
        """One byte a dot (0 or 1)."""
        code = qrcode.QRCode(error_correction=self._level, border=0)
        code.add_data(self._text)
        rows = []
        for modules in code.get_matrix():
            row = b"".join(bytes([dark]) * self._module_px for dark in modules)
            rows += [row] * self._module_px
        return rows


def _packed(dots: bytes) -> bytes:
    white = dots.ljust(-(-len(dots) // 8) * 8, b"\x00")
    return bytes(int("".join(map(str, white[at : at + 8])), 2) for at in range(0, len(white), 8))
