"""Making a kiosk one of the town's: a code for a person to type, used once, and the key that came with it."""

import hmac
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update

from central.attempts import forget, may_try
from central.changes import note_change
from central.database import Database, insert_once
from central.kiosks import HALL
from central.settings import CentreFault
from central.tables import codes, keys, kiosks
from sync.messages import Enrolment, EnrolmentCode, Refusal
from sync.signing import key_id

LASTS = timedelta(hours=24)
_HIGHEST_NUMBER = 999


class NotEnrolled(Exception):
    """Nothing was changed; `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


class Enrolments:
    """`secret` keeps what is stored of a code from being one."""

    def __init__(self, database: Database, secret: str) -> None:
        self._database = database
        self._secret = secret.encode()

    def invite(self, number: int, site: str | None, now: datetime) -> EnrolmentCode:
        """A fresh code for the kiosk of that number; the one made before is none any more. Raises CentreFault.

        What speaks for that number today goes on until the code is used. Without a `site` it stays where it is.
        """
        if not 0 <= number <= _HIGHEST_NUMBER:
            raise CentreFault("A kiosk's number is at most three digits, such as 014.")
        code = EnrolmentCode.draw()
        town = self._database.municipality
        with self._database.writing() as connection:
            where = select(kiosks.c.site).where(kiosks.c.municipality == town, kiosks.c.number == number)
            site = site or connection.execute(where).scalar() or HALL
            connection.execute(delete(codes).where(codes.c.municipality == town, codes.c.kiosk == number))
            connection.execute(
                insert(codes).values(
                    municipality=town,
                    kiosk=number,
                    code_hash=self._hash(number, code),
                    site=site,
                    expires_at=now + LASTS,
                )
            )
        return code

    def enrol(self, asked: Enrolment, now: datetime) -> None:
        """From now on the kiosk is known by that key, and by no other. Raises NotEnrolled.

        The same key may use its code again: its first answer may have been lost.
        """
        subject = f"enrolment:{asked.kiosk:03}"
        if not may_try(self._database, subject, now):
            raise NotEnrolled(Refusal.PATIENCE)
        town, wanted = self._database.municipality, key_id(asked.public)
        mine = (codes.c.municipality == town) & (codes.c.kiosk == asked.kiosk)
        with self._database.writing() as connection:
            note_change(connection, town)
            kept = connection.execute(select(codes).where(mine)).one_or_none()
            if kept is None or not hmac.compare_digest(kept.code_hash, self._hash(asked.kiosk, asked.code)):
                raise NotEnrolled(Refusal.CODE)
            if now > kept.expires_at or kept.key_id not in (None, wanted):
                raise NotEnrolled(Refusal.CODE)
            row = {"municipality": town, "id": wanted, "kiosk": asked.kiosk}
            fresh = insert_once(connection, keys, **row, public=asked.public.hex(), enrolled_at=now)
            if fresh:
                connection.execute(update(codes).where(mine).values(key_id=wanted))
                place = {"site": kept.site, "key_id": wanted, "enrolled_at": now}
                if not insert_once(connection, kiosks, municipality=town, number=asked.kiosk, **place):
                    number = (kiosks.c.municipality == town) & (kiosks.c.number == asked.kiosk)
                    connection.execute(update(kiosks).where(number).values(place))
            elif kept.key_id is None:
                raise NotEnrolled(Refusal.CODE)  # a key of before, revoked or replaced: it does not come back
        forget(self._database, subject)

    def _hash(self, number: int, code: EnrolmentCode) -> str:
        return hmac.digest(self._secret, f"enrolment {number:03} {code.digits}".encode(), "sha256").hex()
