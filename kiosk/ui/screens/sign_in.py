"""The door of a counter: an agent's name and password, before anybody is served and whenever a page was covered."""

from enum import Enum, auto

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from kiosk.services.agents import SignInTrouble
from kiosk.ui.field import Field
from kiosk.ui.language import isolate
from kiosk.ui.panel import Panel
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.screens.writing import WritingScreen
from kiosk.ui.theme import STRONG, TEXT, Ink, Type

_WRITTEN = Type(40)
_LONGEST = {"agent": 60, "password": 200}


class Door(Enum):
    """Why it is closed."""

    NOBODY = auto()
    """Nobody is signed in."""
    COVERED = auto()
    """Somebody is being served behind it; nothing of theirs is lost."""


class SignInScreen(WritingScreen):
    """What was typed is kept no longer than it takes to ask."""

    entered = Signal(str, str)
    """A name and a password."""

    can_go_back = False
    aloud = False
    door = Door.NOBODY
    agent = ""
    password = ""
    trouble: SignInTrouble | None = None
    asking = False

    def close_door(self, door: Door) -> None:
        """The name of who was here last stays: it is theirs to type the password again."""
        self.door, self.password, self.trouble, self.asking = door, "", None, False
        self.refresh()

    def show_asking(self) -> None:
        self.asking, self.trouble = True, None
        self.refresh()

    def show_trouble(self, trouble: SignInTrouble) -> None:
        self.asking, self.trouble, self.password = False, trouble, ""
        self.refresh()

    @property
    def go_label(self) -> str:
        return self._("Sign in") if self.door is Door.NOBODY else self._("Go on")

    @property
    def ready(self) -> bool:
        return bool(self.agent.strip() and self.password) and not self.asking

    @property
    def onward(self) -> tuple[str, ...]:
        if not self.agent.strip():
            return ("agent",)
        return ("go",) if self.password else ("password",)

    def go(self) -> None:
        self.entered.emit(self.agent, self.password)

    def clear(self) -> None:
        self.agent = ""
        self.close_door(Door.NOBODY)

    def build(self, page: QVBoxLayout) -> None:
        _ = self._
        page.addStretch(1)
        if self.door is Door.NOBODY:
            self.heading(page, _("Sign in to your counter"), _("With the name and password of your desk."))
        else:
            self.heading(page, _("The counter is locked"), self._behind())
        panel = Panel(self.theme, Ink.PAPER, Ink.TEAL)
        for name, title, written in (("agent", _("Name"), self.agent), ("password", _("Password"), self.password)):
            panel.inside.addWidget(Paragraph(title, self.theme, STRONG))
            panel.inside.addWidget(self._field(name, title, written))
        page.addWidget(panel)
        if self.asking:
            page.addWidget(Paragraph(_("One moment…"), self.theme, TEXT, Ink.MUTE))
        elif self.trouble is not None:
            page.addWidget(Paragraph(self._trouble_words(self.trouble), self.theme, STRONG, Ink.BRICK))
        page.addStretch(2)

    def _behind(self) -> str:
        lost = self._("Nothing that was typed is lost.")
        return lost + " " + self._("{agent}, or a colleague, goes on with it.").format(agent=isolate(self.agent))

    def _trouble_words(self, trouble: SignInTrouble) -> str:
        _ = self._
        if trouble is SignInTrouble.WRONG:
            return _("Name or password is wrong. After five wrong tries, wait a quarter of an hour.")
        return _(
            "The centre does not answer. Without it, only who signed in at this counter in the last 7 days can go on."
        )

    def _field(self, name: str, title: str, written: str) -> Field:
        line = Field(name, written, self.theme.font(_WRITTEN), self.theme.px(100))
        line.setAccessibleName(title)
        line.setMaxLength(_LONGEST[name])
        line.setEnabled(not self.asking)
        if name == "password":
            line.setEchoMode(QLineEdit.EchoMode.Password)
            line.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoPredictiveText)
        line.textChanged.connect(lambda text: self._keep(name, text))
        if name == ("password" if self.agent.strip() else "agent"):
            self.write_into(line)
        return line

    def _keep(self, name: str, text: str) -> None:
        before = self.ready
        if name == "agent":
            self.agent = text
        else:
            self.password = text
        if self.ready is not before:
            self.changed.emit()
