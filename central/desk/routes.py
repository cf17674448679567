"""The desk's addresses. Pages are shown by GET; every wish is a form, done once and then shown again."""

from collections.abc import Awaitable, Callable
from urllib.parse import quote, unquote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from central.answers import pin_of
from central.checks import Checks
from central.desk.kiosk_words import told_sentence
from central.desk.map_picture import draw_map
from central.desk.reason_words import ReadyReason, reason_sentence
from central.desk.session import Session, Sessions
from central.desk.stretch import stretch
from central.desk.view import View, choose_paper, hear_of, look_at
from central.documents import PageFolder, WrongPage, bind
from central.dossiers import Dossier, Dossiers
from central.help_calls import HelpCalls
from central.news import News
from central.pages import Pages, lead
from central.papers import Decision
from central.queueing import Queue
from central.refusal import Refused
from central.reminders import Reminders
from civic.excuse import excuse_sentence
from civic.kiosk_part import part_name
from civic.language import Language, Wording
from civic.reference import Reference, ReferenceFault
from civic.remark import remark_title
from civic.ticket import TicketState
from sync.messages import Verdict

_Wish = Callable[[Session, FormData, Request], str]
"""Does what a form asks and tells the address to show; raises Refused."""

_NOTICE = "notice"
_MOST_FIELDS = 8
_LONGEST_REASON = 300


class Desk:
    """One agent, one counter, one visit at a time."""

    def __init__(
        self,
        pages: Pages,
        sessions: Sessions,
        dossiers: Dossiers,
        queue: Queue,
        reminders: Reminders,
        folder: PageFolder,
        checks: Checks,
        help_calls: HelpCalls,
        news: News,
    ) -> None:
        self._pages = pages
        self._sessions = sessions
        self._dossiers = dossiers
        self._queue = queue
        self._reminders = reminders
        self._folder = folder
        self._checks = checks
        self._help_calls = help_calls
        self._news = news

    def routes(self) -> list[Route]:
        wishes: dict[str, _Wish] = {
            "/desk/next": self._call_next,
            "/desk/again": self._call_again,
            "/desk/served": self._served,
            "/desk/missed": self._missed,
            "/desk/kiosks/{kiosk:int}/go": self._go,
            "/desk/files/{reference}/move": self._move,
            "/desk/files/{reference}/reason": self._say_why,
            "/desk/files/{reference}/papers/{requirement}": self._decide,
        }
        return [
            Route("/desk", self.show),
            Route("/desk/events", self.events),
            Route("/desk/kiosks", self.kiosks),
            Route("/desk/pages/{sha256}", self.page),
            Route("/desk/files/{reference}/papers/{requirement}.pdf", self.paper),
            Route("/desk/files/{reference}/place.svg", self.place),
            Route("/desk/sign-in", self.ask, methods=["GET"]),
            Route("/desk/sign-in", self.sign_in, methods=["POST"]),
            Route("/desk/sign-out", self._wished(None), methods=["POST"]),
            *(Route(path, self._wished(wish), methods=["POST"]) for path, wish in wishes.items()),
        ]

    def ask(self, request: Request) -> Response:
        return self._pages.render(request, "sign-in.html", {"wrong": False, "name": ""})

    async def sign_in(self, request: Request) -> Response:
        form = await request.form(max_files=0, max_fields=_MOST_FIELDS)
        return await run_in_threadpool(self._sign_in, request, form)

    def _sign_in(self, request: Request, form: FormData) -> Response:
        counter = _text(form, "counter").strip()
        number = int(counter) if counter.isascii() and counter.isdecimal() and 1 <= int(counter[:3]) <= 99 else None
        response = lead(request, "/desk")
        name = _text(form, "name")
        if self._sessions.open(request, response, name, _text(form, "password"), number):
            return response
        return self._pages.render(request, "sign-in.html", {"wrong": True, "name": name}, status=403)

    def show(self, request: Request) -> Response:
        session = self._sessions.read(request)
        if session is None:
            return lead(request, "/desk/sign-in")
        line = self._queue.line(session.agent.site)
        visit = self._queue.serving(session.agent)
        asked = request.query_params.get("file", "")
        dossier = self._asked(asked) if asked else None
        notice = unquote(request.cookies.get(_NOTICE, ""))
        if not asked and visit is not None and visit.reference is not None:
            dossier = self._dossiers.find(visit.reference)
        paper = choose_paper(dossier, request.query_params.get("paper", ""))
        owing = self._reminders.owing(session.agent.site)
        view = View(session.agent, session.stamp, line, visit, owing, dossier, paper, asked)
        values = {
            "view": view,
            "come": look_at(paper.pages if paper else (), self._folder),
            "sounds": hear_of(dossier, self._folder),
            "remark_title": remark_title,
            "excuse_sentence": excuse_sentence,
            "reasons": ReadyReason,
            "reason_sentence": reason_sentence,
            "notice": notice,
            "help_calls": self._help_calls.standing(session.agent.site),
            "hands": self._checks.round(session.agent.site).waiting_for_hand,
            "events": "/desk/events",
        }
        response = self._pages.render(request, "desk.html", values)
        response.delete_cookie(_NOTICE, path="/desk")
        return response

    def kiosks(self, request: Request) -> Response:
        """How each kiosk of this site found itself, and what to do about it."""
        session = self._sessions.read(request)
        if session is None:
            return lead(request, "/desk/sign-in")
        values = {
            "agent": session.agent,
            "round": self._checks.round(session.agent.site),
            "part_name": part_name,
            "told_sentence": told_sentence,
            "Verdict": Verdict,
            "events": "/desk/events",
        }
        return self._pages.render(request, "kiosks.html", values)

    def events(self, request: Request) -> Response:
        if self._sessions.read(request) is None:
            raise HTTPException(403)
        return self._news.stream(None)

    def page(self, request: Request) -> Response:
        """A scanned page, or what was spoken, for agents alone. Nothing else is ever opened by the browser."""
        if self._sessions.read(request) is None:
            raise HTTPException(403)
        found = self._folder.read(request.path_params["sha256"])
        if found is None:
            raise HTTPException(404)
        page, kind = found
        shown = "inline" if kind.startswith(("image/", "audio/")) else "attachment"
        return stretch(request.headers.get("Range", ""), page, kind, {"Content-Disposition": shown})

    def paper(self, request: Request) -> Response:
        """One paper of a file as PDF, for agents alone; its pages that have not come are not there to be bound."""
        if self._sessions.read(request) is None:
            raise HTTPException(403)
        dossier = self._asked(request.path_params["reference"])
        wanted = request.path_params["requirement"]
        pages = next((each.pages for each in dossier.papers if each.requirement == wanted), ()) if dossier else ()
        if not pages or not all(self._folder.has(sha256) for sha256 in pages):
            raise HTTPException(404)
        try:
            bound = bind([found[0] for sha256 in pages if (found := self._folder.read(sha256))])
        except WrongPage:
            raise HTTPException(404) from None
        return Response(bound, media_type="application/pdf", headers={"Content-Disposition": "inline"})

    def place(self, request: Request) -> Response:
        """Where it is, on the town's map, for agents alone."""
        if self._sessions.read(request) is None:
            raise HTTPException(403)
        dossier = self._asked(request.path_params["reference"])
        pin = None if dossier is None else pin_of(dossier.service, dossier.answers)
        if pin is None:
            raise HTTPException(404)
        asked = request.query_params.get("lang", "")
        language = next((each for each in Language if each.value == asked), Language.ARABIC)
        return Response(draw_map(pin, language), media_type="image/svg+xml", headers={"Cache-Control": "private"})

    def _wished(self, wish: _Wish | None) -> Callable[[Request], Awaitable[Response]]:
        """The endpoint of a form: it must come from a page of this session. None: the agent leaves."""

        def grant(request: Request, form: FormData) -> Response:
            session = self._sessions.read(request)
            if session is None:
                return lead(request, "/desk/sign-in")
            if not session.sent(_text(form, "stamp")):
                raise HTTPException(403)
            if wish is None:
                response = lead(request, "/desk/sign-in")
                self._sessions.close(response)
                return response
            try:
                return lead(request, wish(session, form, request))
            except Refused as refusal:
                response = lead(request, _back(form))
                response.set_cookie(
                    _NOTICE, quote(str(refusal)), max_age=30, path="/desk", httponly=True, samesite="strict"
                )
                return response

        async def endpoint(request: Request) -> Response:
            form = await request.form(max_files=0, max_fields=_MOST_FIELDS)
            return await run_in_threadpool(grant, request, form)

        return endpoint

    def _call_next(self, session: Session, form: FormData, _request: Request) -> str:
        self._queue.call_next(session.agent, _text(form, "ticket"))
        return "/desk"

    def _call_again(self, session: Session, form: FormData, _request: Request) -> str:
        self._queue.call_again(session.agent, _text(form, "ticket"))
        return "/desk"

    def _served(self, session: Session, form: FormData, _request: Request) -> str:
        self._queue.finish(session.agent, _text(form, "ticket"), TicketState.SERVED)
        return "/desk"

    def _missed(self, session: Session, form: FormData, _request: Request) -> str:
        self._queue.finish(session.agent, _text(form, "ticket"), TicketState.MISSED)
        return "/desk"

    def _move(self, session: Session, form: FormData, request: Request) -> str:
        self._dossiers.move(request.path_params["reference"], _text(form, "stage"), session.agent.name)
        return _back(form)

    def _decide(self, session: Session, form: FormData, request: Request) -> str:
        accepted = _text(form, "decision") == Decision.ACCEPTED.value
        self._dossiers.decide(
            request.path_params["reference"],
            request.path_params["requirement"],
            Decision.ACCEPTED if accepted else Decision.REFUSED,
            _text(form, "reason")[:_LONGEST_REASON],
            session.agent.name,
        )
        return _back(form)

    def _go(self, session: Session, form: FormData, request: Request) -> str:
        self._help_calls.go(request.path_params["kiosk"], session.agent.name)
        return _back(form)

    def _say_why(self, session: Session, form: FormData, request: Request) -> str:
        ready, written = _text(form, "ready"), _text(form, "reason").strip()[:_LONGEST_REASON]
        chosen = next((each for each in ReadyReason if each.value == ready), None)
        said = {each: reason_sentence(chosen, self._pages.voice(each)) if chosen else written for each in Language}
        reason = Wording(said[Language.ARABIC], said[Language.FRENCH], said[Language.ENGLISH])
        self._reminders.answer(request.path_params["reference"], reason, session.agent.name)
        return _back(form)

    def _asked(self, typed: str) -> Dossier | None:
        try:
            return self._dossiers.find(str(Reference.parse(typed)))
        except ReferenceFault:
            return None


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value.replace("\0", "") if isinstance(value, str) else ""


def _back(form: FormData) -> str:
    """The desk as it was: the same file, if one was asked for."""
    asked = _text(form, "file")
    return f"/desk?{urlencode({'file': asked})}" if asked else "/desk"
