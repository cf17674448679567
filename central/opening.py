"""Opening a dossier with its reference and the PIN printed beside it, for whoever has no camera for the QR."""

from collections.abc import Callable
from datetime import datetime

from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy import select

from central.attempts import forget, may_try
from central.database import Database
from central.tables import dossiers
from civic.reference import Reference, ReferenceFault
from civic.tracking import hash_pin, pin_opens

_VIEW_S = 15 * 60
_NO_SALT = "00" * 16


class TooManyTries(Exception):
    """This number was tried too often: nobody may try it for a while, whether it exists or not."""


class Opening:
    """Gives a pass that opens one dossier for a quarter of an hour; it is signed, so nothing has to be kept."""

    def __init__(self, database: Database, secret: str, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._signer = URLSafeTimedSerializer(secret, salt="view")

    def open(self, reference: str, pin: str) -> str | None:
        """A pass, or None when this number and this PIN open nothing. Raises TooManyTries."""
        try:
            wanted = str(Reference.parse(reference))
        except ReferenceFault:
            return None
        subject = f"dossier:{wanted}"
        if not may_try(self._database, subject, self._now()):
            raise TooManyTries
        row = select(dossiers.c.pin_salt, dossiers.c.pin_hash).where(
            dossiers.c.municipality == self._database.municipality, dossiers.c.reference == wanted
        )
        with self._database.reading() as connection:
            kept = connection.execute(row).one_or_none()
        if kept is None:
            hash_pin(pin, _NO_SALT)  # takes as long as for a dossier that exists
            return None
        if not pin_opens(pin, kept.pin_salt, kept.pin_hash):
            return None
        forget(self._database, subject)
        return self._signer.dumps(wanted)

    def reference_of(self, view: str) -> str | None:
        """What a pass opens; None when it is not ours or its time is over."""
        try:
            reference: str = self._signer.loads(view, max_age=_VIEW_S)
        except BadData:
            return None
        return reference
