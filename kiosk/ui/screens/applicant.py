"""Who asks, and how to reach them. Only a name is needed; a number of identity never is."""

import re
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from civic.dossier import Applicant, IdentityKind, is_card_number
from kiosk.ui.buttons import Button, Look
from kiosk.ui.field import ClosedField, Field
from kiosk.ui.keyboard import Layout
from kiosk.ui.language import isolate, phone, unbroken
from kiosk.ui.panel import Panel
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.screens.writing import WritingScreen
from kiosk.ui.theme import SMALL, STRONG, Ink, Type

_TUNISIAN = re.compile(r"[2-57-9]\d{7}", re.ASCII)
_ABROAD = re.compile(r"(00|\+)\d{8,15}", re.ASCII)
_EIGHT = re.compile(r"\d{8}", re.ASCII)
_BEGUN = re.compile(r"\d{0,7}|00\d{0,7}", re.ASCII)
"""A number still being typed: nothing is wrong with it yet."""
_PARTS = ("name", "phone", "identity")
_LONGEST = {"name": 80, "phone": 24, "identity": 24}
_WRITTEN = Type(40)


class ApplicantScreen(WritingScreen):
    """One part is open at a time, with the keyboard under it; the others are closed to what was written in them."""

    given = Signal(object)

    applicant = Applicant()
    anonymous = False
    has_reader = False
    """Whether the bar code of a card can be held to a code reader."""
    opened = "name"
    _was_ready = False

    def show_applicant(self, applicant: Applicant, anonymous: bool) -> None:
        """`anonymous`: this service takes a request without a name."""
        self.applicant = applicant
        self.anonymous = anonymous
        self.opened = "name"
        self.refresh()

    def show_card(self, number: str) -> None:
        """The card itself has told its number; it can still be changed, or taken away."""
        self.applicant = replace(self.applicant, identity_kind=IdentityKind.CIN, identity_number=number)
        self.opened = "identity"
        self.refresh()

    @property
    def go_label(self) -> str:
        return self._("Continue")

    @property
    def ready(self) -> bool:
        named = self.anonymous or bool(self.applicant.name.strip())
        return named and not any(self._objection(part) for part in _PARTS)

    @property
    def onward(self) -> tuple[str, ...]:
        """From the name to the phone; an identity is asked for by who wants it."""
        return ("open-phone",) if self.opened == "name" and self.applicant.name.strip() else ("go",)

    def go(self) -> None:
        said = self.applicant
        number = said.identity_number.replace(" ", "")
        kind = said.identity_kind if number else None
        self.given.emit(Applicant(said.name.strip(), said.phone.replace(" ", ""), kind, number if kind else ""))

    def clear(self) -> None:
        self.show_applicant(Applicant(), anonymous=False)

    def refresh(self) -> None:
        super().refresh()
        self._was_ready = self.ready

    def build(self, page: QVBoxLayout) -> None:
        _ = self._
        only = _("You may stay without a name.") if self.anonymous else _("Only your name is needed.")
        self.heading(page, _("Who are you?"), only)
        for part in _PARTS:
            if part == self.opened:
                page.addWidget(self._open_part(part))
            else:
                self._add_closed(page, part)
        page.addStretch(1)

    def _title(self, part: str) -> str:
        match part:
            case "name":
                return self._("Your name")
            case "phone":
                return self._("Your phone")
            case _identity:
                return self._("An identity paper")

    def _why(self, part: str) -> str:
        match part:
            case "name":
                return self._("It is written on your file.")
            case "phone":
                return self._("If you wish: so that we can call you.")
            case _identity if self.has_reader and self.applicant.identity_kind is IdentityKind.CIN:
                return self._("You may hold the bar code of your card in front of the reader instead of typing.")
            case _identity:
                return self._("If you wish: so that the agent recognises you at the window.")

    def _written(self, part: str) -> str:
        said = self.applicant
        return {"name": said.name, "phone": said.phone}.get(part, said.identity_number)

    def _open_part(self, part: str) -> Panel:
        panel = Panel(self.theme, Ink.PAPER, Ink.TEAL)
        panel.inside.addWidget(Paragraph(self._title(part), self.theme, STRONG))
        panel.inside.addWidget(Paragraph(self._why(part), self.theme, SMALL, Ink.MUTE))
        if part == "identity":
            panel.inside.addLayout(self._kinds())
        if part != "identity" or self.applicant.identity_kind is not None:
            self._add_field(panel.inside, part)
        return panel

    def _add_field(self, inside: QVBoxLayout, part: str) -> None:
        line = Field(part, self._written(part), self.theme.font(_WRITTEN), self.theme.px(100))
        line.setAccessibleName(self._title(part))
        line.setMaxLength(_LONGEST[part])
        if part != "name":
            line.hold_number(self.theme.language.right_to_left)
        inside.addWidget(line)
        wrong = Paragraph("", self.theme, SMALL, Ink.BRICK)
        advice = Paragraph("", self.theme, SMALL, Ink.MUTE)
        for remark in (wrong, advice):
            inside.addWidget(remark)

        def remark_on(text: str) -> None:
            objection = self._objection(part)
            begun = _BEGUN.fullmatch(text.replace(" ", "")) is not None
            wrong.say("" if begun else objection)
            advice.say(objection if begun else self._advice(part))
            wrong.setVisible(bool(wrong.text))
            advice.setVisible(bool(advice.text))

        def hear(text: str) -> None:
            self._keep(part, text)
            remark_on(text)

        line.textChanged.connect(hear)
        remark_on(line.text())
        self.write_into(line, self._keys(part))

    def _keys(self, part: str) -> Layout | None:
        """A passport has letters in its number; a name is written in the person's language."""
        if part == "identity" and self.applicant.identity_kind is IdentityKind.PASSPORT:
            return Layout.LATIN
        return None if part == "name" else Layout.DIGITS

    def _add_closed(self, page: QVBoxLayout, part: str) -> None:
        written = bool(self._written(part).strip())
        closed = ClosedField(f"open-{part}", self._title(part), self._seen(part), self.theme, personal=written)
        closed.clicked.connect(partial(self._open, part))
        page.addWidget(closed)
        objection = self._objection(part)
        if objection:
            page.addWidget(Paragraph(objection, self.theme, SMALL, Ink.BRICK))

    def _seen(self, part: str) -> str:
        """What stands in a closed part, or whether it need be filled."""
        written = self._written(part).strip()
        if not written:
            return self._("Needed") if part == "name" and not self.anonymous else self._("If you wish")
        match part:
            case "phone":
                return phone(written)
            case "identity":
                return f"{self._kind_names()[self.applicant.identity_kind]} {isolate(unbroken(written))}"
            case _name:
                return isolate(written)

    def _open(self, part: str) -> None:
        self.opened = part
        self.refresh()

    def _keep(self, part: str, text: str) -> None:
        match part:
            case "name":
                self.applicant = replace(self.applicant, name=text)
            case "phone":
                self.applicant = replace(self.applicant, phone=text)
            case _identity:
                self.applicant = replace(self.applicant, identity_number=text)
        if self.ready is not self._was_ready:
            self._was_ready = self.ready
            self.changed.emit()

    def _objection(self, part: str) -> str:
        """One plain sentence on what was written there, empty when it will do."""
        text = self._written(part).replace(" ", "")
        if part == "phone" and text and not (_TUNISIAN.fullmatch(text) or _ABROAD.fullmatch(text)):
            if _EIGHT.fullmatch(text):
                digit = isolate(text[0])
                return self._("No phone number here begins with {digit}: please check it.").format(digit=digit)
            return self._("A phone number here has 8 digits; one from abroad begins with 00.")
        card = part == "identity" and self.applicant.identity_kind is IdentityKind.CIN
        if card and text and not is_card_number(text):
            return self._("The number of a national identity card has 8 digits.")
        return ""

    def _advice(self, part: str) -> str:
        """What to look at again: seen on every card so far, but no rule says so, and it stops nobody."""
        card = part == "identity" and self.applicant.identity_kind is IdentityKind.CIN
        if card and self.applicant.identity_number[:1] not in ("", "0", "1"):
            return self._("Please check the first digit: it is usually 0 or 1.")
        return ""

    def _kind_names(self) -> dict[IdentityKind | None, str]:
        return {
            None: self._("None"),
            IdentityKind.CIN: self._("National card"),
            IdentityKind.PASSPORT: self._("Passport"),
            IdentityKind.FOREIGNER_CARD: self._("Foreigner's card"),
        }

    def _kinds(self) -> QGridLayout:
        kinds, across = QGridLayout(), 2 if self.theme.comfort.is_large else 4
        kinds.setSpacing(self.theme.px(13))
        for nth, (kind, words) in enumerate(self._kind_names().items()):
            look = Look.CHOSEN if kind is self.applicant.identity_kind else Look.PLAIN
            name = "identity-none" if kind is None else f"identity-{kind.value}"
            button = Button(name, words, self.theme, look, SMALL)
            button.setCheckable(True)
            button.setChecked(look is Look.CHOSEN)
            button.clicked.connect(lambda *, chosen=kind: self._choose(chosen))
            kinds.addWidget(button, nth // across, nth % across)
        return kinds

    def _choose(self, kind: IdentityKind | None) -> None:
        """Another paper has another number."""
        if kind is not self.applicant.identity_kind:
            self.applicant = replace(self.applicant, identity_kind=kind, identity_number="")
        self.refresh()
