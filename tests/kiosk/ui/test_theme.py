"""A kiosk that has served a thousand people answers as fast as one that has served one."""

from concurrent.futures import ThreadPoolExecutor

from pytestqt.qtbot import QtBot

from civic.language import Language
from kiosk.ui.theme import TEXT, Theme


def test_the_letters_of_a_size_are_looked_for_once(qtbot: QtBot) -> None:
    font = Theme(1.0, Language.ARABIC).font(TEXT)
    assert Theme(1.0, Language.ARABIC).font(TEXT) is font
    assert Theme(1.0, Language.FRENCH).font(TEXT) is not font
    assert Theme(0.5, Language.ARABIC).font(TEXT) is not font


def test_no_two_threads_share_the_letters_they_found(qtbot: QtBot) -> None:
    theme = Theme(1.0, Language.ARABIC)
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(theme.font, TEXT).result() is not theme.font(TEXT)
