"""The centre's door: `python -m central serve | enrol | agent`."""

import argparse
import getpass
import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from central.agents import check_counter, hire_agent
from central.app import CentreServer
from central.database import Database, open_database
from central.kiosks import HALL, enrol_kiosk
from central.settings import CentreFault, Settings, read_settings


def main(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """0 when it did as asked, 2 with one plain sentence on standard error when it could not."""
    asked = _parser(environment).parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s")
    command: Callable[[argparse.Namespace, Settings], None] = asked.command
    try:
        command(asked, read_settings(asked.data, environment))
    except CentreFault as fault:
        print(fault, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 0
    return 0


def _parser(environment: Mapping[str, str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m central", description="The municipal server.")
    commands = parser.add_subparsers(required=True, metavar="serve | enrol | agent")
    home = environment.get("STATE_DIRECTORY")  # systemd's

    def command(name: str, does: Callable[[argparse.Namespace, Settings], None], tells: str) -> argparse.ArgumentParser:
        words = commands.add_parser(name, help=tells)
        words.add_argument(
            "--data", type=Path, required=home is None, default=home and Path(home), help="folder of the centre's data"
        )
        words.set_defaults(command=does)
        return words

    serving = command("serve", _serve, "answer kiosks, agents and citizens")
    serving.add_argument("--host", default="127.0.0.1")
    serving.add_argument("--port", type=int, default=8080, help="0 takes a free one")
    enrolling = command("enrol", _enrol, "print a fresh key for a kiosk")
    enrolling.add_argument("--kiosk", type=int, required=True, help="its number, such as 014")
    enrolling.add_argument("--site", default=HALL, help="where it stands")
    hiring = command("agent", _hire, "let an agent sign in at the desk")
    hiring.add_argument("--name", required=True)
    hiring.add_argument("--counter", type=int, required=True)
    hiring.add_argument("--site", default=HALL, help="where the counter is")
    return parser


def _serve(asked: argparse.Namespace, settings: Settings) -> None:
    server = CentreServer(settings, asked.host, asked.port)
    print(f"centre {server.address}")
    print(f"desk {server.address}/desk")
    print(f"board {server.address}/board")
    print(f"tracking {server.address}/", flush=True)
    server.run()


def _enrol(asked: argparse.Namespace, settings: Settings) -> None:
    with closing(_database(settings)) as database:
        print(enrol_kiosk(database, asked.kiosk, asked.site))


def _hire(asked: argparse.Namespace, settings: Settings) -> None:
    check_counter(asked.counter)
    if sys.stdin.isatty():
        password = getpass.getpass(f"Password for {asked.name}: ")
    else:
        password = sys.stdin.readline().rstrip("\n")
    with closing(_database(settings)) as database:
        hire_agent(database, asked.name, password, asked.counter, asked.site)


def _database(settings: Settings) -> Database:
    return open_database(settings.database_url, settings.municipality)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
