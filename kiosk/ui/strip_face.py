"""The face of the test strip: drawn like a receipt, so that what is proved of it is proved of them."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from civic.language import Language
from kiosk.devices.base import Raster
from kiosk.services.receipt import Office
from kiosk.services.strip import Strip
from kiosk.ui.language import Translator, isolate, unbroken
from kiosk.ui.paper import BLACK, CENTRE, MARGIN, Frame, Paper
from kiosk.ui.qr_code import qr_modules
from kiosk.ui.theme import Type

_TEXT, _SECOND = Type(25), Type(22)
_DIGITS = Type(46, bold=True, digits=True)
_BAR = 24


def draw_strip(strip: Strip, office: Office, width_px: int) -> Raster:
    """In Arabic and French. The black bar shows a white line where a dot of the print head is dead."""
    paper = Paper(width_px)
    arabic, french = Translator(Language.ARABIC), Translator(Language.FRENCH)
    title = Type(min(40, width_px // 12), bold=True, title=True)
    paper.panels(
        [(_title(arabic), Language.ARABIC, title), (_title(french), Language.FRENCH, _TEXT)], frame=Frame.BLACK
    )
    paper.gap(12)
    for text in (office.town.ar, isolate(office.town.fr)):
        paper.text((text, Language.ARABIC, _SECOND), CENTRE)
    paper.gap(8)
    paper.text((isolate(unbroken(office.kiosk)), Language.ENGLISH, _DIGITS), CENTRE)
    moment = f"{arabic.short_date(strip.printed_at)}   {arabic.time(strip.printed_at)}"
    paper.text((moment, Language.ENGLISH, _TEXT), CENTRE)
    rows = qr_modules(strip.code)
    paper.code(strip.code, rows, min(8, paper.width // len(rows)))
    for _ in (arabic, french):
        paper.text((_how(_), _.language, _TEXT), CENTRE)
    paper.gap(14)
    bar = QRectF(MARGIN, paper.y, paper.room, _BAR)
    paper.draw(lambda painter: _fill(painter, bar))
    paper.gap(_BAR + 10)
    return paper.finish()


def _title(_: Translator) -> str:
    return _("Test: this is not a receipt")


def _how(_: Translator) -> str:
    return _("Lay this strip on the scanner, or hold it in front of the code reader.")


def _fill(painter: QPainter, box: QRectF) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillRect(box, BLACK)
