"""A code found on a paper: known to who loads nothing that reads pages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class PaperCode:
    """One code: its kind as zxing-cpp names it, and its text. It may open a file or name a person: no log."""

    kind: str
    text: str
