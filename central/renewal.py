"""Taking up other cards while the centre runs: every process of it looks whenever something has changed."""

import logging
from collections.abc import Callable

from central.editions import Editions, InForce
from central.settings import CentreFault

_log = logging.getLogger(__name__)


class Renewal:
    """`furnish` is told which edition holds from now on, after the one of that `number`."""

    def __init__(self, editions: Editions, number: int, furnish: Callable[[InForce], object]) -> None:
        self._editions = editions
        self._number = number
        self._furnish = furnish

    def look(self) -> None:
        """What this program cannot read is told once, and the cards it has go on holding."""
        number = self._editions.number()
        if number == self._number:
            return
        self._number = number
        try:
            self._furnish(self._editions.in_force())
        except CentreFault as fault:
            _log.error("the cards of edition %d are not taken up: update this centre. %s", number, fault)
