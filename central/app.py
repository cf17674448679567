"""Wiring: the one place where the centre's rooms meet."""

import asyncio
import contextlib
import logging
import socket
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware

from central.agents import Agents
from central.ages import begin_age
from central.board.routes import Board
from central.bulletin import Bulletin
from central.checks import Checks
from central.database import Database, open_database
from central.desk.routes import Desk
from central.desk.session import Sessions
from central.documents import PageFolder
from central.dossiers import Dossiers, check_catalog
from central.enrolment import Enrolments
from central.exchange.routes import Exchange
from central.exchange.whereabouts import Follower
from central.help_calls import HelpCalls
from central.ingest import Ingest
from central.news import News
from central.opening import Opening
from central.pages import Pages
from central.public.cards import Cards
from central.public.routes import Public
from central.queueing import Queue
from central.reminders import Reminders
from central.seal_keys import SealKeys
from central.settings import CentreFault, Settings
from central.shell import SafeHeaders, WithoutSecrets, error_handlers, static_files
from central.stick import Stick
from civic.card import CatalogFault, read_catalog, version_of
from civic.catalog import Catalog

_HIGHEST_PORT = 65535


def _now() -> datetime:
    return datetime.now(UTC)


class CentreServer:
    """The centre on a port. `run` serves until `stop` (from any thread) or Ctrl-C; `address` is known before."""

    def __init__(self, settings: Settings, host: str = "127.0.0.1", port: int = 0) -> None:
        """Raises CentreFault."""
        self._socket = _listen(host, port)
        shown = f"[{host}]" if ":" in host else host
        self.address = f"http://{shown}:{self._socket.getsockname()[1]}"
        try:
            app = create_app(settings)
        except CentreFault:
            self._socket.close()
            raise
        config = uvicorn.Config(app, log_config=None, lifespan="on", server_header=False, timeout_graceful_shutdown=5)
        self._server = _Server(config, app.state.news)

    def run(self) -> None:
        logging.getLogger("uvicorn.access").addFilter(WithoutSecrets())
        self._server.run(sockets=[self._socket])

    def stop(self) -> None:
        self._server.should_exit = True


class _Server(uvicorn.Server):
    """Ends the endless answers first: nobody would wait for the last word of a stream."""

    def __init__(self, config: uvicorn.Config, news: News) -> None:
        super().__init__(config)
        self._news = news

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._news.close()
        await super().shutdown(sockets)


def create_app(settings: Settings, now: Callable[[], datetime] = _now) -> Starlette:
    """The whole centre as one ASGI application. Raises CentreFault."""
    catalog = load_catalog(settings)
    seal_keys = SealKeys(settings.seal_keys)
    page_folder = _page_folder(settings, seal_keys)
    database = open_database(settings.database_url, settings.municipality)
    try:
        check_catalog(database, catalog)
        begin_age(database, now())
    except CentreFault:
        database.close()
        raise
    pages = Pages(settings)
    news = News(database)
    dossiers = Dossiers(database, catalog, settings.zone, now)
    queue = Queue(database, catalog, settings.zone, now)
    opening = Opening(database, settings.secret, now)
    follower = Follower(dossiers, queue, opening, now, settings.zone)
    enrolments = Enrolments(database, settings.secret)
    agents = Agents(database, now)
    bulletin = Bulletin(database, dossiers, queue, version_of(settings.catalog), settings.zone, now)
    ingest = Ingest(database, catalog, seal_keys, now)
    help_calls = HelpCalls(database, now)
    exchange = Exchange(
        database, ingest, page_folder, follower, bulletin, news, enrolments, agents, seal_keys, help_calls, now
    )
    public = Public(pages, dossiers, queue, opening, news, now, settings.zone)
    cards = Cards(pages, catalog)
    checks = Checks(database, now)
    reminders = Reminders(database, catalog, now)
    sessions = Sessions(agents, settings.secret)
    desk = Desk(pages, sessions, dossiers, queue, reminders, page_folder, checks, help_calls, news)
    board = Board(queue, pages, news, now)
    app = Starlette(
        routes=[
            *exchange.routes(),
            *desk.routes(),
            *board.routes(),
            *public.routes(),
            *cards.routes(),
            *static_files(),
        ],
        middleware=[Middleware(SafeHeaders)],
        exception_handlers=error_handlers(pages),
        lifespan=lambda _app: _life(news, database),
    )
    app.state.news = news
    return app


@contextlib.asynccontextmanager
async def _life(news: News, database: Database) -> AsyncIterator[None]:
    watching = asyncio.create_task(news.watch())
    yield
    news.close()
    await watching  # to its end, not cancelled: its look at the database would outlive the database
    database.close()


def load_catalog(settings: Settings) -> Catalog:
    """Raises CentreFault with the file, line and reason of every mistake."""
    try:
        return read_catalog(settings.catalog)
    except CatalogFault as fault:
        raise CentreFault(str(fault)) from None


def open_stick(settings: Settings, database: Database) -> Stick:
    """What takes in a kiosk's USB stick, beside a centre that runs or not. Raises CentreFault."""
    keys = SealKeys(settings.seal_keys)
    return Stick(database, Ingest(database, load_catalog(settings), keys, _now), _page_folder(settings, keys), keys)


def _page_folder(settings: Settings, seal_keys: SealKeys) -> PageFolder:
    try:
        return PageFolder(settings.documents / settings.municipality, seal_keys)
    except OSError as fault:
        raise CentreFault(f"The folder {settings.documents} cannot be used: {fault.strerror}.") from None


def _listen(host: str, port: int) -> socket.socket:
    if not 0 <= port <= _HIGHEST_PORT:
        raise CentreFault(f"Cannot listen on port {port}: a port is at most {_HIGHEST_PORT}.")
    try:
        listening = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as fault:
        raise CentreFault(f"Cannot listen on {host}, port {port}: {fault.strerror}.") from None
    # An answer goes out in two pieces; else the second would wait 40 ms for the first to be acknowledged. Whoever calls
    # inherits it; asyncio sets it only on sockets it made itself.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening
