"""What is said to an agent of a kiosk that tried itself: each part by its name, how it is, and what to do about it."""

from central.language import Translator
from civic.kiosk_part import Part
from sync.messages import Told, Verdict


def told_sentence(part: Part, told: Told, _: Translator) -> str:
    """A word this centre does not know, as a later kiosk may say one, is told by its verdict alone."""
    known = _device(part, told.code, _) or _machine(part, told.code, _)
    return (
        known
        or {
            Verdict.GOOD: _("All is well."),
            Verdict.NOTE: _("Nothing is known to be wrong: let the technician look at it next time."),
            Verdict.BAD: _("Something is wrong with it: call the technician."),
        }[told.verdict]
    )


def _device(part: Part, code: str, _: Translator) -> str:
    """Of what an agent can reach with the hands; empty when this is not known."""
    silent = _("It does not answer: look at its power and its cable, then call the technician.")
    return {
        (Part.PRINTER, "paper-low"): _("It is ready, but says that its roll will end soon: have a new one at hand."),
        (Part.PRINTER, "paper-out"): _("It has no paper: put in a new roll."),
        (Part.PRINTER, "cover-open"): _("Its cover is open: press it down until it clicks."),
        (Part.PRINTER, "cutter-error"): _(
            "Paper is caught in its cutter: switch it off, open it and take the paper out."
        ),
        (Part.PRINTER, "unknown"): _(
            "It answers that it cannot print just now: let it cool, then switch it off and on."
        ),
        (Part.PRINTER, "offline"): silent,
        (Part.PAPER, "ends_soon"): _("Have a new roll at hand."),
        (Part.SCANNER, "jammed"): _("Paper is jammed in it: open it and take the paper out gently."),
        (Part.SCANNER, "cover-open"): _("Its lid is open: close it."),
        (Part.SCANNER, "busy"): _("It was busy just then: call the technician if citizens cannot scan."),
        (Part.SCANNER, "offline"): silent,
        (Part.READER, "offline"): silent,
        (Part.MICROPHONE, "mute"): _("It hears nothing at all: look at its plug and its switch."),
        (Part.MICROPHONE, "offline"): silent,
    }.get((part, code), "")


def _machine(part: Part, code: str, _: Translator) -> str:
    """Of the kiosk itself and its line; empty when this is not known."""
    reached = _("The kiosk could not reach it then; this report arrived, so the line works again.")
    return {
        (Part.CENTRE, "unreachable"): reached,
        (Part.CENTRE, "key_unknown"): reached,
        (Part.CLOCK, "wrong_time"): _(
            "Its time is wrong, and the dates on receipts are promises: call the technician."
        ),
        (Part.OUTBOX, "waits_long"): _("It had waited for more than a day, and has arrived since."),
        (Part.OUTBOX, "refused"): _("The centre refused some of it: call whoever looks after the centre."),
        (Part.DISK, "too_little"): _("It is nearly full: call the technician, or soon no file can be kept."),
        (Part.MEMORY, "too_little"): _("It is nearly full: start the kiosk again when nobody is there."),
        (Part.STORE, "unsealed"): _(
            "What citizens say could be read on its disk until it arrives here: call the technician if this stays."
        ),
        (Part.STORE, "to_save"): _("It is damaged: start the kiosk again, and it saves all that can be read."),
        (Part.STORE, "saved"): _("It was damaged, and was begun again with all that could be read."),
        (Part.STORE, "facts_lost"): _(
            "It was damaged, and something citizens filed could not be read: call the technician, who sees how much."
        ),
        (Part.PROGRAM, "cards_refused"): _(
            "It cannot use the town's new cards, and shows those of before: call the technician."
        ),
        (Part.STORE, "damaged"): _("It cannot be used: call whoever installed the kiosk before anybody uses it again."),
    }.get((part, code), "")
