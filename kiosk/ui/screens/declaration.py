"""All that will be filed, in numbered sentences, for an agent to read to a person who cannot read or sign."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from civic.dossier import Draft
from kiosk.services.receipt import Promised
from kiosk.ui.buttons import Button
from kiosk.ui.declaration_words import declaration
from kiosk.ui.paragraph import Paragraph
from kiosk.ui.screens.base import Screen
from kiosk.ui.theme import STRONG, TEXT


class DeclarationScreen(Screen):
    """Its sentences are meant to be heard: the loudspeaker, where there is one, says them too."""

    voice_wanted = Signal()

    between = 16
    draft: Draft | None = None
    promised: Promised | None = None
    has_voice = False
    """Whether this kiosk has a loudspeaker that could read them."""

    def show_draft(self, draft: Draft, promised: Promised, *, has_voice: bool) -> None:
        self.draft, self.promised, self.has_voice = draft, promised, has_voice
        self.refresh()

    @property
    def go_label(self) -> str:
        return self._("All of it was read")

    def clear(self) -> None:
        self.draft = self.promised = None
        self.refresh()

    def build(self, page: QVBoxLayout) -> None:
        if self.draft is None or self.promised is None:
            return
        _ = self._
        self.heading(page, _("Read aloud before a witness"), _("Read each sentence slowly, and ask after each."))
        if self.has_voice:
            on = self.theme.comfort.voice
            words = _("Stop reading aloud") if on else _("Let the loudspeaker read it")
            listen = Button("read-by-voice", words, self.theme, icon="sound")
            listen.clicked.connect(self.voice_wanted)
            page.addWidget(listen)
        for nth, sentence in enumerate(declaration(self.draft, self.promised, _), start=1):
            page.addWidget(Paragraph(f"{nth}.  {sentence}", self.theme, TEXT))
        page.addWidget(Paragraph(_("Do you agree to all of this?"), self.theme, STRONG))
        page.addStretch(1)
