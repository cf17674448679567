"""What a device's fault is called in front of a citizen: what happened, and what to do now."""

from civic.remark import Remark
from kiosk.devices.base import PrinterState, ScannerState
from kiosk.store.database import StoreTrouble
from kiosk.ui.language import Translator


def printer_sentence(state: PrinterState, _: Translator) -> str:
    """Why no paper came."""
    match state:
        case PrinterState.PAPER_OUT:
            return _("The printer has no paper.")
        case PrinterState.COVER_OPEN:
            return _("The cover of the printer is open.")
        case PrinterState.CUTTER_ERROR:
            return _("The paper is caught in the printer.")
        case _other:
            return _("The printer does not answer.")


def scanner_sentence(state: ScannerState, _: Translator) -> str:
    """Why no page came, and what to do."""
    match state:
        case ScannerState.EMPTY:
            return _("There is no paper on the scanner. Lay your paper on it, then touch “Scan”.")
        case ScannerState.JAMMED:
            return _("The paper is jammed. Take it out gently, then touch “Scan”.")
        case ScannerState.COVER_OPEN:
            return _("The lid of the scanner is open. Close it, then touch “Scan”.")
        case ScannerState.BUSY:
            return _("The scanner is still busy. Wait a moment, then touch “Scan”.")
        case ScannerState.STOPPED:
            return _("The scan was stopped. To start again, touch “Scan”.")
        case _other:
            return _("The scanner does not answer. You can go on without it: an agent will take this paper.")


def remark_advice(remark: Remark, _: Translator) -> str:
    """What to do about it."""
    match remark:
        case Remark.BLANK:
            return _("Turn the written side towards the glass, then touch “Scan again”.")
        case Remark.TOO_DARK:
            return _("Close the lid over the paper, then touch “Scan again”.")
        case Remark.BLURRED:
            return _("Lay the paper flat and do not move it, then touch “Scan again”.")
        case _cut:
            return _("Lay it again, whole on the glass and against the arrow, then touch “Scan again”.")


def store_sentence(trouble: StoreTrouble, _: Translator) -> str:
    """Why nothing could be kept."""
    match trouble:
        case StoreTrouble.FULL:
            return _("This kiosk has no room left to keep your request. Nothing was lost: please go to the window.")
        case _other:
            return _("This kiosk cannot keep your request just now. Please go to the window.")
