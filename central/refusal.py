"""The centre's no: always with a sentence that says why."""


class Refused(ValueError):
    """It was not done, and nothing was changed."""


def N_(sentence: str) -> str:
    """Marks a sentence that is translated where it is shown, to whoever reads it there."""
    return sentence
