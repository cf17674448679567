"""What a kiosk remarked of a scanned page, and how the page's own file carries it to whoever judges the paper."""

import struct
from collections.abc import Iterator
from enum import StrEnum

from civic.language import Say

HEAD_BYTES = 512
"""So much of a page's file holds its remark: a kiosk writes it ahead of all that belongs to the picture, within 50."""

_START = b"\xff\xd8"
_SEGMENT = struct.Struct(">BBH")
_LEAD, _COMMENT = 0xFF, 0xFE
_LENGTH_BYTES = 2


class Remark(StrEnum):
    """One word for what is wrong; sides are those of the page as it is shown."""

    BLANK = "blank"
    TOO_DARK = "too-dark"
    BLURRED = "blurred"
    CUT_TOP = "cut-top"
    CUT_RIGHT = "cut-right"
    CUT_BOTTOM = "cut-bottom"
    CUT_LEFT = "cut-left"

    @property
    def comment(self) -> str:
        """As it is written into the page's file, a JPEG, as its comment."""
        return f"remark: {self}"


def remark_title(remark: Remark, _: Say) -> str:
    """What its person is told, and the agent after them: both can speak of the same thing."""
    return {
        Remark.BLANK: _("This page is empty"),
        Remark.TOO_DARK: _("This page is too dark"),
        Remark.BLURRED: _("This page is blurred"),
        Remark.CUT_TOP: _("The top of the page is cut"),
        Remark.CUT_RIGHT: _("The right side of the page is cut"),
        Remark.CUT_BOTTOM: _("The bottom of the page is cut"),
        Remark.CUT_LEFT: _("The left side of the page is cut"),
    }[remark]


_SAID = {remark.comment.encode(): remark for remark in Remark}


def read_remark(file: bytes) -> Remark | None:
    """The remark in a page's file, of which its first `HEAD_BYTES` are looked at.

    A page comes from outside: what is not exactly as a kiosk writes it is no remark, and never a fault.
    """
    segments = _segments(file[:HEAD_BYTES])
    return next((_SAID[said] for marker, said in segments if marker == _COMMENT and said in _SAID), None)


def _segments(head: bytes) -> Iterator[tuple[int, bytes]]:
    """The whole segments at the start of a JPEG (ITU-T T.81, B.1.1.4), each with its marker."""
    at = len(_START) if head.startswith(_START) else len(head)
    while at + _SEGMENT.size <= len(head):
        lead, marker, length = _SEGMENT.unpack_from(head, at)
        end = at + _SEGMENT.size - _LENGTH_BYTES + length
        if lead != _LEAD or length < _LENGTH_BYTES or end > len(head):
            return
        yield marker, head[at + _SEGMENT.size : end]
        at = end
