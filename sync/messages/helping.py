"""Somebody at a kiosk asks for an agent, and asks again whether one is coming. Nothing of it is kept as a fact."""

from typing import Any

from sync.messages.fields import MessageFault


def help_to_json(wanted: bool) -> dict[str, Any]:
    return {"wanted": wanted}


def read_help_wanted(message: Any) -> bool:
    """False: nobody needs it any more. Raises MessageFault."""
    return _flag(message, "wanted")


def coming_to_json(coming: bool) -> dict[str, Any]:
    return {"coming": coming}


def read_coming(message: Any) -> bool:
    """Whether an agent is on the way. Raises MessageFault."""
    return _flag(message, "coming")


def _flag(message: Any, name: str) -> bool:
    said = message.get(name) if isinstance(message, dict) else None
    if not isinstance(said, bool):
        raise MessageFault("not a call for help of this protocol")
    return said
