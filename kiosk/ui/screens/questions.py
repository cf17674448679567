"""One question a screen, asked only because the answer changes something."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout

from civic.catalog import Option, Question, QuestionKind
from civic.reference import Reference, ReferenceFault
from kiosk.ui.answer_words import file_words
from kiosk.ui.buttons import Card, Look, Touchable
from kiosk.ui.field import Field, Words
from kiosk.ui.keyboard import Layout
from kiosk.ui.language import Translator
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.screens.writing import WritingScreen
from kiosk.ui.theme import DIGITS, GAP, SMALL, STRONG, TEXT, TITLE, Ink, Theme
from kiosk.ui.tile import Tile, columns, pictured

_COLUMNS_FROM = 8
"""From this many options on, those without pictures stand in two columns."""
_MOST_TILES = 7
"""Pictures on one page; the next page is one more."""
_REFERENCE_DIGITS = 12
_BESIDE = 230
"""How wide the microphone beside a field is, in design pixels."""


class QuestionsScreen(WritingScreen):
    """Shows one question. Touching an answer goes on at once; the button goes on with what is there already."""

    answered = Signal(str)
    speaking_wanted = Signal()
    """The person would rather say it."""

    question: Question | None = None
    answer = ""
    page = 0
    """Which of its pages, when its pictures fill several."""
    can_speak = False
    """Whether there is a microphone."""
    microphone_failed = False

    def __init__(self, theme: Theme, _: Translator) -> None:
        super().__init__(theme, _)
        self._was_ready = False

    def show_question(self, question: Question, answer: str) -> None:
        self.question = question
        self.answer = answer
        chosen = [nth for nth, page in enumerate(self._pages) if self._chosen in page]
        self.page = chosen[0] if chosen else 0
        self.refresh()

    def turn_back(self) -> bool:
        """Whether there was a page before this one."""
        if self.page == 0:
            return False
        self._turn(0)
        return True

    @property
    def go_label(self) -> str:
        written = self.question is not None and self.question.kind is not QuestionKind.CHOICE
        return self._("Continue") if written or self.ready else ""

    @property
    def ready(self) -> bool:
        if self.question is None:
            return False
        if self.question.kind is QuestionKind.FILE and self.answer:
            return self._reference is not None
        if self.question.kind is not QuestionKind.CHOICE:
            return self.question.optional or bool(self.answer.strip())
        chosen = self._chosen
        return chosen is not None and chosen.stop is None

    def go(self) -> None:
        reference = self._reference if self.question and self.question.kind is QuestionKind.FILE else None
        self.answered.emit(self.answer.strip() if reference is None else str(reference))

    def clear(self) -> None:
        self.question = None
        self.answer = ""
        self.page = 0
        self.refresh()

    def refresh(self) -> None:
        super().refresh()
        self._was_ready = self.ready

    def build(self, page: QVBoxLayout) -> None:
        if self.question is None:
            return
        page.addWidget(Paragraph(self.question.text[self.theme.language], self.theme, TITLE))
        match self.question.kind:
            case QuestionKind.CHOICE:
                self._build_options(page, self.question.options)
            case QuestionKind.FILE:
                self._build_file(page, self.question)
            case _written:
                self._build_words(page, self.question)

    @property
    def _chosen(self) -> Option | None:
        return None if self.question is None else self.question.chosen(self.answer)

    @property
    def _reference(self) -> Reference | None:
        try:
            return Reference.parse(self.answer)
        except ReferenceFault:
            return None

    @property
    def _pages(self) -> list[tuple[Option, ...]]:
        """Those with pictures, as evenly as they can on pages of seven; others on one, however many."""
        options = () if self.question is None else self.question.options
        drawn = bool(options) and bool(options[0].icon)
        pages = -(-len(options) // _MOST_TILES) if drawn else 1
        each = -(-len(options) // pages)
        return [options[first : first + each] for first in range(0, len(options), each or 1)]

    def _build_options(self, page: QVBoxLayout, options: tuple[Option, ...]) -> None:
        drawn = bool(options[0].icon)
        across = columns(self.theme) if drawn or len(options) >= _COLUMNS_FROM else 1
        grid = QGridLayout()
        grid.setSpacing(self.theme.px(GAP if across == 1 else 18))
        touched = [self._option(option) for option in self._pages[self.page]]
        if len(self._pages) > 1:
            more = pictured("more-options", "more", self._("Other subjects"), self.theme)
            more.clicked.connect(lambda: self._turn((self.page + 1) % len(self._pages)))
            touched.append(more)
        for position, each in enumerate(touched):
            grid.addWidget(each, position // across, position % across)
        for column in range(across):
            grid.setColumnStretch(column, 1)
        page.addLayout(grid)
        chosen = self._chosen
        if chosen is not None and chosen.stop is not None:
            page.addWidget(Paragraph(chosen.stop[self.theme.language], self.theme, STRONG, Ink.BRICK))
        page.addStretch(1)

    def _option(self, option: Option) -> Touchable:
        look = Look.CHOSEN if option.id == self.answer else Look.PLAIN
        name, words = f"option-{option.id}", option.text[self.theme.language]
        drawn: Touchable = Card(name, "", words, "", self.theme, look, STRONG)
        if option.icon:
            drawn = pictured(name, option.icon, words, self.theme, look)
        drawn.setCheckable(True)
        drawn.setChecked(look is Look.CHOSEN)
        drawn.clicked.connect(lambda: self._choose(option.id))
        return drawn

    def _turn(self, page: int) -> None:
        self.page = page
        self.refresh()
        self.start_at_top()

    def _choose(self, option_id: str) -> None:
        self.answer = option_id
        chosen = self._chosen
        if chosen is not None and chosen.stop is None:
            self.answered.emit(option_id)
        else:
            self.refresh()

    def _build_file(self, page: QVBoxLayout, question: Question) -> None:
        """Twelve digits, checked as they are typed."""
        how = self._("Its number stands on your receipt.")
        more = " " + self._("You may leave this empty.") if question.optional else ""
        page.addWidget(Paragraph(how + more, self.theme, TEXT, Ink.MUTE))
        line = Field("file", file_words(self._digits(self.answer)), self.theme.font(DIGITS), self.theme.px(110))
        line.setAccessibleName(question.text[self.theme.language])
        line.setPlaceholderText("00-000-00000-00")
        line.hold_number(self.theme.language.right_to_left)
        page.addWidget(line)
        wrong = Paragraph("", self.theme, SMALL, Ink.BRICK)
        wrong.hide()
        page.addWidget(wrong)

        def hear(text: str) -> None:
            digits = self._digits(text)
            self.answer = digits
            shown = file_words(digits)
            if text != shown:
                line.setText(shown)
                return
            full = len(digits) == _REFERENCE_DIGITS and self._reference is None
            wrong.say(self._("One digit is wrong: compare with your receipt.") if full else "")
            wrong.setVisible(full)
            if self.ready is not self._was_ready:
                self._was_ready = self.ready
                self.changed.emit()

        line.textChanged.connect(hear)
        page.addStretch(1)
        self.write_into(line, Layout.DIGITS)

    def _digits(self, text: str) -> str:
        return "".join(each for each in text if each in "0123456789")[:_REFERENCE_DIGITS]

    def _build_words(self, page: QVBoxLayout, question: Question) -> None:
        if question.optional:
            page.addWidget(Paragraph(self._("You may leave this empty."), self.theme, TEXT, Ink.MUTE))
        words = Words(self.answer, self.theme)
        words.setAccessibleName(question.text[self.theme.language])
        words.textChanged.connect(lambda: self._written(words.toPlainText()))
        if self.microphone_failed:
            sentence = self._("The microphone does not answer just now. Please write.")
            page.addWidget(Paragraph(sentence, self.theme, TEXT, Ink.BRICK))
        beside = self.theme.wide
        whole = QBoxLayout(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        whole.setSpacing(self.theme.px(self.between))
        if self.can_speak and not self.microphone_failed:
            whole.addWidget(self._microphone(beside))
        whole.addWidget(words, 1)
        page.addLayout(whole)
        page.addStretch(1)
        self.write_into(words)

    def _microphone(self, beside: bool) -> Touchable:
        """For who would rather say it, or does not write."""
        title, more = self._("I speak"), self._("Touch, then speak. There is nothing to write.")
        drawn: Touchable
        if beside:
            drawn = Tile("speak", "microphone", title, "", self.theme, Look.GO)
            drawn.setFixedWidth(self.theme.beside(_BESIDE))
        else:
            drawn = Card("speak", "microphone", title, "" if self.theme.comfort.is_large else more, self.theme, Look.GO)
        drawn.clicked.connect(self.speaking_wanted)
        return drawn

    def _written(self, text: str) -> None:
        self.answer = text
        self.changed.emit()
