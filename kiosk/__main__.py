"""The kiosk's door: `python -m kiosk run | hall | selftest`."""

import argparse
import logging
import sys
import tempfile
from pathlib import Path

from civic.card import CatalogFault
from civic.catalog import UnknownService
from civic.language import Language
from kiosk.app import run
from kiosk.hall import KIOSK, hall, simulated_settings
from kiosk.own_centre import CentreFault, OwnCentre
from kiosk.own_screen import ScreenFault
from kiosk.selftest import selftest
from kiosk.settings import SettingsFault, read_settings
from kiosk.store.database import StoreFault, StoreTrouble
from kiosk.ui.player import PlayFault
from kiosk.ui.theme import FontFault

_STORE = {
    StoreTrouble.FULL: "The disk is full: nothing more can be kept. Free some room, then start the kiosk again.",
    StoreTrouble.CORRUPT: "The kiosk's store is damaged. Set kiosk.sqlite aside and call the town's technician.",
    StoreTrouble.NEWER: "The kiosk's store was written by a newer version: install that version again.",
    StoreTrouble.BROKEN: "The kiosk's store cannot be opened: does its folder exist, and may this user write in it?",
}


def main(arguments: list[str]) -> int:
    """Exit status: 0 all well, 1 the self-test found something untrue, 2 cannot start; one plain sentence says why."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    wanted = _parser().parse_args(arguments)
    try:
        return _do(wanted)
    except KeyboardInterrupt:
        return 130  # as a shell says of what Ctrl-C ended
    except PlayFault as fault:
        print(f"The self-test failed: {fault}.", file=sys.stderr)
        return 1
    except StoreFault as fault:
        print(_STORE[fault.trouble], file=sys.stderr)
    except UnknownService as fault:
        print(fault.args[0], file=sys.stderr)
    except (CatalogFault, CentreFault, FontFault, ScreenFault, SettingsFault) as fault:
        print(fault, file=sys.stderr)
    except OSError as fault:
        print(f"{fault.filename or 'The kiosk'}: {fault.strerror or fault}", file=sys.stderr)
    return 2


def _do(wanted: argparse.Namespace) -> int:
    match wanted.verb:
        case "run":
            return run(read_settings(wanted.profile))
        case "hall":
            return hall(wanted.data, wanted.port)
        case _selftest:
            _selftest_of(wanted)
            return 0


def _selftest_of(wanted: argparse.Namespace) -> None:
    language = Language(wanted.language)
    if wanted.profile is not None:
        selftest(read_settings(wanted.profile), wanted.service, language, wanted.out)
        return
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        with OwnCentre(data / "centre", KIOSK) as centre:
            selftest(simulated_settings(data, centre), wanted.service, language, wanted.out)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m kiosk", description="The kiosk of the citizen space.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    running = verbs.add_parser("run", help="the kiosk of a hall, full screen")
    running.add_argument("--profile", type=Path, default=Path("/etc/citizen-space/kiosk.toml"))
    box = verbs.add_parser("hall", help="the whole hall in one box, with simulated devices")
    box.add_argument("--data", type=Path, default=Path("data"))
    box.add_argument("--port", type=int, default=8080)
    test = verbs.add_parser("selftest", help="play one visit and prove every part of it")
    test.add_argument("--service", default="building-permit")
    test.add_argument("--language", choices=[language.value for language in Language], default="ar")
    test.add_argument("--out", type=Path, required=True)
    test.add_argument(
        "--profile", type=Path, help="the kiosk's profile; without it, simulators and a centre of its own"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
