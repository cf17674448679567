"""One question a screen, asked only because the answer changes something."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from civic.catalog import Option, Question, QuestionKind
from kiosk.ui.buttons import Card, Look
from kiosk.ui.field import Words
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.screens.writing import WritingScreen
from kiosk.ui.theme import GAP, STRONG, TEXT, TITLE, Ink

_TILES_FROM = 8
"""From this many options on, they stand in two columns."""


class QuestionsScreen(WritingScreen):
    """Shows one question. Touching an answer goes on at once; the button goes on with what is there already."""

    answered = Signal(str)

    question: Question | None = None
    answer = ""

    def show_question(self, question: Question, answer: str) -> None:
        self.question = question
        self.answer = answer
        self.refresh()

    @property
    def go_label(self) -> str:
        written = self.question is not None and self.question.kind is QuestionKind.TEXT
        return self._("Continue") if written or self.ready else ""

    @property
    def ready(self) -> bool:
        if self.question is None:
            return False
        if self.question.kind is QuestionKind.TEXT:
            return self.question.optional or bool(self.answer.strip())
        chosen = self._chosen
        return chosen is not None and chosen.stop is None

    def go(self) -> None:
        self.answered.emit(self.answer.strip())

    def clear(self) -> None:
        self.question = None
        self.answer = ""
        self.refresh()

    def build(self, page: QVBoxLayout) -> None:
        if self.question is None:
            return
        page.addWidget(Paragraph(self.question.text[self.theme.language], self.theme, TITLE))
        if self.question.kind is QuestionKind.TEXT:
            self._build_words(page)
        else:
            self._build_options(page, self.question.options)

    @property
    def _chosen(self) -> Option | None:
        options = () if self.question is None else self.question.options
        return next((option for option in options if option.id == self.answer), None)

    def _build_options(self, page: QVBoxLayout, options: tuple[Option, ...]) -> None:
        columns = 2 if len(options) >= _TILES_FROM and not self.theme.comfort.is_large else 1
        grid = QGridLayout()
        grid.setSpacing(self.theme.px(GAP if columns == 1 else 18))
        for position, option in enumerate(options):
            look = Look.CHOSEN if option.id == self.answer else Look.PLAIN
            words = option.text[self.theme.language]
            card = Card(f"option-{option.id}", "", words, "", self.theme, look, STRONG)
            card.setCheckable(True)
            card.setChecked(look is Look.CHOSEN)
            card.clicked.connect(lambda *, chosen=option.id: self._choose(chosen))
            grid.addWidget(card, position // columns, position % columns)
        page.addLayout(grid)
        chosen = self._chosen
        if chosen is not None and chosen.stop is not None:
            page.addWidget(Paragraph(chosen.stop[self.theme.language], self.theme, STRONG, Ink.BRICK))
        page.addStretch(1)

    def _choose(self, option_id: str) -> None:
        self.answer = option_id
        chosen = self._chosen
        if chosen is not None and chosen.stop is None:
            self.answered.emit(option_id)
        else:
            self.refresh()

    def _build_words(self, page: QVBoxLayout) -> None:
        if self.question is not None and self.question.optional:
            page.addWidget(Paragraph(self._("You may leave this empty."), self.theme, TEXT, Ink.MUTE))
        words = Words(self.answer, self.theme)
        words.setAccessibleName(self.question.text[self.theme.language] if self.question else "")
        words.textChanged.connect(lambda: self._written(words.toPlainText()))
        page.addWidget(words)
        page.addStretch(1)
        self.write_into(words)

    def _written(self, text: str) -> None:
        self.answer = text
        self.changed.emit()
