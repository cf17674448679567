"""What a kiosk is told when nothing was done."""

from starlette.responses import JSONResponse, Response

from sync.messages import Refusal

_WORDS = {
    Refusal.STRANGER: "This kiosk's key is not known here: enrol the kiosk again.",
    Refusal.SIGNATURE: "The signature of this request does not hold: something on the line changes what it carries.",
    Refusal.CLOCK: "This request is not of now: sign it with the time this answer was given at.",
    Refusal.REPLAY: "This request was heard before: sign it again.",
    Refusal.CODE: "No such code for this kiosk, or it was used, or it is too old: make a new one at the centre.",
    Refusal.PATIENCE: "Too many wrong codes: wait a quarter of an hour.",
}


def not_heard(refusal: Refusal) -> Response:
    """RFC 9110 wants a 401 to say how one may be heard. There the refusal stands too: no answer to HEAD has a body."""
    status = {Refusal.CODE: 403, Refusal.PATIENCE: 429}.get(refusal, 401)
    headers = {"WWW-Authenticate": f'Signature refusal="{refusal}"'} if status == 401 else {}
    return JSONResponse({"error": _WORDS[refusal], "refusal": refusal.value}, status, headers)


def error(status: int, sentence: str) -> Response:
    return JSONResponse({"error": sentence}, status)
