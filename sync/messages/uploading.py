"""A scanned page on its way, in the words of tus 1.0 (https://tus.io/protocols/resumable-upload)."""

from base64 import b64decode, b64encode

TUS_VERSION = "1.0.0"
CHUNK_TYPE = "application/offset+octet-stream"


def page_metadata(sha256: str) -> str:
    """What `Upload-Metadata` says of a page."""
    return f"sha256 {b64encode(sha256.encode()).decode()}"


def read_page_metadata(told: str) -> str:
    """The SHA-256 it names, whatever it is. Raises ValueError when it says anything else, or more."""
    name, _, value = told.partition(" ")
    if name != "sha256":
        raise ValueError("Upload-Metadata is the sha256 of the page")
    return b64decode(value, validate=True).decode()
