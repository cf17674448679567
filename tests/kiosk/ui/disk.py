"""The disk under a kiosk's store, for a test to wear out."""

from threading import current_thread
from typing import Any

from sqlalchemy import event

from kiosk.app import Kiosk


class Disk:
    """Once it is `worn`, the thread of that name can write nothing to it: others may still be at their first look."""

    def __init__(self, kiosk: Kiosk, thread: str) -> None:
        self.worn = False
        self._thread = thread
        event.listen(kiosk.store.engine, "checkout", self._turn)

    def _turn(self, connection: Any, _record: Any, _proxy: Any) -> None:
        theirs = current_thread().name.startswith(self._thread)
        connection.execute(f"PRAGMA query_only = {int(self.worn and theirs)}")
