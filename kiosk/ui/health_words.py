"""What is said to a technician: each part by its name, how it is, and what to do about it, in one sentence."""

from civic.kiosk_part import Part
from kiosk.devices.base import MicrophoneState, PrinterState, ReaderState, ScannerState
from kiosk.devices.fault_list import DeviceState
from kiosk.services.health import Condition, Finding
from kiosk.ui.language import Translator, isolate


def finding_sentence(finding: Finding, _: Translator) -> str:
    """How it is and, when it is not well, what to do."""
    condition = finding.condition
    if not isinstance(condition, Condition):
        return device_sentence(condition, _)
    if finding.part is Part.PAPER:
        return _paper(finding.amount, _) + (
            " " + _("Have a new roll at hand.") if condition is not Condition.FINE else ""
        )
    sentence = _general(condition, _) or _of_part(finding.part, condition, _)
    return sentence.format(where=isolate(finding.where), n=isolate(str(finding.amount)))


def device_sentence(state: DeviceState, _: Translator) -> str:
    match state:
        case PrinterState():
            return _printer(state, _)
        case ScannerState():
            return _scanner(state, _)
        case MicrophoneState():
            return _microphone(state, _)
        case ReaderState.READY:
            return _("It is ready.")
        case ReaderState.OFFLINE:
            return _("It does not answer: look at its cable, and whether it is set to its serial mode.")


def _printer(state: PrinterState, _: Translator) -> str:
    return {
        PrinterState.READY: _("It is ready."),
        PrinterState.PAPER_LOW: _("It is ready, but says that its roll will end soon: have a new one at hand."),
        PrinterState.PAPER_OUT: _("It has no paper: put in a new roll."),
        PrinterState.COVER_OPEN: _("Its cover is open: press it down until it clicks."),
        PrinterState.CUTTER_ERROR: _("Paper is caught in its cutter: switch it off, open it and take the paper out."),
        PrinterState.OFFLINE: _(
            "It does not answer: look at its power and its cable, then at its part of the profile."
        ),
        PrinterState.UNKNOWN: _("It answers that it cannot print just now: let it cool, then switch it off and on."),
    }[state]


def _scanner(state: ScannerState, _: Translator) -> str:
    match state:
        case ScannerState.READY | ScannerState.EMPTY:
            return _("It is ready.")
        case ScannerState.JAMMED:
            return _("Paper is jammed in it: open it and take the paper out gently.")
        case ScannerState.COVER_OPEN:
            return _("Its lid is open: close it.")
        case ScannerState.BUSY:
            return _("It is busy: wait a moment, then look again.")
        case _offline:
            return _("It does not answer: look at its power and its cable, then at its part of the profile.")


def _microphone(state: MicrophoneState, _: Translator) -> str:
    return {
        MicrophoneState.READY: _("It hears the room."),
        MicrophoneState.MUTE: _("It hears nothing at all: look at its plug and its switch, then at `alsamixer`."),
        MicrophoneState.OFFLINE: _("It does not answer: look at its cable, and compare the profile with `arecord -L`."),
    }[state]


def _paper(left: int, _: Translator) -> str:
    return _.count("About {n} receipt is left on the roll.", "About {n} receipts are left on the roll.", left)


def _general(condition: Condition, _: Translator) -> str:
    """What may be said of several parts; empty when that is another matter for each."""
    return {
        Condition.SIMULATED: _("It is only simulated, as the profile says."),
        Condition.TAKEN: _(
            "The running kiosk holds it: look at the kiosk's own technician screen, or stop the kiosk and try again."
        ),
        Condition.NOT_ALLOWED: _("This user may not open {where}: start the doctor as docs/technician.md says."),
        Condition.NOT_STARTED: _("The kiosk was never started here: there is nothing to look at yet."),
        Condition.NOT_THERE: _("There is no {where} on this machine: look at the cable, then at the profile."),
        Condition.UNREACHABLE: _(
            "It does not answer: look at the network cable and at the profile. What citizens file is kept meanwhile."
        ),
        Condition.KEY_UNKNOWN: _(
            "It does not know this kiosk: have a new code made at the centre, and type it as docs/install.md says."
        ),
        Condition.WRONG_TIME: _("It is {n} min away from the centre's: set the time of this machine."),
        Condition.WAITS_LONG: _("The oldest has waited for {n} h: find out why the centre does not take it."),
        Condition.REFUSED: _("The centre refused {n} of them: call whoever looks after the centre."),
        Condition.UNSEALED: _(
            "This kiosk has no seal of the town, so what citizens say can be read on its disk until the centre has it: "
            "enrol the kiosk, or see that it reaches the centre."
        ),
        Condition.DAMAGED: _("It cannot be used: call whoever installed the kiosk before anybody uses it again."),
        Condition.TO_SAVE: _("It is damaged: start the kiosk again, and it saves all that can be read."),
        Condition.SAVED: _(
            "It was damaged, and was begun again with all that could be read. Facts saved to be told: {n}. "
            "The damaged file is {where}: docs/technician.md says when to remove it."
        ),
        Condition.FACTS_LOST: _(
            "Facts that could not be read, and that the centre may not have: {n} (numbers {where}). Tell the town "
            "hall: whoever filed here just before should ask for their file."
        ),
        Condition.CARDS_REFUSED: _(
            "The town's new cards cannot be used here, and those of before stay: update this program; the log says why."
        ),
        Condition.FAILED: _("One of its tests broke off: send the log to whoever looks after the program."),
        Condition.NO_FONT: _("The font {where} is missing: install Debian's package fonts-noto-core."),
        Condition.NO_TRANSLATION: _("The translation “{where}” is missing: run deploy/setup.sh."),
    }.get(condition, "")


def _of_part(part: Part, condition: Condition, _: Translator) -> str:
    well = condition is Condition.FINE
    match part:
        case Part.CENTRE:
            return _("It answers and knows this kiosk.")
        case Part.CLOCK:
            return _("It agrees with the centre's.")
        case Part.OUTBOX:
            return _("{n} wait to be told.")
        case Part.DISK:
            return _("{n} MB are free.") if well else _("Only {n} MB are free: make room, or nothing more can be kept.")
        case Part.MEMORY:
            return _("{n} MB are free.") if well else _("Only {n} MB are free: start the machine again.")
        case _other:
            return _("All is well.")
