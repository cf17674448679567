"""Why the centre did not listen to a whole request, which is another matter than an event it would not take."""

from enum import StrEnum, auto


class Refusal(StrEnum):
    """Stands in the answer as `refusal`, beside a plain sentence in `error`. Nothing of the request was applied."""

    STRANGER = auto()
    """The key is not, or no longer, that of a kiosk of this town."""
    SIGNATURE = auto()
    """The signature is missing, does not hold, or is over another body."""
    CLOCK = auto()
    """The request is too old or not yet due; the answer's `Date` says what time it is. Sign it with that."""
    REPLAY = auto()
    """It was heard before. Sign it again."""
    CHAIN = auto()
    """The batch is not what the kiosk signed: `flaw` names it."""
    CODE = auto()
    """No such enrolment code, or it was used, or it is too old."""
    PATIENCE = auto()
    """Too many wrong codes: wait a quarter of an hour."""
