"""Somebody who does not write makes a complaint: she speaks, hears herself, and leaves with a receipt."""

import gc
from dataclasses import replace
from pathlib import Path

import pytest
import requests
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from civic.voice_note import LONGEST_S, VoiceNote
from kiosk.app import Kiosk, application, open_kiosk
from kiosk.devices.base import RATE
from kiosk.devices.invented_voice import invented_voice
from kiosk.devices.printer_model import Roll
from kiosk.devices.simulated import SimulatedMicrophone, SimulatedPrinter, SimulatedSpeaker
from kiosk.flow import Step
from kiosk.own_centre import OwnCentre
from kiosk.settings import (
    CentreSettings,
    MicrophoneKind,
    MicrophoneSettings,
    Settings,
    SpeakerKind,
    SpeakerSettings,
    SwitchSettings,
)
from kiosk.ui.buttons import Touchable
from kiosk.ui.player import Player, run_for
from kiosk.ui.screens.ticket import PaperState
from kiosk.ui.screens.voice_note import Hearing, VoiceNoteScreen
from sync.messages import DossierDeposited
from sync.outbox import WaitingPage
from tests.central.test_desk import Counter, text_of
from tests.kiosk.ui.citizen import reads, words_on
from tests.kiosk.ui.listener import DOWN, SELECT, listening_kiosk
from tests.kiosk.ui.switch_user import NEXT, SwitchUser

TO_THE_WORDS = ("complaint", "option-roads", "map", "go")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(
        settings,
        microphone=MicrophoneSettings(MicrophoneKind.SIMULATED),
        speaker=SpeakerSettings(SpeakerKind.SIMULATED),
        switches=SwitchSettings(),
    )


class Speaker(Player):
    """A person, the microphone before her mouth, and the loudspeaker at her ear."""

    def __init__(self, kiosk: Kiosk, folder: Path) -> None:
        super().__init__(kiosk.window, kiosk.visits, folder)
        assert isinstance(kiosk.microphone, SimulatedMicrophone)
        assert kiosk.listening is not None
        assert isinstance(kiosk.listening.speaker, SimulatedSpeaker)
        self.kiosk = kiosk
        self.microphone = kiosk.microphone
        self.microphone.tenth_s = 0.001
        self.ear = kiosk.listening.speaker

    @property
    def screen(self) -> VoiceNoteScreen:
        screen = self.kiosk.window.current
        assert isinstance(screen, VoiceNoteScreen)
        return screen

    def go(self, *names: str) -> None:
        for name in names:
            self.touch(name)

    def is_heard(self) -> None:
        self.wait(lambda: self.screen.seconds or None, "nobody was heard")

    def until(self, hearing: Hearing) -> None:
        self.wait(lambda: self.screen.hearing is hearing or None, f"it did not come to {hearing}")

    def say(self, button: str = "speak") -> VoiceNote:
        """Some seconds, ended where every next step is."""
        self.touch(button)
        self.is_heard()
        self.touch("go")
        self.until(Hearing.KEPT)
        assert self.screen.note is not None
        return self.screen.note

    def file(self) -> None:
        """From the recorded words to the paper."""
        self.go("go", "go", "go", "go")
        self.wait(lambda: self.kiosk.visits.ticket.ready or None, "no paper came")


@pytest.fixture
def speaker(kiosk: Kiosk, tmp_path: Path) -> Speaker:
    speaker = Speaker(kiosk, tmp_path)
    speaker.go("language-en", *TO_THE_WORDS)
    return speaker


def deposited(kiosk: Kiosk) -> DossierDeposited:
    [fact] = [each.fact for each in kiosk.outbox.waiting_events(99) if isinstance(each.fact, DossierDeposited)]
    return fact


def written(kiosk: Kiosk) -> str:
    [field] = [each for each in kiosk.window.findChildren(QPlainTextEdit) if each.isVisible()]
    return field.toPlainText()


def buttons(screen: VoiceNoteScreen) -> list[str]:
    return [each.words for each in screen.findChildren(Touchable) if each.isVisible()]


def sounds(speaker: Speaker) -> bool:
    return speaker.ear.speaking


def in_vault(settings: Settings) -> list[str]:
    return [each.name for each in (settings.data / "vault").iterdir()]


def test_spoken_words_are_all_a_complaint_needs(speaker: Speaker, kiosk: Kiosk, settings: Settings) -> None:
    note = speaker.say()
    assert f"Your words are recorded: \u2068{note.length}\u2069." in words_on(kiosk)
    speaker.go("go", "go", "go")
    assert f"Spoken words, \u2068{note.length}\u2069" in words_on(kiosk)
    speaker.touch("go")
    speaker.wait(lambda: kiosk.visits.ticket.ready or None, "no paper came")
    assert deposited(kiosk).answers["story"] == str(note)
    assert kiosk.outbox.next_page() == WaitingPage(note.sha256, "")
    assert in_vault(settings) == [note.sha256]
    receipt = kiosk.visits.ticket.receipt
    assert receipt is not None
    assert receipt.deposit is not None
    assert receipt.deposit.spoken_s == note.seconds


def test_without_a_microphone_nothing_of_it_is_on_the_screen(qtbot: QtBot, settings: Settings, tmp_path: Path) -> None:
    application()
    kiosk = open_kiosk(replace(settings, microphone=MicrophoneSettings()), 540, 960)
    kiosk.window.show()
    player = Player(kiosk.window, kiosk.visits, tmp_path)
    for name in TO_THE_WORDS:
        player.touch(name)
    assert player._find("words") is not None
    assert player._find("speak") is None
    kiosk.close()


def test_she_hears_herself_and_says_it_again(speaker: Speaker, settings: Settings) -> None:
    first = speaker.say()
    speaker.touch("hear-note")
    speaker.wait(lambda: speaker.ear.played or None, "nothing was played")
    speaker.microphone.say(invented_voice()[:RATE])
    second = speaker.say("say-again")
    assert second != first
    speaker.touch("hear-note")
    first_heard, second_heard = speaker.ear.played
    assert len(second_heard) < len(first_heard)
    speaker.file()
    assert deposited(speaker.kiosk).answers["story"] == str(second)
    speaker.touch("go")
    speaker.wait(lambda: in_vault(settings) == [second.sha256] or None, "what she did not want is still there")


def test_what_is_played_stops_when_she_wants_and_when_she_goes_on(speaker: Speaker, kiosk: Kiosk) -> None:
    speaker.say()
    speaker.ear.lasting = True
    speaker.touch("hear-note")
    run_for(300)
    assert "I stop it" in buttons(speaker.screen)
    speaker.touch("hear-note")
    assert not sounds(speaker)
    assert "I hear it again" in buttons(speaker.screen)
    speaker.go("go", "go", "go", "hear-note")
    assert len(speaker.ear.played) == 2
    assert sounds(speaker)
    kiosk.window.back_wanted.emit()
    assert not sounds(speaker)


def test_what_is_played_to_its_end_can_be_played_again(speaker: Speaker) -> None:
    speaker.say()
    speaker.touch("hear-note")
    speaker.wait(lambda: not speaker.screen.playing or None, "it never came to its end")
    assert "I hear it again" in buttons(speaker.screen)


def test_where_nobody_is_heard_she_is_asked_to_come_nearer(speaker: Speaker, kiosk: Kiosk) -> None:
    speaker.microphone.mute()
    speaker.touch("speak")
    speaker.is_heard()
    speaker.touch("microphone")
    speaker.until(Hearing.NOTHING)
    assert "We heard nothing. Come nearer and speak again." in words_on(kiosk)
    assert speaker._find("go") is None
    speaker.microphone.mend()
    speaker.say("microphone")


def test_a_microphone_that_fails_leaves_the_keyboard_and_what_was_typed(
    qtbot: QtBot, speaker: Speaker, kiosk: Kiosk, expected_logs: list[str]
) -> None:
    expected_logs.append("nobody can speak to this kiosk")
    speaker.microphone.pull()
    speaker.go("key-h", "key-o", "speak")
    reads(qtbot, kiosk, "The microphone does not answer just now. Please write.")
    assert written(kiosk) == "ho"
    assert speaker._find("speak") is None
    speaker.microphone.mend()
    speaker.touch("restart")
    speaker.go(*TO_THE_WORDS)
    assert speaker._find("speak") is not None, "the next person may try"


def test_who_turns_back_while_speaking_is_not_heard_and_finds_what_they_typed(speaker: Speaker, kiosk: Kiosk) -> None:
    speaker.go("key-h", "key-o", "speak")
    speaker.is_heard()
    speaker.touch("back")
    assert written(kiosk) == "ho"
    run_for(200)
    assert kiosk.visits._asking.dictating.playable == frozenset()
    speaker.touch("go")
    assert kiosk.visits._flow.draft.answers["story"] == "ho"


def test_who_goes_back_finds_what_they_said_and_may_write_after_all(speaker: Speaker, kiosk: Kiosk) -> None:
    note = speaker.say()
    speaker.touch("back")
    assert kiosk.visits.question.id == "place"
    speaker.touch("go")
    assert speaker.screen.note == note
    speaker.touch("go")
    speaker.touch("back")
    assert speaker.screen.note == note
    speaker.touch("say-again")
    speaker.is_heard()
    speaker.touch("back")
    assert speaker.screen.note == note, "what is said anew counts once it is whole"
    speaker.touch("write-instead")
    assert written(kiosk) == ""
    speaker.go("key-h", "go")
    assert kiosk.visits._flow.draft.answers["story"] == "h"
    speaker.touch("back")
    assert written(kiosk) == "h"


def test_after_two_minutes_it_has_heard_enough(speaker: Speaker) -> None:
    speaker.microphone.tenth_s = 0
    speaker.touch("speak")
    speaker.until(Hearing.KEPT)
    assert speaker.screen.note is not None
    assert LONGEST_S - 2 <= speaker.screen.note.seconds <= LONGEST_S


def test_who_speaks_is_there(speaker: Speaker, kiosk: Kiosk) -> None:
    speaker.microphone.tenth_s = 0.02
    speaker.touch("speak")
    for _second in range(90):
        kiosk.window._tick()
        run_for(60)
    assert kiosk.visits.step is Step.QUESTIONS
    assert speaker._find("still-here") is None
    speaker.touch("go")


def samples_in_memory(heard: bytes) -> int:
    """How many objects hold a piece of it that nobody else says."""
    gc.collect()
    piece = heard[len(heard) // 2 :][:64]
    found = 0
    for each in gc.get_objects():
        values = each.values() if isinstance(each, dict) else each if isinstance(each, list | tuple | set) else ()
        found += sum(type(value) is bytes and len(value) > 64 and piece in value for value in list(values))
    return found


def test_nothing_she_said_is_left_when_she_has_gone(speaker: Speaker, kiosk: Kiosk, settings: Settings) -> None:
    speaker.microphone.say(invented_voice()[: 2 * 22_050 * 2])
    speaker.say()
    [samples] = kiosk.visits._asking.dictating._samples.values()
    heard = bytes(bytearray(samples))
    del samples
    assert samples_in_memory(heard) == 1
    kiosk.window.left_alone.emit()
    run_for(100)
    assert samples_in_memory(heard) == 0
    speaker.wait(lambda: not in_vault(settings) or None, "her voice note is still in the vault")


def test_who_walks_away_while_speaking_is_heard_no_more(speaker: Speaker, kiosk: Kiosk, settings: Settings) -> None:
    speaker.touch("speak")
    speaker.is_heard()
    kiosk.window.left_alone.emit()
    speaker.wait(lambda: speaker.kiosk.visits.step is Step.WELCOME or None, "the welcome did not come")
    run_for(300)
    assert kiosk.visits._asking.dictating.playable == frozenset()
    assert in_vault(settings) == []


def test_a_disk_that_will_not_keep_it_is_told_and_nothing_was_promised(
    speaker: Speaker, kiosk: Kiosk, settings: Settings
) -> None:
    (settings.data / "vault").rename(settings.data / "away")
    speaker.touch("speak")
    speaker.is_heard()
    speaker.touch("go")
    speaker.wait(lambda: kiosk.visits.step is Step.TROUBLE or None, "no trouble was told")
    (settings.data / "away").rename(settings.data / "vault")
    assert kiosk.outbox.waiting() == 0


def test_the_paper_a_power_cut_left_says_the_same(
    qtbot: QtBot, speaker: Speaker, kiosk: Kiosk, settings: Settings
) -> None:
    assert isinstance(kiosk.printer, SimulatedPrinter)
    kiosk.printer.model.set_roll(Roll.OUT)
    note = speaker.say()
    speaker.go("go", "go", "go", "go")
    qtbot.waitUntil(lambda: kiosk.visits.ticket.paper is PaperState.FAILED, timeout=60_000)
    [left] = kiosk.visits._hall.unfinished.find()
    assert left.receipt.deposit is not None
    assert left.receipt.deposit.spoken_s == note.seconds


def test_by_five_keys_it_falls_silent_hears_and_ends_at_any_key(qtbot: QtBot, settings: Settings) -> None:
    with listening_kiosk(qtbot, settings, private=False) as listener:
        kiosk, microphone = listener.kiosk, listener.kiosk.microphone
        assert isinstance(microphone, SimulatedMicrophone)
        microphone.tenth_s = 0.005
        player = Player(kiosk.window, kiosk.visits, settings.data)
        kiosk.window.turn_voice()
        for name in TO_THE_WORDS:
            player.touch(name)
        listener.hears("Je parle")
        listener.choose("Je parle")
        screen = kiosk.window.current
        assert isinstance(screen, VoiceNoteScreen)
        listener.heard.clear()
        qtbot.waitUntil(lambda: screen.seconds > 1, timeout=60_000)
        run_for(600)
        assert listener.heard == [], "the loudspeaker is silent while somebody is heard"
        listener.press(DOWN)
        listener.hears("Vos paroles sont enregistrées")
        listener.speaker.lasting = True
        listener.choose("Je réécoute")
        qtbot.waitUntil(lambda: len(listener.speaker.played) == 1, timeout=60_000)
        listener.heard.clear()
        run_for(600)
        assert listener.heard == [], "nor does it read over what is played"
        listener.press(SELECT)
        assert not screen.playing


def test_two_switches_are_enough(speaker: Speaker, kiosk: Kiosk) -> None:
    user = SwitchUser(kiosk)
    user.press(NEXT)
    user.choose("speak")
    speaker.is_heard()
    user.choose("go")
    speaker.until(Hearing.KEPT)
    user.choose("go")
    assert kiosk.visits.step is Step.APPLICANT


def test_the_agent_plays_it_once_the_kiosk_has_sent_it(qtbot: QtBot, settings: Settings, tmp_path: Path) -> None:
    application()
    with OwnCentre(tmp_path / "centre") as centre:
        password = centre.add_agent("amel", 3)
        centre.enrol(settings.kiosk, settings.data)
        kiosk = open_kiosk(replace(settings, centre=CentreSettings(centre.url, centre.url)), 540, 960)
        kiosk.window.show()
        speaker = Speaker(kiosk, tmp_path)
        speaker.go("language-en", *TO_THE_WORDS)
        note = speaker.say()
        speaker.file()
        qtbot.waitUntil(lambda: kiosk.outbox.waiting() == 0, timeout=60_000)
        assert in_vault(settings) == [], "the kiosk forgets it"
        receipt = kiosk.visits.ticket.receipt
        assert receipt is not None
        assert receipt.deposit is not None
        counter = Counter(centre.url)
        counter.sign_in("amel", password)
        page = counter.see(f"?file={receipt.deposit.reference}")
        assert f"Spoken words, {note.length}" in text_of(page)
        assert f'src="/desk/pages/{note.sha256}"' in page
        sound = counter.browser.get(f"{centre.url}/desk/pages/{note.sha256}", timeout=60)
        assert sound.content.startswith(b"OggS")
        assert sound.headers["Content-Type"] == "audio/ogg"
        assert requests.get(f"{centre.url}/desk/pages/{note.sha256}", timeout=60).status_code == 403
        follow = requests.get(receipt.deposit.tracking_url.lower().replace("/t/", "/T/"), timeout=60)
        assert note.sha256 not in follow.text
        kiosk.close()
