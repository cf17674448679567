"""How one person wants the screen: chosen in the panel behind “Accessibility”, and forgotten when they leave."""

from dataclasses import dataclass, replace
from enum import Enum

from kiosk.devices.base import Volume


class TextSize(Enum):
    """How large what one reads is, in hundredths of the usual size. The value is in the name of its button."""

    USUAL = 100
    LARGER = 125
    LARGE = 150
    LARGEST = 200


class Switching(Enum):
    """Whether a frame leads through the screen, moved on by a switch or by itself. The value names its button."""

    NONE = "none"
    TWO = "two"
    SLOWLY = "slowly"
    QUICKLY = "quickly"

    @property
    def pace_ms(self) -> int:
        """How long the frame rests before it moves on by itself; 0 when it does not."""
        return {Switching.SLOWLY: 3000, Switching.QUICKLY: 1500}.get(self, 0)


@dataclass(frozen=True, slots=True)
class Offer:
    """What this kiosk has for a person besides its screen: a voice, and sockets for switches."""

    voice: bool = False
    switches: bool = False


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
    volume: Volume = Volume.USUAL
    corners: bool = False
    """The four corners of the glass lead through it: for who does not see it."""

    switches: Switching = Switching.NONE
    """One or two switches lead through the screen, and no finger."""

    @property
    def patience(self) -> int:
        """How many times longer than usual anything waits: who listens or presses switches needs longer."""
        return 4 if self.unhurried or self.voice or self.switches is not Switching.NONE else 1

    def turned_voice(self) -> "Comfort":
        """With the voice where there was none; without it, and without what needs it, where there was."""
        return replace(self, voice=not self.voice, corners=False)

    @property
    def is_large(self) -> bool:
        """So large that what stands side by side at the usual size stands one below the other."""
        return self.size.value >= TextSize.LARGE.value


AS_FOUND = Comfort()
"""What the next person finds."""
