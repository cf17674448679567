"""A kiosk that has served a thousand people answers as fast as one that has served one."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from civic.language import Language
from kiosk.ui.comfort import Comfort
from kiosk.ui.theme import TEXT, Ink, Theme

WORDS = (Ink.INK, Ink.MUTE, Ink.DEEP, Ink.BRICK, Ink.OLIVE)
GROUNDS = (Ink.SAND, Ink.PAPER, Ink.MIST, Ink.CREAM, Ink.KEYS, Ink.FIELD)
WRITTEN_ON = ((Ink.ON, Ink.TEAL), (Ink.ON, Ink.OLIVE), (Ink.ON, Ink.BRICK), (Ink.SOFT, Ink.TEAL))
ON_NOW = (Ink.NIGHT, Ink.OCHRE)


def test_the_letters_of_a_size_are_looked_for_once(qtbot: QtBot) -> None:
    font = Theme(1.0, Language.ARABIC).font(TEXT)
    assert Theme(1.0, Language.ARABIC).font(TEXT) is font
    assert Theme(1.0, Language.FRENCH).font(TEXT) is not font
    assert Theme(0.5, Language.ARABIC).font(TEXT) is not font


def test_no_two_threads_share_the_letters_they_found(qtbot: QtBot) -> None:
    theme = Theme(1.0, Language.ARABIC)
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(theme.font, TEXT).result() is not theme.font(TEXT)


def luminance(color: QColor) -> float:
    """WCAG 2.2, relative luminance."""
    parts = (color.redF(), color.greenF(), color.blueF())
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("comfort", "least"), [(Comfort(), 4.5), (Comfort(contrast=True), 7.0)])
def test_words_stand_out_from_every_ground_they_are_written_on(comfort: Comfort, least: float) -> None:
    color = Theme(1.0, Language.ARABIC, comfort).color
    pairs = [*WRITTEN_ON, ON_NOW, *((ink, ground) for ink in WORDS for ground in GROUNDS)]
    weak = [f"{ink.name} on {ground.name}" for ink, ground in pairs if contrast(color(ink), color(ground)) < least]
    assert not weak


def test_on_black_even_what_cannot_be_touched_now_is_read_and_every_edge_is_seen() -> None:
    color = Theme(1.0, Language.ARABIC, Comfort(contrast=True)).color
    assert contrast(color(Ink.MUTE), color(Ink.ASLEEP)) >= 7
    edges = (Ink.LINE, Ink.TEAL, Ink.OCHRE, Ink.BAR, Ink.TRACK)
    assert min(contrast(color(edge), color(Ink.SAND)) for edge in edges) >= 3
