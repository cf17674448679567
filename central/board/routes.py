"""The board's page, in Arabic and French together: nobody in the hall chooses its language."""

from collections.abc import Callable
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from central.kiosks import HALL
from central.news import News
from central.pages import Pages
from central.queueing import Queue
from central.refusal import N_
from civic.language import Language


class Board:
    """One board for each site; it shows numbers and counters, never a name or a service."""

    def __init__(self, queue: Queue, pages: Pages, news: News, now: Callable[[], datetime]) -> None:
        self._queue = queue
        self._pages = pages
        self._news = news
        self._now = now

    def routes(self) -> list[Route]:
        return [Route("/board", self.show), Route("/board/events", self.follow)]

    def show(self, request: Request) -> Response:
        """`?site=` names another site than the only one."""
        line = self._queue.line(request.query_params.get("site", HALL))
        current, *before = line.called or (None,)
        arabic, french = (self._pages.voice(language) for language in (Language.ARABIC, Language.FRENCH))
        values = {
            "current": current,
            "before": before,
            "waiting": len(line.waiting),
            "change": line.change,
            "now": self._now(),
            "ar": arabic,
            "fr": french,
            "N_": N_,
        }
        return self._pages.render(request, "board.html", values)

    async def follow(self, _request: Request) -> Response:
        return self._news.stream(None)
