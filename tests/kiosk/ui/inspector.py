"""Who measures what a person would see of each screen: nothing cut, nothing over the other, nothing left in English."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.pofile import read_po
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QScrollArea, QScrollBar, QWidget

from civic.language import Language
from kiosk.app import Kiosk
from kiosk.ui.buttons import Touchable
from kiosk.ui.comfort import AS_FOUND, Comfort, TextSize
from kiosk.ui.keyboard import Key
from kiosk.ui.language import TRANSLATIONS
from kiosk.ui.paragraph import Lines, Paragraph
from kiosk.ui.player import run_for
from tests.kiosk.ui.key_user import hindrances

TOUCH, APART = 64, 12
"""Of what is touched, in design pixels: 20 mm and 4 mm on the 27-inch screen the sizes are made for."""
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_LATIN = re.compile(r"[A-Za-zÀ-ÿ]{4,}")
Shape = tuple[int, int]
"""A screen's width and height in pixels."""
Wear = tuple[Shape, Comfort]
_OWN_NAMES = ("Français", "English", "العربية")


def english_only(language: Language) -> frozenset[str]:
    """The sentences that language says otherwise."""
    path = Path(TRANSLATIONS) / language.value / "LC_MESSAGES" / "citizen.po"
    with path.open(encoding="utf-8") as po:
        return frozenset(
            each.id for each in read_po(po) if isinstance(each.id, str) and each.id and each.id != each.string
        )


class Inspector:
    """Looks at each screen in every language and in all of `wears`; at its other states in the hardest, the first."""

    def __init__(self, kiosk: Kiosk, wears: Sequence[Wear]) -> None:
        self._window = kiosk.window
        self._shape = (kiosk.window.width(), kiosk.window.height())
        self._wears = wears
        self._known: set[type] = set()
        self._english = {each: english_only(each) for each in (Language.ARABIC, Language.FRENCH)}
        self.looks = 0
        self.faults: list[str] = []

    @property
    def screens(self) -> int:
        """How many screens were looked at in all their wears."""
        return len(self._known)

    def look(self, state: str) -> None:
        self._window.setUpdatesEnabled(False)  # it is measured, nobody sees it
        screen = type(self._window.current)
        wears = self._wears[:1] if screen in self._known else self._wears
        self._known.add(screen)
        for shape, comfort in wears:
            self._shown_on(shape)
            for language in Language:
                self._window.touched()  # whoever looks is there, however long it takes
                self._window.suit(language, comfort)
                run_for(1)
                where = f"{state} {language.value} {shape} {_said(comfort)}"
                self._inspect(where)
                if comfort.size is TextSize.LARGER:
                    self.faults += [f"{where}: {each}" for each in hindrances(self._window)]
        self._shown_on(self._shape)
        self._window.suit(Language.ARABIC, AS_FOUND)
        self._window.setUpdatesEnabled(True)
        run_for(1)

    def _shown_on(self, shape: Shape) -> None:
        if shape != (self._window.width(), self._window.height()):
            self._window.turn(*shape)

    def glance(self, state: str, language: Language) -> None:
        run_for(30)
        self._inspect(f"{state} {language.value} as found")

    def _inspect(self, where: str) -> None:
        self.looks += 1
        if any(self._faults()):
            run_for(30)  # a page that drew itself again just now is not laid out yet
            self.faults += [f"{where}: {fault}" for fault in self._faults()]

    def _faults(self) -> Iterator[str]:
        parts = self._window.parts
        for part in parts:
            seen = [each for each in (part, *part.findChildren(QWidget)) if each.isVisible()]
            yield from self._cut(seen)
            yield from self._outside(seen)
            yield from _over_each_other(seen)
            yield from self._left_in_english(seen)
        touched = [each for part in parts for each in part.findChildren(Touchable) if each.isVisible()]
        yield from self._hard_to_touch(touched)

    def _cut(self, seen: list[QWidget]) -> Iterator[str]:
        for each in seen:
            if isinstance(each, Paragraph):
                texts: tuple[Lines, ...] = (each.lines(each.width()),)
            elif isinstance(each, Touchable):
                texts = _texts_of(each)
                if not isinstance(each, Key) and each.heightForWidth(each.width()) > each.height() + 1:
                    yield f"“{each.words}” is higher than its button"
            else:
                continue
            if any(text.width > text.room + 1 for text in texts):
                yield f"“{_words(each)}” is wider than its place"
            if sum(text.height for text in texts) > each.height() + 2 and len(texts) < 2:
                yield f"“{_words(each)}” is higher than its place"

    def _outside(self, seen: list[QWidget]) -> Iterator[str]:
        for each in seen:
            parent = each.parentWidget()
            if parent is None or isinstance(parent, QScrollArea) or isinstance(each, QScrollBar):
                continue
            room, place = parent.rect(), each.geometry()
            page = isinstance(parent.parentWidget(), QScrollArea)
            if place.left() < -1 or place.right() > room.right() + 1:
                yield f"{_name(each)} stands out at the side by {place.right() - room.right()}"
            if not page and (place.top() < -1 or place.bottom() > room.bottom() + 1):
                yield f"{_name(each)} stands out above or below by {place.bottom() - room.bottom()}"

    def _left_in_english(self, seen: list[QWidget]) -> Iterator[str]:
        language = self._window.theme.language
        for each in seen:
            words = _words(each)
            if words in _OWN_NAMES or isinstance(each, Key) or language not in self._english:
                continue
            if words in self._english[language]:
                yield f"“{words}” is not translated"
            if language is Language.ARABIC and _LATIN.search(words) and not _ARABIC.search(words):
                yield f"“{words}” is not in Arabic"

    def _hard_to_touch(self, touched: list[Touchable]) -> Iterator[str]:
        px = self._window.theme.px
        boxes = [(each, QRect(each.mapTo(self._window, QPoint(0, 0)), each.size())) for each in touched]
        for nth, (each, box) in enumerate(boxes):
            if box.width() < px(TOUCH) or box.height() < px(TOUCH):
                yield f"“{each.words}” is too small to touch: {box.width()}×{box.height()}"
            for other, beside in boxes[nth + 1 :]:
                if each.parentWidget() is other.parentWidget() and _apart(box, beside) < px(APART):
                    yield f"“{each.words}” and “{other.words}” are too close: {_apart(box, beside)}"


def _texts_of(button: Touchable) -> tuple[Lines, ...]:
    """Its words, broken as it paints them."""
    for name in ("_texts", "_lines", "_name"):
        broken = getattr(button, name, None)
        if callable(broken):
            found = broken(button.width())
            return tuple(each for each in (found if isinstance(found, tuple) else (found,)) if isinstance(each, Lines))
    return ()


def _over_each_other(seen: list[QWidget]) -> Iterator[str]:
    families: dict[QWidget, list[QWidget]] = {}
    for each in seen:
        parent = each.parentWidget()
        if parent is not None and not isinstance(parent, QScrollArea) and each in seen[1:]:
            families.setdefault(parent, []).append(each)
    for family in families.values():
        for nth, each in enumerate(family):
            for other in family[nth + 1 :]:
                shared = each.geometry().intersected(other.geometry())
                if shared.width() > 1 and shared.height() > 1:
                    yield f"{_name(each)} lies over {_name(other)}"


def _apart(one: QRect, other: QRect) -> int:
    across = max(other.left() - one.right(), one.left() - other.right()) - 1
    down = max(other.top() - one.bottom(), one.top() - other.bottom()) - 1
    return max(across, down)


def _words(widget: QWidget) -> str:
    return widget.text if isinstance(widget, Paragraph) else widget.words if isinstance(widget, Touchable) else ""


def _name(widget: QWidget) -> str:
    return f"{type(widget).__name__} “{_words(widget) or widget.objectName()}”"


def _said(comfort: Comfort) -> str:
    return f"{comfort.size.value} %" + (" low" if comfort.low else "")
