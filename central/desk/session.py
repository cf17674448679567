"""Who sits at which counter: a signed cookie, so that any process of the centre can tell."""

import hmac
import secrets
from dataclasses import dataclass, replace

from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import Response

from central.agents import Agent, Agents

_COOKIE = "desk"
_DAY_S = 12 * 3600


@dataclass(frozen=True, slots=True)
class Session:
    """`stamp` is in every form of this session: a form without it was not ours."""

    agent: Agent
    stamp: str

    def sent(self, stamp: str) -> bool:
        """Whether a form came from a page of this session."""
        return hmac.compare_digest(self.stamp.encode(), stamp.encode())


class Sessions:
    """A working day at a counter. It ends early when the agent leaves, or gets another password."""

    def __init__(self, agents: Agents, secret: str) -> None:
        self._agents = agents
        self._signer = URLSafeTimedSerializer(secret, salt="desk")

    def open(self, request: Request, response: Response, name: str, password: str, counter: int | None) -> bool:
        """Whether name and password were right; `response` then carries the session."""
        agent = self._agents.sign_in(name, password)
        if agent is None:
            return False
        told = [agent.name, agent.seal, counter or agent.counter, secrets.token_urlsafe(16)]
        response.set_cookie(
            _COOKIE,
            self._signer.dumps(told),
            max_age=_DAY_S,
            path="/desk",
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="strict",
        )
        return True

    def read(self, request: Request) -> Session | None:
        try:
            name, seal, counter, stamp = self._signer.loads(request.cookies.get(_COOKIE, ""), max_age=_DAY_S)
        except BadData:
            return None
        agent = self._agents.find(name)
        if agent is None or agent.seal != seal:
            return None
        return Session(replace(agent, counter=counter), stamp)

    def close(self, response: Response) -> None:
        response.delete_cookie(_COOKIE, path="/desk", httponly=True, samesite="strict")
