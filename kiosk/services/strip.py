"""The test strip: a paper with a word nobody can know. Whoever reads it back has proved printer, paper and eye."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # of the QR alphanumeric set, none like another
_LONG = 8


@dataclass(frozen=True, slots=True)
class Strip:
    kiosk: str
    word: str
    printed_at: datetime

    @property
    def code(self) -> str:
        """What its QR says."""
        return f"CITIZEN-TEST:{self.kiosk}:{self.word}"

    def is_among(self, codes: Iterable[str]) -> bool:
        """This strip was read, and not one of another day."""
        return self.code in codes


def new_strip(kiosk: str, now: datetime) -> Strip:
    return Strip(kiosk, "".join(secrets.choice(_LETTERS) for _ in range(_LONG)), now)
