"""One visit after another: connects what screens mean to where the flow leads and what the services do."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal

from civic.assistance import Assistance, Witness
from civic.catalog import Catalog, Question
from civic.dossier import is_card_number
from civic.reference import Reference
from kiosk.devices.base import PrinterState, Raster, Reading
from kiosk.flow import Flow, Step
from kiosk.services.earlier import may_reuse
from kiosk.services.intake import Prepared
from kiosk.services.receipt import promised
from kiosk.store.database import StoreFault, StoreTrouble
from kiosk.ui.asking import Asking
from kiosk.ui.choosing import AGENT, COMPLAINT, Choosing
from kiosk.ui.delivery import Delivery
from kiosk.ui.filing import Filing
from kiosk.ui.gathering import Gathering
from kiosk.ui.guiding import Guiding
from kiosk.ui.hall import Hall
from kiosk.ui.helping import Help, Helping
from kiosk.ui.qr_code import forget_codes
from kiosk.ui.receipts import Receipts
from kiosk.ui.recovery import Recovery
from kiosk.ui.screens.applicant import ApplicantScreen
from kiosk.ui.screens.base import Screen
from kiosk.ui.screens.documents import DocumentsScreen
from kiosk.ui.screens.guide import GuideScreen
from kiosk.ui.screens.review import ReviewScreen
from kiosk.ui.screens.ticket import PaperState, TicketScreen
from kiosk.ui.screens.trouble import TroubleScreen
from kiosk.ui.screens.welcome import WelcomeScreen
from kiosk.ui.tasks import Tasks
from kiosk.ui.window import Window
from kiosk.ui.witnessing import Witnessing
from sync.messages import Whereabouts


class Visits(QObject):
    """Leads each person from the welcome to their number and back, and leaves nothing of them behind."""

    deposited = Signal(object)
    """What was confirmed is kept for good: its Prepared ticket."""
    held = Signal()
    """The printer confirmed the paper, the person noted the number, or one left by a power cut is settled."""
    asked = Signal()
    """Somebody asked why a file is late, and it is kept for good."""
    ended = Signal()
    scanner_failed = Signal(object)
    """A citizen's page did not come: the ScannerState that says why."""
    read = Signal(object)
    """A Reading of the code reader, from whatever thread."""

    def __init__(self, window: Window, hall: Hall) -> None:
        super().__init__(window)
        self._window = window
        self._hall = hall
        self._flow = Flow()
        self.attended: Assistance | None = None
        """The agent who serves, at a counter; None in the hall."""
        self._tasks = Tasks()
        look, words = window.theme, window.translator
        self.welcome = WelcomeScreen(look, words)
        self._choosing = Choosing(hall.catalog, self._flow, look, words)
        self._asking = Asking(self._flow, hall, self._tasks, look, words)
        self.guide = GuideScreen(look, words)
        self.applicant = ApplicantScreen(look, words)
        self.documents = DocumentsScreen(look, words)
        self.review = ReviewScreen(look, words)
        self._witnessing = Witnessing(window, self._flow)
        self.ticket = TicketScreen(look, words)
        self.trouble = TroubleScreen(look, words)
        self._gathering = Gathering(self.documents, self._flow, hall.scanning, hall.threads.scanner, self._tasks)
        self._guiding = Guiding(window, self.guide, hall.guidance, hall.threads.printer, self._tasks)
        self._delivery = Delivery(self.ticket, hall.ticketing, hall.threads.printer, self._tasks)
        self._filing = Filing(hall, self._tasks)
        self._recovery = Recovery(self.trouble, hall.unfinished, hall.ticketing, hall.threads.printer, self._tasks)
        self.receipts = Receipts(window, self._flow, hall, self._tasks, self._at_rest)
        self._helping = Helping(window, hall.help_line, hall.threads.help, hall.phone)
        for screen in self._screens:
            window.add(screen)
        self._connect()

    @property
    def _screens(self) -> tuple[Screen, ...]:
        return (
            self.welcome,
            *self._choosing.screens,
            *self._asking.screens,
            self.guide,
            self.applicant,
            self.documents,
            self.review,
            *self._witnessing.screens,
            self.ticket,
            *self.receipts.screens,
            self.trouble,
        )

    @property
    def catalog(self) -> Catalog:
        return self._hall.catalog

    @property
    def step(self) -> Step:
        return self._flow.step

    @property
    def serving(self) -> bool:
        """Whether somebody is in the middle of something."""
        return self._flow.step not in (Step.WELCOME, Step.TROUBLE)

    @property
    def called(self) -> bool:
        """Whether somebody here waits for an agent to come."""
        return self._helping.help is not Help.NONE

    @property
    def given(self) -> bool:
        """Whether the last of it is done: the paper is out, or its number noted."""
        return self._flow.step is Step.TICKET and self.ticket.paper in (PaperState.OUT, PaperState.NOTED)

    @property
    def question(self) -> Question:
        """What is being asked, at the step of the questions."""
        return self._flow.question

    def open(self) -> None:
        """The kiosk has just started: finish what a power cut left, then welcome people."""
        if self._recovery.show():
            self._window.show_screen(self.trouble, watched=False)
        else:
            self._start_over()

    def next_person(self) -> None:
        """Whoever was here has gone."""
        self._start_over()

    def close(self) -> None:
        """The kiosk is being switched off: what is running answers nobody any more."""
        self._helping.close()
        self._let_go()

    def crash(self) -> None:
        """Something nobody foresaw: the visit is wiped, and the person is told what to do."""
        self._give_up(None)

    def _connect(self) -> None:
        flow, window = self._flow, self._window
        self.welcome.request_wanted.connect(self._choosing.offer)
        self.welcome.number_wanted.connect(lambda: self._choose(AGENT))
        self.welcome.complaint_wanted.connect(lambda: self._choose(COMPLAINT))
        self._choosing.moved.connect(self._show)
        self._choosing.chosen.connect(self._choose)
        self._asking.answered.connect(self._answer)
        self._asking.moved.connect(self._show)
        self._asking.dictating.seen.connect(window.touched)
        self._asking.dictating.refused.connect(self._refuse)
        self.guide.went_on.connect(self._leave_guide)
        self.applicant.given.connect(self._then(flow.introduce))
        self.documents.went_on.connect(self._leave_papers)
        self._gathering.seen.connect(window.touched)
        self._gathering.failed.connect(self.scanner_failed)
        self._gathering.refused.connect(self._refuse)
        self.review.corrected.connect(self._then(lambda step: flow.correct(Step(step))))
        self.review.card_wanted.connect(self._then(flow.identify))
        self.review.note_wanted.connect(self._asking.dictating.play)
        self.review.went_on.connect(self._deposit)
        self.review.reading_wanted.connect(self._witnessing.begin)
        self._witnessing.moved.connect(self._show)
        self._witnessing.attested.connect(self._deposit)
        self._filing.kept.connect(self._kept)
        self._filing.refused.connect(self._refuse)
        self._delivery.held.connect(self.held)
        self._delivery.refused.connect(self._refuse)
        self._delivery.over.connect(self._start_over)
        self._recovery.changed.connect(self.held)
        self._recovery.changed.connect(self.open)
        self._recovery.refused.connect(self._refuse)
        self.trouble.went_on.connect(self._leave_trouble)
        self.welcome.follow_wanted.connect(self.receipts.open)
        self.receipts.entered.connect(self._follow)
        self.receipts.asked.connect(self.asked)
        self.receipts.refused.connect(self._refuse)
        self.receipts.read.connect(self.read)
        self.receipts.scanner_failed.connect(self.scanner_failed)
        self.receipts.follow.went_on.connect(self._start_over)
        self.receipts.follow.papers_wanted.connect(self._add_papers)
        self.receipts.follow.complaint_wanted.connect(self._complain)
        self.documents.earlier_wanted.connect(self._then(self.receipts.recall))
        self.receipts.earlier.chosen_again.connect(self._then(flow.reuse))
        self.read.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        window.back_wanted.connect(self._unless_being_kept(self._back))
        window.restart_wanted.connect(self._unless_being_kept(self._begin_again))
        window.left_alone.connect(self._start_over)
        self._tasks.crashed.connect(self.crash)

    def _answer(self, answer: str) -> None:
        self._flow.answer(answer)
        self._show()

    def _then(self, move: Callable[..., None]) -> Callable[..., None]:
        """Move the flow, then show where it led."""

        def moved(*said: object) -> None:
            move(*said)
            self._show()

        return moved

    def _unless_being_kept(self, wish: Callable[[], None]) -> Callable[[], None]:
        """Between the last touch and the ticket there is no way back: what was confirmed is filed, its paper comes."""

        def granted() -> None:
            if self._flow.step is not Step.TICKET or self._window.current is self.ticket:
                wish()

        return granted

    def _choose(self, service_id: str) -> None:
        self._filing.begin()
        self._flow.choose(self._hall.catalog[service_id])
        self._show()

    def _back(self) -> None:
        if not self._asking.back():
            self._flow.back()
            self._show()

    def _complain(self, file: Reference) -> None:
        """That file is late: the complaint says so by itself, and only waits to be confirmed."""
        service = self._hall.catalog[COMPLAINT]
        answers = service.answers_about(file)
        if answers is not None:
            self._wipe()
            self._filing.begin()
            self._flow.propose(service, answers)
            self._show()

    def _leave_guide(self) -> None:
        """An immediate service ends here with a number; the file of another begins."""
        if self._flow.draft.service.tracked:
            self._then(self._flow.prepare)()
        else:
            self._deposit()

    def _add_papers(self, found: Whereabouts) -> None:
        """What the file lacks is with its citizen."""
        self._filing.begin_adding()
        owed = tuple(each.requirement for each in found.owed)
        self._flow.add_papers(self._hall.catalog[found.service_id], found.reference, owed)
        self._show()

    def _leave_papers(self) -> None:
        """Of a new file all is looked at once more; papers for one that lies there are handed in."""
        if self._flow.draft.joins is None:
            self._flow.gather()
            self._show()
        else:
            self._deposit()

    def _at_rest(self) -> bool:
        """Whether nothing waits for a hand first: a paper on its way or not come out, a number a power cut left."""
        given = self.ticket.paper in (PaperState.OUT, PaperState.NOTED)
        return not self.trouble.unfinished and (given or self._flow.step is not Step.TICKET)

    def _hear(self, reading: Reading) -> None:
        """A card answers the screen that asks who one is; any other code opens a file. A locked counter hears none."""
        if self._window.covered:
            return
        if self._flow.step is Step.APPLICANT and is_card_number(reading.text):
            self._window.touched()
            self.applicant.show_card(reading.text)
        else:
            self.receipts.hear(reading)

    def _follow(self) -> None:
        """The same person goes on, in their language; what they said before is over."""
        self._wipe()
        self._flow.follow()
        self._window.show_screen(self.receipts.follow)

    def _show(self) -> None:
        """Put the screen of the flow's step in front, with what it is to show."""
        self._asking.dictating.hush()
        if self._flow.step is Step.WELCOME:
            self._begin_again()
        elif self._flow.step is Step.FOLLOW:
            self._window.show_screen(self.receipts.follow)
        else:
            parts = self._flow.parts
            self._window.show_screen(self._fill(self._flow.step), (parts.index(self._flow.part), len(parts)))

    def _fill(self, step: Step) -> Screen:
        flow = self._flow
        match step:
            case Step.QUESTIONS:
                return self._asking.show()
            case Step.GUIDE:
                return self._guiding.show(flow.draft)
            case Step.APPLICANT:
                self.applicant.has_reader = self._hall.reader_ready()
                self.applicant.show_applicant(flow.draft.applicant, flow.draft.service.anonymous)
                return self.applicant
            case Step.DOCUMENTS:
                self.documents.adding = flow.draft.joins is not None
                self.documents.earlier = may_reuse(flow.draft)
                self.documents.show_papers(flow.draft.requirements, flow.draft.documents, flow.draft.excuses)
                return self.documents
            case Step.EARLIER:
                return self.receipts.earlier
            case Step.DECLARATION | Step.WITNESSES:
                return self._witnessing.show(promised(flow.draft, self._hall.today()))
            case Step.REVIEW:
                promise = promised(flow.draft, self._hall.today())
                playable = self._asking.dictating.playable
                self.review.show_draft(flow.draft, promise, self._gathering.card_number, playable)
                return self.review
            case _choosing:
                return self._choosing.show(step)

    def _deposit(self, witnesses: tuple[Witness, ...] = ()) -> None:
        """`witnesses` heard all of it read aloud."""
        assistance = None if self.attended is None else replace(self.attended, witnesses=witnesses)
        if self._filing.file(replace(self._flow.draft, assistance=assistance), self._window.theme.language):
            self._flow.deposit()

    def _kept(self, prepared: Prepared, paper: Raster) -> None:
        self._delivery.begin(prepared, paper)
        self.deposited.emit(prepared)
        parts = len(self._flow.parts)
        self._window.show_screen(self.ticket, (parts, parts), watched=False)

    def _refuse(self, fault: StoreFault) -> None:
        """The disk would not keep it: nothing was promised, and the person hears so."""
        self._give_up(fault.trouble)

    def _give_up(self, trouble: StoreTrouble | None) -> None:
        """Wipe, and say so as the person reads who still stands there."""
        if self._flow.step is Step.TROUBLE:
            return  # the wiping itself failed: it is tried again at the next touch, and not for ever
        self._wipe()
        self._window.close_comfort()
        self._flow.fail()
        self.trouble.show_trouble(trouble)
        self._window.show_screen(self.trouble)

    def _leave_trouble(self) -> None:
        """What was confirmed is on the disk, whatever went wrong then: its paper is offered before all else."""
        try:
            offered = self._recovery.show()
        except StoreFault:
            offered = False  # it is the disk that went wrong
        if offered:
            self._window.show_screen(self.trouble, watched=False)
        else:
            self._begin_again()

    def _begin_again(self) -> None:
        """The same person, still there: what they said is wiped, how they read it stays until they have left."""
        self._wipe()
        self._welcome()

    def _start_over(self) -> None:
        """Whoever comes now is somebody else."""
        self._forget()
        self._welcome()

    def _welcome(self) -> None:
        self.welcome.show_welcome()
        self._window.show_screen(self.welcome, watched=False, home=True)
        self._tasks.run(self._hall.threads.printer, self._hall.ticketing.printer_state, self._notice, self._notice, ())
        self.ended.emit()

    def _notice(self, state: PrinterState) -> None:
        """Before starting, people should know that no paper will come."""
        if not state.can_print and self._flow.step is Step.WELCOME:
            self.welcome.show_welcome(state)

    def _forget(self) -> None:
        """Nothing of this person stays: not on a screen, not in memory, not among the scans; nor how they read it."""
        self._helping.over()
        self._wipe()
        self._window.reset()

    def _wipe(self) -> None:
        self._let_go()
        forget_codes()
        self._flow.start_over()
        for screen in self._screens:
            screen.clear()
        self._tasks.run(
            self._hall.threads.scanner, self._hall.scanning.sweep, lambda _none: None, self._refuse, (StoreFault,)
        )

    def _let_go(self) -> None:
        """Whatever is still running answers nobody any more."""
        for each in (self._asking, self._delivery, self._gathering, self.receipts, self._filing, self._tasks):
            each.forget()
