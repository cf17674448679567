"""Why a person says that they cannot bring a paper. It waives nothing: it asks an agent to look for another way."""

from enum import StrEnum

from civic.language import Say


class Excuse(StrEnum):
    REFUSED = "refused"
    """The office that gives it does not give it, or does not answer."""
    LOST = "lost"
    NOT_MINE = "not-mine"
    """It does not exist in this person's case."""
    OUT_OF_REACH = "out-of-reach"
    """They cannot go there, or cannot pay for it."""
    OTHER = "other"


def excuse_sentence(excuse: Excuse, _: Say) -> str:
    """What its person chooses, and what the agent reads."""
    return {
        Excuse.REFUSED: _("The office that gives it refuses, or does not answer"),
        Excuse.LOST: _("It is lost or destroyed"),
        Excuse.NOT_MINE: _("There is no such paper in this case"),
        Excuse.OUT_OF_REACH: _("Too far to fetch, or too dear"),
        Excuse.OTHER: _("Another reason, told to the agent"),
    }[excuse]
