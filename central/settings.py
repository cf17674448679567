"""What a town tells its centre: an optional `centre.toml` in the data folder, and the addresses of real engines."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from central.own_file import make_once
from civic.language import Wording
from civic.toml_table import Table, TomlFile

ASSETS = Path(__file__).parent.parent / "assets"
EL_KEF = Wording("بلدية الكاف", "Commune du Kef", "El Kef town hall")


class CentreFault(Exception):
    """The centre cannot start or do as asked; the words are a plain sentence for the technician."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`documents` is the folder of scanned pages, `seal_keys` that of the keys which open what kiosks seal.

    `secret` signs the sessions of agents and citizens.
    """

    municipality: str
    town: Wording
    zone: ZoneInfo
    catalog: Path
    database_url: str
    documents: Path
    seal_keys: Path
    secret: str


def read_settings(data: Path, environment: Mapping[str, str]) -> Settings:
    """The settings of the centre that lives in `data`; creates the folder. Raises CentreFault.

    `environment` may name DATABASE_URL (else SQLite in `data`), DOCUMENTS_URL and SEAL_KEYS (else folders in `data`).
    """
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        secret = make_once(data / "secret.key", lambda: secrets.token_urlsafe(32).encode()).decode()
    except OSError as fault:
        raise CentreFault(f"The folder {data} cannot be used: {fault.strerror}.") from None
    path = data / "centre.toml"
    file = TomlFile(path)
    told = file.read() if path.exists() else Table(file, (), {})
    if told is None:
        raise CentreFault("\n".join(file.mistakes))
    settings = Settings(
        municipality=told.take_text("municipality", "el-kef"),
        town=told.take_wording("town") if told.has("town") else EL_KEF,
        zone=_zone(told),
        catalog=Path(told.take_text("catalog", str(ASSETS / "catalog"))),
        database_url=environment.get("DATABASE_URL") or f"sqlite:///{data / 'centre.sqlite'}",
        documents=_folder(environment.get("DOCUMENTS_URL") or (data / "documents").absolute().as_uri()),
        seal_keys=Path(environment.get("SEAL_KEYS") or data / "seal-keys"),
        secret=secret,
    )
    told.finish()
    if file.mistakes:
        raise CentreFault("\n".join(file.mistakes))
    return settings


def _zone(told: Table) -> ZoneInfo:
    name = told.take_text("time_zone", "Africa/Tunis")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        told.blame(f"“{name}” is not a time zone, such as Africa/Tunis", "time_zone")
        return ZoneInfo("UTC")


def _folder(url: str) -> Path:
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc:
        raise CentreFault("DOCUMENTS_URL must name a folder of this machine, such as file:///var/lib/centre/documents.")
    return Path(parts.path)
