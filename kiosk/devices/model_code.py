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

    def obey(self, function: int, data: bytes) -> list[bytes]:
        """The rows to print, one byte a dot (0 or 1); none unless it is told to print."""
        match function:
            case 67:
                self._module_px = data[0]
            case 69:
                self._level = _LEVELS[data[0]]
            case 80:
                self._text = data[1:]
            case 81:
                return self._draw()
        return []

    def _draw(self) -> list[bytes]:
        code = qrcode.QRCode(error_correction=self._level, border=0)
        code.add_data(self._text)
        rows = []
        for modules in code.get_matrix():
            row = b"".join(bytes([dark]) * self._module_px for dark in modules)
            rows += [row] * self._module_px
        return rows
