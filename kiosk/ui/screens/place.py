"""Where is it? One touches the map, or chooses the neighbourhood from the list, or writes it: each alone is enough."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from civic.catalog import Question
from civic.search import begins, words_of
from civic.spot import Spot
from civic.town import Point, Town, TownMap
from kiosk.ui.answer_words import spot_words
from kiosk.ui.buttons import Button, Look
from kiosk.ui.field import ClosedField, Field
from kiosk.ui.language import isolate
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.screens.writing import WritingScreen
from kiosk.ui.theme import GAP, SMALL, TEXT, TITLE, Ink, Type
from kiosk.ui.town_map import TownMapView

_WRITTEN = Type(40)
_LONGEST = 80


class PlaceScreen(WritingScreen):
    """The map with what is marked; or the list, over it. A neighbourhood goes on at once, as every choice does."""

    answered = Signal(str)

    question: Question | None = None
    spot = Spot()
    listing = False
    typed = ""
    _found: QGridLayout | None = None
    _rows: dict[str, Button]
    _as_written: Button | None = None

    def show_question(self, question: Question, answer: str) -> None:
        """A question of kind place, and where was said so far."""
        self.question = question
        self.spot = Spot.parse(answer)
        self.listing = self._map is None
        self.typed = self.spot.words
        self.refresh()

    def turn_back(self) -> bool:
        """Whether the list was open, and there was a map to go back to."""
        if not self.listing or self._map is None:
            return False
        self.listing = False
        self.refresh()
        return True

    def clear(self) -> None:
        self.question, self.spot, self.listing, self.typed = None, Spot(), False, ""
        self.refresh()

    def drop(self) -> None:
        super().drop()
        self._found, self._as_written, self._rows = None, None, {}

    @property
    def go_label(self) -> str:
        return self._("Continue") if self.spot or not self._optional else self._("Continue without a place")

    @property
    def ready(self) -> bool:
        return self._optional or bool(self.spot)

    def go(self) -> None:
        self.answered.emit(str(self.spot))

    def build(self, page: QVBoxLayout) -> None:
        if self.question is None or self._town is None:
            return
        if self.listing:
            self._build_list(page, self._town)
        elif self._map is not None:
            self._build_map(page, self.question, self._map, self._town)
        page.addStretch(1)

    @property
    def _optional(self) -> bool:
        return self.question is not None and self.question.optional

    @property
    def _town(self) -> Town | None:
        return None if self.question is None else self.question.town

    @property
    def _map(self) -> TownMap | None:
        return None if self._town is None else self._town.map

    # the map

    def _build_map(self, page: QVBoxLayout, question: Question, drawn: TownMap, town: Town) -> None:
        """A screen that lies has what was said beside the map, one that stands below it."""
        _ = self._
        how = _("Touch the place on the map, or choose the neighbourhood.")
        self.heading(page, question.text[self.theme.language], how)
        seen = TownMapView(drawn, self.spot.point, self.theme, _)
        said = Paragraph(self._said(town), self.theme, TEXT, Ink.DEEP, personal=bool(self.spot.words))
        away = Button("unpin", _("Take the mark away"), self.theme, kind=SMALL)
        away.setVisible(self.spot.point is not None)
        away.clicked.connect(self._unpin)

        def pinned(point: Point) -> None:
            self.spot = replace(self.spot, point=point)
            self.changed.emit()
            said.say(self._said(town))
            seen.setAccessibleDescription(said.text)
            away.show()

        seen.setAccessibleDescription(said.text)
        seen.pinned.connect(pinned)
        beside = self.theme.wide and not self.theme.comfort.is_large
        whole = QBoxLayout(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        whole.setSpacing(self.theme.px(GAP if beside else self.between))
        whole.addWidget(seen)
        words = QVBoxLayout()
        words.setSpacing(self.theme.px(self.between))
        words.addWidget(said)
        line = QVBoxLayout() if beside else self.row()
        line.addWidget(self._chooser(town), 2)
        line.addWidget(away, 1)
        words.addLayout(line)
        if beside:
            zoom = self.row()
            for button in seen.buttons:
                zoom.addWidget(button)
            words.addLayout(zoom)
        words.addWidget(Paragraph(self._notes(drawn), self.theme, SMALL, Ink.MUTE))
        words.addStretch(1)
        whole.addLayout(words, 1)
        page.addLayout(whole)

    def _chooser(self, town: Town) -> ClosedField:
        name = self.spot.named(town)
        written = self.spot.words if name is None else name[self.theme.language]
        shown = isolate(written) if written else self._("Choose or write")
        own = bool(self.spot.words)
        choose = ClosedField("open-neighbourhoods", self._("Neighbourhood"), shown, self.theme, personal=own)
        choose.clicked.connect(self._open_list)
        return choose

    def _said(self, town: Town) -> str:
        return spot_words(self.spot, town, self._) or self._("Nothing is marked yet.")

    def _notes(self, drawn: TownMap) -> str:
        """How far the drawing can be trusted, and whose it is."""
        rough = self._("A simplified drawing: the place you touch is right roughly.") if drawn.schematic else ""
        return " ".join(part for part in (rough, drawn.credit[self.theme.language]) if part)

    def _unpin(self) -> None:
        self.spot = replace(self.spot, point=None)
        self.refresh()

    def _open_list(self) -> None:
        self.listing = True
        self.refresh()
        self.start_at_top()

    # the list

    def _build_list(self, page: QVBoxLayout, town: Town) -> None:
        _ = self._
        page.addWidget(Paragraph(_("Which neighbourhood?"), self.theme, TITLE))
        field = Field("place-words", self.typed, self.theme.font(_WRITTEN), self.theme.beside(100))
        field.setAccessibleName(_("Which neighbourhood?"))
        field.setPlaceholderText(_("Its first letters, or where it is in your own words"))
        field.setMaxLength(_LONGEST)
        field.textChanged.connect(self._search)
        page.addWidget(field)
        named = sorted(town.neighbourhoods.items(), key=lambda each: words_of(each[1][self.theme.language]))
        self._rows = {each: self._row(each, name[self.theme.language]) for each, name in named}
        holder = QWidget()
        self._found = QGridLayout(holder)
        self._found.setContentsMargins(0, 0, 0, 0)
        self._found.setSpacing(self.theme.px(16))
        for row in self._rows.values():
            row.setParent(holder)
        page.addWidget(holder)
        self._as_written = Button("as-written", "", self.theme)
        self._as_written.personal = True
        self._as_written.clicked.connect(
            lambda: self._end(replace(self.spot, neighbourhood="", words=self.typed.strip()))
        )
        page.addWidget(self._as_written)
        self._search(self.typed)
        self.write_into(field)

    def _row(self, neighbourhood: str, name: str) -> Button:
        look = Look.CHOSEN if neighbourhood == self.spot.neighbourhood else Look.PLAIN
        row = Button(f"place-{neighbourhood}", name, self.theme, look)
        row.clicked.connect(partial(self._choose, neighbourhood))
        return row

    def _search(self, typed: str) -> None:
        """What begins so, closed up; nothing else on the page moves."""
        self.typed = typed
        town, columns = self._town, 1 if self.theme.comfort.is_large else 2
        if self._found is None or self._as_written is None or town is None:
            return
        place = 0
        for neighbourhood, row in self._rows.items():
            self._found.removeWidget(row)
            name = town.neighbourhoods[neighbourhood]
            found = begins(typed, f"{name.ar} {name.fr} {name.en}")
            row.setVisible(found)
            if found:
                self._found.addWidget(row, place // columns, place % columns)
                place += 1
        self._as_written.say(self._("Somewhere else: {words}").format(words=isolate(typed.strip())))
        self._as_written.setVisible(bool(typed.strip()))

    def _choose(self, neighbourhood: str) -> None:
        self._end(replace(self.spot, neighbourhood=neighbourhood, words=""))

    def _end(self, spot: Spot) -> None:
        self.spot, self.listing = spot, False
        self.answered.emit(str(spot))
