"""The devices a profile names, opened: a driver or a simulator. Nothing is asked of them yet."""

from collections.abc import Callable
from pathlib import Path

from kiosk.devices.alsa_microphone import AlsaMicrophone
from kiosk.devices.alsa_speaker import AlsaSpeaker
from kiosk.devices.base import Microphone, Scanner, Speaker
from kiosk.devices.escpos_links import NetworkLink, SerialLink, UsbLink
from kiosk.devices.escpos_printer import EscposPrinter
from kiosk.devices.graphics_memory import GraphicsMemory
from kiosk.devices.link import Link
from kiosk.devices.printer_profile import read_profile
from kiosk.devices.recordings import Recordings
from kiosk.devices.sane_scanner import SaneScanner
from kiosk.devices.simulated import SimulatedMicrophone, SimulatedPrinter, SimulatedScanner, SimulatedSpeaker
from kiosk.settings import (
    ASSETS,
    MicrophoneKind,
    MicrophoneSettings,
    PrinterKind,
    PrinterSettings,
    ScannerKind,
    ScannerSettings,
    SpeakerKind,
    SpeakerSettings,
)

Tap = Callable[[Link], Link]
"""Puts something between the printer's driver and its line."""


def open_printer(settings: PrinterSettings, data: Path, tap: Tap | None) -> EscposPrinter:
    """With a `tap` the printer's own memory is not used. Raises ValueError or OSError for an unknown model."""
    if settings.kind is PrinterKind.SIMULATED:
        return SimulatedPrinter(tap=tap)
    profile = read_profile(ASSETS / "printers" / f"{settings.model}.toml")
    if tap is not None:
        return EscposPrinter(tap(_link(settings)), profile)
    memory = GraphicsMemory(data / "printer-memory.json") if profile.keeps_pictures else None
    return EscposPrinter(_link(settings), profile, memory=memory)


def open_scanner(settings: ScannerSettings, data: Path) -> Scanner:
    if settings.kind is ScannerKind.SIMULATED:
        return SimulatedScanner(settings.dpi)
    return SaneScanner(settings.device, data / "sane", dpi=settings.dpi, options=settings.options)


def open_speaker(settings: SpeakerSettings) -> Speaker | None:
    """None when this kiosk is silent."""
    match settings.kind:
        case SpeakerKind.ALSA:
            return AlsaSpeaker(settings.device, Recordings(settings.recordings), private=settings.private)
        case SpeakerKind.SIMULATED:
            return SimulatedSpeaker(private=settings.private)
        case SpeakerKind.NONE:
            return None


def open_microphone(settings: MicrophoneSettings) -> Microphone | None:
    """None when nobody can speak to this kiosk."""
    match settings.kind:
        case MicrophoneKind.ALSA:
            return AlsaMicrophone(settings.device)
        case MicrophoneKind.SIMULATED:
            return SimulatedMicrophone()
        case MicrophoneKind.NONE:
            return None


def _link(settings: PrinterSettings) -> Link:
    match settings.kind:
        case PrinterKind.USB:
            vendor, product = settings.address.split(":")
            return UsbLink(int(vendor, 16), int(product, 16))
        case PrinterKind.NETWORK:
            host, _, port = settings.address.partition(":")
            return NetworkLink(host, int(port or 9100))
        case _serial:
            return SerialLink(settings.address, settings.baud)
