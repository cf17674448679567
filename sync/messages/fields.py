"""What stands in a message, read strictly: anything else raises ValueError, TypeError, KeyError or OverflowError."""

from datetime import UTC, datetime
from typing import Any

from civic.language import Wording

_LONGEST_IDENTIFIER = 200


class MessageFault(ValueError):
    """These bytes are not a message of this protocol."""


def text(value: Any) -> str:
    """A text every database can keep: no NUL, no half of a surrogate pair."""
    if not isinstance(value, str):
        raise TypeError
    if "\0" in value:
        raise ValueError
    value.encode()
    return value


def identifier(value: Any) -> str:
    """A short text that something is known by: an index of a database holds no long ones."""
    if not 0 < len(text(value)) <= _LONGEST_IDENTIFIER:
        raise ValueError
    return str(value)


def items(value: Any) -> list[Any]:
    """A list, and not a text: its letters must never pass for its items."""
    if not isinstance(value, list):
        raise TypeError
    return value


def sequence(value: Any) -> int:
    """As `Event.to_json` writes it: ten digits, 0000000001 or more."""
    number = int(text(value))
    if number < 1 or value != f"{number:010}" or len(value) != 10:
        raise ValueError
    return number


def moment(value: Any) -> datetime:
    """An aware moment that exists in UTC: the year 1 east of Greenwich does not, and overflows."""
    read = datetime.fromisoformat(value)
    if read.tzinfo is None:
        raise ValueError
    return read.astimezone(UTC)


def hexadecimal(value: Any) -> str:
    """Bytes in small hexadecimal digits, nothing between them."""
    digits = text(value)
    if digits != bytes.fromhex(digits).hex():
        raise ValueError
    return digits


def sha256(value: Any) -> str:
    digits = hexadecimal(value)
    if len(digits) != 64:
        raise ValueError
    return digits


def wording(value: Any) -> Wording:
    return Wording(text(value["ar"]), text(value["fr"]), text(value["en"]))


def count(value: Any) -> int:
    """How many of something: 0 or more, within reason. True is no number."""
    if type(value) is not int:
        raise TypeError
    if not 0 <= value < 2**31:  # what every database can count to
        raise ValueError
    return value
