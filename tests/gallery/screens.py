"""The kiosk's screens, each in every state worth a look, reached by touch wherever a person reaches it so."""

import io
from collections.abc import Callable
from functools import partial
from typing import Protocol

from PIL import Image
from PySide6.QtTest import QTest

from civic.language import Language, Wording
from kiosk.app import Kiosk
from kiosk.devices.base import PrinterState, ScannerState
from kiosk.devices.simulated import SimulatedPrinter, SimulatedReader, SimulatedScanner
from kiosk.flow import Step
from kiosk.services.following import KnownHere, NotReached
from kiosk.services.last_known import LastKnown
from kiosk.store.database import StoreTrouble
from kiosk.ui.comfort import AS_FOUND, Comfort, Switching
from kiosk.ui.player import Player
from kiosk.ui.screens.receipt import OnGlass
from kiosk.ui.screens.ticket import PaperState
from sync.messages import Unopened, Whereabouts
from tests.gallery.complaint import show_complaint, show_late_file
from tests.gallery.earlier import show_earlier
from tests.gallery.technician import show_technician

_NAME = "سلمى الزيتونة"
_CLOSED = Wording(
    "شبّاك الحالة المدنية مغلق يوم الجمعة 4 ديسمبر. كلّ الشبابيك الأخرى مفتوحة.",
    "Le guichet de l'état civil est fermé le vendredi 4 décembre. Tous les autres sont ouverts.",
    "The civil status window is closed on Friday 4 December. All others are open.",
)


class Visitor(Player):
    """Takes no pictures of its own; tells what is on the screen."""

    def photograph(self, name: str) -> None:
        """The walk does."""

    def sees(self, name: str) -> bool:
        return self._find(name) is not None


class Onlooker(Protocol):
    """Who is taken along."""

    def look(self, state: str) -> None:
        """At a screen, in every language and size they like; they leave it in Arabic and the usual size."""

    def glance(self, state: str, language: Language) -> None:
        """At what lies over a screen for a moment, as it stands."""


class Walk:
    """One walk past every screen in every state worth a look."""

    def __init__(self, kiosk: Kiosk, player: Visitor, onlooker: Onlooker) -> None:
        assert isinstance(kiosk.printer, SimulatedPrinter)
        assert isinstance(kiosk.scanner, SimulatedScanner)
        assert isinstance(kiosk.reader, SimulatedReader)
        self._kiosk = kiosk
        self._visits = kiosk.visits
        self._player = player
        self._show, self._glance = onlooker.look, onlooker.glance
        self._printer = kiosk.printer.model
        self._scanner = kiosk.scanner
        self._reader = kiosk.reader

    def walk(self) -> None:
        for part in (self._welcome, self._questions, self._applicant, self._documents, self._review, self._ticket):
            part()
        for part in (self._complaint, self._follow, self._number, self._trouble, self._still_here):
            part()
        show_technician(self._kiosk, self._player, self._show)

    # how one touches

    def _touch(self, *names: str) -> None:
        for name in names:
            self._player.touch(name)

    def _until(self, fact: Callable[[], bool], why: str) -> None:
        self._player.wait(lambda: fact() or None, why)

    def _gone(self, name: str) -> bool:
        return not self._player.sees(name)

    # the stops

    def _welcome(self) -> None:
        self._show("welcome")
        self._kiosk.news.close()  # what the centre says next would take the place of this
        self._visits.welcome.show_news(7, (_CLOSED,))
        self._show("welcome-news")
        self._visits.welcome.show_news(None, ())
        self._touch("access")
        self._show("accessibility")
        self._touch("comfort-done", "help")
        self._show("help-called")
        self._visits._helping.over()
        self._kiosk.window.wear(Comfort(switches=Switching.TWO))
        self._glance("switches", Language.ARABIC)
        self._kiosk.window.wear(AS_FOUND)
        self._printer.set_cover_open(True)
        self._touch("request", "restart")
        self._until(lambda: self._visits.welcome.printer is not PrinterState.READY, "no notice came")
        self._show("welcome-notice")
        self._printer.set_cover_open(False)
        self._touch("request")
        self._show("groups")
        for group in self._visits.catalog.groups:
            self._touch(f"group-{group.id}")
            self._show(f"choose-{group.id}")
            self._touch("back")
        self._touch("search")
        self._show("search")
        self._touch("key-ر", "key-خ")
        self._show("search-found")
        self._touch("key-خ", "key-خ")
        self._show("search-nothing")
        self._touch("back", "group-building")

    def _questions(self) -> None:
        self._touch("service-building-permit")
        while self._visits.step is Step.QUESTIONS:
            question = self._visits.question
            assert question is not None
            self._show(f"question-{question.id}")
            for option in question.options:
                if option.stop is not None:
                    self._touch(f"option-{option.id}")
                    self._show(f"question-{question.id}-stop-{option.id}")
            self._touch("option-" + next(option.id for option in question.options if option.stop is None))
        self._touch("back")
        self._show("question-answered")
        self._touch("go")
        self._show("guide")
        self._touch("phone-guide")
        self._show("guide-on-phone")
        self._touch("go")

    def _applicant(self) -> None:
        self._show("applicant-name-empty")
        self._touch(*(f"key-{letter}" if letter != " " else "key-space" for letter in _NAME))
        self._show("applicant-name")
        self._touch("open-phone")
        self._show("applicant-phone-empty")
        self._touch(*(f"key-{digit}" for digit in "12000001"))
        self._show("applicant-phone-wrong")
        self._touch("open-identity")
        self._touch("open-phone", *(["key-backspace"] * 8), *(f"key-{digit}" for digit in "22000001"), "open-identity")
        self._show("applicant-identity-none")
        self._touch("identity-cin", *(f"key-{digit}" for digit in "7234"))
        self._show("applicant-identity-card")
        self._touch("identity-passport")
        self._show("applicant-identity-passport")
        self._touch("identity-none")

    def _documents(self) -> None:
        self._touch("go")
        screen = self._visits.documents
        self._show("documents-none-yet")
        show_earlier(self._kiosk, self._player, self._show)
        screen.show_scanning()
        self._show("documents-scanning")
        for state in ScannerState:
            if state is not ScannerState.READY:
                screen.show_fault(state)
                self._show(f"documents-scanner-{state.value}")
        self._touch("scan")
        self._until(lambda: len(screen.documents) == 1, "no page came")
        self._show("documents-page")
        self._touch("next-paper")
        empty = io.BytesIO()
        Image.new("L", (800, 1100), "white").save(empty, "PNG")
        self._scanner.insert(empty.getvalue())
        self._touch("scan")
        self._until(lambda: screen.remark is not None, "nothing was said of an empty page")
        self._show("documents-blank-page")
        self._touch("keep-page", "remove-page")
        self._absent()

    def _absent(self) -> None:
        """From the papers and back to them."""
        self._touch("skip")
        self._show("documents-absent")
        self._touch("cannot-bring")
        self._show("documents-excuses")
        self._touch("excuse-lost")
        self._show("documents-excused")
        self._touch("paper-ownership", "skip", "will-bring")

    def _review(self) -> None:
        self._touch("go")
        self._show("review-incomplete")
        self._touch("change-documents")
        self._until(lambda: self._visits.step is Step.DOCUMENTS, "the papers did not open")
        while self._visits.documents.open_id:
            optional = {each.id for each in self._visits.documents.requirements if each.optional}
            if self._visits.documents.open_id in optional:
                break
            self._touch("scan")
            self._until(lambda: self._player.sees("next-paper"), "no page came")
            self._touch("next-paper")
        self._show("documents-all-given")
        self._touch("go")
        self._show("review-complete")

    def _ticket(self) -> None:
        self._touch("go")
        screen = self._visits.ticket
        self._until(lambda: screen.paper is PaperState.OUT, "no paper came")
        self._show("ticket-out")
        screen.show_paper(PaperState.COMING)
        self._show("ticket-coming")
        for state in PrinterState:
            if not state.can_print:
                screen.show_paper(PaperState.FAILED, state)
                self._show(f"ticket-failed-{state.value}")
        screen.show_paper(PaperState.NOTED)
        self._show("ticket-noted")
        self._touch("go")

    def _complaint(self) -> None:
        self._receipt = show_complaint(self._kiosk, self._player, self._show)

    def _follow(self) -> None:
        deposit = self._receipt.deposit
        assert deposit is not None
        screen = self._visits.receipts.follow
        self._until(lambda: self._kiosk.outbox.waiting() == 0, "the centre did not take the complaint")
        self._touch("follow")
        self._show("follow-form")
        screen.has_reader = False
        screen.show_form()
        self._show("follow-glass")
        screen.show_reading()
        screen.show_share(0.4)
        self._show("follow-reading")
        screen.show_unread(OnGlass.NO_CODE)
        self._show("follow-no-code")
        screen.show_asking()
        self._show("follow-asking")
        self._reader.show(deposit.tracking_url)
        self._until(lambda: isinstance(screen.found, Whereabouts), "the centre did not say where the file is")
        self._show("follow-found")
        file = screen.found
        assert isinstance(file, Whereabouts)
        show_late_file(self._kiosk, self._player, self._show)
        screen.show_found(LastKnown(file, self._receipt.given_at, days_ago=0))
        self._show("follow-last-known")
        self._reader.show(str(deposit.reference))
        self._until(lambda: screen.opened == "pin", "the reference was not read")
        self._show("follow-pin")
        for unopened in Unopened:
            screen.show_found(unopened)
            self._show(f"follow-{unopened.value}")
        service, today = self._visits.catalog["complaint"].name, self._receipt.given_at.date()
        known = KnownHere(deposit.reference, service, today, complete=True)
        for state, found in (("not-reached", NotReached(known)), ("on-its-way", known)):
            screen.show_found(found)
            self._show(f"follow-{state}")
        self._touch("go", "complaint", f"option-{self._visits.catalog['complaint'].questions[0].options[0].id}")
        self._reader.show("a code of another house")
        QTest.qWait(60)
        self._glance("foreign-code", Language.ARABIC)
        self._reader.show(deposit.tracking_url)
        self._until(lambda: self._player.sees("keep-visit"), "nobody was asked")
        self._glance("in-the-middle", Language.ARABIC)
        self._touch("keep-visit", "restart")

    def _number(self) -> None:
        self._touch("number")
        self._show("guide-agent")
        self._touch("back")
        for service in self._visits.catalog:
            if not service.tracked:
                self._player.play(service, Language.ARABIC)
                self._show(f"guide-{service.id}")
                self._touch("restart")
        self._player.play(self._visits.catalog["signature-legalisation"], Language.ARABIC)
        self._touch("go")
        self._until(lambda: self._visits.ticket.paper is PaperState.OUT, "no paper came")
        self._show("ticket-immediate")
        self._touch("go")

    def _trouble(self) -> None:
        self._visits.crash()
        self._show("trouble")
        for trouble in (StoreTrouble.FULL, StoreTrouble.BROKEN):
            self._visits.trouble.show_trouble(trouble)
            self._show(f"trouble-store-{trouble.value}")
        self._touch("go")
        self._printer.set_power(False)
        for _ in range(2):
            self._touch("number", "go")
            self._until(lambda: self._visits.ticket.paper is PaperState.FAILED, "the printer was off")
            self._visits._start_over()  # as when the person has left
        self._visits.open()  # as when the power comes back
        self._show("unfinished")
        unfinished = self._visits.trouble.unfinished
        self._visits.trouble.show_unfinished(unfinished, PrinterState.OFFLINE)
        self._show("unfinished-not-printed")
        self._printer.set_power(True)
        for each in unfinished:
            self._touch(f"void-{each.receipt.number}")
            self._until(partial(self._gone, f"void-{each.receipt.number}"), "it was not cancelled")

    def _still_here(self) -> None:
        self._until(lambda: self._visits.step is Step.WELCOME, "the welcome did not come")
        for language in Language:
            self._touch(f"language-{language.value}", "complaint")
            for _ in range(65):
                self._kiosk.window._tick()
            QTest.qWait(60)
            self._glance("still-here", language)
            self._touch("still-here", "restart")
