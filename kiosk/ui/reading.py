"""The order in which a screen is read: title, sentences, then each choice with its place among the others.

It is taken from the very widgets a person sees, by their accessible names: nothing is said that is not shown.
"""

import re
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QWidget

from kiosk.ui.buttons import Touchable
from kiosk.ui.field import ClosedField
from kiosk.ui.finger_scroll import TurnButton
from kiosk.ui.keyboard import Key
from kiosk.ui.language import Translator
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.town_map import TownMapView

_COUNTED = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Told:
    """One thing on the screen. `personal`: what of it only the person may hear, in a headset."""

    widget: QWidget
    words: str
    personal: str = ""
    name: str = ""
    """By which it is found again on a page that was drawn again."""
    state: tuple[bool, bool] = (False, True)
    """Whether it is chosen, and whether it can be touched."""

    @property
    def key(self) -> str:
        """The same while it says the same: a sentence that only counts on is not told again at every second.

        Of what can be touched or not, only the way on is news: while a page is scanned, everything else rests too.
        """
        chosen, possible = self.state
        state = f"{chosen}{possible or self.name != 'go'}"
        return f"{type(self.widget).__name__}|{_COUNTED.sub('', self.words)}|{self.personal}|{state}"

    @property
    def is_field(self) -> bool:
        return isinstance(self.widget, QLineEdit | QPlainTextEdit)

    @property
    def is_choice(self) -> bool:
        return isinstance(self.widget, Touchable) and not isinstance(self.widget, Key)


def read(part: QWidget) -> list[Told]:
    """Everything to be told of a part of the window, line by line in the direction people read.

    The keys of a keyboard are told one by one to whoever comes to them. What turns a page is nothing to an ear, nor is
    a map: a pin put on it blindly would be false, and its neighbourhoods stand beside it in words.
    """
    found = [told for each in part.findChildren(QWidget) if (told := _told(each)) is not None]
    return in_lines([told for told in found if not isinstance(told.widget, Key | TurnButton | TownMapView)])


def read_keys(part: QWidget) -> list[Told]:
    """The keys of its keyboard, if it has one."""
    found = [told for each in part.findChildren(Key) if (told := _told(each)) is not None]
    return in_lines(found)


def in_lines(found: list[Told]) -> list[Told]:
    """In lines from the top, each from the reading side."""
    if not found:
        return []
    window = found[0].widget.window()
    boxes = {id(told): _box(told.widget, window) for told in found}
    side = -1 if window.layoutDirection() is Qt.LayoutDirection.RightToLeft else 1
    lines: list[list[Told]] = []
    for told in sorted(found, key=lambda each: boxes[id(each)].top()):
        box = boxes[id(told)]
        if lines and box.center().y() < boxes[id(lines[-1][0])].bottom():
            lines[-1].append(told)
        else:
            lines.append([told])
    return [told for line in lines for told in sorted(line, key=lambda one: side * boxes[id(one)].center().x())]


def said(told: Told, among: list[Told], _: Translator, *, private: bool) -> str:
    """As it is said aloud: what it is, how it stands, and which of how many choices."""
    parts = [told.words]
    if told.personal:
        parts.append(told.personal if private else _("It is written on the screen only."))
    if told.is_field and told.words:
        parts.append(_("Choose it to write."))
    chosen, possible = told.state
    parts += [_("Chosen")] * chosen + [_("Not possible yet")] * (not possible)
    choices = [each.widget for each in among if each.is_choice]
    if told.widget in choices and len(choices) > 1:
        parts.append(_("{n} of {total}").format(n=choices.index(told.widget) + 1, total=len(choices)))
    return "\n".join(part for part in parts if part.strip())


def _told(widget: QWidget) -> Told | None:
    name, more = widget.accessibleName(), widget.accessibleDescription()
    if not name or not widget.isVisible():
        return None
    chosen = isinstance(widget, QAbstractButton) and widget.isChecked()
    words, personal = _shared(widget, name, more)
    return Told(widget, words, personal, widget.objectName() or name, (chosen, widget.isEnabled()))


def _shared(widget: QWidget, name: str, more: str) -> tuple[str, str]:
    """What anybody may hear of it, and what only the person may."""
    match widget:
        case Key() if len(name) == 1:
            return "", name
        case ClosedField() if widget.personal:
            return name, more
        case Touchable() if widget.personal:
            return "", name
        case QLineEdit():
            return name, widget.text()
        case QPlainTextEdit():
            return name, widget.toPlainText()
        case Paragraph() if widget.personal:
            return "", name
        case _shown:
            return (f"{name}\n{more}" if more else name), ""


def _box(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
