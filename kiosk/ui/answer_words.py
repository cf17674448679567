"""What a person answered, as it is read back to them: an option by its words, a place by what it is called or near."""

from civic.catalog import Question, QuestionKind
from civic.spot import Spot
from civic.town import Town
from civic.voice_note import VoiceNote
from kiosk.ui.language import Translator, isolate, unbroken


def answer_words(question: Question, answer: str, _: Translator) -> str:
    """Empty when nothing was answered."""
    chosen = question.chosen(answer)
    if chosen is not None:
        return chosen.text[_.language]
    if note := VoiceNote.find(answer):
        return _("Spoken words, {time}").format(time=isolate(note.length))
    if question.town is not None:
        return spot_words(Spot.parse(answer), question.town, _)
    return isolate(unbroken(answer) if question.kind is QuestionKind.FILE else answer) if answer else ""


def spot_words(spot: Spot, town: Town, _: Translator) -> str:
    """Neighbourhood, what was written, and what the pin is near to."""
    name = spot.named(town)
    parts = ["" if name is None else name[_.language], isolate(spot.words) if spot.words else ""]
    if spot.point is not None:
        landmark = spot.near(town)
        near = "" if landmark is None else _("near: {place}").format(place=landmark.name[_.language])
        parts.append(near or _("marked on the map"))
    return " · ".join(part for part in parts if part)


def file_words(digits: str) -> str:
    """A file number as far as it is typed, as the receipt has it: 26-014-00385-97."""
    return "".join(("-" if place in _PARTS else "") + digit for place, digit in enumerate(digits))


_PARTS = (2, 5, 10)
"""After how many digits of a reference a hyphen stands."""
