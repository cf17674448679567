"""The papers, one after the other: put it on the glass, see the page, go on."""

from collections.abc import Mapping
from enum import Enum, auto
from types import MappingProxyType

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from civic.catalog import Requirement
from civic.dossier import Document
from civic.excuse import Excuse
from civic.remark import Remark, remark_title
from kiosk.devices.base import ScannerState
from kiosk.ui.absent_paper import AbsentPaper
from kiosk.ui.buttons import Button, Look
from kiosk.ui.faults import remark_advice, scanner_sentence
from kiosk.ui.page_picture import LampBar, PagePicture
from kiosk.ui.panel import Mark, Panel
from kiosk.ui.paper_row import PaperRow
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.screens.base import Screen
from kiosk.ui.theme import CHOICE, SMALL, STRONG, TEXT, Ink, Type


class Absence(Enum):
    """How far a person has come with a paper they do not have."""

    TOLD = auto()
    """They see what it is for and where to get it."""
    ASKED = auto()
    """They are asked why they cannot bring it."""


class DocumentsScreen(Screen):
    """One paper is open at a time; the scanner works elsewhere and answers through `show_page` or `show_fault`."""

    scan_wanted = Signal(str)
    scan_stopped = Signal()
    page_kept = Signal(str)
    """The page in doubt is to stay as it is."""
    page_removed = Signal(str)
    earlier_wanted = Signal()
    """Papers were given before, with an earlier file whose receipt is there."""
    excused = Signal(str, object)
    """That paper cannot be brought: the Excuse that says why; None when it will be."""

    requirements: tuple[Requirement, ...] = ()
    documents: Mapping[str, Document] = MappingProxyType({})
    thumbnails: Mapping[str, bytes] = MappingProxyType({})
    excuses: Mapping[str, Excuse] = MappingProxyType({})
    adding = False
    """Whether these are papers for a file that lies at the town hall already."""
    earlier = False
    """Whether some of them may have been given before, and need not be scanned again."""
    open_id = ""
    absence: Absence | None = None
    """Of the open paper; None while it is expected on the glass."""
    scanning = False
    fault: ScannerState | None = None
    remark: Remark | None = None
    sheet = 1
    share = 0.0
    doubtful: bytes = b""
    """The picture of the page that has the remark; it is not yet among the documents."""
    _lamp: LampBar | None = None

    def show_papers(
        self,
        requirements: tuple[Requirement, ...],
        documents: Mapping[str, Document],
        excuses: Mapping[str, Excuse],
    ) -> None:
        """The papers this request needs, those given so far, and those that cannot be; opens the first to give."""
        self.requirements = requirements
        self.documents, self.excuses = documents, excuses
        self.thumbnails = {name: small for name, small in self.thumbnails.items() if name in documents}
        self.scanning, self.fault, self.remark, self.absence = False, None, None, None
        self.open_id = next((each.id for each in requirements if self._is_expected(each.id)), "")
        self.refresh()

    def show_excuses(self, excuses: Mapping[str, Excuse]) -> None:
        """The person has settled what is to become of the open paper: on to the next."""
        self.excuses = excuses
        self._next()

    def show_scanning(self) -> None:
        self.scanning, self.fault, self.remark = True, None, None
        self.sheet, self.share = 1, 0.0
        self.refresh()

    def show_progress(self, sheet: int, share: float) -> None:
        """The lamp has moved; what comes late, after the page, changes nothing."""
        if not self.scanning or self._lamp is None:
            return
        self.share = share
        if sheet != self.sheet:
            self.sheet = sheet
            self.refresh()
        else:
            self._lamp.show_share(share)

    def show_page(self, documents: Mapping[str, Document], thumbnail: bytes) -> None:
        """A page came for the open paper, which stays open so that it can be seen."""
        self.documents = documents
        self.excuses = {name: excuse for name, excuse in self.excuses.items() if name not in documents}
        self.thumbnails = {**self.thumbnails, self.open_id: thumbnail}
        self.scanning, self.remark = False, None
        self.refresh()

    def show_doubt(self, documents: Mapping[str, Document], picture: bytes, remark: Remark) -> None:
        """A page came that the person should look at: scan it again, or keep it like this."""
        self.documents, self.doubtful = documents, picture
        self.scanning, self.remark = False, remark
        self.refresh()

    def show_fault(self, state: ScannerState) -> None:
        self.scanning, self.fault = False, state
        self.refresh()

    @property
    def go_label(self) -> str:
        if self.adding:
            return self._("Hand them in")
        missing = self._missing()
        return (
            self._.count("Continue without {n} paper", "Continue without {n} papers", missing)
            if missing
            else self._("Continue")
        )

    @property
    def ready(self) -> bool:
        settled = not self.scanning and self.remark is None
        return settled and (bool(self.documents) or not self.adding)

    @property
    def onward(self) -> tuple[str, ...]:
        """No paper is passed over by Enter alone."""
        return ("next-paper", "scan-again", "scan") if self.open_id else ("go",)

    def drop(self) -> None:
        super().drop()
        self._lamp = None

    def clear(self) -> None:
        self.requirements, self.documents, self.thumbnails = (), MappingProxyType({}), MappingProxyType({})
        self.excuses, self.absence, self.adding = MappingProxyType({}), None, False
        self.open_id, self.scanning, self.fault, self.remark = "", False, None, None
        self.doubtful = b""
        self.refresh()

    def build(self, page: QVBoxLayout) -> None:
        given = len(self.documents)
        ready = " " + self._.count("{n} paper is ready.", "{n} papers are ready.", given) if given else ""
        title = self._("Papers your file still lacks") if self.adding else self._("Your papers")
        self.heading(page, title, self._("Lay each paper on the scanner.") + ready)
        if self.earlier:
            before = Button("earlier", self._("I gave papers here before"), self.theme, icon="receipt")
            before.setEnabled(not self.scanning and self.remark is None)
            before.clicked.connect(self.earlier_wanted)
            page.addWidget(before)
        rows = QVBoxLayout()
        rows.setSpacing(self.theme.px(14))
        for nth, requirement in enumerate(self.requirements, start=1):
            if requirement.id == self.open_id:
                card = self._card(requirement, nth)
                rows.addWidget(card)
                self.bring_into_view(card)
            else:
                rows.addWidget(self._row(requirement, nth))
        page.addLayout(rows)
        page.addStretch(1)

    def _missing(self) -> int:
        return sum(not each.optional and each.id not in self.documents for each in self.requirements)

    def _is_expected(self, requirement_id: str) -> bool:
        return requirement_id not in self.documents and requirement_id not in self.excuses

    def _tail(self, requirement_id: str) -> str:
        """What a closed paper says of itself."""
        return self._("It cannot come") if requirement_id in self.excuses else self._pages(requirement_id)

    def _pages(self, requirement_id: str) -> str:
        document = self.documents.get(requirement_id)
        if document is None:
            return ""
        pages = self._.count("{n} page", "{n} pages", len(document.pages))
        return self._("already given") if document.given else pages

    def _row(self, requirement: Requirement, nth: int) -> PaperRow:
        given = requirement.id in self.documents
        row = PaperRow(requirement, nth, given, self._tail(requirement.id), self.theme)
        row.setEnabled(not self.scanning and self.remark is None)
        row.clicked.connect(lambda: self._open(requirement.id))
        return row

    def _open(self, requirement_id: str) -> None:
        self.open_id, self.fault, self.remark, self.absence = requirement_id, None, None, None
        self.refresh()

    def _miss(self, absence: Absence | None) -> None:
        self.absence, self.fault = absence, None
        self.refresh()

    def _card(self, requirement: Requirement, nth: int) -> Panel:
        card = Panel(self.theme, Ink.CREAM, Ink.OCHRE)
        top = self.row(apart=24)
        picture = self.doubtful if self.remark else self.thumbnails.get(requirement.id, b"")
        if picture:
            seen = PagePicture(picture, self.remark, self.theme, self._("The page as it was scanned"))
            top.addWidget(seen, 0, Qt.AlignmentFlag.AlignTop)
        else:
            top.addWidget(Mark(self.theme, str(nth), "", Ink.OCHRE), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(self.theme.px(8))
        if picture:
            words.addStretch(1)
        for text, kind, color in self._sentences(requirement):
            words.addWidget(Paragraph(text, self.theme, kind, color))
        words.addStretch(1)
        top.addLayout(words, 1)
        card.inside.addLayout(top)
        card.inside.addSpacing(self.theme.px(10))
        self._lamp = None
        if self.scanning:
            self._lamp = LampBar(self.share, self.theme, self._("How far the scanner is"))
            card.inside.addWidget(self._lamp)
            card.inside.addSpacing(self.theme.px(10))
        if self.absence is None:
            card.inside.addLayout(self._actions(requirement))
        else:
            card.inside.addWidget(self._absent(requirement))
        return card

    def _absent(self, requirement: Requirement) -> AbsentPaper:
        absent = AbsentPaper(requirement, self.absence is Absence.ASKED, self.theme, self._)
        absent.settled.connect(lambda excuse: self.excused.emit(requirement.id, excuse))
        absent.cannot.connect(lambda: self._miss(Absence.ASKED))
        absent.found.connect(lambda: self._miss(None))
        return absent

    def _sentences(self, requirement: Requirement) -> list[tuple[str, Type, Ink]]:
        name = requirement.name[self.theme.language]
        if self.remark is not None:
            return [
                (remark_title(self.remark, self._), CHOICE, Ink.BRICK),
                (name, STRONG, Ink.INK),
                (remark_advice(self.remark, self._), TEXT, Ink.INK),
            ]
        sentences = [(name, STRONG, Ink.INK)]
        if requirement.hint is not None:
            sentences.append((requirement.hint[self.theme.language], SMALL, Ink.MUTE))
        if pages := self._pages(requirement.id):
            sentences.append((pages, SMALL, Ink.OLIVE))
        if self.scanning:
            sentences.append((self._("The scanner is reading your paper. Please wait."), TEXT, Ink.DEEP))
            if self.sheet > 1:
                sentences.append((self._("Page {n}").format(n=self.sheet), SMALL, Ink.DEEP))
        if self.fault is not None:
            sentences.append((scanner_sentence(self.fault, self._), TEXT, Ink.BRICK))
        return sentences

    def _actions(self, requirement: Requirement) -> QBoxLayout:
        actions = self.row()
        if self.scanning:
            stop = Button("stop-scan", self._("Stop the scan"), self.theme)
            stop.clicked.connect(self.scan_stopped)
            actions.addWidget(stop, 1)
            return actions
        if self.remark is not None:
            again = Button("scan-again", self._("Scan again"), self.theme, Look.NOW)
            again.clicked.connect(lambda: self.scan_wanted.emit(requirement.id))
            keep = Button("keep-page", self._("Keep it like this"), self.theme)
            keep.clicked.connect(lambda: self.page_kept.emit(requirement.id))
            actions.addWidget(again, 1)
            actions.addWidget(keep, 1)
            return actions
        document = self.documents.get(requirement.id)
        given = document is not None
        if document is not None and document.given:
            self._add_given(actions, requirement)
            return actions
        scan = Button(
            "scan", self._("Add a page") if given else self._("Scan"), self.theme, Look.PLAIN if given else Look.NOW
        )
        scan.clicked.connect(lambda: self.scan_wanted.emit(requirement.id))
        actions.addWidget(scan, 1)
        if given:
            remove = Button("remove-page", self._("Remove the page"), self.theme)
            remove.clicked.connect(lambda: self.page_removed.emit(requirement.id))
            actions.addWidget(remove, 1)
            onward = Button("next-paper", self._("Next paper"), self.theme, Look.NOW)
            onward.clicked.connect(self._next)
            actions.addWidget(onward, 1)
        elif not requirement.optional:
            later = Button("skip", self._("I do not have it"), self.theme)
            later.clicked.connect(self._next if self.adding else lambda: self._miss(Absence.TOLD))
            actions.addWidget(later, 1)
        return actions

    def _add_given(self, actions: QBoxLayout, requirement: Requirement) -> None:
        """Of a paper that is used again: it may be scanned all the same."""
        remove = Button("remove-page", self._("Scan it instead"), self.theme)
        remove.clicked.connect(lambda: self.page_removed.emit(requirement.id))
        actions.addWidget(remove, 1)
        onward = Button("next-paper", self._("Next paper"), self.theme, Look.NOW)
        onward.clicked.connect(self._next)
        actions.addWidget(onward, 1)

    def _next(self) -> None:
        """Open the next paper still to give after this one; none when all was shown."""
        ids = [each.id for each in self.requirements]
        after = ids[ids.index(self.open_id) + 1 :]
        self._open(next((each for each in after if self._is_expected(each)), ""))
