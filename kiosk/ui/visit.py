"""One visit after another: connects what screens mean to where the flow leads and what the services do."""

from collections.abc import Callable
from concurrent.futures import Future

from PySide6.QtCore import QObject, Qt, Signal

from civic.catalog import Catalog
from civic.tracking import TrackingKey
from kiosk.devices.base import PrinterState, Raster
from kiosk.flow import Flow, Step
from kiosk.services.intake import Prepared
from kiosk.services.receipt import promised
from kiosk.store.database import StoreFault, StoreTrouble
from kiosk.ui.delivery import Delivery
from kiosk.ui.follow_up import FollowUp
from kiosk.ui.gathering import Gathering
from kiosk.ui.hall import Hall
from kiosk.ui.qr_code import forget_codes
from kiosk.ui.receipt_on_glass import ReceiptOnGlass
from kiosk.ui.recovery import Recovery
from kiosk.ui.screens.applicant import ApplicantScreen
from kiosk.ui.screens.base import Screen
from kiosk.ui.screens.choose import ChooseScreen
from kiosk.ui.screens.documents import DocumentsScreen
from kiosk.ui.screens.follow import FollowScreen
from kiosk.ui.screens.questions import QuestionsScreen
from kiosk.ui.screens.review import ReviewScreen
from kiosk.ui.screens.ticket import PaperState, TicketScreen
from kiosk.ui.screens.trouble import TroubleScreen
from kiosk.ui.screens.welcome import WelcomeScreen
from kiosk.ui.tasks import Tasks
from kiosk.ui.window import Window

COMPLAINT = "complaint"
_PARTS = (Step.CHOOSE, Step.QUESTIONS, Step.APPLICANT, Step.DOCUMENTS, Step.REVIEW)


class Visits(QObject):
    """Leads each person from the welcome to their number and back, and leaves nothing of them behind."""

    deposited = Signal(object)
    """What was confirmed is kept for good: its Prepared ticket."""
    held = Signal()
    """The printer confirmed the paper, the person noted the number, or one left by a power cut is settled."""
    ended = Signal()
    scanner_failed = Signal(object)
    """A citizen's page did not come: the ScannerState that says why."""
    read = Signal(object)
    """A Reading of the code reader, from whatever thread."""

    def __init__(self, window: Window, hall: Hall) -> None:
        super().__init__()
        self._window = window
        self._hall = hall
        self._flow = Flow()
        self._tasks = Tasks()
        self._key: Future[TrackingKey] | None = None
        look, words = window.theme, window.translator
        self.welcome = WelcomeScreen(look, words)
        self.choose = ChooseScreen(look, words)
        self.questions = QuestionsScreen(look, words)
        self.applicant = ApplicantScreen(look, words)
        self.documents = DocumentsScreen(look, words)
        self.review = ReviewScreen(look, words)
        self.ticket = TicketScreen(look, words)
        self.follow = FollowScreen(look, words)
        self.trouble = TroubleScreen(look, words)
        self._gathering = Gathering(self.documents, self._flow, hall.scanning, hall.scanner_thread, self._tasks)
        self._delivery = Delivery(self.ticket, hall.ticketing, hall.printer_thread, self._tasks)
        self._recovery = Recovery(self.trouble, hall.unfinished, hall.ticketing, hall.printer_thread, self._tasks)
        self._follow_up = FollowUp(
            window,
            self._flow,
            self.follow,
            hall.following,
            hall.line_thread,
            self._tasks,
            self._at_rest,
            hall.reader_ready,
        )
        self._glass = ReceiptOnGlass(self.follow, hall.scanning, hall.scanner_thread, self._tasks, hall.following.opens)
        for screen in self._screens:
            window.add(screen)
        self._connect()

    @property
    def _screens(self) -> tuple[Screen, ...]:
        return (
            self.welcome,
            self.choose,
            self.questions,
            self.applicant,
            self.documents,
            self.review,
            self.ticket,
            self.follow,
            self.trouble,
        )

    @property
    def catalog(self) -> Catalog:
        return self._hall.catalog

    @property
    def step(self) -> Step:
        return self._flow.step

    def open(self) -> None:
        """The kiosk has just started: finish what a power cut left, then welcome people."""
        if self._recovery.show():
            self._window.show_screen(self.trouble, watched=False)
        else:
            self._start_over()

    def close(self) -> None:
        """The kiosk is being switched off: what is running answers nobody any more."""
        self._delivery.forget()
        self._gathering.forget()
        self._glass.forget()
        self._tasks.forget()

    def crash(self) -> None:
        """Something nobody foresaw: the visit is wiped, and the person is told what to do."""
        self._give_up(None)

    def _connect(self) -> None:
        flow, window = self._flow, self._window
        self.welcome.request_wanted.connect(lambda: self._offer(tracked=True))
        self.welcome.number_wanted.connect(lambda: self._offer(tracked=False))
        self.welcome.complaint_wanted.connect(lambda: self._choose(COMPLAINT))
        self.choose.chosen.connect(self._choose)
        self.questions.answered.connect(self._then(flow.answer))
        self.applicant.given.connect(self._then(flow.introduce))
        self.documents.went_on.connect(self._then(flow.gather))
        self._gathering.seen.connect(window.touched)
        self._gathering.failed.connect(self.scanner_failed)
        self._gathering.refused.connect(self._refuse)
        self.review.corrected.connect(self._then(lambda step: flow.correct(Step(step))))
        self.review.went_on.connect(self._deposit)
        self._delivery.held.connect(self.held)
        self._delivery.refused.connect(self._refuse)
        self._delivery.over.connect(self._start_over)
        self._recovery.changed.connect(self.held)
        self._recovery.changed.connect(self.open)
        self._recovery.refused.connect(self._refuse)
        self.trouble.went_on.connect(self._start_over)
        self.welcome.follow_wanted.connect(self._follow_up.open)
        self.follow.went_on.connect(self._start_over)
        self._follow_up.entered.connect(self._follow)
        self._glass.read.connect(self.read)
        self._glass.failed.connect(self.scanner_failed)
        self.read.connect(self._follow_up.hear, Qt.ConnectionType.QueuedConnection)
        window.back_wanted.connect(self._then(flow.back))
        window.restart_wanted.connect(self._start_over)
        window.left_alone.connect(self._start_over)
        self._tasks.crashed.connect(self.crash)

    def _then(self, move: Callable[..., None]) -> Callable[..., None]:
        """Move the flow, then show where it led."""

        def moved(*said: object) -> None:
            move(*said)
            self._show()

        return moved

    def _offer(self, tracked: bool) -> None:
        services = tuple(each for each in self._hall.catalog if each.tracked is tracked and each.id != COMPLAINT)
        self.choose.show_services(services)
        self._flow.offer()
        self._show()

    def _choose(self, service_id: str) -> None:
        self._key = self._hall.store_thread.submit(self._hall.new_key)
        self._flow.choose(self._hall.catalog[service_id])
        self._show()

    def _at_rest(self) -> bool:
        """Whether nothing waits for a hand first: a paper on its way or not come out, a number a power cut left."""
        given = self.ticket.paper in (PaperState.OUT, PaperState.NOTED)
        return not self.trouble.unfinished and (given or self._flow.step is not Step.TICKET)

    def _follow(self) -> None:
        """The same person goes on, in their language; what they said before is over."""
        self._wipe()
        self._flow.follow()
        self._window.show_screen(self.follow)

    def _show(self) -> None:
        """Put the screen of the flow's step in front, with what it is to show."""
        step = self._flow.step
        if step is Step.WELCOME:
            self._start_over()
            return
        screen = self._fill(step)
        done = _PARTS.index(step) if step in _PARTS else len(_PARTS)
        self._window.show_screen(screen, (done, len(_PARTS)))

    def _fill(self, step: Step) -> Screen:
        flow = self._flow
        match step:
            case Step.QUESTIONS:
                self.questions.show_question(flow.question, flow.draft.answers.get(flow.question.id, ""))
                return self.questions
            case Step.APPLICANT:
                self.applicant.show_applicant(flow.draft.applicant, flow.draft.service.anonymous)
                return self.applicant
            case Step.DOCUMENTS:
                self.documents.show_papers(flow.draft.requirements, flow.draft.documents)
                return self.documents
            case Step.REVIEW:
                tracked = flow.draft.service.tracked
                promise = promised(flow.draft, self._hall.today()) if tracked else None
                self.review.show_draft(flow.draft, promise)
                return self.review
            case _other:
                return self.choose

    def _deposit(self) -> None:
        """The last touch: keep it, and only then print."""
        key, draft, language = self._key, self._flow.draft, self._window.theme.language
        if key is None:
            return  # touched twice: what was confirmed once is filed once
        self._key = None
        self._flow.deposit()

        def keep() -> tuple[Prepared, Raster]:
            """Drawn while nothing else moves: the thread of the screen has nothing to do before it is told."""
            prepared = self._hall.intake.deposit(draft, language, key.result())
            return prepared, self._hall.ticketing.draw(prepared.receipt, copy=False)

        def kept(filed: tuple[Prepared, Raster]) -> None:
            self._delivery.begin(*filed)
            self.deposited.emit(filed[0])
            self._window.show_screen(self.ticket, (len(_PARTS), len(_PARTS)), watched=False)

        self._hall.printer_thread.submit(self._hall.ticketing.printer_state)  # it answers while the disk writes
        self._tasks.run(
            self._hall.store_thread,
            keep,
            kept,
            self._refuse,
            (StoreFault,),
        )

    def _refuse(self, fault: StoreFault) -> None:
        """The disk would not keep it: nothing was promised, and the person hears so."""
        self._give_up(fault.trouble)

    def _give_up(self, trouble: StoreTrouble | None) -> None:
        """Wipe, and say so in the language of the person who still stands there."""
        if self._flow.step is Step.TROUBLE:
            return  # the wiping itself failed: it is tried again at the next touch, and not for ever
        language = self._window.theme.language
        self._forget()
        self._flow.fail()
        self._window.speak(language)
        self.trouble.show_trouble(trouble)
        self._window.show_screen(self.trouble)

    def _start_over(self) -> None:
        self._forget()
        self.welcome.show_welcome()
        self._window.show_screen(self.welcome, watched=False)
        self._tasks.run(self._hall.printer_thread, self._hall.ticketing.printer_state, self._notice, self._notice, ())
        self.ended.emit()

    def _notice(self, state: PrinterState) -> None:
        """Before starting, people should know that no paper will come."""
        if not state.can_print and self._flow.step is Step.WELCOME:
            self.welcome.show_welcome(state)

    def _forget(self) -> None:
        """Nothing of this person stays: not on a screen, not in memory, not among the scans; nor their language."""
        self._wipe()
        self._window.reset()

    def _wipe(self) -> None:
        self._delivery.forget()
        self._gathering.forget()
        self._follow_up.forget()
        self._glass.forget()
        self._tasks.forget()
        self._key = None
        forget_codes()
        self._flow.start_over()
        for screen in self._screens:
            screen.clear()
        self._tasks.run(
            self._hall.scanner_thread, self._hall.scanning.sweep, lambda _none: None, self._refuse, (StoreFault,)
        )
