"""Everything that will be filed, on one page, before it is."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from civic.catalog import Requirement
from civic.dossier import Applicant, Draft
from civic.voice_note import VoiceNote
from kiosk.services.receipt import Promised
from kiosk.ui.answer_words import answer_words
from kiosk.ui.buttons import Button
from kiosk.ui.language import isolate, phone, unbroken
from kiosk.ui.panel import Panel
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.promise_panel import PromisePanel
from kiosk.ui.screens.base import Screen
from kiosk.ui.theme import SMALL, STRONG, TEXT, Ink


@dataclass(frozen=True, slots=True)
class _Line:
    """What a thing is, and what was said of it; `personal`: that is for the person's ears alone."""

    title: str
    text: str
    personal: bool = False
    note: VoiceNote | None = None


class ReviewScreen(Screen):
    """Shows a draft and what it would be promised; every part leads back to its screen."""

    corrected = Signal(str)
    """The step to go back to: questions, applicant or documents."""
    reading_wanted = Signal()
    """It is to be read aloud before a witness."""
    note_wanted = Signal(object)
    """The person wants to hear the VoiceNote they spoke."""
    card_wanted = Signal(str)
    """The number of the national card seen on a paper is to stand on the file."""

    draft: Draft | None = None
    promised: Promised | None = None
    card_number = ""
    playable: frozenset[VoiceNote] = frozenset()

    def show_draft(
        self, draft: Draft, promised: Promised, card_number: str = "", playable: frozenset[VoiceNote] = frozenset()
    ) -> None:
        """`card_number`: seen on one of the papers, and offered, never put there by itself.

        `playable`: what was spoken and can be heard again.
        """
        self.draft = draft
        self.playable = playable
        self.promised = promised
        self.card_number = "" if draft.applicant.identity_number else card_number
        self.refresh()

    @property
    def go_label(self) -> str:
        return self._("I confirm")

    def clear(self) -> None:
        self.draft = None
        self.promised = None
        self.card_number = ""
        self.playable = frozenset()
        self.refresh()

    def build(self, page: QVBoxLayout) -> None:
        if self.draft is None:
            return
        self.heading(page, self.draft.service.name[self.theme.language], self._("Look at it once more."))
        self._build_dossier(page, self.draft)
        page.addStretch(1)

    def _build_dossier(self, page: QVBoxLayout, draft: Draft) -> None:
        """First what it leads to, seen without turning the page; then what was said."""
        if self.promised is not None:
            page.addWidget(PromisePanel(self.promised, self.theme, self._))
        if self.theme.at_counter:
            page.addWidget(self._reading())
        excused = draft.excused
        to_bring = tuple(each for each in draft.missing if each.id not in excused)
        if to_bring:
            self._build_list(page, self._("Still to bring, exactly this"), to_bring)
        if excused:
            title = self._("You cannot bring these: an agent will look for another way with you")
            self._build_list(page, title, tuple(each for each in draft.missing if each.id in excused))
        if draft.answers:
            self._block(page, self._said(draft), "questions")
        who = draft.applicant
        name = isolate(who.name) if who.name else self._("No name given")
        parts = [name, phone(who.phone) if who.phone else "", isolate(who.identity_number)]
        shown = " · ".join(part for part in parts if part.strip("\u2068\u2069"))
        self._block(page, [_Line(self._("You"), shown, personal=who != Applicant())], "applicant")
        if self.card_number:
            self._offer_card(page, self.card_number)
        if draft.requirements:
            self._block(page, [_Line(self._("Your papers"), self._papers(draft))], "documents")

    def _papers(self, draft: Draft) -> str:
        """How many pages were scanned, and how many papers need not be."""
        scanned = [document for document in draft.documents.values() if document.given is None]
        pages, again = sum(len(each.pages) for each in scanned), len(draft.documents) - len(scanned)
        given = self._.count("{n} page scanned", "{n} pages scanned", pages) if pages else self._("No page scanned")
        if not again:
            return given
        return given + " · " + self._.count("{n} paper already given", "{n} papers already given", again)

    def _reading(self) -> Panel:
        """For who cannot read or sign, with the agent before them."""
        panel = Panel(self.theme)
        line = self.row()
        words = QVBoxLayout()
        words.addWidget(Paragraph(self._("Does the citizen not read, or not sign?"), self.theme, SMALL, Ink.MUTE))
        why = self._("Then all of it is read to them, before a witness who can sign.")
        words.addWidget(Paragraph(why, self.theme, SMALL))
        line.addLayout(words, 1)
        read = Button("read-before-witness", self._("Read aloud before a witness"), self.theme, kind=SMALL)
        read.clicked.connect(self.reading_wanted)
        line.addWidget(read, 0, Qt.AlignmentFlag.AlignVCenter)
        panel.inside.addLayout(line)
        return panel

    def _offer_card(self, page: QVBoxLayout, number: str) -> None:
        panel = Panel(self.theme)
        line = QHBoxLayout()
        words = QVBoxLayout()
        why = self._("If you wish, it goes on your file, so that the agent recognises you at the window.")
        words.addWidget(Paragraph(self._("Is this your national card?"), self.theme, SMALL, Ink.MUTE))
        words.addWidget(Paragraph(isolate(unbroken(number)), self.theme, STRONG, personal=True))
        words.addWidget(Paragraph(why, self.theme, SMALL, Ink.MUTE))
        line.addLayout(words, 1)
        add = Button("add-card", self._("Add it"), self.theme, kind=SMALL)
        add.clicked.connect(lambda: self.card_wanted.emit(number))
        line.addWidget(add, 0, Qt.AlignmentFlag.AlignVCenter)
        panel.inside.addLayout(line)
        page.addWidget(panel)

    def _said(self, draft: Draft) -> list[_Line]:
        """Each question with its answer: “yes” alone says nothing."""
        language = self.theme.language
        said = []
        for question in draft.service.questions_for(draft.answers):
            answer = draft.answers.get(question.id, "")
            words, note = answer_words(question, answer, self._), VoiceNote.find(answer)
            if words:
                written = not question.options and note is None
                said.append(_Line(question.text[language], words, personal=written, note=note))
        return said

    def _block(self, page: QVBoxLayout, told: list[_Line], step: str) -> None:
        panel = Panel(self.theme)
        line = self.row()
        words = QVBoxLayout()
        for each in told:
            words.addWidget(Paragraph(each.title, self.theme, SMALL, Ink.MUTE))
            words.addWidget(Paragraph(each.text, self.theme, TEXT, personal=each.personal))
            if each.note in self.playable:
                hear = Button("hear-note", self._("I hear it again"), self.theme, kind=SMALL, icon="sound")
                hear.clicked.connect(partial(self.note_wanted.emit, each.note))
                words.addWidget(hear, 0, Qt.AlignmentFlag.AlignLeft)
        line.addLayout(words, 1)
        change = Button(f"change-{step}", self._("Change"), self.theme, kind=SMALL)
        change.clicked.connect(lambda: self.corrected.emit(step))
        line.addWidget(change, 0, Qt.AlignmentFlag.AlignVCenter)
        panel.inside.addLayout(line)
        page.addWidget(panel)

    def _build_list(self, page: QVBoxLayout, title: str, papers: tuple[Requirement, ...]) -> None:
        panel = Panel(self.theme, Ink.CREAM, Ink.OCHRE)
        panel.inside.addWidget(Paragraph(title, self.theme, STRONG))
        for paper in papers:
            copies = self._.count("{n} copy", "{n} copies", paper.copies) if paper.copies > 1 else ""
            name = paper.name[self.theme.language]
            panel.inside.addWidget(Paragraph(f"•  {name}" + (f" ({copies})" if copies else ""), self.theme, SMALL))
        page.addWidget(panel)
