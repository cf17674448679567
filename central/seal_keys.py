"""The town's seal keys: kiosks seal to the newest, every one of them opens, and the town's own key vouches for them."""

import re
from pathlib import Path

from central.own_file import make_folder, make_once
from central.settings import CentreFault
from sync.messages import SealFault, SealOffer, offer_statement
from sync.sealing import SealKey, sealed_to
from sync.signing import KioskKey

_NAME = re.compile(r"([1-9][0-9]*)\.pem")


class UnknownSeal(SealFault):
    """This is sealed to a key the centre does not have."""

    def __init__(self, key_id: str) -> None:
        super().__init__(f"this is sealed to key {key_id[:16]}, which the centre does not have: put its file back")


class SealKeys:
    """A folder only the centre's user reads: `1.pem`, `2.pem` … and `town.pem`. The highest number is the newest.

    A key put there, or made by another process, is found when it is needed. Raises CentreFault when the folder cannot
    be used.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._keys: dict[str, SealKey] = {}
        try:
            make_folder(folder)
            self._town = KioskKey.from_pem(make_once(folder / "town.pem", lambda: KioskKey.make().to_pem()))
            if not self.numbers():
                self._make(1)
        except (OSError, ValueError) as fault:
            why = fault.strerror if isinstance(fault, OSError) else "town.pem is no key"
            raise CentreFault(f"The seal keys in {folder} cannot be used: {why}.") from None
        self._read()

    def numbers(self) -> dict[int, SealKey]:
        """Every key there is, oldest first. Raises CentreFault for a file that is none."""
        found = {int(name[1]): path for path in self._folder.iterdir() if (name := _NAME.fullmatch(path.name))}
        try:
            return {number: SealKey.from_pem(found[number].read_bytes()) for number in sorted(found)}
        except ValueError:
            raise CentreFault(f"A file in {self._folder} is no seal key: put it back from the backup.") from None

    def offer(self) -> SealOffer:
        """What kiosks seal to from now on, signed by the town."""
        number, key = list(self.numbers().items())[-1]
        public = key.seal.public
        return SealOffer(self._town.public, number, public, self.vouch(offer_statement(number, public)))

    def vouch(self, statement: bytes) -> bytes:
        """The town's signature, which its kiosks believe."""
        return self._town.sign(statement)

    def renew(self) -> int:
        """Make the next key; the older ones go on opening what was sealed to them. Its number. Raises CentreFault."""
        number = max(self.numbers()) + 1
        try:
            self._make(number)
        except OSError as fault:
            raise CentreFault(f"No seal key can be made in {self._folder}: {fault.strerror}.") from None
        return number

    def open(self, sealed: bytes, purpose: bytes) -> bytes:
        """What a kiosk sealed to any of them. Raises SealFault, and UnknownSeal when the key is not here."""
        wanted = sealed_to(sealed)
        if wanted is None:
            raise SealFault("this cannot be opened: it is not sealed")
        if wanted not in self._keys:
            self._read()
        if wanted not in self._keys:
            raise UnknownSeal(wanted)
        return self._keys[wanted].open(sealed, purpose)

    def _read(self) -> None:
        self._keys = {key.seal.id: key for key in self.numbers().values()}

    def _make(self, number: int) -> None:
        make_once(self._folder / f"{number}.pem", lambda: SealKey.make().to_pem())
