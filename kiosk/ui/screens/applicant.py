"""Who asks, and how to reach them. Only a name is needed; a number of identity never is."""

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from civic.dossier import Applicant, IdentityKind
from civic.language import Language
from kiosk.ui.buttons import Button, Look
from kiosk.ui.field import Field
from kiosk.ui.keyboard import Keyboard
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.screens.base import Screen
from kiosk.ui.theme import SMALL, STRONG, Ink, Type

_TUNISIAN = re.compile(r"[2-57-9][0-9]{7}")
_ABROAD = re.compile(r"(00|\+)[0-9]{8,15}")
_CIN = re.compile(r"[0-9]{8}")
_FIELDS = ("name", "phone", "identity")


class ApplicantScreen(Screen):
    """One field at a time is open; the keyboard below types into it."""

    given = Signal(object)

    anonymous = False
    kind: IdentityKind | None = None
    opened = "name"

    def show_applicant(self, applicant: Applicant, anonymous: bool) -> None:
        """`anonymous`: this service takes a request without a name."""
        self.said = {"name": applicant.name, "phone": applicant.phone, "identity": applicant.identity_number}
        self.kind = applicant.identity_kind
        self.anonymous = anonymous
        self.opened = "name"
        self.refresh()

    @property
    def go_label(self) -> str:
        return self._("Continue")

    @property
    def ready(self) -> bool:
        named = self.anonymous or bool(self.said["name"].strip())
        return named and not any(self._objection(field) for field in _FIELDS)

    def go(self) -> None:
        number = self.said["identity"].replace(" ", "") if self.kind is not None else ""
        self.given.emit(Applicant(self.said["name"].strip(), self.said["phone"].replace(" ", ""), self.kind, number))

    def clear(self) -> None:
        self.show_applicant(Applicant(), anonymous=False)

    said = dict.fromkeys(_FIELDS, "")

    def build(self, page: QVBoxLayout) -> None:
        _ = self._
        self._objections: dict[str, Paragraph] = {}
        keyboard = Keyboard(self.theme)
        only = _("You may stay without a name.") if self.anonymous else _("Only your name is needed.")
        self.heading(page, _("Who are you?"), only)
        self._field(page, keyboard, "name", _("Your name"), "")
        self._field(page, keyboard, "phone", _("Your phone"), _("If you wish: so that we can call you."))
        page.addWidget(Paragraph(_("An identity paper, if you wish"), self.theme, SMALL, Ink.MUTE))
        page.addLayout(self._kinds())
        if self.kind is not None:
            self._field(page, keyboard, "identity", _("Its number"), "")
        page.addStretch(1)
        page.addWidget(keyboard)

    def _field(self, page: QVBoxLayout, keyboard: Keyboard, field: str, title: str, why: str) -> None:
        page.addWidget(Paragraph(title, self.theme, STRONG))
        if why:
            page.addWidget(Paragraph(why, self.theme, SMALL, Ink.MUTE))
        line = Field(field, self.said[field], self.theme.font(Type(38)), self.theme.px(96))
        line.setAccessibleName(title)
        line.textChanged.connect(lambda text: self._hear(field, text))
        line.entered.connect(lambda: self._open(keyboard, line, field))
        page.addWidget(line)
        objection = Paragraph(self._objection(field), self.theme, SMALL, Ink.BRICK)
        objection.setVisible(bool(objection.text))
        self._objections[field] = objection
        page.addWidget(objection)
        if field == self.opened:
            self._open(keyboard, line, field)
            line.setFocus()

    def _open(self, keyboard: Keyboard, line: QLineEdit, field: str) -> None:
        self.opened = field
        keyboard.type_into(line)
        digits = field == "phone" or self.kind is IdentityKind.CIN
        if field != "name":
            keyboard.show_layout("digits" if digits else "fr")
        else:
            keyboard.show_layout("ar" if self.theme.language is Language.ARABIC else "fr")

    def _hear(self, field: str, text: str) -> None:
        self.said = {**self.said, field: text}
        objection = self._objections[field]
        objection.say(self._objection(field))
        objection.setVisible(bool(objection.text))
        self.changed.emit()

    def _objection(self, field: str) -> str:
        """One plain sentence on what was written there, empty when it will do."""
        text = self.said[field].replace(" ", "")
        if field == "phone" and text and not (_TUNISIAN.fullmatch(text) or _ABROAD.fullmatch(text)):
            return self._("A phone number here has 8 digits; one from abroad begins with 00.")
        wrong = self.kind is IdentityKind.CIN and bool(text) and (not _CIN.fullmatch(text) or text == "0" * 8)
        if field == "identity" and wrong:
            return self._("The number of a national identity card has 8 digits.")
        return ""

    def _kinds(self) -> QHBoxLayout:
        names = {
            None: self._("None"),
            IdentityKind.CIN: self._("National card"),
            IdentityKind.PASSPORT: self._("Passport"),
            IdentityKind.FOREIGNER_CARD: self._("Foreigner's card"),
        }
        line = QHBoxLayout()
        line.setSpacing(self.theme.px(14))
        for kind, words in names.items():
            look = Look.CHOSEN if kind is self.kind else Look.PLAIN
            name = "identity-none" if kind is None else f"identity-{kind.value}"
            button = Button(name, words, self.theme, look, SMALL)
            button.clicked.connect(lambda *, chosen=kind: self._choose(chosen))
            line.addWidget(button)
        return line

    def _choose(self, kind: IdentityKind | None) -> None:
        self.kind = kind
        self.opened = "identity" if kind is not None else "name"
        self.refresh()
