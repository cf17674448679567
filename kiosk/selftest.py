"""The technician's commissioning test: one visit through the real screens, devices and centre, and the proof of it."""

import json
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import zxingcpp

from civic.catalog import Service
from civic.language import Language
from kiosk.app import Kiosk, application, open_kiosk
from kiosk.devices.printer_model import PrinterModel
from kiosk.devices.recorded import RecordedLink, Recording
from kiosk.services.intake import Prepared
from kiosk.settings import Settings
from kiosk.ui.player import Player, PlayFault

WIDTH, HEIGHT = 1080, 1920


@dataclass
class Moments:
    """When each thing became true (`time.perf_counter`)."""

    prepared: Prepared | None = None
    committed_at: float = 0.0
    held_at: float = 0.0
    known_at: float = 0.0

    def commit(self, prepared: Prepared) -> None:
        self.prepared, self.committed_at = prepared, time.perf_counter()

    def hold(self) -> None:
        self.held_at = time.perf_counter()


def selftest(settings: Settings, service_id: str, language: Language, out: Path) -> dict[str, object]:
    """Play the visit with the devices and centre of `settings`; what `visit.json` says. Raises PlayFault if untrue."""
    screens = out / "screens"
    screens.mkdir(parents=True, exist_ok=True)
    app = application()
    recording = Recording()
    kiosk = open_kiosk(settings, WIDTH, HEIGHT, lambda link: RecordedLink(link, recording))
    try:
        kiosk.window.show()
        app.processEvents()
        return _play(kiosk, kiosk.visits.catalog[service_id], language, recording, out)
    finally:
        kiosk.close()


def _play(kiosk: Kiosk, service: Service, language: Language, recording: Recording, out: Path) -> dict[str, object]:
    moments = Moments()
    kiosk.visits.deposited.connect(moments.commit)
    kiosk.visits.held.connect(moments.hold)
    player = Player(kiosk.window, kiosk.visits, out / "screens")
    player.play(service, language)
    player.confirm()
    touched_at = player.touched_at
    player.wait(lambda: moments.held_at or kiosk.visits.ticket.failed or None, "the printer did not confirm the paper")
    player.photograph("ticket")
    if kiosk.visits.ticket.failed or moments.prepared is None:
        raise PlayFault(f"the paper did not come out: the printer is {kiosk.visits.ticket.printer}")
    player.wait(lambda: kiosk.outbox.waiting() == 0 or None, "the centre did not take the dossier")
    moments.known_at = time.perf_counter()
    sent = recording.since(touched_at)
    (out / "ticket.bin").write_bytes(sent)
    first_byte_at = recording.first_since(touched_at) or 0.0
    visit = _facts(moments.prepared) | {
        "ms_touch_to_commit": _ms(touched_at, moments.committed_at),
        "ms_touch_to_first_byte": _ms(touched_at, first_byte_at),
        "ms_touch_to_held": _ms(touched_at, moments.held_at),
        "ms_touch_to_known": _ms(touched_at, moments.known_at),
    }
    (out / "visit.json").write_text(json.dumps(visit, indent=2, ensure_ascii=False) + "\n")
    _check_paper(sent, kiosk.printer.width_px, visit, out / "ticket.png")
    refused = kiosk.outbox.refused()
    if refused:
        raise PlayFault(f"the centre refused what the kiosk told it: {refused[0].reason}")
    return visit


def _facts(prepared: Prepared) -> dict[str, object]:
    receipt = prepared.receipt
    deposit = receipt.deposit
    return {
        "service": receipt.service.en,
        "ticket": receipt.number,
        "reference": None if deposit is None else str(deposit.reference),
        "tracking_url": None if deposit is None else deposit.tracking_url,
        "pin": None if deposit is None else deposit.pin,
    }


def _check_paper(sent: bytes, width_px: int, visit: dict[str, object], picture: Path) -> None:
    """Turn the bytes back into paper, read its QR with an independent decoder, and open what it says."""
    model = PrinterModel(width_px)
    model.feed(sent)
    if len(model.papers) != 1:
        raise PlayFault(f"{len(model.papers)} papers came out instead of one")
    paper = model.papers[0]
    paper.save(picture)
    url = visit["tracking_url"]
    if url is None:
        return
    codes = [code.text for code in zxingcpp.read_barcodes(paper.convert("L"))]
    if codes != [url]:
        raise PlayFault("the QR on the paper does not read back as the address of the dossier")
    with urllib.request.urlopen(str(url), timeout=20) as page:  # noqa: S310  our own address, just printed
        shown = page.read().decode().replace("\u2011", "-")  # pages keep the number on one line
        if str(visit["reference"]) not in shown:
            raise PlayFault("the page behind the QR does not show the file's number")


def _ms(start: float, end: float) -> float:
    return round((end - start) * 1000, 1)
