"""From the microphone to the vault."""

import threading
from array import array
from pathlib import Path

import pytest

from kiosk.devices.base import RATE, Ear
from kiosk.devices.invented_voice import invented_voice
from kiosk.devices.simulated import SimulatedMicrophone
from kiosk.services.dictation import Dictation
from kiosk.store.vault import Vault
from sync.sealing import PAGE, SealKey

TENTHS = 30


def heard(dictation: Dictation) -> bytes:
    tenths: list[float] = []
    return dictation.listen(Ear(tenths.append, lambda: len(tenths) >= TENTHS))


@pytest.fixture
def microphone() -> SimulatedMicrophone:
    return SimulatedMicrophone(tenth_s=0)


def test_what_was_said_is_kept_sealed_and_never_in_the_clear(microphone: SimulatedMicrophone, tmp_path: Path) -> None:
    key = SealKey.make()
    vault = Vault(tmp_path / "vault", lambda: key.seal)
    dictation = Dictation(microphone, vault)
    samples = heard(dictation)
    spoken = dictation.keep(samples)
    assert spoken.samples == samples
    assert spoken.note.seconds == 3
    kept = vault.read(spoken.note.sha256)
    assert b"OggS" not in kept
    assert key.open(kept, PAGE).startswith(b"OggS")
    assert [each.name for each in (tmp_path / "vault").iterdir()] == [spoken.note.sha256]


def test_a_soft_voice_comes_out_as_loud_as_any(microphone: SimulatedMicrophone, vault: Vault) -> None:
    soft = array("h", (sample // 6 for sample in array("h", invented_voice()))).tobytes()
    loud = heard(Dictation(microphone, vault))
    microphone.say(soft)
    lifted = heard(Dictation(microphone, vault))
    assert max(array("h", lifted)) == pytest.approx(max(array("h", loud)), rel=0.05)


@pytest.mark.parametrize("loudest", [0, 60, 400])
def test_a_whisper_from_too_far_is_nothing(microphone: SimulatedMicrophone, vault: Vault, loudest: int) -> None:
    microphone.say(array("h", [loudest, -loudest] * RATE).tobytes())
    assert heard(Dictation(microphone, vault)) == b""


def test_who_breaks_off_said_nothing(microphone: SimulatedMicrophone, vault: Vault) -> None:
    over = threading.Event()
    over.set()
    assert Dictation(microphone, vault).listen(Ear(lambda _level: None, over.is_set)) == b""
