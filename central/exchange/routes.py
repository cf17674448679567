"""Where kiosks talk: events, and questions of whoever holds a receipt. The pages scanned with them: `uploads`.

The protocol is in `sync.messages` and `sync.signing`, and told in `docs/protocol.md`.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from central.agents import Agents
from central.bulletin import Bulletin, Cursor
from central.database import Database
from central.editions import Editions
from central.enrolment import Enrolments, NotEnrolled
from central.exchange.body import TooLarge, decoded, read_body
from central.exchange.caller import Caller, Callers, NotHeard, Signed, signed_body
from central.exchange.refusing import error, not_heard
from central.exchange.whereabouts import Follower
from central.help_calls import HelpCalls
from central.ingest import Ingest, Outdated
from central.kiosks import Kiosk
from central.news import News
from central.numbering import numbers_given
from central.seal_keys import SealKeys
from sync.messages import (
    AGENT_PATH,
    CARDS_PATH,
    CHANGES_PATH,
    ENROLMENT_PATH,
    EVENTS_PATH,
    FOLLOW_PATH,
    GREETING_PATH,
    HELP_PATH,
    LONGEST_WAIT_S,
    NUMBERS_PATH,
    PAPERS_PATH,
    SEAL_PATH,
    Answer,
    ChainFault,
    Changes,
    ChangesWanted,
    Enrolment,
    Inquiry,
    Refusal,
    SignedIn,
    Unopened,
    coming_to_json,
    held_to_json,
    read_help_wanted,
    read_inquiry,
    read_sign_in,
)
from sync.signing import SignatureFault, hear

_MOST_EVENTS_BYTES = 8 * 2**20
"""Also of what was compressed, once it is inflated."""
_MOST_INQUIRY_BYTES = 4096
"""Also of a sign-in."""
_MOST_QUESTION_BYTES = 16 * 1024


class Exchange:
    """Answers kiosks. A refusal of the whole request is a status and `{"error": sentence}`, mostly with a `refusal`."""

    def __init__(
        self,
        database: Database,
        editions: Editions,
        ingest: Ingest,
        follower: Follower,
        bulletin: Bulletin,
        news: News,
        enrolments: Enrolments,
        agents: Agents,
        seal_keys: SealKeys,
        help_calls: HelpCalls,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._editions = editions
        self._ingest = ingest
        self._follower = follower
        self._bulletin = bulletin
        self._news = news
        self._enrolments = enrolments
        self._agents = agents
        self._seal_keys = seal_keys
        self._help_calls = help_calls
        self._callers = Callers(database, now)
        self._now = now

    def routes(self) -> list[Route]:
        heard = self._callers.heard
        return [
            Route(EVENTS_PATH, heard(self._receive_events), methods=["POST"]),
            Route(FOLLOW_PATH, heard(self._receive_inquiry), methods=["POST"]),
            Route(PAPERS_PATH, heard(self._receive_papers_inquiry), methods=["POST"]),
            Route(HELP_PATH, heard(self._call_agent), methods=["POST"]),
            Route(AGENT_PATH, heard(self._sign_in), methods=["POST"]),
            Route(CHANGES_PATH, heard(self._tell_changes), methods=["POST"]),
            Route(f"{CARDS_PATH}/{{sha256}}", heard(self._give_cards), methods=["GET"]),
            Route(NUMBERS_PATH, heard(self._tell_numbers), methods=["GET"]),
            Route(GREETING_PATH, heard(self._greet), methods=["GET"]),
            Route(ENROLMENT_PATH, self.enrol, methods=["POST"]),
            Route(SEAL_PATH, heard(self._tell_seal), methods=["GET"]),
        ]

    async def _greet(self, caller: Caller, request: Request) -> Response:
        await signed_body(caller, request, 0)
        return Response(status_code=204)

    async def _tell_seal(self, caller: Caller, request: Request) -> Response:
        await signed_body(caller, request, 0)
        return await self._offer()

    async def _offer(self) -> Response:
        return JSONResponse((await run_in_threadpool(self._seal_keys.offer)).to_json())

    async def _tell_numbers(self, caller: Caller, request: Request) -> Response:
        await signed_body(caller, request, 0)
        given = await run_in_threadpool(numbers_given, self._database, caller.known.kiosk)
        return JSONResponse(given.to_json(), headers={"Cache-Control": "no-store"})

    async def _give_cards(self, caller: Caller, request: Request) -> Response:
        """They say nothing but what hangs in the hall; only who is heard has them, like all else."""
        await signed_body(caller, request, 0)
        packed = await run_in_threadpool(self._editions.packed, request.path_params["sha256"])
        if packed is None:
            return error(404, "The town never published these cards.")
        return Response(packed, media_type="application/zip")

    async def _receive_events(self, caller: Caller, request: Request) -> Response:
        try:
            body = await signed_body(caller, request, _MOST_EVENTS_BYTES)
            encoding = request.headers.get("Content-Encoding", "")
            answers = await run_in_threadpool(self._take, caller, body, encoding)
        except TooLarge:
            return error(413, "These events are too large: send fewer at once.")
        except Outdated:
            return error(503, "The town's cards are being changed: send these events again in a moment.")
        except ChainFault as fault:
            refusal = {"refusal": Refusal.CHAIN.value, "flaw": fault.flaw.value}
            return JSONResponse({"error": "This batch is not what the kiosk signed.", **refusal}, 422)
        except ValueError:
            return error(400, "The body must be a batch in JSON, plain or gzip: see docs/protocol.md.")
        return Response(
            orjson.dumps({"answers": [answer.to_json() for answer in answers]}), media_type="application/json"
        )

    def _take(self, caller: Caller, body: bytes, encoding: str) -> tuple[Answer, ...]:
        """Raises TooLarge, ChainFault, MessageFault and other ValueErrors."""
        return self._ingest.listen(caller.known, orjson.loads(decoded(body, encoding, _MOST_EVENTS_BYTES)))

    async def _receive_inquiry(self, caller: Caller, request: Request) -> Response:
        return await self._inquired(caller, request, lambda inquiry: self._follower.follow(inquiry).to_json())

    async def _receive_papers_inquiry(self, caller: Caller, request: Request) -> Response:
        """The same, of somebody who files another request."""

        def answer(inquiry: Inquiry) -> dict[str, Any]:
            held = self._follower.papers(inquiry)
            return held.to_json() if isinstance(held, Unopened) else held_to_json(held)

        return await self._inquired(caller, request, answer)

    async def _inquired(
        self, caller: Caller, request: Request, answer: Callable[[Inquiry], dict[str, Any]]
    ) -> Response:
        """Somebody stands at a kiosk with a receipt. What they showed is in no address and no log."""
        try:
            inquiry = read_inquiry(json.loads(await signed_body(caller, request, _MOST_INQUIRY_BYTES)))
            found = await run_in_threadpool(answer, inquiry)
        except TooLarge:
            return error(413, "An inquiry is a token, or a reference and a PIN.")
        except (ValueError, RecursionError):
            return error(400, 'The body must be JSON: {"token": …} or {"reference": …, "pin": …}.')
        return JSONResponse(found, headers={"Cache-Control": "no-store"})

    async def _call_agent(self, caller: Caller, request: Request) -> Response:
        """Somebody at this kiosk asks for an agent; who they are is not said."""
        try:
            wanted = read_help_wanted(orjson.loads(await signed_body(caller, request, _MOST_INQUIRY_BYTES)))
        except TooLarge:
            return error(413, "A call for help is a yes or a no.")
        except ValueError:
            return error(400, 'The body must be JSON: {"wanted": true} or {"wanted": false}.')
        coming = await run_in_threadpool(self._help, caller.known.kiosk, wanted)
        return JSONResponse(coming_to_json(coming), headers={"Cache-Control": "no-store"})

    def _help(self, kiosk: Kiosk, wanted: bool) -> bool:
        if wanted:
            return self._help_calls.call(kiosk)
        self._help_calls.cancel(kiosk)
        return False

    async def _sign_in(self, caller: Caller, request: Request) -> Response:
        """An agent sits down at a counter's kiosk. Wrong tries count together with those at the desk."""
        try:
            asked = read_sign_in(orjson.loads(await signed_body(caller, request, _MOST_INQUIRY_BYTES)))
        except TooLarge:
            return error(413, "A sign-in is a name and a password.")
        except ValueError:
            return error(400, 'The body must be JSON: {"name": …, "password": …}.')
        agent = await run_in_threadpool(self._agents.sign_in, asked.name, asked.password)
        said = {"agent": None} if agent is None else SignedIn(agent.name, agent.seal).to_json()
        return JSONResponse(said, headers={"Cache-Control": "no-store"})

    async def _tell_changes(self, caller: Caller, request: Request) -> Response:
        """At once what is new; when nothing is, whatever comes first of news and the end of the kiosk's patience."""
        try:
            wanted = ChangesWanted.from_json(orjson.loads(await signed_body(caller, request, _MOST_QUESTION_BYTES)))
            changes, cursor = await run_in_threadpool(self._new_for, caller.known.kiosk, wanted)
            if changes.cursor == wanted.cursor and not changes.dismissed:
                await self._news.past(cursor.place.change, min(wanted.wait_s, LONGEST_WAIT_S))
                known = await run_in_threadpool(self._callers.still_known, caller.known)
                changes, _ = await run_in_threadpool(self._new_for, known.kiosk, wanted)
        except TooLarge:
            return error(413, "A question for what is new is a cursor, how long the kiosk waits, and a few agents.")
        except ValueError:
            return error(400, 'The body must be JSON: {"cursor": …, "wait_s": …, "agents": …}.')
        return Response(
            orjson.dumps(changes.to_json()), media_type="application/json", headers={"Cache-Control": "no-store"}
        )

    def _new_for(self, kiosk: Kiosk, wanted: ChangesWanted) -> tuple[Changes, Cursor]:
        changes, cursor = self._bulletin.since(kiosk, wanted.cursor)
        return replace(changes, dismissed=self._agents.dismissed(wanted.agents)), cursor

    async def enrol(self, request: Request) -> Response:
        """A kiosk nobody knows yet is believed for the code it shows. It signs with the key it wants to be known by."""
        try:
            body = await read_body(request, _MOST_INQUIRY_BYTES)
            asked = Enrolment.from_json(orjson.loads(body))
            spoken = hear(Signed.of(request), asked.public)
            now = self._now()
            self._callers.check_time(spoken, now)
            if not spoken.holds(body):
                return not_heard(Refusal.SIGNATURE)
            await run_in_threadpool(self._enrolments.enrol, asked, now)
        except TooLarge:
            return error(413, "An enrolment is a number, a code and a key.")
        except (NotEnrolled, NotHeard) as fault:
            return not_heard(fault.refusal)
        except SignatureFault:
            return not_heard(Refusal.SIGNATURE)
        except ValueError:
            return error(400, 'The body must be JSON: {"kiosk": …, "code": …, "key": …}.')
        return await self._offer()
