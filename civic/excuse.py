"""Why a person says that they cannot bring a paper. It waives nothing: it asks an agent to look for another way."""

from enum import StrEnum


class Excuse(StrEnum):
    REFUSED = "refused"
    """The office that gives it does not give it, or does not answer."""
    LOST = "lost"
    NOT_MINE = "not-mine"
    """It does not exist in this person's case."""
    OUT_OF_REACH = "out-of-reach"
    """They cannot go there, or cannot pay for it."""
    OTHER = "other"
