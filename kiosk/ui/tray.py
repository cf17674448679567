"""The tray beside the simulated kiosk: the paper that came out, and a hand on every part that can fail."""

import io
from collections.abc import Callable

import zxingcpp
from PIL import Image
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QImage, QPalette, QPixmap
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from kiosk.devices.base import ReaderState, ScannerState
from kiosk.devices.printer_model import Roll
from kiosk.devices.simulated import SimulatedPrinter, SimulatedReader, SimulatedScanner
from kiosk.ui.buttons import Button
from kiosk.ui.theme import SMALL, Ink
from kiosk.ui.window import Window

_WIDTH = 400
_MARGIN = 14
_LOOK_MS = 300
_SHOP_CODE = "6191234500007"


class Tray(QWidget):
    """A window of its own; its buttons say what the hand would do next, in the language of the kiosk beside it."""

    def __init__(
        self, printer: SimulatedPrinter, scanner: SimulatedScanner, reader: SimulatedReader, kiosk: Window
    ) -> None:
        super().__init__()
        self._printer = printer
        self._scanner = scanner
        self._reader = reader
        self._kiosk = kiosk
        self._ = kiosk.translator
        self._papers = 0
        self._code = ""
        self.setFixedSize(_WIDTH + 2 * _MARGIN, kiosk.height())
        ground = self.palette()
        ground.setColor(QPalette.ColorRole.Window, kiosk.theme.color(Ink.MIST))
        self.setPalette(ground)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(8)
        self._hands = QVBoxLayout()
        self._hands.setSpacing(8)
        column.addLayout(self._hands)
        self._paper = QLabel()
        self._paper.setObjectName("tray-paper")
        self._paper.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._paper)
        column.addWidget(area, 1)
        self._say()
        kiosk.language_changed.connect(self._say)
        self._watch = QTimer(self, interval=_LOOK_MS)
        self._watch.timeout.connect(self._look)
        self._watch.start()

    def show_beside(self) -> None:
        """To the right of the kiosk's window."""
        self.move(self._kiosk.geometry().topRight() + QPoint(1 + _MARGIN, 0))
        self.show()

    def _say(self) -> None:
        """Every hand again, in the words of now."""
        self._ = self._kiosk.translator
        self.setWindowTitle(self._("Devices"))
        self.setLayoutDirection(self._kiosk.layoutDirection())
        while (item := self._hands.takeAt(0)) is not None:
            if (button := item.widget()) is not None:
                button.hide()
                button.deleteLater()
        model = self._printer.model
        self._hand("cover", self._cover_words(), lambda: model.set_cover_open(not model.cover_open))
        self._hand("roll", self._roll_words(), self._change_roll)
        self._hand("power", self._power_words(), lambda: model.set_power(not model.power))
        self._hand("jam", self._jam_words(), self._toggle_jam)
        self._hand("lid", self._lid_words(), self._toggle_lid)
        self._hand("reader", self._reader_words(), lambda: self._reader.show(self._code or _SHOP_CODE))
        self._hand("plug", self._plug_words(), self._toggle_plug)
        if self._papers:
            self._hand("glass", self._("Lay the receipt on the scanner"), self._lay_receipt)

    def _hand(self, name: str, words: str, act: Callable[[], None]) -> None:
        button = Button(f"tray-{name}", words, self._kiosk.theme, kind=SMALL, tall=84)
        button.clicked.connect(act)
        button.clicked.connect(self._say)
        self._hands.addWidget(button)

    def _cover_words(self) -> str:
        return (
            self._("Close the printer's cover")
            if self._printer.model.cover_open
            else self._("Open the printer's cover")
        )

    def _roll_words(self) -> str:
        out = self._printer.model.roll is Roll.OUT
        return self._("Put a new roll in") if out else self._("Take the paper away")

    def _power_words(self) -> str:
        on = self._printer.model.power
        return self._("Switch the printer off") if on else self._("Switch the printer on")

    def _jam_words(self) -> str:
        jammed = self._scanner.state() is ScannerState.JAMMED
        return self._("Clear the scanner") if jammed else self._("Jam the scanner")

    def _lid_words(self) -> str:
        lifted = self._scanner.state() is ScannerState.COVER_OPEN
        return self._("Close the scanner's lid") if lifted else self._("Lift the scanner's lid")

    def _reader_words(self) -> str:
        return self._("Hold the receipt to the reader") if self._code else self._("Hold a shop's code to the reader")

    def _plug_words(self) -> str:
        plugged = self._reader.state() is ReaderState.READY
        return self._("Unplug the reader") if plugged else self._("Plug the reader in")

    def _change_roll(self) -> None:
        model = self._printer.model
        model.set_roll(Roll.FULL if model.roll is Roll.OUT else Roll.OUT)

    def _toggle_jam(self) -> None:
        self._toggle(ScannerState.JAMMED, self._scanner.jam)

    def _toggle_lid(self) -> None:
        self._toggle(ScannerState.COVER_OPEN, self._scanner.lift_cover)

    def _toggle_plug(self) -> None:
        if self._reader.state() is ReaderState.READY:
            self._reader.pull()
        else:
            self._reader.plug()

    def _lay_receipt(self) -> None:
        paper = io.BytesIO()
        self._printer.model.papers[-1].save(paper, "PNG")
        self._scanner.insert(paper.getvalue())

    def _toggle(self, state: ScannerState, break_it: Callable[[], None]) -> None:
        if self._scanner.state() is state:
            self._scanner.mend()
        else:
            break_it()

    def _look(self) -> None:
        """Show the newest paper."""
        papers = self._printer.model.papers
        if len(papers) == self._papers:
            return
        self._papers = len(papers)
        picture: Image.Image = papers[-1].convert("L")
        self._code = next((code.text for code in zxingcpp.read_barcodes(picture)), self._code)
        self._say()
        image = QImage(picture.tobytes(), picture.width, picture.height, picture.width, QImage.Format.Format_Grayscale8)
        mode = Qt.TransformationMode.SmoothTransformation
        self._paper.setPixmap(QPixmap.fromImage(image).scaledToWidth(_WIDTH, mode))
