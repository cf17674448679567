"""A request that an agent took in at a counter: by whom, where, and who heard it read aloud.

Of somebody who cannot read or sign, what they declare is read to them before a witness who can sign and shows an
identity card, and that is recorded (Ministry of the Interior, on legalised signatures; some towns ask for two).
"""

from dataclasses import dataclass

HIGHEST_COUNTER = 99


@dataclass(frozen=True, slots=True)
class Witness:
    """`card`: the number of the national card they showed."""

    name: str
    card: str


@dataclass(frozen=True, slots=True)
class Assistance:
    """`agent` as the desk knows them. `witnesses` heard all of it read aloud and the citizen agree.

    Without witnesses it was not read aloud.
    """

    agent: str
    counter: int
    witnesses: tuple[Witness, ...] = ()
