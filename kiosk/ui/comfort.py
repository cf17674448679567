"""How one person wants the screen: chosen in the panel behind “Accessibility”, and forgotten when they leave."""

from dataclasses import dataclass, replace
from enum import Enum


class TextSize(Enum):
    """How large what one reads is, in hundredths of the usual size. The value is in the name of its button."""

    USUAL = 100
    LARGER = 125
    LARGE = 150
    LARGEST = 200


@dataclass(frozen=True, slots=True)
class Comfort:
    """As the town's visitors find it, unless they say otherwise."""

    size: TextSize = TextSize.USUAL
    contrast: bool = False
    """Bright words on black, 7:1 and more."""
    low: bool = False
    """Everything one touches lies in the lower half of a tall screen: for who sits, and for children."""
    unhurried: bool = False
    """Whatever waits for a person waits four times as long."""

    voice: bool = False
    """Whatever is shown is also said."""
    corners: bool = False
    """The four corners of the glass lead through it: for who does not see it."""

    @property
    def patience(self) -> int:
        """How many times longer than usual anything waits: who listens needs longer than who reads."""
        return 4 if self.unhurried or self.voice else 1

    def turned_voice(self) -> "Comfort":
        """With the voice where there was none; without it, and without what needs it, where there was."""
        return replace(self, voice=not self.voice, corners=False)

    @property
    def is_large(self) -> bool:
        """So large that what stands side by side at the usual size stands one below the other."""
        return self.size.value >= TextSize.LARGE.value


AS_FOUND = Comfort()
"""What the next person finds."""
