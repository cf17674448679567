"""A member of staff lends the kiosk their voice: a microphone of ALSA's plug-ins hears what a test puts before it."""

import math
import time
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest

from civic.card import read_catalog
from civic.language import Language
from civic.spoken import sentences
from kiosk.__main__ import main
from kiosk.devices.base import RATE, MicrophoneFault
from kiosk.devices.recorder import Worth, judge
from kiosk.devices.recordings import Recordings
from kiosk.services.repertoire import repertoire
from kiosk.settings import ASSETS
from kiosk.ui.language import TRANSLATIONS, Translator
from kiosk.voices import Session, Studio, missing

_ = Translator(Language.FRENCH)
_SPEAKING_S = 0.5
"""Until the person has said it: the plug-in says it as fast as it is heard."""


def voice(loudest: int, seconds: float = 0.8) -> bytes:
    """A voice of that loudness, with half a second of a quiet room before and after it."""
    room = array("h", [3, -3] * (RATE // 4))
    tone = array("h", (round(loudest * math.sin(at / 8)) for at in range(int(RATE * seconds))))
    return (room + tone + room).tobytes()


@pytest.fixture
def recordings(tmp_path: Path) -> Recordings:
    return Recordings(tmp_path / "voices")


class Booth:
    """The room where somebody records: what they type, what they read, what is played back to them."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._mouth = folder / "mouth.raw"
        self.read: list[str] = []
        self.played: list[bytes] = []
        self._typed: Iterator[str] = iter(())
        rc = folder / "asoundrc"
        rc.write_text(
            f'pcm.mic {{ type file slave.pcm "null" file "/dev/null" infile "{self._mouth}" format "raw" }}\n'
        )
        monkeypatch.setenv("ALSA_CONFIG_PATH", f"/usr/share/alsa/alsa.conf:{rc}")

    def record(self, recordings: Recordings, pieces: list[str], sound: bytes, *typed: str) -> None:
        self._mouth.write_bytes(sound)
        self._typed = iter(f"{line}\n" for line in typed)
        studio = Studio(self.read.append, self._type, "mic", self.played.append)
        Session(studio, recordings, Language.FRENCH, _).run(pieces)

    def _type(self) -> str:
        if self.read[-1] == _("Speak now. Enter: stop."):
            time.sleep(_SPEAKING_S)
        return next(self._typed, "")

    @property
    def words(self) -> str:
        return "\n".join(self.read)


@pytest.fixture
def booth(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Booth:
    return Booth(tmp_path, monkeypatch)


def test_nothing_is_kept_of_who_ends_at_once(booth: Booth, recordings: Recordings) -> None:
    booth.record(recordings, ["Bienvenue"], voice(9_000), "q")
    assert "Bienvenue" in booth.words
    assert _("{done} of {total} are recorded.").format(done=0, total=1) in booth.words
    assert missing(["Bienvenue"], recordings, Language.FRENCH) == ["Bienvenue"]


def test_a_sentence_is_heard_again_and_kept(booth: Booth, recordings: Recordings) -> None:
    booth.record(recordings, ["Bienvenue"], voice(9_000), "", "", "")
    kept = recordings.find("Bienvenue", Language.FRENCH)
    assert kept is not None
    assert booth.played == [kept]
    assert len(kept) > RATE
    assert _("{done} of {total} are recorded.").format(done=1, total=1) in booth.words


def test_who_is_not_content_says_it_again(booth: Booth, recordings: Recordings) -> None:
    booth.record(recordings, ["Bienvenue"], voice(9_000), "", "", "a", "", "", "q")
    assert len(booth.played) == 2
    assert recordings.find("Bienvenue", Language.FRENCH) is None


def test_what_is_too_quiet_cannot_be_kept(booth: Booth, recordings: Recordings) -> None:
    booth.record(recordings, ["Bienvenue"], voice(400), "", "", "", "q")
    assert _("Too quiet: come closer, then say it again. Enter: again. s: skip. q: end.") in booth.words
    assert recordings.find("Bienvenue", Language.FRENCH) is None


def test_who_comes_again_goes_on_where_they_ended(booth: Booth, recordings: Recordings) -> None:
    recordings.keep("Bienvenue", Language.FRENCH, voice(9_000))
    booth.record(recordings, ["Bienvenue", "Oui", "Non"], voice(9_000), "s", "q")
    assert "[2 / 3]" in booth.words
    assert "[1 / 3]" not in booth.words
    assert _("{done} of {total} are recorded.").format(done=1, total=3) in booth.words


def test_silence_around_a_voice_is_cut_off_and_every_voice_is_as_loud() -> None:
    takes = [judge(voice(loudest)) for loudest in (2_000, 9_000, 20_000)]
    assert [take.worth for take in takes] == [Worth.GOOD] * 3
    for take in takes:
        samples = array("h", take.samples)
        assert 0.8 * RATE < len(samples) < 1.1 * RATE
        assert max(samples) == pytest.approx(max(array("h", takes[0].samples)), rel=0.05)


@pytest.mark.parametrize(("loudest", "worth"), [(400, Worth.TOO_QUIET), (60_000, Worth.CLIPPED), (0, Worth.SILENT)])
def test_what_nobody_would_understand_is_said_so(loudest: int, worth: Worth) -> None:
    room = array("h", [3, -3] * (RATE // 4))
    tone = array("h", (max(-32_768, min(32_767, round(loudest * math.sin(at / 8)))) for at in range(RATE)))
    assert judge((room + tone + room).tobytes()).worth is worth


def test_every_sentence_of_the_screens_and_the_cards_is_asked_for_once() -> None:
    catalog = read_catalog(ASSETS / "catalog")
    for language in Language:
        wanted = repertoire(catalog, TRANSLATIONS, language)
        assert len(set(wanted)) == len(wanted)
        translated = Translator(language)
        shown = [
            translated("Touch what you want. You can go back at any time."),
            translated("Part {n} of {total}").format(n=2, total=5),
            catalog["building-permit"].name[language],
            translated.count("{n} paper is ready.", "{n} papers are ready.", 4),
        ]
        for text in shown:
            for sentence in sentences(text, language):
                assert {piece.words for piece in sentence.pieces} <= set(wanted)


def test_what_only_a_technician_reads_is_not_asked_for() -> None:
    wanted = repertoire(read_catalog(ASSETS / "catalog"), TRANSLATIONS, Language.ENGLISH)
    assert "Print a test strip" not in wanted


def test_the_command_counts_and_names_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Recordings(tmp_path).keep("Bienvenue", Language.FRENCH, voice(9_000))
    assert main(["voices", "--list", "--folder", str(tmp_path)]) == 0
    arabic, french = capsys.readouterr().out.splitlines()
    assert arabic.split()[:2] == ["ar", "0"]
    assert french.split()[:2] == ["fr", "1"]
    assert main(["voices", "--missing", "--folder", str(tmp_path)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert "ar  مرحبا بكم" in told
    assert "fr  Bienvenue" not in told


def test_a_microphone_that_is_not_there_is_told(recordings: Recordings) -> None:
    typed = iter(["\n", "\n"])
    studio = Studio(lambda _line: None, lambda: next(typed, ""), "nowhere", lambda _sound: None)
    with pytest.raises(MicrophoneFault, match="arecord -L"):
        Session(studio, recordings, Language.FRENCH, _).run(["Bienvenue"])
