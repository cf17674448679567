"""What a person says instead of writing it becomes a voice note that is kept, as a scanned page is."""

from dataclasses import dataclass

from civic.voice_note import VoiceNote
from kiosk.devices.base import RATE, Ear, Microphone
from kiosk.devices.opus import encode
from kiosk.devices.recorder import Worth, judge
from kiosk.store.vault import Vault

_SAMPLE = 2


@dataclass(frozen=True, slots=True, repr=False)
class Spoken:
    """A voice note, and its samples for who wants to hear what they said. They are on no disk."""

    note: VoiceNote
    samples: bytes


class Dictation:
    """`listen` belongs to the microphone's thread, `keep` to the one that writes pages."""

    def __init__(self, microphone: Microphone, vault: Vault) -> None:
        self._microphone = microphone
        self._vault = vault

    def listen(self, ear: Ear) -> bytes:
        """What was said, as loud as any other voice; empty when it is too quiet. Raises MicrophoneFault."""
        take = judge(self._microphone.record(ear))
        return take.samples if take.worth in (Worth.GOOD, Worth.CLIPPED) else b""

    def keep(self, samples: bytes) -> Spoken:
        """Sealed at once. Raises MicrophoneFault, and StoreFault when the disk has no room."""
        sha256 = self._vault.put(encode(samples))
        return Spoken(VoiceNote(sha256, max(1, round(len(samples) / _SAMPLE / RATE))), samples)
