"""What a request carries, never more of it in memory than it may be: also not when it was made small on the way."""

import zlib

from starlette.requests import Request


class TooLarge(Exception):
    """The body is larger than anything a kiosk has to say."""


class NotReadable(ValueError):
    """The body is not in the encoding its header names."""


async def read_body(request: Request, most: int) -> bytes:
    """The bytes as they came. Raises TooLarge."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise TooLarge
    return bytes(body)


def decoded(body: bytes, encoding: str, most: int) -> bytes:
    """What was meant: at most `most` bytes are ever inflated. Raises TooLarge, NotReadable."""
    if encoding in ("", "identity"):
        return body
    if encoding != "gzip":
        raise NotReadable
    inflating = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        plain = inflating.decompress(body, most + 1)
    except zlib.error:
        raise NotReadable from None
    if len(plain) > most:
        raise TooLarge
    if not inflating.eof or inflating.unused_data:
        raise NotReadable
    return plain
