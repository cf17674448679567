"""Ready answers to why a file is late: one touch for the agent, and said to the citizen in their own language."""

from enum import StrEnum

from central.language import Translator


class ReadyReason(StrEnum):
    COMMISSION = "commission"
    OUTSIDE = "outside"
    VISIT = "visit"
    SIGNATURE = "signature"
    BUSY = "busy"


def reason_sentence(reason: ReadyReason, _: Translator) -> str:
    match reason:
        case ReadyReason.COMMISSION:
            return _("The commission has not met yet: your file goes to its next meeting.")
        case ReadyReason.OUTSIDE:
            return _("We wait for the opinion of another public body, and have reminded it.")
        case ReadyReason.VISIT:
            return _("The visit of the site has still to be made.")
        case ReadyReason.SIGNATURE:
            return _("The answer is ready and waits to be signed.")
        case ReadyReason.BUSY:
            return _("We have more files than we can keep up with: yours is being worked on.")
