"""Why a paper cannot come, in the words its person chooses from."""

from civic.excuse import Excuse
from kiosk.ui.language import Translator


def excuse_sentence(excuse: Excuse, _: Translator) -> str:
    match excuse:
        case Excuse.REFUSED:
            return _("The office that gives it refuses, or does not answer")
        case Excuse.LOST:
            return _("It is lost or destroyed")
        case Excuse.NOT_MINE:
            return _("There is no such paper in this case")
        case Excuse.OUT_OF_REACH:
            return _("Too far to fetch, or too dear")
        case Excuse.OTHER:
            return _("Another reason, told to the agent")
