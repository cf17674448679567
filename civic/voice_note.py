"""Words that were spoken instead of written: the answer to a question is then the sound itself."""

import re
from dataclasses import dataclass
from typing import Self

_ANSWER = re.compile(r"voice-note:([1-9]\d{0,2}):([0-9a-f]{64})", re.ASCII)

LONGEST_S = 120
"""How long somebody may speak: what an agent still listens to, and a poor line still carries."""


@dataclass(frozen=True, slots=True)
class VoiceNote:
    """`sha256` (hex) names the sound as it is kept and sent, as that of a page does; `seconds` is how long it is."""

    sha256: str
    seconds: int

    @classmethod
    def find(cls, answer: str) -> Self | None:
        """The voice note an answer is; None when it is anything else."""
        found = _ANSWER.fullmatch(answer)
        return None if found is None else cls(found[2], int(found[1]))

    def __str__(self) -> str:
        """The answer, as it is kept and sent: it says nothing of who spoke."""
        return f"voice-note:{self.seconds}:{self.sha256}"

    @property
    def length(self) -> str:
        """As a clock shows it: 0:42."""
        return clock(self.seconds)


def clock(seconds: int) -> str:
    """Minutes and seconds: 1:05."""
    return f"{seconds // 60}:{seconds % 60:02}"
