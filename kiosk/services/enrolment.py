"""Enrolling this kiosk: a person types the centre's code, the key is made here, the centre keeps its public half."""

from collections.abc import Callable
from enum import StrEnum, auto
from pathlib import Path

from kiosk.store.key_file import KeyFile
from kiosk.store.seal_file import SealFile
from sync.messages import CodeFault, EnrolmentCode, Refusal, SealOffer
from sync.messages import Enrolment as Asking
from sync.signing import KioskKey
from sync.transport import CentralUnreachable, HttpTransport, Refused


class EnrolmentTrouble(StrEnum):
    """Why the kiosk is not enrolled."""

    MISTYPED = auto()
    """Not ten digits, or the last two do not agree with the others: nobody was asked."""
    WRONG_CODE = auto()
    """No such code for this kiosk, or it was used, or it is too old."""
    TOO_OFTEN = auto()
    UNREACHABLE = auto()
    DISK = auto()
    """The key cannot be kept."""


class EnrolmentFault(Exception):
    """What was before is still so. `detail` is for the technician."""

    def __init__(self, trouble: EnrolmentTrouble, detail: str = "") -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
        self.detail = detail


class Enrolment:
    """Of the kiosk of that number, whose data lie in `folder`, at the centre of that address."""

    def __init__(
        self,
        centre_url: str,
        kiosk: int,
        folder: Path,
        line: Callable[[str, Callable[[], KioskKey]], HttpTransport] = HttpTransport,
    ) -> None:
        self._centre_url = centre_url
        self._line = line
        self._kiosk = kiosk
        self._keys = KeyFile(folder)
        self._seal = SealFile(folder)

    def enrol(self, typed: str) -> None:
        """Blocks while it talks. The same code may be typed again after a fault. Raises EnrolmentFault."""
        try:
            code = EnrolmentCode.parse(typed)
        except CodeFault as fault:
            raise EnrolmentFault(EnrolmentTrouble.MISTYPED, str(fault)) from None
        try:
            offer = self._ask(code)
            if not self._seal.pin(offer):
                raise EnrolmentFault(EnrolmentTrouble.UNREACHABLE, _NO_SEAL)
            self._keys.keep()
        except Refused as fault:
            raise EnrolmentFault(_TROUBLE.get(fault.refusal, EnrolmentTrouble.UNREACHABLE), str(fault)) from None
        except CentralUnreachable as fault:
            raise EnrolmentFault(EnrolmentTrouble.UNREACHABLE, str(fault)) from None
        except OSError as fault:
            raise EnrolmentFault(EnrolmentTrouble.DISK, fault.strerror or "") from None

    def _ask(self, code: EnrolmentCode) -> SealOffer:
        """With the key that waits, for an answer lost on the way does no harm; with another when that one is not taken.

        The centre may have taken it with an earlier code, and put it aside since.
        """
        waiting = self._keys.proposed()
        try:
            return self._ask_with(waiting or self._keys.propose(), code)
        except Refused as fault:
            if fault.refusal is not Refusal.CODE:
                raise
            self._keys.withdraw()
            if waiting is None:
                raise
        return self._ask(code)

    def _ask_with(self, key: KioskKey, code: EnrolmentCode) -> SealOffer:
        return self._line(self._centre_url, lambda: key).enrol(Asking(self._kiosk, code, key.public))


_NO_SEAL = "what answered is not the centre: its seal is not signed"
_TROUBLE = {Refusal.CODE: EnrolmentTrouble.WRONG_CODE, Refusal.PATIENCE: EnrolmentTrouble.TOO_OFTEN}
