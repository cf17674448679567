"""The voice of a kiosk without a sound card: ALSA's own plug-ins stand where it would be, and keep every sample."""

import os
import shutil
import threading
from array import array
from pathlib import Path

import pytest

from civic.language import Language
from kiosk.devices.alsa_speaker import AlsaSpeaker
from kiosk.devices.base import RATE, Saying, SpeakerState, Volume
from kiosk.devices.espeak import SpeakerFault, synthesise
from kiosk.devices.of_profile import open_speaker
from kiosk.devices.recordings import Recordings
from kiosk.devices.simulated import SimulatedSpeaker
from kiosk.settings import SpeakerKind, SpeakerSettings

PATIENCE_S = 60
BELL = array("h", [12_000, -12_000] * 2_000).tobytes()
DRUM = array("h", [9_000, 9_000, -9_000, -9_000] * 800).tobytes()


@pytest.fixture
def recordings(tmp_path: Path) -> Recordings:
    return Recordings(tmp_path / "voices")


@pytest.fixture
def tape(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the device “hall” was given, every sample; and “endless” never takes one."""
    tape, waiting = tmp_path / "heard.raw", tmp_path / "waiting"
    os.mkfifo(waiting)
    rc = tmp_path / "asoundrc"
    rc.write_text(
        f'pcm.hall {{ type file slave.pcm "null" file "{tape}" format "raw" }}\n'
        f'pcm.endless {{ type file slave.pcm "null" file "{waiting}" format "raw" }}\n'
    )
    monkeypatch.setenv("ALSA_CONFIG_PATH", f"/usr/share/alsa/alsa.conf:{rc}")
    return tape


def loud(device: str, recordings: Recordings) -> AlsaSpeaker:
    """As loud as it goes: every sample comes as it is."""
    speaker = AlsaSpeaker(device, recordings, private=False)
    speaker.volume = Volume.LOUDEST
    return speaker


def say(speaker: AlsaSpeaker, *texts: str, language: Language = Language.FRENCH) -> list[int]:
    """Say them to their end; which of them were begun."""
    begun: list[int] = []
    speaker.say([Saying(text, language) for text in texts], begun.append)
    ended = speaker._over
    assert ended.wait(PATIENCE_S)
    return begun


def holds(tape: Path, sound: bytes) -> bool:
    return sound in tape.read_bytes()


@pytest.mark.parametrize("language", Language)
def test_a_sentence_is_heard_in_every_language(language: Language, tape: Path, recordings: Recordings) -> None:
    words = {Language.ARABIC: "مرحبا بكم", Language.FRENCH: "Bienvenue", Language.ENGLISH: "Welcome"}[language]
    speaker = loud("hall", recordings)
    assert say(speaker, words, language=language) == [0]
    speaker.close()
    sound = synthesise(words, language)
    assert max(array("h", sound)) > 3_000
    assert len(sound) > RATE // 2
    assert holds(tape, sound)
    assert speaker.state() is SpeakerState.READY


@pytest.mark.parametrize("volume", Volume)
def test_a_person_has_it_softer_or_louder(volume: Volume, tape: Path, recordings: Recordings) -> None:
    recordings.keep("Oui", Language.FRENCH, BELL)
    speaker = AlsaSpeaker("hall", recordings, private=False)
    speaker.volume = volume
    say(speaker, "Oui")
    speaker.close()
    loudest = max(array("h", tape.read_bytes()))
    assert loudest == round(12_000 * 10 ** (volume.value / 20))


def test_the_town_s_own_voice_is_preferred(tape: Path, recordings: Recordings) -> None:
    recordings.keep("Bienvenue", Language.FRENCH, BELL)
    speaker = loud("hall", recordings)
    say(speaker, "Bienvenue !")
    speaker.close()
    assert holds(tape, BELL)
    assert not holds(tape, synthesise("Bienvenue !", Language.FRENCH))


def test_a_value_is_said_between_recorded_words(tape: Path, recordings: Recordings) -> None:
    recordings.keep("Partie", Language.FRENCH, BELL)
    recordings.keep("sur", Language.FRENCH, DRUM)
    speaker = loud("hall", recordings)
    say(speaker, "Partie 2 sur 5")
    speaker.close()
    two, five = synthesise("2", Language.FRENCH), synthesise("5", Language.FRENCH)
    assert holds(tape, BELL + two + DRUM + five)


def test_a_sentence_recorded_in_part_is_said_by_one_voice(tape: Path, recordings: Recordings) -> None:
    recordings.keep("Partie", Language.FRENCH, BELL)
    speaker = loud("hall", recordings)
    say(speaker, "Partie 2 sur 5")
    speaker.close()
    assert holds(tape, synthesise("Partie 2 sur 5", Language.FRENCH))
    assert not holds(tape, BELL)


def test_a_file_that_is_no_recording_is_passed_over(recordings: Recordings) -> None:
    path = recordings.path("sur", Language.FRENCH)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"not a sound")
    assert recordings.find("sur", Language.FRENCH) is None


def test_who_wants_silence_has_it_at_once(tape: Path, recordings: Recordings) -> None:
    speaker = loud("endless", recordings)
    begun = threading.Event()
    speaker.say([Saying("Bienvenue", Language.FRENCH)] * 2, lambda _nth: begun.set())
    assert begun.wait(PATIENCE_S)
    before = speaker.speaking
    speaker.hush()
    assert (before, speaker.speaking) == (True, False)
    speaker._device = "hall"
    assert say(speaker, "Oui") == [0]
    speaker.close()
    assert holds(tape, synthesise("Oui", Language.FRENCH))
    assert not holds(tape, synthesise("Bienvenue", Language.FRENCH))


def test_new_words_end_the_old_ones(tape: Path, recordings: Recordings) -> None:
    speaker = loud("hall", recordings)
    old: list[int] = []
    speaker.say([Saying("Bienvenue", Language.FRENCH)] * 200, old.append)
    say(speaker, "Oui")
    speaker.close()
    assert len(old) < 200
    assert holds(tape, synthesise("Oui", Language.FRENCH))


def test_a_device_that_is_not_there_leaves_a_silent_kiosk(
    tape: Path, recordings: Recordings, expected_logs: list[str]
) -> None:
    expected_logs.append("the kiosk is silent: aplay cannot play on “nowhere”")
    speaker = AlsaSpeaker("nowhere", recordings, private=False)
    say(speaker, "Bienvenue")
    assert speaker.state() is SpeakerState.OFFLINE
    speaker._device = "hall"
    say(speaker, "Bienvenue")
    speaker.close()
    assert speaker.state() is SpeakerState.READY


def test_a_kiosk_without_the_voice_s_program_says_which_package_it_wants(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(SpeakerFault, match="Debian's package espeak-ng"):
        synthesise("Bienvenue", Language.FRENCH)


def test_a_kiosk_without_the_player_says_which_package_it_wants(
    recordings: Recordings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected_logs: list[str]
) -> None:
    expected_logs.append("Debian's package alsa-utils")
    espeak = shutil.which("espeak-ng")
    assert espeak is not None
    (tmp_path / "espeak-ng").symlink_to(espeak)
    monkeypatch.setenv("PATH", str(tmp_path))
    speaker = loud("hall", recordings)
    say(speaker, "Bienvenue")
    speaker.close()


def test_what_is_said_of_a_person_stands_in_no_list_of_processes_and_no_log() -> None:
    assert "Selma" not in repr(Saying("Selma Zitouna-Test", Language.FRENCH))


def test_the_profile_names_the_voice() -> None:
    assert open_speaker(SpeakerSettings()) is None
    headset = open_speaker(SpeakerSettings(SpeakerKind.ALSA, "plughw:1,0", private=True))
    assert isinstance(headset, AlsaSpeaker)
    assert headset.private
    headset.close()
    assert isinstance(open_speaker(SpeakerSettings(SpeakerKind.SIMULATED)), SimulatedSpeaker)
