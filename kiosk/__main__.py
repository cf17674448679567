"""The kiosk's door: `python -m kiosk run | hall | selftest | doctor | outbox | catalogue | voices | enrol`."""

import argparse
import logging
import os
import sys
import tempfile
import threading
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from civic.assistance import HIGHEST_COUNTER
from civic.card import CatalogFault, read_catalog
from civic.catalog import UnknownService
from civic.language import Language
from civic.review import doubts
from kiosk.app import application
from kiosk.devices.alsa_speaker import play
from kiosk.devices.base import CodeReader, MicrophoneFault
from kiosk.devices.code_reader import SerialReader
from kiosk.devices.espeak import SpeakerFault
from kiosk.devices.of_profile import open_microphone, open_printer, open_scanner
from kiosk.devices.paper_roll import PaperRoll
from kiosk.devices.plugged import sane_devices, serial_ports, usb_printers
from kiosk.devices.proposal import propose
from kiosk.devices.recordings import Recordings
from kiosk.devices.simulated import SimulatedReader
from kiosk.doctor import Doctor
from kiosk.hall import hall, simulated_settings
from kiosk.outbox_door import OutboxDoor
from kiosk.own_centre import CentreFault, OwnCentre
from kiosk.own_screen import ScreenFault
from kiosk.running import run
from kiosk.selftest import selftest
from kiosk.services.enrolment import Enrolment, EnrolmentFault, EnrolmentTrouble
from kiosk.services.health import Health
from kiosk.services.receipt import Office
from kiosk.services.repertoire import repertoire
from kiosk.settings import ASSETS, ReaderKind, Settings, SettingsFault, read_settings
from kiosk.store.database import StoreFault, StoreTrouble, open_store
from kiosk.store.key_file import KeyFile
from kiosk.strip_test import StripTest
from kiosk.ui.language import TRANSLATIONS, Translator
from kiosk.ui.player import PlayFault
from kiosk.ui.theme import FontFault
from kiosk.voices import Session, Studio, count, missing
from sync.transport import HttpTransport

_PROFILE = Path("/etc/citizen-space/kiosk.toml")

_STORE = {
    StoreTrouble.FULL: "The disk is full: nothing more can be kept. Free some room, then start the kiosk again.",
    StoreTrouble.CORRUPT: "The kiosk's store is damaged, and could not be replaced: look at its disk.",
    StoreTrouble.NEWER: "The kiosk's store was written by a newer version: install that version again.",
    StoreTrouble.BROKEN: "The kiosk's store cannot be opened: does its folder exist, and may this user write in it?",
}


_ENROLMENT = {
    EnrolmentTrouble.MISTYPED: "This is no enrolment code: {detail}. Nobody was asked; type it again.",
    EnrolmentTrouble.WRONG_CODE: "The centre does not take this code for this kiosk: ask for a new one.",
    EnrolmentTrouble.TOO_OFTEN: "Too many wrong codes were typed: wait a quarter of an hour, then type it again.",
    EnrolmentTrouble.UNREACHABLE: "The centre was not reached: {detail}. The same code may be typed again.",
    EnrolmentTrouble.DISK: "The kiosk's key cannot be kept ({detail}): run this as the kiosk's own user.",
}


def main(arguments: list[str]) -> int:
    """Exit status: 0 all well, 1 something is wrong, 2 cannot start; one plain sentence says why."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    wanted = _parser().parse_args(arguments)
    try:
        return _do(wanted)
    except KeyboardInterrupt:
        return 130  # as a shell says of what Ctrl-C ended
    except PlayFault as fault:
        print(f"The self-test failed: {fault}.", file=sys.stderr)
        return 1
    except EnrolmentFault as fault:
        print(_ENROLMENT[fault.trouble].format(detail=fault.detail), file=sys.stderr)
        return 1
    except StoreFault as fault:
        print(_STORE[fault.trouble], file=sys.stderr)
    except UnknownService as fault:
        print(fault.args[0], file=sys.stderr)
    except (CatalogFault, CentreFault, FontFault, MicrophoneFault, ScreenFault, SettingsFault, SpeakerFault) as fault:
        print(fault, file=sys.stderr)
    except OSError as fault:
        print(f"{fault.filename or 'The kiosk'}: {fault.strerror or fault}", file=sys.stderr)
    return 2


def _do(wanted: argparse.Namespace) -> int:
    match wanted.verb:
        case "run":
            return run(_at_counter(read_settings(wanted.profile), wanted.counter))
        case "hall":
            return hall(wanted.data, wanted.port)
        case "catalogue":
            return _catalogue(wanted.folder, [Language(each) for each in wanted.language] or list(Language))
        case "enrol":
            return _enrol(read_settings(wanted.profile), "".join(wanted.code))
        case "voices":
            return _voices(wanted)
        case "outbox":
            return _outbox(wanted)
        case "doctor" if wanted.write:
            return _propose(wanted.profile)
        case "doctor":
            return _doctor_of(read_settings(wanted.profile), Language(wanted.language), strip=wanted.strip)
        case _selftest:
            _selftest_of(wanted)
            return 0


def _at_counter(settings: Settings, counter: int | None) -> Settings:
    """As the profile says, unless the command says otherwise."""
    return settings if counter is None else replace(settings, counter=counter)


def _enrol(settings: Settings, code: str) -> int:
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    Enrolment(settings.centre.url, settings.kiosk, settings.data).enrol(code)
    print(f"The centre knows this kiosk as {settings.kiosk:03}.")
    return 0


def _outbox(wanted: argparse.Namespace) -> int:
    """Of this kiosk, or of a dead one's folder. Another user's files beside a store would be in the kiosk's way."""
    settings = None if wanted.data else read_settings(wanted.profile)
    data = wanted.data if settings is None else settings.data
    if not (data / "kiosk.sqlite").exists():
        print(f"There is no kiosk.sqlite in {data}.", file=sys.stderr)
        return 2
    if data.stat().st_uid != os.geteuid():
        print(f"{data} belongs to another user: run this as the kiosk's own user, or on a copy.", file=sys.stderr)
        return 2
    zone = UTC if settings is None else settings.zone
    with closing(open_store(data / "kiosk.sqlite")) as store:
        door = OutboxDoor(data, store, zone, print)
        if wanted.action == "export":
            return 0 if door.export(wanted.folder) else 1
        if settings is None:
            print("Of a folder that is not this kiosk's, only “export” can be asked.", file=sys.stderr)
            return 2
        transport = HttpTransport(settings.centre.url, KeyFile(data).read)
        return 0 if (door.send if wanted.action == "send" else door.show)(transport) else 1


def _selftest_of(wanted: argparse.Namespace) -> None:
    language = Language(wanted.language)
    if wanted.profile is not None:
        selftest(read_settings(wanted.profile), wanted.service, language, wanted.out)
        return
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        with OwnCentre(data / "centre") as centre:
            settings = simulated_settings(data, centre)
            centre.enrol(settings.kiosk, settings.data)
            selftest(settings, wanted.service, language, wanted.out)


def _doctor_of(settings: Settings, language: Language, *, strip: bool) -> int:
    """What a driver keeps beside it goes to a folder of its own: the kiosk's is the kiosk's."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            printer = open_printer(settings.printer, settings.data, lambda link: link)
        except ValueError as mistake:
            print(f"The printer of the profile cannot be used: {mistake}.", file=sys.stderr)
            return 2
        scanner = open_scanner(settings.scanner, Path(folder))
        greet = HttpTransport(settings.centre.url, KeyFile(settings.data).read).greet
        roll = PaperRoll(settings.data / "paper-roll.json", settings.printer.roll_m)
        reader = _reader_of(settings)
        microphone = open_microphone(settings.microphone)
        health = Health(printer, roll, scanner, reader, microphone, settings.data, greet, lambda: datetime.now(UTC))
        doctor = Doctor(settings, health, Translator(language), print)
        well = doctor.look()
        if strip and doctor.may_print:
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
            application()
            office = Office(settings.town, settings.site, f"{settings.kiosk:03}", settings.phone)
            test = StripTest(doctor.tell, doctor.line, sys.stdin.readline, Translator(language))
            well = test.prove(printer, scanner, reader, office, datetime.now(settings.zone)) and well
        printer.close()
        if reader is not None:
            reader.close()
        return 0 if well else 1


def _reader_of(settings: Settings) -> CodeReader | None:
    """One that types is none to the doctor: what it types comes as typed."""
    match settings.reader.kind:
        case ReaderKind.SERIAL:
            return SerialReader(settings.reader.address, settings.reader.baud)
        case ReaderKind.SIMULATED:
            return SimulatedReader()
        case _other:
            return None


def _catalogue(folder: Path, languages: list[Language]) -> int:
    """Whether every card can be read, and the wordings a native reader has still to check. Raises CatalogFault."""
    services = read_catalog(folder).services
    in_doubt = [doubt for doubt in doubts(folder) if doubt.language in languages]
    for doubt in in_doubt:
        print(f"{doubt.path.relative_to(folder)}  {doubt.field} ({doubt.language})  {doubt.text}")
    print(f"{len(services)} services; {len(in_doubt)} wordings to review.")
    return 0


def _voices(wanted: argparse.Namespace) -> int:
    """Count what is recorded, or record what is not. Raises CatalogFault, MicrophoneFault, SpeakerFault."""
    catalog, recordings = read_catalog(wanted.catalog), Recordings(wanted.folder)
    if wanted.list or wanted.missing:
        spoken = [Language.ARABIC, Language.FRENCH]
        pieces = {language: repertoire(catalog, TRANSLATIONS, language) for language in spoken}
        count(pieces, recordings, print)
        for language in spoken if wanted.missing else ():
            for words in missing(pieces[language], recordings, language):
                print(f"{language.value}  {words}")
        return 0
    language, quiet = Language(wanted.language), threading.Event()
    studio = Studio(print, sys.stdin.readline, wanted.microphone, lambda sound: play(sound, wanted.loudspeaker, quiet))
    session = Session(studio, recordings, language, Translator(language))
    session.run(repertoire(catalog, TRANSLATIONS, language))
    return 0


def _propose(profile: Path) -> int:
    """Beside the profile, never over anything; on the screen when it cannot be written there."""
    proposal = propose(serial_ports(), usb_printers(), sane_devices())
    proposed = profile.with_name(profile.name + ".proposed")
    try:
        with proposed.open("x", encoding="utf-8") as file:
            file.write(proposal)
    except OSError as fault:
        print(proposal)
        print(f"This is only shown, because {proposed} cannot be written: {fault.strerror}.", file=sys.stderr)
    else:
        print(proposed)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m kiosk", description="The kiosk of the citizen space.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    running = verbs.add_parser("run", help="the kiosk of a hall, full screen, or that of a counter")
    running.add_argument("--profile", type=Path, default=_PROFILE)
    counters = range(1, HIGHEST_COUNTER + 1)
    at = "at a staffed counter of that number: an agent signs in, keyboard and mouse"
    running.add_argument("--counter", type=int, choices=counters, metavar="NUMBER", help=at)
    box = verbs.add_parser("hall", help="the whole hall in one box, with simulated devices")
    box.add_argument("--data", type=Path, default=Path("data"))
    box.add_argument("--port", type=int, default=8080)
    doctor = verbs.add_parser("doctor", help="what is plugged in, how everything is, and what to do about it")
    doctor.add_argument("--profile", type=Path, default=_PROFILE)
    doctor.add_argument("--language", choices=[language.value for language in Language], default="ar")
    doctor.add_argument("--strip", action="store_true", help="print a test strip as well, and read it back")
    doctor.add_argument("--write", action="store_true", help="only propose the device parts of a profile")
    cards = verbs.add_parser("catalogue", help="check the cards, and list the wordings still to be reviewed")
    cards.add_argument("--folder", type=Path, default=ASSETS / "catalog")
    each = [language.value for language in Language]
    cards.add_argument("--language", choices=each, action="append", default=[], help="only this one; may be repeated")
    enrolling = verbs.add_parser("enrol", help="make this kiosk's key, and tell the centre its public half")
    enrolling.add_argument("code", nargs="+", help="what `python -m central enrol` printed")
    enrolling.add_argument("--profile", type=Path, default=_PROFILE)
    _add_outbox(verbs.add_parser("outbox", help="what waits to be told to the centre, and how to bring it there"))
    _add_voices(verbs.add_parser("voices", help="record what the kiosk says, in the voice of the town"))
    test = verbs.add_parser("selftest", help="play one visit and prove every part of it")
    test.add_argument("--service", default="building-permit")
    test.add_argument("--language", choices=[language.value for language in Language], default="ar")
    test.add_argument("--out", type=Path, required=True)
    test.add_argument(
        "--profile", type=Path, help="the kiosk's profile; without it, simulators and a centre of its own"
    )
    return parser


def _add_outbox(outbox: argparse.ArgumentParser) -> None:
    outbox.add_argument("--profile", type=Path, default=_PROFILE)
    outbox.add_argument("--data", type=Path, help="a copy of the folder of a dead kiosk, instead of a profile")
    actions = outbox.add_subparsers(dest="action", metavar="send | export")
    actions.add_parser("send", help="try now")
    export = actions.add_parser("export", help="fill a USB stick, sealed, for `python -m central import`")
    export.add_argument("folder", type=Path)


def _add_voices(voices: argparse.ArgumentParser) -> None:
    voices.add_argument("--language", choices=[language.value for language in Language], default="ar")
    voices.add_argument("--folder", type=Path, default=ASSETS / "voices", help="where the recordings are kept")
    voices.add_argument("--catalog", type=Path, default=ASSETS / "catalog")
    voices.add_argument("--microphone", default="default", help="as `arecord -L` names it")
    voices.add_argument("--loudspeaker", default="default", help="as `aplay -L` names it")
    voices.add_argument("--list", action="store_true", help="only count what is recorded")
    voices.add_argument("--missing", action="store_true", help="only name what is not recorded")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
