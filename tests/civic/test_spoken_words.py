"""Words that were spoken: an answer like any other, which says nothing of who spoke."""

import pytest

from civic.catalog import Question, QuestionKind
from civic.language import Wording
from civic.voice_note import VoiceNote, clock

NOTE = VoiceNote("5e" * 32, 42)
STORY = Question("story", QuestionKind.TEXT, Wording("", "", ""), (), {}, optional=False)


def test_a_voice_note_is_found_again_in_the_answer_it_is() -> None:
    assert VoiceNote.find(str(NOTE)) == NOTE
    assert NOTE.length == "0:42"


@pytest.mark.parametrize(
    "written",
    ["", "the lamp is out", "5e" * 32, f"voice-note:0:{'5e' * 32}", f"voice-note:1000:{'5e' * 32}", f" {NOTE}"],
)
def test_what_was_written_is_no_voice_note(written: str) -> None:
    assert VoiceNote.find(written) is None


def test_that_somebody_spoke_may_be_kept_openly_and_what_they_wrote_may_not() -> None:
    assert STORY.openly(str(NOTE)) == str(NOTE)
    assert STORY.openly("the lamp is out") == ""


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0:00"), (9, "0:09"), (65, "1:05"), (120, "2:00")])
def test_a_length_is_shown_as_a_clock_shows_it(seconds: int, shown: str) -> None:
    assert clock(seconds) == shown
