"""The tracking page behind the QR, and the form that opens it with reference and PIN."""

from collections.abc import Callable
from datetime import datetime, tzinfo

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from central.dossiers import Dossier, Dossiers
from central.news import News
from central.opening import Opening, TooManyTries
from central.pages import Pages, lead
from central.queueing import Queue

_LONGEST = 64
"""Characters of anything typed into the form."""


class Public:
    """Pages for citizens. None of them shows a name, a phone or an identity number."""

    def __init__(
        self,
        pages: Pages,
        dossiers: Dossiers,
        queue: Queue,
        opening: Opening,
        news: News,
        now: Callable[[], datetime],
        zone: tzinfo,
    ) -> None:
        self._pages = pages
        self._dossiers = dossiers
        self._queue = queue
        self._opening = opening
        self._news = news
        self._now = now
        self._zone = zone

    def routes(self) -> list[Route]:
        return [
            Route("/", self.ask, methods=["GET"]),
            Route("/", self.open, methods=["POST"]),
            *(Route(f"/{letter}/{{token}}", self.follow) for letter in "Tt"),
            *(Route(f"/{letter}/{{token}}/events", self.follow_events) for letter in "Tt"),
            Route("/V/{view}", self.view),
            Route("/V/{view}/events", self.view_events),
        ]

    def ask(self, request: Request) -> Response:
        return self._pages.render(request, "open.html", {"trouble": "", "typed": ""})

    async def open(self, request: Request) -> Response:
        form = await request.form(max_files=0, max_fields=4)
        reference, pin = (str(form.get(name, ""))[:_LONGEST] for name in ("reference", "pin"))
        return await run_in_threadpool(self._open, request, reference, pin)

    def _open(self, request: Request, reference: str, pin: str) -> Response:
        try:
            view = self._opening.open(reference, pin.strip())
        except TooManyTries:
            return self._pages.render(request, "open.html", {"trouble": "often", "typed": reference}, status=429)
        if view is None:
            return self._pages.render(request, "open.html", {"trouble": "wrong", "typed": reference}, status=403)
        return lead(request, f"/V/{view}")

    def follow(self, request: Request) -> Response:
        return self._page(request, self._by_token(request))

    def follow_events(self, request: Request) -> Response:
        return self._news.stream(str(self._by_token(request).reference))

    def view(self, request: Request) -> Response:
        dossier = self._by_view(request)
        return lead(request, "/") if dossier is None else self._page(request, dossier)

    def view_events(self, request: Request) -> Response:
        dossier = self._by_view(request)
        if dossier is None:
            raise HTTPException(404)
        return self._news.stream(str(dossier.reference))

    def _by_token(self, request: Request) -> Dossier:
        dossier = self._dossiers.find_by_token(request.path_params["token"][:_LONGEST])
        if dossier is None:
            raise HTTPException(404)
        return dossier

    def _by_view(self, request: Request) -> Dossier | None:
        reference = self._opening.reference_of(request.path_params["view"])
        return None if reference is None else self._dossiers.find(reference)

    def _page(self, request: Request, dossier: Dossier) -> Response:
        values = {
            "dossier": dossier,
            "shares": dossier.shares(self._now().astimezone(self._zone).date(), self._zone),
            "visit": self._queue.visit_of(str(dossier.reference)),
            "events": f"{request.url.path}/events",
        }
        return self._pages.render(request, "track.html", values, preferred=dossier.language)
