"""Wiring: the one place where the centre's rooms meet."""

import asyncio
import contextlib
import logging
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

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
from central.editions import Editions, InForce, begin
from central.enrolment import Enrolments
from central.exchange.routes import Exchange
from central.exchange.uploads import PageUploads
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
from central.renewal import Renewal
from central.seal_keys import SealKeys
from central.settings import CentreFault, Settings
from central.shell import SafeHeaders, WithoutSecrets, error_handlers, static_files
from central.stick import Stick
from central.uploads import Uploads

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
        self._server = _Server(config, app.state.ground.news)

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
    seal_keys = SealKeys(settings.seal_keys)
    page_folder = _page_folder(settings, seal_keys)
    database = open_database(settings.database_url, settings.municipality)
    editions = Editions(database)
    try:
        begin_age(database, now())  # before anything is counted: a change of the same number may have been lost
        begin(database, settings.catalog, now(), anew=True)
        in_force = editions.in_force()
        with database.reading() as connection:
            check_catalog(connection, database.municipality, in_force.catalog)
    except CentreFault:
        database.close()
        raise
    pages, news = Pages(settings), News(database)
    ground = _Ground(settings, database, editions, seal_keys, page_folder, pages, news, now)
    app = Starlette(middleware=[Middleware(SafeHeaders)], exception_handlers=error_handlers(pages), lifespan=_life)

    def furnish(in_force: InForce) -> None:
        """A request is answered by one edition of the cards: those that are being answered keep theirs."""
        pages.rename(in_force.edition.municipality.name)
        app.router.routes = _rooms(ground, in_force)

    furnish(in_force)
    app.state.ground, app.state.renewal = ground, Renewal(editions, in_force.number, furnish)
    return app


@dataclass(frozen=True, slots=True)
class _Ground:
    """What stays as it is, whatever the town's cards say."""

    settings: Settings
    database: Database
    editions: Editions
    seal_keys: SealKeys
    page_folder: PageFolder
    pages: Pages
    news: News
    now: Callable[[], datetime]


def _rooms(ground: _Ground, in_force: InForce) -> list[BaseRoute]:
    """All that reads the cards, and the doors to it."""
    settings, database, pages, news, now = ground.settings, ground.database, ground.pages, ground.news, ground.now
    catalog = in_force.catalog
    dossiers = Dossiers(database, catalog, settings.zone, now)
    queue = Queue(database, catalog, settings.zone, now)
    opening = Opening(database, settings.secret, now)
    follower = Follower(dossiers, queue, opening, now, settings.zone)
    enrolments = Enrolments(database, settings.secret)
    agents = Agents(database, now)
    bulletin = Bulletin(database, dossiers, queue, in_force, settings.zone, now)
    ingest = Ingest(database, ground.editions, in_force, ground.seal_keys, now)
    help_calls = HelpCalls(database, now)
    exchange = Exchange(
        database,
        ground.editions,
        ingest,
        follower,
        bulletin,
        news,
        enrolments,
        agents,
        ground.seal_keys,
        help_calls,
        now,
    )
    unfinished = Uploads(_pages_of(settings) / "unfinished", ground.page_folder, now)
    uploads = PageUploads(database, unfinished, now)
    public = Public(pages, dossiers, queue, opening, news, now, settings.zone)
    cards = Cards(pages, catalog)
    checks = Checks(database, now)
    reminders = Reminders(database, catalog, now)
    sessions = Sessions(agents, settings.secret)
    desk = Desk(pages, sessions, dossiers, queue, reminders, ground.page_folder, checks, help_calls, news)
    board = Board(queue, pages, news, now)
    return [
        *exchange.routes(),
        *uploads.routes(),
        *desk.routes(),
        *board.routes(),
        *public.routes(),
        *cards.routes(),
        *static_files(),
    ]


@contextlib.asynccontextmanager
async def _life(app: Starlette) -> AsyncIterator[None]:
    ground: _Ground = app.state.ground
    renewal: Renewal = app.state.renewal
    watching = asyncio.create_task(ground.news.watch(renewal.look))
    yield
    ground.news.close()
    await watching  # to its end, not cancelled: its look at the database would outlive the database
    ground.database.close()


def open_stick(settings: Settings, database: Database) -> Stick:
    """What takes in a kiosk's USB stick, beside a centre that runs or not. Raises CentreFault."""
    keys, editions = SealKeys(settings.seal_keys), Editions(database)
    begin(database, settings.catalog, _now())
    ingest = Ingest(database, editions, editions.in_force(), keys, _now)
    return Stick(database, ingest, _page_folder(settings, keys), keys)


def _pages_of(settings: Settings) -> Path:
    return settings.documents / settings.municipality


def _page_folder(settings: Settings, seal_keys: SealKeys) -> PageFolder:
    try:
        return PageFolder(_pages_of(settings), seal_keys)
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
