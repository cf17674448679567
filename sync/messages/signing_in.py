"""An agent signs in at a counter's kiosk: asked of the centre, which alone knows the agents and counts wrong tries."""

from dataclasses import dataclass
from typing import Any

from sync.messages.fields import MessageFault, text


@dataclass(frozen=True, slots=True, repr=False)
class SignIn:
    """The name and the password, as they were typed."""

    name: str
    password: str

    def to_json(self) -> dict[str, Any]:
        return {"name": self.name, "password": self.password}


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The agent's name as the desk knows it. `seal` changes with the password; empty from a centre that gives none."""

    name: str
    seal: str

    def to_json(self) -> dict[str, Any]:
        return {"agent": self.name, "seal": self.seal}


def read_sign_in(message: Any) -> SignIn:
    """Raises MessageFault, whose words never repeat what the message carried."""
    try:
        return SignIn(text(message["name"]), text(message["password"]))
    except (KeyError, TypeError, ValueError) as fault:
        raise MessageFault(f"not a sign-in of this protocol ({type(fault).__name__})") from None


def read_signed_in(message: Any) -> SignedIn | None:
    """None when name or password was wrong. Raises MessageFault."""
    try:
        agent = message["agent"]
        return None if agent is None else SignedIn(text(agent), text(message.get("seal", "")))
    except (AttributeError, KeyError, TypeError, ValueError) as fault:
        raise MessageFault(f"not an answer to a sign-in ({type(fault).__name__})") from None
