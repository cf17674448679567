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


def read_sign_in(message: Any) -> SignIn:
    """Raises MessageFault, whose words never repeat what the message carried."""
    try:
        return SignIn(text(message["name"]), text(message["password"]))
    except (KeyError, TypeError, ValueError) as fault:
        raise MessageFault(f"not a sign-in of this protocol ({type(fault).__name__})") from None


def read_signed_in(message: Any) -> str | None:
    """The agent's name as the desk knows it; None when name or password was wrong. Raises MessageFault."""
    try:
        agent = message["agent"]
        return None if agent is None else text(agent)
    except (KeyError, TypeError, ValueError) as fault:
        raise MessageFault(f"not an answer to a sign-in ({type(fault).__name__})") from None
