"""The centre's door: `python -m central serve`, and what a technician asks of it or tells it (`--help` lists all)."""

import argparse
import getpass
import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

from central.agents import check_counter, dismiss_agent, hire_agent
from central.app import CentreServer, open_stick
from central.database import Database, open_database
from central.editions import begin, publish
from central.enrolment import LASTS, Enrolments
from central.findings import list_findings
from central.kiosks import HALL, list_kiosks, move_kiosk, revoke_kiosk
from central.notices import list_notices, post, take_down
from central.roll import describe, describe_finding, describe_life
from central.seal_keys import SealKeys
from central.settings import CentreFault, Settings, read_settings
from central.verifying import verify
from civic.edition import CARDS
from civic.language import Wording
from sync.messages import TownNotice

Command = Callable[[argparse.Namespace, Settings], int | None]


def main(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """0 when it did as asked, 1 when what it checked does not hold, 2 when it could not; a plain sentence says why."""
    asked = _parser(environment).parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s")
    command: Command = asked.command
    try:
        return command(asked, read_settings(asked.data, environment)) or 0
    except CentreFault as fault:
        print(fault, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 0


def _parser(environment: Mapping[str, str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m central", description="The municipal server.")
    commands = parser.add_subparsers(
        required=True,
        metavar="serve | enrol | revoke | move | kiosks | verify | import | seal | catalogue | notice | agent",
    )
    home = environment.get("STATE_DIRECTORY")  # systemd's

    def command(name: str, does: Command, tells: str) -> argparse.ArgumentParser:
        words = commands.add_parser(name, help=tells)
        words.add_argument(
            "--data", type=Path, required=home is None, default=home and Path(home), help="folder of the centre's data"
        )
        words.set_defaults(command=does)
        return words

    serving = command("serve", _serve, "answer kiosks, agents and citizens")
    serving.add_argument("--host", default="127.0.0.1")
    serving.add_argument("--port", type=int, default=8080, help="0 takes a free one")
    enrolling = command("enrol", _enrol, "make a code that enrols a kiosk, or another machine in its place")
    enrolling.add_argument("--site", help="where it stands")
    revoking = command("revoke", _revoke, "hear nothing more of what a kiosk says")
    moving = command("move", _move, "a kiosk stands at another site now")
    moving.add_argument("--site", required=True, help="where it stands now")
    for words in (enrolling, revoking, moving):
        words.add_argument("--kiosk", type=int, required=True, help="its number, such as 014")
    command("kiosks", _list_kiosks, "who is enrolled, when each was heard, and what was found wrong")
    command("verify", _verify, "check again that every fact is what its kiosk signed, and that none is missing")
    importing = command("import", _import, "take in what a kiosk brought on a USB stick")
    importing.add_argument("folder", type=Path, help="the folder that `python -m kiosk outbox export` filled")
    importing.add_argument("--replaced", action="store_true", help="also of a machine that another one replaced")
    sealing = command("seal", _seal, "show the keys that open what kiosks seal")
    sealing.add_argument("--renew", action="store_true", help="make a new one, which kiosks learn within the hour")
    publishing = command("catalogue", _publish, "check the town's cards, then have every kiosk and page show them")
    publishing.add_argument("folder", type=Path, help="where the cards are, with `places` and `town.toml` beside them")
    posting = command("notice", _post, "tell everybody something on the kiosks' first screen, up to a day")
    for language in ("ar", "fr", "en"):
        posting.add_argument(f"--{language}", required=True, help="the same sentence in each language")
    posting.add_argument("--until", type=date.fromisoformat, required=True, help="the last day, such as 2026-12-03")
    posting.add_argument("--site", help="only at that site")
    command("notices", _list_notices, "what is told, and by which numbers")
    taking = command("unnotice", _take_down, "tell it no more")
    taking.add_argument("--number", type=int, required=True)
    hiring = command("agent", _hire, "let an agent sign in at the desk")
    hiring.add_argument("--name", required=True)
    hiring.add_argument("--counter", type=int, required=True)
    hiring.add_argument("--site", default=HALL, help="where the counter is")
    dismissing = command("dismiss", _dismiss, "let an agent sign in no more, at no desk and no counter")
    dismissing.add_argument("--name", required=True)
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
        code = Enrolments(database, settings.secret).invite(asked.kiosk, asked.site, datetime.now(UTC))
    print(code)
    print(f"Good once, for {LASTS.total_seconds() / 3600:.0f} hours. At the kiosk: python -m kiosk enrol {code}")


def _revoke(asked: argparse.Namespace, settings: Settings) -> None:
    with closing(_database(settings)) as database:
        revoke_kiosk(database, asked.kiosk)


def _move(asked: argparse.Namespace, settings: Settings) -> None:
    with closing(_database(settings)) as database:
        move_kiosk(database, asked.kiosk, asked.site)


def _list_kiosks(_asked: argparse.Namespace, settings: Settings) -> None:
    with closing(_database(settings)) as database:
        for each in list_kiosks(database):
            print(describe(each, settings.zone))
        for finding in list_findings(database):
            print(describe_finding(finding, settings.zone))


def _verify(_asked: argparse.Namespace, settings: Settings) -> int:
    with closing(_database(settings)) as database:
        lives = list(verify(database))
        for each in lives:
            for line in describe_life(each):
                print(line)
    if any(each.wrong for each in lives):
        print("Something does not hold: docs/protocol.md says what each word means.", file=sys.stderr)
        return 1
    print("Every fact is what its kiosk signed, and none is missing.")
    return 0


def _import(asked: argparse.Namespace, settings: Settings) -> int:
    """Safe beside a centre that runs, and to be done again: what is here already is not taken twice."""
    if not asked.folder.is_dir():
        raise CentreFault(f"There is no folder {asked.folder}.")
    with closing(_database(settings)) as database:
        taken = list(open_stick(settings, database).take_in(asked.folder, replaced=asked.replaced))
    for each in taken:
        for sentence in (*each.refused, *filter(None, [each.wrong])):
            print(f"{each.name}: {sentence}", file=sys.stderr)
    refused = sum(len(each.refused) for each in taken)
    told, pages = sum(each.facts for each in taken) - refused, sum(each.pages for each in taken)
    print(f"Here now: facts {told}, pages {pages}. Refused: {refused}.")
    return 1 if refused or any(each.wrong for each in taken) else 0


def _seal(asked: argparse.Namespace, settings: Settings) -> None:
    keys = SealKeys(settings.seal_keys)
    if asked.renew:
        keys.renew()
    numbers = keys.numbers()
    for number, key in numbers.items():
        newest = number == max(numbers)
        print(f"{number}  {key.seal.id[:16]}  {'kiosks seal to it' if newest else 'opens what was sealed before'}")
    print(f"Keep a copy of {settings.seal_keys} in a safe: without it, nothing that kiosks hold sealed can be read.")


def _publish(asked: argparse.Namespace, settings: Settings) -> None:
    """Kiosks that are heard have them within seconds, the others when they are heard again."""
    inside = asked.folder / CARDS
    folder = inside if inside.is_dir() else asked.folder
    with closing(_database(settings)) as database:
        begin(database, settings.catalog, datetime.now(UTC))
        published = publish(database, SealKeys(settings.seal_keys), folder, datetime.now(UTC))
    told = {"new": published.new, "changed": published.changed, "gone": published.gone}
    for how, names in told.items():
        for name in names:
            print(f"{how}: {name}")
    if not any(told.values()):
        print("These are the cards the town has already: nothing was changed.")
    else:
        print(f"{published.services} services. Each kiosk shows them as soon as nobody is being served there.")


def _post(asked: argparse.Namespace, settings: Settings) -> None:
    notice = TownNotice(Wording(asked.ar, asked.fr, asked.en), asked.until)
    with closing(_database(settings)) as database:
        print(post(database, notice, asked.site, _today(settings)))


def _list_notices(_asked: argparse.Namespace, settings: Settings) -> None:
    with closing(_database(settings)) as database:
        for each in list_notices(database, _today(settings)):
            print(f"{each.number}  up to {each.notice.until}  {each.site or 'everywhere'}  {each.notice.words.en}")


def _take_down(asked: argparse.Namespace, settings: Settings) -> None:
    with closing(_database(settings)) as database:
        take_down(database, asked.number)


def _today(settings: Settings) -> date:
    return datetime.now(settings.zone).date()


def _hire(asked: argparse.Namespace, settings: Settings) -> None:
    check_counter(asked.counter)
    if sys.stdin.isatty():
        password = getpass.getpass(f"Password for {asked.name}: ")
    else:
        password = sys.stdin.readline().rstrip("\n")
    with closing(_database(settings)) as database:
        hire_agent(database, asked.name, password, asked.counter, asked.site)


def _dismiss(asked: argparse.Namespace, settings: Settings) -> None:
    with closing(_database(settings)) as database:
        dismiss_agent(database, asked.name)


def _database(settings: Settings) -> Database:
    return open_database(settings.database_url, settings.municipality)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
