"""Who hears too little, or too much, says so: in the panel by ear alone, or by keys of the keypad; and a headset."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kiosk.devices.base import Volume
from kiosk.flow import Step
from kiosk.settings import Settings
from kiosk.ui.listening import PLUGGED, PULLED
from tests.kiosk.ui.listener import REPEAT, Listener, listening_kiosk


@pytest.fixture
def listener(qtbot: QtBot, settings: Settings) -> Iterator[Listener]:
    with listening_kiosk(qtbot, settings, private=True) as listener:
        yield listener


def test_who_hears_too_little_makes_it_louder_by_ear_alone(listener: Listener) -> None:
    listener.press(REPEAT)
    listener.hears("Bienvenue")
    listener.choose("Accessibilité")
    listener.choose("Plus fort")
    listener.hears("La voix est forte")
    assert listener.speaker.volumes[-1] is Volume.LOUD
    listener.choose("Plus fort")
    listener.hears("La voix est très forte")
    assert "Pas encore possible" in listener.go_to("Plus fort")
    listener.choose("Moins fort")
    listener.hears("La voix est forte")
    listener.kiosk.window.reset()
    assert listener.speaker.volume is Volume.USUAL


def test_a_keypad_has_keys_of_its_own_for_that(listener: Listener) -> None:
    listener.press(REPEAT)
    listener.hears("Bienvenue")
    listener.press(Qt.Key.Key_VolumeDown)
    listener.hears("La voix est basse")
    for _press in range(4):
        listener.press(Qt.Key.Key_VolumeUp)
    listener.hears("La voix est très forte")
    said = list(dict.fromkeys(listener.speaker.volumes))
    assert said == [Volume.USUAL, Volume.SOFT, Volume.LOUD, Volume.LOUDEST]


def test_a_headset_put_in_begins_to_speak_and_pulled_out_nothing_sounds_any_more(listener: Listener) -> None:
    listener.kiosk.visits.welcome.complaint_wanted.emit()
    listener.press(PLUGGED)
    listener.hears("Partie 2 sur")
    listener.press(PLUGGED)
    hushed, on = listener.speaker.hushed, [listener.kiosk.window.theme.comfort.voice]
    for _time in range(2):
        listener.press(PULLED)
        listener.settle()
        on.append(listener.kiosk.window.theme.comfort.voice)
    assert on == [True, False, False]
    assert listener.speaker.hushed > hushed
    assert listener.kiosk.visits.step is Step.QUESTIONS
