"""The kiosk's own lock, for what it must be able to read again: what a paper says that is not out yet."""

import base64
import logging
from pathlib import Path

from kiosk.store.own_file import places, write_own
from sync.messages import SealFault
from sync.sealing import SealKey

_log = logging.getLogger(__name__)
_PURPOSE = b"citizen-space paper to print 1"


class PaperKey:
    """`paper.key` in the kiosk's folder, made when it is first needed."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "paper.key"

    def lock(self, words: str) -> str:
        """Raises OSError."""
        key = self._find()
        if key is None:
            key = SealKey.make()
            write_own(self._path, key.to_pem())
        return base64.b64encode(key.seal.seal(words.encode(), _PURPOSE)).decode()

    def unlock(self, locked: str) -> str | None:
        """None when the key is gone: then the number alone can be printed again. Raises OSError."""
        key = self._find()
        try:
            return None if key is None else key.open(base64.b64decode(locked), _PURPOSE).decode()
        except SealFault:
            return None

    def _find(self) -> SealKey | None:
        for path in places(self._path):
            try:
                return SealKey.from_pem(path.read_bytes())
            except FileNotFoundError:
                continue
            except ValueError:
                _log.warning("%s is no key: what it locked cannot be printed again", path.name)
        return None
