"""A stretch of what is sent (RFC 9110, part 14): a player looks for the end of a sound first, and leaps within it."""

import re

from starlette.responses import Response

_ASKED = re.compile(r"bytes=(\d{1,15})-(\d{0,15})", re.ASCII)


def stretch(asked: str, whole: bytes, kind: str, headers: dict[str, str]) -> Response:
    """What a `Range` asks for; all of it where none is asked for, or in a form that players do not use."""
    headers = {**headers, "Accept-Ranges": "bytes"}
    found = _ASKED.fullmatch(asked)
    if found is None:
        return Response(whole, media_type=kind, headers=headers)
    first, last = int(found[1]), min(int(found[2] or len(whole)), len(whole) - 1)
    if first > last:
        return Response(status_code=416, headers={**headers, "Content-Range": f"bytes */{len(whole)}"})
    told = f"bytes {first}-{last}/{len(whole)}"
    return Response(whole[first : last + 1], 206, {**headers, "Content-Range": told}, kind)
