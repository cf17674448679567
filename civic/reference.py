"""The number people say aloud: `YY-KKK-NNNNN-CC`, digits only, checked. It identifies a dossier and opens nothing.

`YY` is the year of deposit, `KKK` the kiosk (so two kiosks never make the same number, even offline), `NNNNN` counts
the kiosk's deposits of that year, and `CC` is the check of ISO 7064 MOD 97-10, which catches every wrong digit and
every swap of two digits: what a person mishears or mistypes.
"""

import re
from dataclasses import dataclass
from typing import Self

_SHAPE = re.compile(r"(\d{2})(\d{3})(\d{5})(\d{2})", re.ASCII)
_BETWEEN = re.compile(r"[\s\u2010\u2011\u2013\u200e\u200f\u2066-\u2069-]+")  # dashes, spaces, direction marks
_WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
HIGHEST_NUMBER = 99_999


class ReferenceFault(ValueError):
    """These characters are not a reference: wrong length, not digits, or the check does not agree."""


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """A dossier's public number. `year` is 0-99, `kiosk` 0-999, `number` 1-99999."""

    year: int
    kiosk: int
    number: int

    def __post_init__(self) -> None:
        if not (0 <= self.year <= 99 and 0 <= self.kiosk <= 999 and 1 <= self.number <= HIGHEST_NUMBER):
            raise ReferenceFault(f"no reference has year {self.year}, kiosk {self.kiosk}, number {self.number}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what a person typed or copied: dashes and spaces do not matter, every digit (0-9 or ٠-٩) does.

        Raises ReferenceFault.
        """
        shape = _SHAPE.fullmatch(_BETWEEN.sub("", text).translate(_WESTERN))
        if shape is None:
            raise ReferenceFault("a reference is twelve digits")
        year, kiosk, number, check = (int(digits) for digits in shape.groups())
        reference = cls(year, kiosk, number)
        if reference.check != check:
            raise ReferenceFault("the check digits do not agree: one digit is wrong")
        return reference

    @property
    def check(self) -> int:
        """ISO 7064 MOD 97-10: the two digits that make the whole number leave 1 when divided by 97."""
        return 98 - int(f"{self.year:02}{self.kiosk:03}{self.number:05}") * 100 % 97

    def __str__(self) -> str:
        return f"{self.year:02}-{self.kiosk:03}-{self.number:05}-{self.check:02}"
