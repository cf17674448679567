"""What a page's file says of the page, and all that it must not be taken to say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic.remark import HEAD_BYTES, Remark, read_remark

START = b"\xff\xd8"
JFIF = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x01\x00\xc8\x00\xc8\x00\x00"
PICTURE = b"\xff\xdb\x00\x43\x00" + bytes(64) + b"\xff\xd9"


def said(comment: bytes) -> bytes:
    return b"\xff\xfe" + (len(comment) + 2).to_bytes(2) + comment


@pytest.mark.parametrize("remark", Remark)
def test_a_page_tells_what_was_remarked_of_it(remark: Remark) -> None:
    assert read_remark(START + JFIF + said(remark.comment.encode()) + PICTURE) is remark


def test_a_page_nothing_was_remarked_of_says_nothing() -> None:
    assert read_remark(START + JFIF + PICTURE) is None


@pytest.mark.parametrize(
    "comment",
    [
        b"",
        b"remark:",
        b"remark: ",
        b"remark: torn",
        b"blank",
        b"remark: blank\0",
        b"Remark: blank",
        b"remark: \xff\xfe",
    ],
)
def test_a_word_no_kiosk_writes_is_no_remark(comment: bytes) -> None:
    assert read_remark(START + JFIF + said(comment) + PICTURE) is None


def test_a_foreign_comment_does_not_hide_the_remark() -> None:
    assert read_remark(START + said(b"a word of the device") + said(b"remark: blurred")) is Remark.BLURRED


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"\xff",
        said(b"remark: blank"),  # no picture begins here
        b"\x89PNG\r\n\x1a\n" + said(b"remark: blank"),
        START + b"\xff\xfe",
        START + b"\xff\xfe\x00\x0fremark: blan",  # cut off in the middle of the word
        START + b"\xff\xfe\xff\xffremark: blank",
        START + b"\xff\xe0\x00\x00" + said(b"remark: blank"),  # a segment shorter than its own length
        START + b"\xff\xe0\x00\x01" + said(b"remark: blank"),
        START + JFIF + b"\x00" + said(b"remark: blank"),
    ],
)
def test_what_is_no_whole_page_says_nothing(file: bytes) -> None:
    assert read_remark(file) is None


def test_only_the_head_of_a_page_is_looked_at() -> None:
    thousands_of_comments = said(b"") * (HEAD_BYTES // len(said(b"")) + 1)
    assert read_remark(START + thousands_of_comments + said(b"remark: blank")) is None


@given(st.binary(max_size=HEAD_BYTES), st.integers(0, 60))
def test_no_bytes_are_too_strange(garbage: bytes, cut: int) -> None:
    whole = START + JFIF + said(b"remark: cut-left") + PICTURE
    assert read_remark(garbage) in (None, *Remark)
    assert read_remark(whole[:cut] + garbage) in (None, *Remark)
