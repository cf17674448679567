"""The roll of the town's kiosks, in lines for whoever looks after the centre."""

from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo

from central.findings import Finding
from central.kiosks import Presence
from central.verifying import Verified

_APART = timedelta(minutes=2)


def describe(kiosk: Presence, zone: tzinfo) -> str:
    """Who it is, when it was heard, and whether its clock is right."""
    told = [f"kiosk {kiosk.kiosk.number:03} at {kiosk.kiosk.site}"]
    told.append("revoked, or not enrolled" if kiosk.key_id is None else f"key {kiosk.key_id[:16]}")
    told.append("never heard" if kiosk.heard_at is None else f"heard {_moment(kiosk.heard_at, zone)}")
    if abs(kiosk.ahead) >= _APART:
        side = "ahead of" if kiosk.ahead > timedelta(0) else "behind"
        minutes = round(abs(kiosk.ahead) / timedelta(minutes=1))
        told.append(f"ITS CLOCK IS {timedelta(minutes=minutes)} h {side} the centre's: set it")
    told.append(f"{kiosk.told} facts")
    if kiosk.refused:
        told.append(f"{kiosk.refused} refused")
    if kiosk.findings:
        told.append(f"{kiosk.findings} findings, below")
    return ", ".join(told)


def describe_finding(finding: Finding, zone: tzinfo) -> str:
    """What was found, where, and what to do about it."""
    where = f" at fact {finding.sequence}" if finding.sequence else ""
    times = f", {finding.times} times until {_moment(finding.last_at, zone)}" if finding.times > 1 else ""
    seen = f"{_moment(finding.first_at, zone)}{times}"
    return f"kiosk {finding.kiosk:03}: {finding.flaw}{where} ({seen}). {finding.sentence}"


def describe_life(life: Verified) -> Iterator[str]:
    """Each thing that does not hold, or that all does."""
    name = f"kiosk {life.kiosk:03}, life {life.life[:8]}"
    yield f"{name}: {life.facts} facts, {'all as it signed them' if not life.wrong else 'NOT as it signed them'}"
    for wrong in life.wrong:
        yield f"{name}: {wrong.flaw} at fact {wrong.sequence}: {wrong.sentence}"


def _moment(moment: datetime, zone: tzinfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"
