"""`python -m kiosk voices`: a member of staff lends the kiosk their voice, one sentence after the other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from civic.language import Language
from kiosk.devices.recorder import Take, Worth, record
from kiosk.devices.recordings import Recordings
from kiosk.ui.language import Translator

_SKIP, _AGAIN, _END = "s", "a", "q"


@dataclass(frozen=True, slots=True)
class Studio:
    """Who speaks, and through what: the screen's lines, the keyboard's answers (empty at their end), two devices."""

    tell: Callable[[str], None]
    answer: Callable[[], str]
    microphone: str
    play: Callable[[bytes], None]


def count(wanted: Mapping[Language, Sequence[str]], recordings: Recordings, tell: Callable[[str], None]) -> None:
    """How much of each language is recorded."""
    for language, pieces in wanted.items():
        done = len(pieces) - len(missing(pieces, recordings, language))
        tell(f"{language.value}  {done:5} / {len(pieces)}")


def missing(pieces: Sequence[str], recordings: Recordings, language: Language) -> list[str]:
    """What nobody has recorded yet, or not so that it can be used."""
    return [words for words in pieces if recordings.find(words, language) is None]


class Session:
    """Begins where the one before ended: what is recorded is not asked again, and ending loses nothing."""

    def __init__(self, studio: Studio, recordings: Recordings, language: Language, _: Translator) -> None:
        self._studio = studio
        self._recordings = recordings
        self._language = language
        self._ = _

    def run(self, pieces: Sequence[str]) -> None:
        """Raises MicrophoneFault or SpeakerFault when one of the two does not do its part."""
        tell, _ = self._studio.tell, self._
        wanting = missing(pieces, self._recordings, self._language)
        done = len(pieces) - len(wanting)
        tell(_("Say each sentence as you would to a neighbour, in the Arabic or French people speak here."))
        for nth, words in enumerate(wanting):
            tell(f"\n[{done + nth + 1} / {len(pieces)}]\n\n\033[1;7m   {words}   \033[0m\n")
            if not self._record(words):
                break
        left = len(missing(pieces, self._recordings, self._language))
        tell(_("{done} of {total} are recorded.").format(done=len(pieces) - left, total=len(pieces)))

    def _record(self, words: str) -> bool:
        """False when the person wants to end."""
        tell, _ = self._studio.tell, self._
        while True:
            tell(_("Enter: record. s: skip. q: end."))
            match self._answer():
                case "":
                    take = record(self._studio.microphone, self._wait)
                case answer:
                    return answer == _SKIP
            if take.samples:
                self._studio.play(take.samples)
            tell(self._judgement(take))
            match self._answer() if take.worth is not Worth.SILENT else _AGAIN:
                case "" if take.worth is Worth.GOOD:
                    self._recordings.keep(words, self._language, take.samples)
                    return True
                case answer if answer in (_SKIP, _END):
                    return answer == _SKIP

    def _judgement(self, take: Take) -> str:
        _ = self._
        match take.worth:
            case Worth.GOOD:
                return _("Enter: keep it. a: again. s: skip. q: end.")
            case Worth.SILENT:
                return _("Nothing was heard. Is the microphone on?")
            case Worth.TOO_QUIET:
                return _("Too quiet: come closer, then say it again. Enter: again. s: skip. q: end.")
            case Worth.CLIPPED:
                return _("Too loud, it crackles: move back, then say it again. Enter: again. s: skip. q: end.")

    def _wait(self) -> None:
        """The microphone hears; until the person says that they have said it."""
        self._studio.tell(self._("Speak now. Enter: stop."))
        self._studio.answer()

    def _answer(self) -> str:
        """What was typed, in small letters; the end of the input ends the session."""
        line = self._studio.answer()
        return line.strip().casefold() if line else _END
